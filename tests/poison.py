"""A corpus in which whatever can be text is an attack on the page that shows it."""

import base64
import csv
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from corpus_db.corpus import load
from corpus_db.store import counts

MARK = "xss-probe"  # an element that no page of ours or of Datasette has
# Out of text, of both kinds of quoted attribute, of a script, a style, a comment, a title and a template; each tells.
ATTACK = (
    f"\"'><{MARK} onclick=hit()></title></style></textarea></script>--><img src=x onerror=hit()><script>hit()</script>"
    "<svg onload=hit()><iframe srcdoc='<script>parent.hit()</script>'></iframe> onmouseover=hit() {{ 7 * 191 }} rained"
)
EVALUATED = "1337"  # what a template would make of it
ADDRESSES = (
    "javascript:hit()", " java\tscript:hit()", "JaVaScRiPt:hit()", "data:text/html,<script>hit()</script>",
    "vbscript:hit()", "https://a.example/\" onmouseover=\"hit()", "//a.example/x", "https:javascript:hit()",
)  # fmt: skip
# What the site needs to lead to its pages, or to open a raw file; all other texts are replaced.
KEPT = {
    "raw_files": {"path", "sha256", "outcome", "encoding"}, "articles": {"key", "published", "url"}, "furniture": {"role"},
    "corpus": {"name", "value"}, "outlets": {"key", "country"}, "authors": {"key"},
}  # fmt: skip


def raw(root: Path) -> None:
    """Raw files of each format that say the attack wherever a file can say something; their names are one, too."""
    root.mkdir()
    name = ATTACK.replace("/", "")[:120]
    body = f"It {ATTACK} on Monday, said the clerk of the council, who had come late.\n\n{ATTACK}\n\n## {ATTACK}\n\nIt rained again on Tuesday, the clerk said."
    (root / f"{name}.txt").write_text(f"{ATTACK}\n\nBy {ATTACK}\n\nThe {ATTACK} Gazette, March 3, 2024\n\nTags: {ATTACK}, b\n\n{body}\n\nPhoto: {ATTACK}\n\nCopyright {ATTACK}\n")  # fmt: skip
    for number, address in enumerate(ADDRESSES):
        quoted = address.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        (root / f"{number}.md").write_text(f'---\nurl: "{quoted}"\ntitle: x{number}\nauthor: \'{ATTACK.replace(chr(39), "")}\'\nsection: "<{MARK}>"\nlang: "<{MARK}>"\n---\n[It]({address}) ![rained]({address}) on Monday {number} <{address}>, said the clerk.\n\n{body}\n')  # fmt: skip
    safe = ATTACK.replace("</", "<\\/").replace('"', '\\"')
    (root / "page.html").write_text(
        f'<html lang="x"><head><title>{ATTACK}</title><meta property="og:site_name" content="{ATTACK.replace(chr(34), "&quot;")}">'
        f'<link rel="canonical" href="javascript:hit()"><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{safe}", '
        f'"author": {{"name": "{safe}"}}, "articleSection": "{safe}", "datePublished": "2024-03-03T10:00:00Z", "url": "javascript:hit()"}}</script></head>'
        f"<body><article><h1>It rained &lt;{MARK}&gt;</h1><p>By &lt;{MARK} onclick=hit()&gt;</p><p>{'It rained on Monday, said the clerk of the council. ' * 4}&lt;{MARK}&gt;</p></article></body></html>"
    )
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (root / f"{MARK}<b>.txt").write_bytes(base64.b64decode(picture))  # a reject with an odd name
    with (root / "manifest.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "url", "outlet", "authors", "published", "language", "tags", ATTACK])
        rows.writerow(["page.html", "javascript:hit()", ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK])
        rows.writerow([f"{ATTACK}.txt", *[ATTACK] * 7])


def corpus(folder: Path) -> Path:
    """The corpus of those files; in a copy beside it, every text of every table is the attack."""
    raw(folder / "raw")
    path, worse = folder / "corpus.db", folder / "worse.db"
    load(folder / "raw", path, jobs=1)
    worse.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(worse)) as connection, connection:
        connection.execute("pragma ignore_check_constraints = 1")
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        for table in (each for each in names if not re.search(r"_fts|^sqlite_", each)):
            _replace(connection, table)
        connection.execute("update articles set url = 'javascript:hit()'")
        for table in ("article_counts", "author_counts", "tag_counts", "role_counts"):  # what is counted of the others
            connection.execute(f"delete from {table}")
        counts.build(connection)
        counts.build_roles(connection)
        for name in ("paragraphs_fts", "articles_fts"):
            connection.execute(f"insert into {name} ({name}) values ('rebuild')")
    return path


def _replace(connection: sqlite3.Connection, table: str) -> None:
    found = connection.execute(f"pragma table_xinfo({table})").fetchall()
    for _, column, kind, _, _, _, hidden in found:
        if kind == "TEXT" and not hidden and column not in KEPT.get(table, ()):
            distinct = "" if "without rowid" in _sql(connection, table) else f" || {table}.rowid"
            connection.execute(
                f"update or ignore {table} set {column} = ?{distinct} where {column} is not null", [ATTACK]
            )


def _sql(connection: sqlite3.Connection, table: str) -> str:
    return str(connection.execute("select sql from sqlite_master where name = ?", [table]).fetchone()[0])
