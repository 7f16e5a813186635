"""Articles -> TEI P5, a file for each article in a zip: what corpus tools such as TXM, TEITOK or BlackLab read.

The header's `sourceDesc` says what the raw file states of the article, and the raw file; what is not stated is not
there. `publicationStmt` speaks of the TEI file itself. The body has the paragraphs with their numbers; a crosshead
opens a division. There is no `revisionDesc`: an export is made anew, not revised. The elements are those of TEI Lite.
"""

import json
import re
import sqlite3
import zipfile
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from corpus_db import __version__
from corpus_db.reading.export.request import Request, Sink, Tally
from corpus_db.reading.export.selection import keys
from corpus_db.reading.query import write as written

# What XML 1.0 can't hold: most control characters, and two that are no characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MADE = (1980, 1, 1, 0, 0, 0)  # the same rows give the same bytes
_ARTICLE = """
select articles.key, headline, standfirst, outlets.name, published, language, url, syndicated.name, path, sha256
from articles
join raw_files on raw_files.id = articles.raw_file_id
left join outlets on outlets.id = articles.outlet_id
left join outlets as syndicated on syndicated.id = articles.syndicated_from_id
where articles.id = ?
"""
_AUTHORS = """
select authors.name from bylines join authors on authors.id = bylines.author_id
where bylines.article_id = ? order by bylines.position
"""
_TAGS = "select scheme, value from tags where article_id = ? order by scheme, value"
_PARAGRAPHS = "select crosshead, position, text from paragraphs where article_id = ? order by position"


def write_tei(connection: sqlite3.Connection, request: Request, sink: Sink) -> Tally:
    """A zip of `<key>.xml`, and of `export.json`: which query it answers, of which articles there are how many.

    The directory of a zip is held in memory until its end, a few hundred bytes for each article.
    """
    rows = replaced = 0
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive, sink.whole():
        for article_id in keys(connection, request.query):
            key, text = _document(connection, article_id)
            text, count = _FORBIDDEN.subn("\ufffd", text)
            archive.writestr(_entry(f"{key}.xml"), text.encode())
            rows += 1
            replaced += count
        about = {"corpus_db": __version__, "query": written(request.query), "unit": request.unit, "rows": rows}
        archive.writestr(_entry("export.json"), json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n")
    return Tally(rows, replaced=replaced)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16  # else it unpacks as a file that nobody may read
    return entry


def _document(connection: sqlite3.Connection, article_id: int) -> tuple[str, str]:
    """The key of an article, and its TEI document."""
    row = connection.execute(_ARTICLE, [article_id]).fetchone()
    key, headline, standfirst, outlet, published, language, url, syndicated, path, sha256 = row
    authors = [_element("author", name) for (name,) in connection.execute(_AUTHORS, [article_id])]
    titles = [_element("title", headline or "", type="main"), *_stated("title", standfirst, type="sub")]
    source = [
        *_stated("title", headline),
        *authors,
        *_stated("publisher", outlet),
        *(_stated("date", published, when=published[:10]) if published else ()),
        *_stated("idno", url, type="url"),
        *_stated("note", syndicated, type="syndicated_from"),
        _element("idno", path, type="path"),
        _element("idno", sha256, type="sha256"),
    ]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<teiHeader>\n<fileDesc>',
        f"<titleStmt>{''.join(titles + authors)}</titleStmt>",
        f"<publicationStmt><distributor>corpus_db {__version__}</distributor>{_element('idno', key, type='key')}"
        "<availability><p>The text is its publisher's.</p></availability></publicationStmt>",
        f"<sourceDesc><bibl>{''.join(source)}</bibl></sourceDesc>\n</fileDesc>",
        *_profile(language, connection.execute(_TAGS, [article_id]).fetchall()),
        f"</teiHeader>\n<text{f' xml:lang={quoteattr(language)}' if language else ''}>\n<body>",
        *_body(connection.execute(_PARAGRAPHS, [article_id]).fetchall()),
        "</body>\n</text>\n</TEI>\n",
    ]
    return key, "\n".join(parts)


def _profile(language: str | None, tags: list[tuple[str, str]]) -> list[str]:
    """Language and tags, where there are any."""
    parts = []
    if language:
        parts.append(f"<langUsage><language ident={quoteattr(language)}/></langUsage>")
    if tags:
        terms = "".join(_element("term", value, type=re.sub(r"\s+", "_", scheme)) for scheme, value in tags)
        parts.append(f"<textClass><keywords>{terms}</keywords></textClass>")
    return [f"<profileDesc>{''.join(parts)}</profileDesc>"] if parts else []


def _body(rows: list[tuple[str | None, int, str]]) -> list[str]:
    """The paragraphs; those under a crosshead in a division with it."""
    parts = []
    divided = False
    for crosshead, group in groupby(rows, key=lambda row: row[0]):
        paragraphs = [_element("p", text, n=str(position)) for _, position, text in group]
        divided |= crosshead is not None
        parts += ["<div>", *_stated("head", crosshead), *paragraphs, "</div>"] if divided else paragraphs
    return parts or ["<p/>"]


def _stated(name: str, value: str | None, **attributes: str) -> list[str]:
    return [_element(name, value, **attributes)] if value else []


def _element(name: str, value: Any, **attributes: str) -> str:
    marks = "".join(f" {key}={quoteattr(text)}" for key, text in attributes.items())
    return f"<{name}{marks}>{_text(value)}</{name}>"


def _text(value: str) -> str:
    """Text of an element; a carriage return as a reference, for a parser takes a bare one for a line feed."""
    return escape(value, {"\r": "&#13;"})
