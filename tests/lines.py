"""What must hold of any line, whatever is printed or typed there: for `scripts/fuzz`, and for the lines it once broke on."""

import csv
import io
import json
import re
import sqlite3
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from functools import cache

from corpus_db.loading import bylines, dates, names, outlets
from corpus_db.reading import matching, query, words
from corpus_db.reading.export import guarding, lines, tei, xlsx


def check_bylines(line: str) -> object:
    """Every name stands in the line, in these letters, where it is said to."""
    found = bylines.find(line)
    for each in (*found, *bylines.find_signed(line), *bylines.find_within(line), *bylines.find_before_date(line), *bylines.find_listed(line)):  # fmt: skip
        assert 0 <= each.start < each.stop <= len(line), each
        assert line[each.start : each.stop] == each.printed, each
        assert each.name.strip(), each
        assert sorted(letters(each.name)) == sorted(letters(each.printed)), each
    assert len({names.key(each.name) for each in found}) == len(found)
    return [each.name for each in found], bylines.opens(line), bylines.is_line_of_names(line)


def letters(text: str) -> str:
    """What a name may not gain or lose: letters and digits, without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())


def check_dates(line: str) -> object:
    """Every day exists, and its year and day of the month are printed in its span."""
    at = 0
    found = dates.find(line)
    for each in found:
        assert at <= each.start < each.stop <= len(line), each
        at = each.stop
        day = date.fromisoformat(each.value[:10])
        printed = re.sub(r"\d", lambda digit: str(int(digit[0])), line[each.start : each.stop])
        assert day.day in {int(number) for number in re.findall(r"\d+", printed)}, each
        assert f"{day.year}" in printed or f"{day.year % 100:02}" in printed, each
    if month := dates.month(line):
        assert month.value[:4] in line[month.start : month.stop]
    return found, month, dates.spells_day_first(line)


def check_names(line: str) -> object:
    """A name that is written our way is the same name, and what is cut off it was around it."""
    bare, normal = names.bare(line), names.normal(line)
    assert bare in line
    assert letters(normal) == letters(line)
    key = names.key(line)
    assert names.key(key) == key
    assert names.key(normal) == key, normal
    return names.is_name(line), names.may_sign(line), names.is_job(line), len(names.telling_words(line))


def check_outlets(line: str) -> object:
    """An outlet is one that we know, or has the name that is printed; a host stands in its address."""
    named = outlets.named(line)
    assert named.known or named.name == line
    for domain in outlets.domains(line):
        assert domain in line.lower()
        found = outlets.of_domain(domain)
        assert found is None or found.known or found.name in domain
    host = outlets.host(line)
    assert host is None or host in re.sub(r"[\t\n\r]", "", line).lower()  # as browsers read an address
    return named.known, outlets.knows(line), outlets.may_begin(line), host, outlets.match(line)


def check_query(line: str) -> object:
    """What is typed means something, means the same when it is written again, and the index takes it."""
    meant = query.parse(line)
    written = query.write(meant)
    if len(written) <= query._LONGEST:
        assert query.parse(written) == meant, written
    if (expression := matching.full_text(meant)) is not None:
        _index().execute("select rowid from words where words match ?", [expression]).fetchall()
    where = matching.articles(meant)
    assert where.sql.count(":") >= len(where.parameters)
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", str(meant))


@cache
def _index() -> sqlite3.Connection:
    """A full text of a sentence, and an empty one with the list of its words."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for name in ("words", "empty"):
        connection.execute(f"create virtual table {name} using fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")
    connection.execute("insert into words values ('It rained on the council of Orlo')")
    connection.execute("create virtual table seen using fts5vocab (empty, instance)")
    return connection


def check_words(line: str) -> object:
    """The words of a line are those of the index, each with its place."""
    line = storable(line)
    found = words.words(line)
    assert len(words.spans(line)) == len(found) == len(words.starts(line))
    if not line.isascii() and "\0" not in line:
        connection = _index()
        connection.execute("begin")
        connection.execute("insert into empty values (?)", [line])
        seen = [term for (term,) in connection.execute("select term from seen order by offset")]
        connection.execute("rollback")
        assert seen == found
    return len(found)


def storable(line: str) -> str:
    """A line as a database can hold it: without half characters."""
    return line.encode("utf-8", "ignore").decode()


def check_cells(line: str) -> object:
    """A cell of an export comes back as it was, by a reader that is not ours; none is a formula of a spreadsheet."""
    line = storable(line)
    (cell,), guarded = guarding.guard([line])
    assert guarding.recover(cell) == line
    seen = cell.lstrip("".join({char for char in cell if char.isspace() or unicodedata.category(char) == "Cf"}))
    assert seen[:1] not in tuple("=+-@＝＋－＠"), cell
    row = next(csv.reader(io.StringIO(f"{lines._quoted(cell)},{lines._quoted(line)}\r\n", newline="")))
    assert row == [cell, line]
    assert json.loads(json.JSONEncoder(ensure_ascii=False).encode(line).encode()) == line
    held = tei._FORBIDDEN.sub("\ufffd", line)
    element = ET.fromstring(tei._FORBIDDEN.sub("\ufffd", tei._element("p", line, n=line)))
    assert (element.text or "", element.get("n")) == (held, held)
    parts = list(xlsx._Sheets._parts(_Replacing(), line))  # type: ignore[arg-type]
    assert "".join(parts) == xlsx._UNENCODABLE.sub("\ufffd", line)
    assert all(len(part.encode("utf-16-le")) <= 2 * xlsx._UNITS for part in parts)
    return guarded, cell[:2], len(parts)


class _Replacing:
    replaced = 0


CHECKS: dict[str, Callable[[str], object]] = {
    "bylines": check_bylines, "dates": check_dates, "names": check_names, "outlets": check_outlets, "query": check_query,
    "words": check_words, "cells": check_cells,
}  # fmt: skip
