"""The promises as checks: nothing is lost, nothing is invented."""

import re
from collections import Counter
from pathlib import Path

from corpus_db.loading import pipeline, raw
from corpus_db.loading.formats import inline
from corpus_db.records import Article, Parsed, Reject, Role
from corpus_db.verifying.blocks import letters, seen, shown
from corpus_db.verifying.stated import ELSEWHERE


def check(source: str, parsed: Parsed) -> None:
    """Promises 1 and 2 for the articles of one raw file."""
    if parsed.format == "html":
        for article in parsed.articles:
            check_shown(source, article)
    else:
        check_spans(source, parsed.articles)
    for article in parsed.articles:
        check_facts(source, article)


def check_shown(source: str, article: Article) -> None:
    """Every character that a page shows stands in one block, in order; no block has anything else."""
    at = 0
    for part in article.parts:
        assert at <= part.start < part.stop <= len(source)
        assert part.text == " ".join(part.text.split())
        at = part.stop
    there = Counter(seen(shown(source)))
    found = Counter("".join(seen(part.text) for part in article.parts))
    assert found == there, f"lost: {there - found}, invented: {found - there}"


def check_spans(source: str, articles: tuple[Article, ...]) -> None:
    """Every visible character of the file stands in exactly one block of one article, in order; every block has text."""
    at = 0
    for part in (part for article in articles for part in article.parts):
        assert at <= part.start < part.stop <= len(source)
        assert not source[at : part.start].strip(), f"lost: {source[at : part.start]!r}"
        assert part.text == " ".join(part.text.split())
        assert part.text
        at = part.stop
    assert not source[at:].strip(), f"lost: {source[at:]!r}"
    for article in articles:
        assert any(part.role is Role.PARAGRAPH for part in article.parts)


def check_facts(source: str, article: Article) -> None:
    """Every fact stands where it says, in the words that it says; every value of the article has its fact."""
    values = {}
    for fact in article.facts:
        values.setdefault(fact.field, []).append(fact.value)
        if fact.start is not None and fact.printed:
            span = source[fact.start : fact.stop]
            resolved = inline.resolve(source, fact.start, fact.stop)[0]
            data = _ESCAPE.sub(lambda match: chr(int(match[1] or "20", 16)), span)
            page = shown(span)
            assert any(letters(fact.printed) in letters(text) for text in (span, resolved, data, page)), fact
        assert fact.start is not None or fact.source in ELSEWHERE, fact
    for field in ("headline", "standfirst", "dateline", "published", "language", "url"):
        stated = getattr(article, field)
        assert [stated] == values.get(field, [None])[:1], field
    assert [byline.name for byline in article.bylines] == values.get("author", [])
    assert (article.outlet is None) == ("outlet" not in values)
    assert (article.syndicated_from is None) == ("syndicated_from" not in values)
    assert all(tag.value in values[tag.scheme] for tag in article.tags)


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[bfnrt])")  # of JSON


class Check:
    """The check of one real file, as a process runs it: what is wrong, as text."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, name: str) -> list[str]:
        found = raw.read(self.root, name)
        if isinstance(found, Reject):
            return (
                [] if found.problem in ("empty file", "not text: control characters") else [f"{name}: {found.problem}"]
            )
        try:
            parsed = pipeline.articles(found)
            if isinstance(parsed, Parsed):
                check(found.source, parsed)
        except Exception as error:  # noqa: BLE001 — any crash is what we look for
            return [f"{name}: {type(error).__name__}: {error}"[:500]]
        return []
