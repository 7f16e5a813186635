"""Words are those of the full-text index: the same counts, whatever the text."""

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db.reading.words import spans, words
from corpus_db.store import schema

# Letters, marks and breaks of many scripts, and what lies between them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(" aÉ\u0301\u0327\u093f\u0600ß'’-."))


def indexed(text: str) -> list[str]:
    """The words of a text as a real index of ours holds them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.create(connection)
        connection.execute("insert into paragraphs_fts (rowid, text) values (1, ?)", [text])
        connection.execute("create virtual table found using fts5vocab (paragraphs_fts, instance)")
        return [term for (term,) in connection.execute("select term from found order by offset")]


@given(TEXT)
@example("e\u0301\u0327a \u0301b a\u0301")
@example("ﬁne Straße İstanbul ǅ 日本語 العربية हिन्दी")
@example("a\x00b \ufffe \uffff \ufdd0")
def test_words_are_those_of_the_index(text: str) -> None:
    assert words(text) == indexed(text)


@given(TEXT)
def test_spans_are_where_the_words_stand(text: str) -> None:
    assert [words(text[start:stop]) for start, stop in spans(text)] == [[word] for word in words(text)]
    inside = [place for start, stop in spans(text) for place in range(start, stop)]
    assert all(words(text[place]) == [] for place in set(range(len(text))) - set(inside))


def test_counts_equal_the_vocabulary_of_the_index(connection: sqlite3.Connection) -> None:
    connection.execute("create virtual table temp.vocabulary using fts5vocab (main, paragraphs_fts, row)")
    expected = dict(connection.execute("select term, cnt from vocabulary"))
    counted = Counter(word for (text,) in connection.execute("select text from paragraphs") for word in words(text))
    assert dict(counted) == expected
    assert len(expected) > 1000


@pytest.mark.parametrize("text", ["", " ", "—", "\u0301"])
def test_no_words(text: str) -> None:
    assert words(text) == []
    assert spans(text) == []
