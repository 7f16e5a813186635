"""corpus.db -> answers. Read-only; the same functions serve the site, the command line and Python users.

Each takes an open connection and gives frozen records. SQL stands here and in `questions/`, with its parameters bound.
"""
