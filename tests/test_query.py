"""What is typed and what it means: a table of both, and made-up input that must not raise, inject or change on the way."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.reading import facets, hits, matching, names, query, suggesting, words
from corpus_db.reading.query import Filter, Query, Term

A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Query()),
        ("  \t\n ", Query()),
        ("a b", Query(((A,), (B,)))),
        ("a a", Query(((A,),))),
        ("a AND b", Query(((A,), (B,)))),
        ("a OR b c", Query(((A, B), (C,)))),
        ("a | b || c", Query(((A, B, C),))),
        ("(a OR b) -c", Query(((A, B),), (C,))),
        ("a NOT b", Query(((A,),), (B,))),
        ("OR a OR", Query(((A,),))),
        ("- -- -a -", Query((), (A,))),
        ("climat*", Query(((Term("climat", prefix=True),),))),
        ('"climate change"', Query(((Term("climate change"),),))),
        ('"climate chang*"', Query(((Term("climate chang", prefix=True),),))),
        ('"climate chang"*', Query(((Term("climate chang", prefix=True),),))),
        ('"open quote', Query(((Term("open quote"),),))),
        ("“printed quotes”", Query(((Term("printed quotes"),),))),
        ('"a b"~5', Query(((Term("a b", near=5),),))),
        ('"a"~5', Query(((A,),))),
        ("U.S.", Query(((Term("U.S."),),))),
        ("dam, (flood).", Query(((Term("dam"),), (Term("flood"),)))),
        ("state-owned", Query(((Term("state-owned"),),))),
        ('& * . \' "" ()', Query()),
        ('outlet:"Global Research"', Query((), (), (Filter("outlet", "Global Research"),))),
        ("Outlet:BBC -author:lee", Query((), (), (Filter("outlet", "BBC"), Filter("author", "lee", excluded=True)))),
        (r'outlet:"The \"X\" Post"', Query((), (), (Filter("outlet", 'The "X" Post'),))),
        ('author:""', Query((), (), (Filter("author", ""),))),
        ("author:", Query(((Term("author"),),))),
        ("undated:", Query((), (), (Filter("date", ""),))),
        ("lang:EN", Query((), (), (Filter("lang", "en"),))),
        ("from:2023-03 to:2023-04", Query((), (), (), "2023-03", "2023-04")),
        ("from:2023-13", Query(((Term("from:2023-13"),),))),
        ("date:2023-02-30", Query(((Term("date:2023-02-30"),),))),
        ("date:2024-02-29", Query((), (), (Filter("date", "2024-02-29"),))),
        ("site:example.org", Query(((Term("site:example.org"),),))),
        (f'"{"the " * 400}"', Query(((Term(" ".join(["the"] * 32)),),))),
        (f'"{"a " * 400}b"*', Query(((Term(" ".join(["a"] * 32)),),))),
        ("the-" * 400, Query(((Term("-".join(["the"] * 32)),),))),
        ("a\0b \ud800", Query(((A,), (B,)))),
        ("a && b", Query(((A,), (B,)))),
        ("a & b", Query(((A,), (B,)))),
        ("a b OR c", Query(((A,), (B, C)))),
        ("end. Xa aX*", Query(((Term("end"),), (Term("Xa"),), (Term("aX", prefix=True),)))),
        ('"a b*"~5', Query(((Term("a b", near=5),),))),
        ('"a b"~123', Query(((Term("a b", near=123),),))),
        ('"a b"~1234', Query(((Term("a b"),), (Term("~1234"),)))),
        ('outlet:"Global   Research', Query((), (), (Filter("outlet", "Global Research"),))),
        ("language:de", Query((), (), (Filter("lang", "de"),))),
        ("published:2023", Query((), (), (Filter("date", "2023"),))),
        ("since:2023 until:2024", Query((), (), (), "2023", "2024")),
        ("since:2022 from:2023", Query((), (), (), "2023")),
        ("headline:dam", Query((), (), (Filter("headline", "dam"),))),
        ('headline:"!!"', Query((), (), (Filter("headline", ""),))),
        ("headline:(dam)", Query((), (), (Filter("headline", "dam"),))),
        ("headline:(a b)", Query((), (), (Filter("headline", "(a b)"),))),
        ('standfirst:( a | "b  c" -x )', Query((), (), (Filter("standfirst", '(a OR "b c" -x)'),))),
        ("headline:clim*", Query((), (), (Filter("headline", "(clim*)"),))),
        ("headline:x:clim*", Query((), (), (Filter("headline", "(x:clim*)"),))),
        ('headline:"b clim*"', Query((), (), (Filter("headline", '("b clim"*)'),))),
        ('headline:"b -c OR a*"', Query((), (), (Filter("headline", '("b -c OR a"*)'),))),
        (
            'headline:"a b"* standfirst:"a b"~5',
            Query((), (), (Filter("headline", '("a b"*)'), Filter("standfirst", '("a b"~5)'))),
        ),
        ("headline:(a b", Query((), (), (Filter("headline", "(a b)"),))),
        ("headline:((a OR b) -c) b", Query(((B,),), (), (Filter("headline", "(a OR b -c)"),))),
        ("headline:() a", Query(((Term("headline:()"),), (A,)))),
        ("headline:(-a -b) c", Query(((C,),), (), (Filter("headline", "(a OR b)", excluded=True),))),
        ("-headline:(-a)", Query((), (), (Filter("headline", "a"),))),
        ('headline:"(a b"', Query((), (), (Filter("headline", "a b"),))),
        ("headline:(outlet:x)", Query(((Term("headline:(outlet:x)"),),))),
        ("outlet:(The Times)", Query((), (), (Filter("outlet", "The Times"),))),
        ("undated:x", Query(((Term("undated:x"),),))),
        ("-undated:", Query((), (), (Filter("date", "", excluded=True),))),
        ("-from:2023", Query((), (Term("from:2023"),))),
        ("-from:x", Query((), (Term("from:x"),))),
        ('from:"next   week"', Query(((Term("from: next week"),),))),
        ("NOT outlet:BBC a", Query(((A,),), (), (Filter("outlet", "BBC", excluded=True),))),
        ("a OR outlet:BBC b", Query(((A,), (B,)), (), (Filter("outlet", "BBC"),))),
    ],
)
def test_what_is_typed_means(typed: str, meant: Query) -> None:
    assert query.parse(typed) == meant


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    whole = f"x {'a' * 1998}"
    assert query.parse(f"{whole}b c") == query.parse(whole) == Query(((Term("x"),), (Term("a" * 1998),)))


@pytest.mark.parametrize("field", query.FIELDS)
def test_every_field_can_be_asked(field: str) -> None:
    assert query.parse(f'{field}:"2023"').filters == (Filter(field, "2023"),)
    assert query.parse(f"dam {field}:2023 -{field}:2024").without(field) == query.parse(f"dam -{field}:2024")


@pytest.mark.parametrize(
    ("typed", "field", "left"),
    [
        ("dam outlet:A lang:de from:2022 to:2023", "outlet", "dam lang:de from:2022 to:2023"),
        ("dam outlet:A date:2023 from:2022 to:2023", "date", "dam outlet:A"),
        ("dam outlet:A -outlet:B", "outlet", "dam -outlet:B"),
    ],
)
def test_a_query_without_a_field(typed: str, field: str, left: str) -> None:
    assert query.parse(typed).without(field) == query.parse(left)


def test_a_filter_is_set_and_taken_away() -> None:
    bare = query.parse("dam lang:de -outlet:A")
    assert bare.toggled("outlet", "A") == query.parse("dam lang:de -outlet:A outlet:A")
    assert bare.toggled("outlet", "A").toggled("outlet", "A") == bare
    assert bare.toggled("lang", "de") == query.parse("dam -outlet:A")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a | b c", "a OR b c"),
        ("a -b NOT c", "a -b -c"),
        ('"a  b" clim* "climate chang*"', '"a b" clim* "climate chang"*'),
        ('"a b"~5', '"a b"~5'),
        ('"a *"~5', "a*"),
        ("until:2024 since:2023", "from:2023 to:2024"),
        ("undated: -undated:", "undated: -undated:"),
        ('author:"" outlet:BBC', 'author:"" outlet:BBC'),
        ('outlet:"The Times" -tag:"-x"', 'outlet:"The Times" -tag:"-x"'),
        (r'outlet:"The \"X\" Post" outlet:"a\\b"', r'outlet:"The \"X\" Post" outlet:"a\\b"'),
        ('tag:"a:b" tag:"a(b" tag:"a|b" tag:"a*"', 'tag:"a:b" tag:"a(b" tag:"a|b" tag:"a*"'),
        ("tag:x-y tag:~ tag:é", 'tag:x-y tag:"~" tag:é'),
        ("headline:(outlet:x) a", '"headline:(outlet:x)" a'),
        ("headline:(a | b) -headline:( x  -y )", "headline:(a OR b) -headline:(x -y)"),
        ('headline:("a b" "c d"~3 e*)', 'headline:("a b" "c d"~3 e*)'),
        ('"or" "OR" "x:y"', 'or "OR" x:y'),
    ],
)
def test_how_a_query_is_written(typed: str, written: str) -> None:
    assert query.write(query.parse(typed)) == written


@pytest.mark.parametrize(
    ("value", "there"),
    [
        ("2023", True), ("2023-12", True), ("2023-13", False), ("2023-00", False), ("2024-02-29", True), ("2023-02-29", False),
        ("0000", False), ("203", False), ("20233", False), ("2023-1", False), ("2023-1-1", False), ("x", False), ("", False),
    ],
)  # fmt: skip
def test_days_that_exist(value: str, there: bool) -> None:
    assert query.is_date(value) is there


PARTS = st.sampled_from(
    'a b* " "c d" ~5 - OR AND NOT | outlet: from:2023 to: date:2023-02-30 undated: ( ) * : \\ “ é x-y -"e f" tag:"s: v" . '
    "'' lang:de \"\\\" headline:\" headline:( standfirst:( ) ^ + {x} NEAR( 日本 \u0301 \x00 \ud800 'a;drop".split(" ")
)
TYPED = st.one_of(st.text(), st.lists(PARTS, max_size=12).map(" ".join), st.lists(PARTS, max_size=12).map("".join))


def test_a_heading_keeps_its_words_however_long_it_is_written() -> None:
    meant = query.parse("headline:(" + " | ".join(f"w{number}" for number in range(275)) + " | last)")
    ((field, value, _),) = meant.filters
    assert len(query.write(meant)) > 2000
    assert '"last"' in matching.in_field(field, [value])


@given(TYPED)
@settings(max_examples=600)
def test_a_query_is_written_as_it_is_read(typed: str) -> None:
    meant = query.parse(typed)
    assert query.parse(query.write(meant)) == meant


def test_whatever_is_typed_has_an_answer(connection: sqlite3.Connection) -> None:
    @given(TYPED)
    @settings(max_examples=400)
    def answer(typed: str) -> None:
        settled, unknown = names.settle(connection, query.parse(typed))
        found = hits.hits(connection, settled)
        assert 0 <= found.articles <= len(found.columns.ids)
        facets.facets(connection, settled, found)
        suggesting.suggest(connection, settled, unknown)
        assert suggesting.interpret(settled)

    answer()


@pytest.mark.parametrize(
    "typed", ["word " * 2000, '"a" OR ' * 400, "-x " * 900, "(" * 1999, "outlet:a " * 300, "é" * 5000]
)
def test_long_queries_have_an_answer(typed: str, connection: sqlite3.Connection) -> None:
    hits.hits(connection, names.settle(connection, query.parse(typed)).query)


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("a b", '"a" AND "b"'),
        ("a OR b c", '("a" OR "b") AND "c"'),
        ('a "b c" -d -e', '("a" AND "b c") NOT ("d" OR "e")'),
        ("clim*", '"clim"*'),
        ('"x y"~3', 'NEAR("x" "y", 3)'),
        ('a"b', '"a" AND "b"'),
        ("-a", None),
        ("lang:de", None),
    ],
)
def test_expressions_of_full_text(typed: str, expression: str | None) -> None:
    assert matching.full_text(query.parse(typed)) == expression


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('outlet:"the valley gazette"', 'outlet:"The Valley Gazette"'),
        ("outlet:gazette", 'outlet:"The Valley Gazette"'),
        ("author:LEE", 'author:"Ann Lee"'),
        ("tag:water", 'tag:"topic: water"'),
        ("tag:courts", 'tag:"topic: courts"'),
        ("lang:english", "lang:en"),
        ("language:Deutsch", "lang:de"),
        ("-lang:EN", "-lang:en"),
    ],
)
def test_names_are_found_by_their_words(typed: str, meant: str, connection: sqlite3.Connection) -> None:
    settled, unknown = names.settle(connection, query.parse(typed))
    assert query.parse(meant).filters[0] in settled.filters
    assert unknown == ()


def test_names_that_nothing_has_are_told(connection: sqlite3.Connection) -> None:
    _, unknown = names.settle(connection, query.parse("outlet:nix author:nemo lang:germn reservoir"))
    assert unknown == (Filter("outlet", "nix"), Filter("author", "nemo"), Filter("lang", "germn"))


@pytest.mark.parametrize(
    ("typed", "suggested", "why"),
    [
        ("reservior", "reservoir", "spelled"),
        ('outlet:"Valey Gazete" reservoir', 'reservoir outlet:"The Valley Gazette"', "spelled"),
        ("cranes reservoir", "cranes OR reservoir", "any of the words"),
        ("cranes reservior", "cranes OR reservoir", "any of the words"),
        ("cranes from:1990 to:1991", "cranes", "without the filters"),
    ],
)
def test_what_may_have_been_meant(typed: str, suggested: str, why: str, connection: sqlite3.Connection) -> None:
    settled, unknown = names.settle(connection, query.parse(typed))
    assert hits.hits(connection, settled).articles == 0
    found = suggesting.suggest(connection, settled, unknown)
    assert suggesting.Suggestion(suggested, why) in found
    assert hits.hits(connection, query.parse(suggested)).articles > 0


@pytest.mark.parametrize("field", ["outlet", "author", "tag"])
@pytest.mark.parametrize("value", ["!!", "-", "…"])
def test_signs_alone_are_no_name(field: str, value: str, connection: sqlite3.Connection) -> None:
    """Outlets without a domain, and authors, have no second name that signs could mean."""
    assert names.settle(connection, query.parse(f'{field}:"{value}"')).unknown == (Filter(field, value),)


@given(st.text(max_size=30))
def test_what_has_words_is_what_the_index_has_words_of(text: str) -> None:
    assert query.has_words(text) == bool(words.words(text))


def test_of_very_many_words_the_most_frequent_are_suggested(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = connection.execute("select word, paragraphs from words").fetchall()
    assert suggesting._vocabulary.__wrapped__(connection) == dict(rows)
    monkeypatch.setattr(suggesting, "_VOCABULARY", 5)
    most = sorted(rows, key=lambda row: (-row[1], row[0]))[:5]
    assert suggesting._vocabulary.__wrapped__(connection) == dict(most)


def test_a_misspelled_word_with_full_stops_is_spelled(connection: sqlite3.Connection) -> None:
    """The index has them as two words, not as one with a full stop."""
    (found,) = suggesting.suggest(connection, query.parse("the.councik"), ())
    assert found == suggesting.Suggestion('"the council"', "spelled")


@pytest.mark.parametrize(
    ("typed", "step", "expected"),
    [
        ("dam", "date:2023-03", "dam date:2023-03"),
        ("dam from:2023-03-10", "date:2023-03", "dam from:2023-03-10 date:2023-03"),
        ("dam date:2023", "date:2023-03", "dam date:2023-03"),
        ("dam date:2023-03-05 date:2024", "date:2023-03", "dam date:2023-03-05"),
        ("dam date:2023-03-05 date:2024", "date:2024-01", "dam date:2024-01"),
        ("dam date:2023 date:2023-03-05", "date:2023-03", "dam date:2023-03"),
        ("dam date:2022", "date:2023-03", "dam from:2023-03 to:2023-03 date:2022"),
        ("dam -date:2023-03-05", "date:2023-03", "dam -date:2023-03-05 date:2023-03"),
        ("dam undated:", "date:2023-03", "dam from:2023-03 to:2023-03 undated:"),
        ("dam", "from:1990 to:1999", "dam from:1990 to:1999"),
        ("dam from:1992-05 to:2003", "from:1990 to:1999", "dam from:1992-05 to:1999"),
        ("dam from:1985 to:1999-03", "from:1990 to:1999", "dam from:1990 to:1999-03"),
        ("dam date:1992-05", "from:1990 to:1999", "dam from:1990 to:1999 date:1992-05"),
        ("dam outlet:A outlet:B -outlet:C", "outlet:B", "dam -outlet:C outlet:B"),
        ("dam", "weir", "dam weir"),
        ("dam outlet:A", "date:2023-03", "dam outlet:A date:2023-03"),
    ],
)
def test_a_step_of_a_query(typed: str, step: str, expected: str) -> None:
    assert query.parse(typed).within(query.parse(step)) == query.parse(expected)
