"""Exports: every row, in every format, read back by code that is not ours; what breaks leaves no file."""

import hashlib
import io
import json
import re
import sqlite3
import tracemalloc
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyarrow.csv
import pyarrow.parquet
import pytest
from exports import CELLS, FORMATS, RISKY, TABLES, TAME, build, exported, read, workbook
from lxml import etree
from places import tei_schema

from corpus_db.corpus import load
from corpus_db.errors import UsageError
from corpus_db.reading import export, hits, opening, query
from corpus_db.reading.export import guarding, manifest, parquet, xlsx
from corpus_db.reading.export.request import Sink
from corpus_db.reading.export.selection import COLUMNS
from corpus_db.reading.identity import identity

TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A corpus whose paragraphs are hard on formats, the same in an article with facts and in one without."""
    with closing(opening.connect(build(tmp_path_factory.mktemp("nasty") / "nasty.db", [CELLS, CELLS]))) as opened:
        yield opened


QUERIES = [
    "",
    "water",
    "the -council",
    "-the",
    'outlet:"The Valley Gazette"',
    "river from:2024",
    "undated:",
    "zyzzyva",
    'author:"" the',
]


def independent(connection: sqlite3.Connection, typed: str) -> tuple[int, int]:
    """Paragraphs and articles that a query finds, counted by SQL of another shape."""
    paragraphs = {
        "": "1", "water": "has('water')", "the -council": "has('the') and not has('council')", "-the": "not has('the')",
        'outlet:"The Valley Gazette"': "outlet = 'The Valley Gazette'", "river from:2024": "has('river') and published >= '2024'",
        "undated:": "published is null", "zyzzyva": "0", 'author:"" the': "has('the') and authors is null",
    }[typed]  # fmt: skip
    condition = re.sub(r"has\('(\w+)'\)", r"id in (select rowid from paragraphs_fts('\1'))", paragraphs)
    return connection.execute(
        f"select count(*), count(distinct article) from paragraph_browse where {condition}"
    ).fetchone()


@pytest.mark.parametrize("typed", QUERIES)
def test_every_row_that_matches_and_no_other(connection: sqlite3.Connection, typed: str) -> None:
    paragraphs, articles = independent(connection, typed)
    found = hits.hits(connection, query.parse(typed))
    assert (found.total, found.articles) == (paragraphs, articles)
    for name in TABLES:
        for unit, expected in (("paragraphs", paragraphs), ("articles", articles)):
            data, made = exported(connection, typed, format=name, unit=unit)
            assert made.tally.rows == len(read(data, name)) == expected, (name, unit)
    for name in FORMATS:
        if name not in TABLES:
            assert exported(connection, typed, format=name)[1].tally.rows == articles


def test_rows_are_in_the_order_of_articles_and_positions(connection: sqlite3.Connection) -> None:
    wanted = connection.execute(
        """select articles.key, position, text, headline from paragraphs join articles on articles.id = article_id
        order by article_id, position"""
    ).fetchall()
    columns = ["article", "position", "text", "headline"]
    assert [
        tuple(row.values()) for row in read(exported(connection, format="jsonl", columns=columns)[0], "jsonl")
    ] == wanted
    some = read(exported(connection, "the", format="jsonl", columns=columns)[0], "jsonl")
    assert 0 < len(some) < len(wanted)
    assert [row for row in wanted if row in {tuple(row.values()) for row in some}] == [
        tuple(row.values()) for row in some
    ]


def test_ids_of_paragraphs_follow_articles_and_positions_in_a_corpus_that_grew(folder: Path, tmp_path: Path) -> None:
    """What a query finds is exported in the order of paragraph ids: see `selection._matches`."""
    raw = tmp_path / "raw"
    files = sorted(path for path in folder.rglob("*.*") if path.is_file() and path.name != "manifest.csv")
    for step in (files[1::3], files[::3], files[2::3]):
        for path in step:
            target = raw / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        (raw / step[0].relative_to(folder)).unlink()
        load(raw, tmp_path / "corpus.db", jobs=1)
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        by_id = connection.execute("select article_id, position from paragraphs order by id").fetchall()
    assert len(by_id) > 100
    assert by_id == sorted(by_id)


@pytest.mark.parametrize("name", TABLES)
def test_cells_come_back_as_they_are(nasty: sqlite3.Connection, name: str) -> None:
    data, made = exported(nasty, format=name)
    rows = read(data, name)
    texts = [row["text"] for row in rows]
    if name == "csv":
        texts = [guarding.recover(text) for text in texts]
        in_each_row = 3  # outlet, headline and authors of the first article
        assert made.tally.guarded == 2 * len(RISKY) + in_each_row * len(CELLS)
    if name == "xlsx":
        assert made.tally.continued == 2 * 5  # two long ones, three in <r>
        assert made.tally.replaced == 2 * 2
        assert texts == [text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in CELLS * 2]
    else:
        assert texts == CELLS * 2
    first, second = rows[0], rows[-1]
    assert guarding.recover(first["outlet"]) == "=Outlet & <Sons>"
    assert second["outlet"] in (None, "")
    assert int(second["position"]) == len(CELLS)
    if name in ("jsonl", "parquet"):
        assert (first["authors"], second["authors"], second["outlet"]) == (["@Ann", "Bo; Ray"], [], None)
        assert type(first["position"]) is int


def test_risky_cells_of_a_csv_are_guarded_and_no_others(nasty: sqlite3.Connection) -> None:
    data, made = exported(nasty, format="csv", columns=["text"])
    cells = [row["text"] for row in read(data, "csv")]
    assert cells == ([f"'{text}" for text in RISKY] + TAME) * 2
    assert not any(re.match(r"[\s\"“\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\0]", cell) for cell in cells)
    assert made.plain()["guarded"] == {"cells": 2 * len(RISKY), "rule": guarding.RULE}
    again = pyarrow.csv.read_csv(
        io.BytesIO(data),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types={"text": pyarrow.string()}, strings_can_be_null=False),
    )
    assert again.column("text").to_pylist() == cells


@pytest.mark.parametrize("cell", [*CELLS, "''", "'", "'' =1", "“'=1", ""])
def test_a_guarded_cell_is_recovered(cell: str) -> None:
    (guarded,), _ = guarding.guard([cell])
    assert guarding.recover(guarded) == cell


def test_a_byte_order_mark_for_csv_only(connection: sqlite3.Connection) -> None:
    plain, marked = (exported(connection, format="csv", bom=bom)[0] for bom in (False, True))
    assert marked == b"\xef\xbb\xbf" + plain
    with pytest.raises(UsageError, match="jsonl: a byte order mark is for csv"):
        exported(connection, format="jsonl", bom=True)


@pytest.mark.parametrize("unit", COLUMNS)
@pytest.mark.parametrize("name", TABLES)
def test_every_column_can_be_chosen(connection: sqlite3.Connection, unit: str, name: str) -> None:
    data, made = exported(connection, "the", format=name, unit=unit, columns=COLUMNS[unit])
    rows = read(data, name)
    assert list(rows[0]) == list(COLUMNS[unit]) == made.plain()["columns"]
    for column in ("headline", "text", "authors", "path", "published", "permalink"):
        assert any(row[column] for row in rows), column
    for column in COLUMNS[unit]:
        (row,) = read(exported(connection, "drains", format=name, unit=unit, columns=[column])[0], name)[:1] or [
            {column: ""}
        ]
        assert list(row) == [column]


def test_an_article_as_a_row_has_its_whole_text(connection: sqlite3.Connection) -> None:
    rows = read(
        exported(connection, format="jsonl", unit="articles", columns=["article", "text", "tags", "permalink"])[0],
        "jsonl",
    )
    for row in rows:
        wanted = connection.execute(
            """select group_concat(text, char(10, 10)) from (select text from paragraphs join articles on
            articles.id = article_id where key = ? order by position)""",
            [row["article"]],
        ).fetchone()[0]
        assert row["text"] == wanted
        assert row["permalink"] == f"/article/{row['article']}"
    assert ["section: Politics", "topic: courts", "topic: water"] in [row["tags"] for row in rows]


def test_a_full_sheet_goes_on_in_the_next(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(exported(connection, format="xlsx")[0], "xlsx")
    monkeypatch.setattr(xlsx, "_ROWS", 50)
    data, made = exported(connection, format="xlsx")
    names, rows = workbook(data)
    assert names == ["paragraphs", *(f"paragraphs {number}" for number in range(2, -(-len(whole) // 49) + 1))]
    assert rows == whole
    assert made.tally.rows == len(whole)


def test_a_workbook_has_no_formula_and_no_link(nasty: sqlite3.Connection) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(nasty, format="xlsx")[0])) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 2
        for name in sheets:
            tags = {element.tag.split("}")[1] for element in ET.fromstring(archive.read(name)).iter()}
            assert {"c", "t"} <= tags
            assert not tags & {"f", "hyperlink", "hyperlinks"}


def test_no_query_sorts(connection: sqlite3.Connection) -> None:
    """The first row comes at once, however many there are: ids are in the order of the rows."""
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    for typed in ("", "the", "-the", 'the outlet:"The Valley Gazette" from:2023', "tag:courts"):
        for unit in ("paragraphs", "articles"):
            exported(connection, typed, format="csv", unit=unit)
    connection.set_trace_callback(None)
    statements = {
        each
        for each in seen
        if each.lstrip().startswith("select") and ("order by paragraphs.id" in each or "order by articles.id" in each)
    }
    assert len(statements) >= 6
    for statement in statements:
        plan = [row[3] for row in connection.execute(f"explain query plan {statement}")]
        assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan), (statement, plan)


CHILDREN = {
    "TEI": "teiHeader text", "teiHeader": "fileDesc profileDesc", "fileDesc": "titleStmt publicationStmt sourceDesc",
    "titleStmt": "title author", "publicationStmt": "distributor idno availability", "availability": "p", "sourceDesc": "bibl",
    "bibl": "title author publisher date idno note", "profileDesc": "langUsage textClass", "langUsage": "language",
    "textClass": "keywords", "keywords": "term", "text": "body", "body": "p div", "div": "head p",
}  # fmt: skip


def documents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_tei_has_the_elements_of_tei_lite_in_their_places(
    nasty: sqlite3.Connection, connection: sqlite3.Connection
) -> None:
    """The content models of the elements in use, in a few lines; the schema itself is the next test."""
    for source in (nasty, connection):
        files = documents(exported(source, format="tei")[0])
        assert json.loads(files.pop("export.json"))["rows"] == len(files)
        for name, data in files.items():
            root = ET.fromstring(data)
            for element in root.iter():
                tag = element.tag.removeprefix(TEI)
                names = [child.tag.removeprefix(TEI) for child in element]
                assert set(names) <= set(CHILDREN.get(tag, "").split()), (name, tag, names)
                if tag in (
                    "TEI",
                    "teiHeader",
                    "fileDesc",
                    "profileDesc",
                    "publicationStmt",
                    "titleStmt",
                    "body",
                    "div",
                ):
                    assert names == sorted(names, key=CHILDREN[tag].split().index), (name, tag, names)
            header = root.find(f"{TEI}teiHeader/{TEI}fileDesc")
            assert len(header) == 3
            assert len(header.find(f"{TEI}titleStmt")) >= 1
            assert len(root.find(f"{TEI}text/{TEI}body")) >= 1


def test_tei_is_valid(nasty: sqlite3.Connection, connection: sqlite3.Connection) -> None:
    dtd = etree.DTD(str(tei_schema()))
    for source in (nasty, connection):
        files = documents(exported(source, format="tei")[0])
        for name, data in files.items():
            if name.endswith(".xml"):
                assert dtd.validate(etree.fromstring(data)), (name, dtd.error_log)
    broken = etree.fromstring(next(iter(files.values())).replace(b"<body>", b"<body><bibl/><nix/>"))
    assert not dtd.validate(broken)


def test_tei_says_what_is_stated(nasty: sqlite3.Connection) -> None:
    data, made = exported(nasty, format="tei")
    files = documents(data)
    first, second = (ET.fromstring(files[f"{number:016x}.xml"]) for number in (1, 2))
    forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
    for root in (first, second):
        assert [p.text for p in root.iter(f"{TEI}p") if "n" in p.attrib] == [
            forbidden.sub("\ufffd", text) for text in CELLS
        ]
        assert [p.get("n") for p in root.iter(f"{TEI}p") if "n" in p.attrib] == [str(n + 1) for n in range(len(CELLS))]
        assert [head.text for head in root.iter(f"{TEI}head")] == ["Under & over"]
    assert made.tally.replaced == 2 * len(forbidden.findall("".join(CELLS))) + 2 * len(forbidden.findall(CELLS[0]))
    source = first.find(f".//{TEI}sourceDesc/{TEI}bibl")
    assert [author.text for author in source.iter(f"{TEI}author")] == ["@Ann", "Bo; Ray"]
    assert source.find(f"{TEI}publisher").text == "=Outlet & <Sons>"
    date = source.find(f"{TEI}date")
    assert (date.get("when"), date.text) == ("2024-03-05", "2024-03-05T10:30+01:00")
    assert [term.text for term in first.iter(f"{TEI}term")] == ["=dams"]
    for name in ("publisher", "date", "author", "language", "term", "revisionDesc"):
        assert second.find(f".//{TEI}{name}") is None, name


def test_citations_are_whole_whatever_the_chunks(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("bibtex", "ris", "csl")
    whole = {name: exported(connection, format=name)[0] for name in names}
    monkeypatch.setattr("corpus_db.reading.export.citations._AT_ONCE", 7)
    assert {name: exported(connection, format=name)[0] for name in names} == whole
    keys = [row[0] for row in connection.execute("select key from articles order by id")]
    assert [each["id"] for each in json.loads(whole["csl"])] == keys
    assert re.findall(r"^@\w+\{corpus-(.*),$", whole["bibtex"].decode(), re.M) == keys
    assert re.findall(r"^ID  - (.*)\r$", whole["ris"].decode(), re.M) == keys
    assert json.loads(exported(connection, "zyzzyva", format="csl")[0]) == []


def test_the_manifest(connection: sqlite3.Connection) -> None:
    typed = 'the outlet:"valley gazette" from:2024'
    data, made = exported(connection, typed, format="csv", unit="articles", columns=["article", "headline"])
    said = json.loads(made.text())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said.pop("created"))
    assert said == {
        "corpus_db": said["corpus_db"], "database": identity(connection), "query": typed,
        "interpreted": 'the from:2024 outlet:"The Valley Gazette"',
        "filters": [
            {"field": "outlet", "value": "The Valley Gazette", "excluded": False},
            {"field": "from", "value": "2024", "excluded": False},
        ],
        "unknown": [], "format": "csv", "unit": "articles", "columns": ["article", "headline"], "bom": False,
        "rows": len(read(data, "csv")), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(),
        "guarded": {"cells": 0, "rule": guarding.RULE}, "replaced_characters": 0, "continued_cells": 0,
    }  # fmt: skip
    assert said["rows"] > 0


def test_the_hash_of_a_corpus_is_that_of_its_raw_files(folder: Path, database: Path, tmp_path: Path) -> None:
    def of(path: Path) -> str:
        with closing(opening.connect(path)) as connection:
            return identity(connection)

    raw = tmp_path / "elsewhere"
    files = sorted((path for path in folder.rglob("*") if path.is_file()), reverse=True)
    seen = set()
    for step in (files[: len(files) // 2], files[len(files) // 2 :]):  # in two loads, so with other ids
        for path in step:
            target = raw / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        load(raw, tmp_path / "corpus.db", jobs=2)
        seen.add(of(tmp_path / "corpus.db"))
    assert len(seen) == 2
    assert of(tmp_path / "corpus.db") == of(database)
    (raw / "manifest.csv").write_text("path,outlet\nplain/one_line.txt,Another Outlet\n")
    load(raw, tmp_path / "corpus.db", jobs=1)
    assert of(tmp_path / "corpus.db") != of(database)


def test_a_file_is_checked_by_its_manifest(connection: sqlite3.Connection, tmp_path: Path) -> None:
    out = tmp_path / "water.csv"
    export.export(connection, "water", out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["water.csv", "water.csv.manifest.json"]
    assert export.check(out) == ()
    whole = out.read_bytes()
    out.write_bytes(whole[:-1])
    assert [line.split()[0] for line in export.check(out)] == ["bytes", "SHA-256"]
    out.write_bytes(whole.replace(b"water", b"waters", 1)[:-1])
    assert [line.split()[0] for line in export.check(out)] == ["SHA-256"]
    for text in ("", "{}", "[]", "{"):
        manifest.beside(out).write_text(text)
        with pytest.raises(UsageError, match="not the manifest of an export"):
            export.check(out)
    manifest.beside(out).unlink()
    with pytest.raises(UsageError, match="no such file"):
        export.check(out)


@pytest.mark.parametrize("name", FORMATS)
def test_what_fails_leaves_no_file(
    name: str, connection: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the middle: nothing at the path, and no bytes that look like a whole file."""
    monkeypatch.setattr(parquet, "_GROUP", 20)
    monkeypatch.setattr("corpus_db.reading.export.lines._HELD", 20)
    monkeypatch.setattr("corpus_db.reading.export.citations._AT_ONCE", 5)
    out = tmp_path / f"whole{export.FORMATS[name].suffix}"
    steps: list[int] = []
    connection.set_progress_handler(lambda: steps.append(0), 100)
    whole, _ = exported(connection, format=name)
    half = len(steps) // 2
    out.write_bytes(b"an older export")
    target = io.BytesIO()
    for each in (out, target):
        steps.clear()
        connection.set_progress_handler(lambda: steps.append(0) or len(steps) > half, 100)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            export.export(connection, "", each, format=name)
    connection.set_progress_handler(None, 0)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() == b"an older export"
    assert len(target.getvalue()) < len(whole)
    if name in ("xlsx", "tei"):
        assert not zipfile.is_zipfile(target)
    if name == "parquet":
        with pytest.raises(pyarrow.ArrowInvalid):
            pyarrow.parquet.read_table(target)
    if name == "csl":
        with pytest.raises(ValueError):
            json.loads(target.getvalue())
    assert not connection.in_transaction


