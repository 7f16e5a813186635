"""One raw file -> its articles, or why it gives none. The only module that knows the order of the steps."""

import re
from dataclasses import replace
from pathlib import Path

from corpus_db.loading import article, cost, formats, kinds, network, raw, roles
from corpus_db.loading.formats import html, nesting
from corpus_db.records import Article, Defect, Parsed, Part, RawFile, Reject, Role, Stated

_SURROGATES = re.compile("[\ud800-\udfff]")


def parse(root: Path, path: str, manifest: tuple[Stated, ...] = ()) -> Parsed | Reject:
    """The articles of the raw file at `path` below `root`; `manifest` is what the manifest states of it."""
    found = raw.read(root, path)
    return found if isinstance(found, Reject) else articles(found, manifest)


def articles(
    found: RawFile, manifest: tuple[Stated, ...] = (), networks: network.Weights | None = None
) -> Parsed | Reject:
    """The articles of a raw file that was read; `networks` are others than the package's."""
    chosen = formats.choose(found)
    if isinstance(chosen, str):
        return Reject(found.path, chosen, found.sha256, found.size)
    if chosen.NAME == html.NAME and (deep := nesting.problem(found.source)):
        return Reject(found.path, deep, found.sha256, found.size)
    drafts = chosen.read(found)
    if costly := cost.problem(drafts):
        return Reject(found.path, costly, found.sha256, found.size)
    results: list[Article] = []
    problems: list[str] = []
    above: tuple[Part, ...] = ()  # documents above the first article that are none
    for draft in drafts:
        whole = replace(draft, stated=tuple(map(_sound, (*draft.stated, *manifest))))
        given = roles.assign(whole, networks)
        if problem := kinds.problem(whole, given):
            problems.append(problem)
            unused = tuple(Part(Role.BOILERPLATE, block.text, block.start, block.stop) for block in draft.blocks)
            if results:
                results[-1] = _with_unused(results[-1], unused, problem)
            else:
                above += unused
        else:
            built = article.build(found.source, whole, given)
            defects = (*kinds.oddities(whole, given), *built.defects)
            results.append(replace(built, parts=(*above, *built.parts), defects=defects))
            above = ()
    if not results:
        return Reject(found.path, problems[0] if problems else "no body text", found.sha256, found.size)
    return Parsed(found.path, found.sha256, found.size, chosen.NAME, found.encoding, tuple(results), found.defects)


def _with_unused(found: Article, unused: tuple[Part, ...], problem: str) -> Article:
    """An article with the document that follows it in its file, which is none; a defect says so, and why."""
    if not unused:
        return found
    defect = Defect("no article", f"{problem}, in what follows: {unused[0].text[:80]}")
    return replace(found, parts=(*found.parts, *unused), defects=(*found.defects, defect))


def _sound(stated: Stated) -> Stated:
    """A stated value without lone surrogates: JSON can write them, and no text in UTF-8 can have them."""
    if stated.key.isascii() and stated.value.isascii():
        return stated
    key, value = (_SURROGATES.sub("\ufffd", each) for each in (stated.key, stated.value))
    return stated._replace(key=key, value=value)
