"""The formats of an export: a function each, and what people are told of it."""

import sqlite3
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

from corpus_db.reading.export import citations, lines, parquet, tei, xlsx
from corpus_db.reading.export.request import Request, Sink, Tally


class Format(NamedTuple):
    """How to write a format. `table` has units and columns to choose; the others hold whole articles."""

    title: str
    suffix: str
    media_type: str
    table: bool
    text: bool  # can be shown on a terminal, and is sent while it is written
    use: str
    write: Callable[[sqlite3.Connection, Request, Sink], Tally]
    needs: str | None = None  # the library of the extra that is called as the format

    @property
    def missing(self) -> str | None:
        """The library that has to be installed first, None where all is there."""
        return self.needs if self.needs and find_spec(self.needs) is None else None


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "csv": Format("CSV", ".csv", "text/csv; charset=utf-8", True, True,
                  "opens everywhere; cells that a spreadsheet would run as a formula are guarded", lines.write_csv),
    "jsonl": Format("JSON Lines", ".jsonl", "application/x-ndjson; charset=utf-8", True, True,
                    "for scripts: typed, an object a line, text as it is", lines.write_jsonl),
    "parquet": Format("Parquet", ".parquet", "application/vnd.apache.parquet", True, False,
                      "for pandas, R arrow, DuckDB and Spark: typed and small", parquet.write_parquet, "pyarrow"),
    "xlsx": Format("Excel", ".xlsx", _EXCEL, True, False,
                   "a workbook for Excel and LibreOffice; text is never a formula", xlsx.write_xlsx),
    "tei": Format("TEI P5", ".zip", "application/zip", False, False,
                  "a zip of an XML file for each article, for corpus tools", tei.write_tei),
    "bibtex": Format("BibTeX", ".bib", "application/x-bibtex; charset=utf-8", False, True,
                     "citations for LaTeX, JabRef and Zotero", citations.write_bibtex),
    "ris": Format("RIS", ".ris", "application/x-research-info-systems; charset=utf-8", False, True,
                  "citations for Zotero, EndNote and Mendeley", citations.write_ris),
    "csl": Format("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json; charset=utf-8", False, True,
                  "citations for Pandoc and Zotero", citations.write_csl_json),
}  # fmt: skip
BY_SUFFIX = {each.suffix: name for name, each in FORMATS.items()}
