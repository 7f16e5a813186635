"""The exceptions that a user can meet; each message says what was found and what to do.

CorpusError
├── UsageError     the call is wrong: exit code 2
├── DatabaseError  the database is not one that this version can use
└── FormatError    two readers claim one raw file: a mistake in the registry of formats
"""


class CorpusError(Exception):
    """What went wrong, in one line for the user."""


class UsageError(CorpusError):
    """The call is wrong: a folder that does not exist, an option that does not fit."""


class DatabaseError(CorpusError):
    """The database is missing, of another version, busy or no corpus at all."""


class FormatError(CorpusError):
    """Two raw formats claim the same file."""
