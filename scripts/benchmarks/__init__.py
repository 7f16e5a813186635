"""What the program takes, measured beside what it could take at best: a module for each kind of work."""
