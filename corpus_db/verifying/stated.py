"""The facts of an article, beside the words of the file that state them; its columns, beside its facts."""

import re
from collections.abc import Iterator

from corpus_db.loading import names
from corpus_db.loading.formats import inline
from corpus_db.records import Fact, Fault
from corpus_db.verifying.blocks import letters, shown
from corpus_db.verifying.held import HeldArticle

# Sources that need no span: a file beside the raw file; a vocabulary whose value the page writes in pieces.
ELSEWHERE = frozenset(
    ("manifest", "mhtml", "json-ld", "microdata", "open graph", "meta", "title", "twitter", "time", "dublin core",
     "citation", "parsely")
)  # fmt: skip
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[bfnrt])")  # of JSON


def check(source: str, article: HeldArticle) -> Iterator[Fault]:
    """What is wrong with the facts of an article and what follows from them; `source` is the text of its file."""
    for fact in article.facts:
        if problem := _misplaced(source, fact):
            yield Fault(f"fact of {article.key}", f"{fact.field}: {fact.value}: {problem}")
    yield from (Fault(f"article {article.key}", what) for what in _unstated(article))


def _misplaced(source: str, fact: Fact) -> str | None:
    if fact.start is None or fact.stop is None:
        return None if fact.source in ELSEWHERE else f"says no place, which the source {fact.source!r} has"
    if not 0 <= fact.start < fact.stop <= len(source):
        return f"its span {fact.start}–{fact.stop} is not inside the file of {len(source)} characters"
    return None if _prints(source, fact) else f"its span {fact.start}–{fact.stop} does not hold {fact.printed!r}"


def _prints(source: str, fact: Fact) -> bool:
    """Whether the span holds the printed words: as they stand, in Markdown's marks, in JSON's escapes, in tags."""
    span, wanted = source[fact.start : fact.stop], letters(fact.printed)
    if wanted in letters(span):
        return True
    resolved = inline.resolve(source, fact.start or 0, fact.stop or 0)[0]
    data = _ESCAPE.sub(lambda match: chr(int(match[1] or "20", 16)), span)
    return any(wanted in letters(text) for text in (resolved, data, shown(span)))


def _unstated(article: HeldArticle) -> Iterator[str]:
    """Columns, bylines and tags of an article that are not what its facts say."""
    values: dict[str, list[str]] = {}
    for fact in article.facts:
        values.setdefault(fact.field, []).append(fact.value)
    for field, value in article.stated.items():
        if [value] != values.get(field, [None])[:1]:
            yield f"its {field} is not what its facts state: {value!r}"
    authors = [(fact.value, fact.printed) for fact in article.facts if fact.field == "author"]
    if [(byline.name, byline.printed) for byline in article.bylines] != authors:
        yield "its bylines are not the authors that its facts state"
    for byline in article.bylines:
        if byline.key != names.key(byline.name):
            yield f"its byline {byline.name!r} points to the author {byline.key!r}"
    for field, key in (("outlet", article.outlet), ("syndicated_from", article.syndicated_from)):
        if (key is None) != (field not in values):
            yield f"its {field} is not what its facts state: {key!r}"
    for tag in article.tags:
        if tag.value not in values.get(tag.scheme, ()):
            yield f"its tag {tag.scheme}: {tag.value} is not what its facts state"