MISTAKES = [
    ({"format": "doc"}, "no format 'doc': choose one of csv,"),
    ({"unit": "words"}, "no unit 'words': choose one of paragraphs, articles"),
    ({"columns": ["text", "colour"]}, "no column 'colour' of paragraphs: choose from article,"),
    ({"columns": ["position"], "unit": "articles"}, "no column 'position' of articles"),
    ({"format": "tei", "unit": "paragraphs"}, "tei: holds whole articles"),
    ({"format": "bibtex", "columns": ["text"]}, "bibtex: holds whole articles"),
]


@pytest.mark.parametrize(("options", "message"), MISTAKES)
def test_what_does_not_fit_is_said(connection: sqlite3.Connection, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        export.export(connection, "", io.BytesIO(), **options)


def test_parquet_without_pyarrow(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.reading.export.formats.find_spec", lambda _: None)
    with pytest.raises(
        UsageError, match=re.escape("parquet: needs pyarrow: install it with `pip install 'corpus-db[parquet]'`")
    ):
        exported(connection, format="parquet")
    assert exported(connection, format="xlsx")[1].tally.rows > 100


@pytest.mark.parametrize("name", FORMATS)
def test_memory_does_not_grow_with_the_rows(
    name: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times the rows, the same memory; the directory of the zip of TEI excepted, 1 KB a file at most."""
    monkeypatch.setattr(parquet, "_GROUP", 1_000)
    monkeypatch.setattr("corpus_db.reading.export.citations._AT_ONCE", 50)
    peaks = []
    for rows in (1_000, 8_000):
        path = tmp_path_factory.getbasetemp() / f"{rows}.db"
        if not path.exists():
            build(path, [[f"Paragraph {place} of the report. " * 10 for place in range(20)]] * (rows // 20))
        with closing(opening.connect(path)) as connection:
            tracemalloc.start()
            made = export.export(connection, "", _Nowhere(), format=name)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert made.tally.rows == (rows if made.request.unit == "paragraphs" else rows // 20)
    growth = 500_000  # of the 3 MB that the rows are; it comes and goes with the collector of garbage
    assert peaks[1] < peaks[0] + growth + (1_000 * 350 if name == "tei" else 0), peaks


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


def test_a_sink_takes_nothing_after_a_failure() -> None:
    target = io.BytesIO()
    sink = Sink(target)
    with suppress(MemoryError), sink.whole():
        sink.write(b"half")
        raise MemoryError
    sink.write(b" and more")
    assert (target.getvalue(), sink.size, sink.sha256) == (b"half", 4, hashlib.sha256(b"half").hexdigest())


ODD = "It rained \u2028on\u0085the\x0bcouncil\x0c of Orlo\u2029, said \ufffe the clerk\uffff, who had come late on that day."


def test_what_files_can_hold_and_formats_cannot(tmp_path: Path) -> None:
    """Half characters end where a file is read: no database holds one. Other odd characters pass through every format."""
    root = tmp_path / "raw"
    root.mkdir()
    (root / "a.txt").write_bytes(b"\xff\xfe" + f"{ODD}\n\n".encode("utf-16-le") + b"\x00\xd8" + ODD.encode("utf-16-le"))
    (root / "b.md").write_text(
        f'---\ntitle: "=A \\ud800 b\\n\\0c"\nauthor: "Ann \\udfff Lee"\ntags: ["\\ud800", "x\\ny"]\n---\n\n{ODD} &#xD800; &#0;\n\n{ODD}\n'
    )
    (root / "c.html").write_text(
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "A \\udc00 \\u0000 b"}}</script><p>{ODD} &#xDFFF;</p><p>{ODD * 3}</p>'
    )
    loaded = load(root, tmp_path / "corpus.db", jobs=1)
    assert loaded.outcomes["loaded"] == 3
    with closing(opening.connect(tmp_path / "corpus.db")) as connection:
        held = [row[0] for row in connection.execute("select text from paragraphs order by article_id, position")]
        assert any("\ufffd" in text for text in held)
        assert all(text.encode() and "\ud800" not in text for text in held)
        for name in TABLES:
            cells = [row["text"] for row in read(exported(connection, format=name)[0], name)]
            if name == "csv":
                cells = [guarding.recover(cell) for cell in cells]
            # XML can hold neither of the two.
            expected = [re.sub("[\ufffe\uffff]", "\ufffd", text) for text in held] if name == "xlsx" else held
            assert cells == expected, name
        for name in FORMATS:
            data, made = exported(connection, format=name)
            assert data
            assert made.tally.rows
