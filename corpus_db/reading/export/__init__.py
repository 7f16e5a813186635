"""Rows -> files: every row that a query matches, in one of several formats, with a manifest beside it.

    asking.py     what a person asks for -> a Request, or what is wrong with it
    selection.py  a Request -> its rows, an article at a time
    lines.py parquet.py xlsx.py tei.py citations.py    rows -> bytes, a function for each format
    formats.py    the table of formats
    writing.py    all of it in one call, to a path or a file
    manifest.py   what an export says of itself, and whether a file is the one that it speaks of

An export is whole or it fails: nothing is cut, and a file that is half written never has its final name.
"""

from corpus_db.reading.export.asking import ask
from corpus_db.reading.export.formats import FORMATS
from corpus_db.reading.export.manifest import Manifest, check
from corpus_db.reading.export.request import Request
from corpus_db.reading.export.writing import export, write

__all__ = ["FORMATS", "Manifest", "Request", "ask", "check", "export", "write"]
