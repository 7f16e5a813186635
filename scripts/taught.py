"""Pages of which gold has segments only, with what a first network makes of them for gold, as plain text as well.

That is self-training (Scudder, 1965; 'pseudo-labels' in Lee, 2013) from the form that tells most to those that tell
little: the article that the network finds in the saved page is the gold of the same page as text, which the tools
render that made the text forms of the other sets. A page counts where that article has every segment that gold wants,
and none that it refuses.
"""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import gate
import html2text
import labelled
import sites
from inscriptis import get_text
from labelled import CACHE, CUT, Example
from resiliparse.extract.html2text import extract_plain_text

from corpus_db import listing
from corpus_db.loading import network, pipeline, raw
from corpus_db.records import Parsed, RawFile

SET = "traf"
_FORMS = ("layout", "markdown", "copy", "lines")
_LEAST_TEXT = 300  # characters of an article
_LEAST_REFUSED = 6  # characters of a segment that must not be in the text, below which it can be by chance


class Page(NamedTuple):
    """A saved page of the set, with the segments of its gold."""

    gold: dict[str, Any]
    path: Path


def pages() -> list[Page]:
    """All pages of the set."""
    files = {path.name.rsplit(".", 1)[0]: path for path in (CACHE / "pages" / SET).iterdir()}
    lines = (CACHE / "pages" / f"{SET}.gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    found = [(gold, files.get(gold["id"].removesuffix(".html"))) for gold in map(json.loads, lines)]
    return [Page(gold, path) for gold, path in found if path]


def render(folder: Path) -> None:
    """Write all pages as plain text to a folder of each form."""
    for form in _FORMS:
        (folder / form).mkdir(parents=True, exist_ok=True)
    with Pool() as pool:
        pool.map(partial(_render, folder), pages(), 8)


def _render(folder: Path, page: Page) -> None:
    read = raw.read(page.path.parent, page.path.name)
    if not isinstance(read, RawFile):
        return
    for form, made in _rendered(read.source).items():
        (folder / form / f"{page.path.stem}{_suffix(form)}").write_text(made, encoding="utf-8", errors="replace")


def _rendered(source: str) -> dict[str, str]:
    writer = html2text.HTML2Text(bodywidth=0)
    writer.ignore_images = True
    tools: dict[str, Callable[[], str]] = {
        "layout": lambda: extract_plain_text(source, main_content=False, alt_texts=False),
        "markdown": lambda: re.sub(r"\]\([^)]*\)", "](#)", writer.handle(source)),
        "copy": lambda: get_text(source),
    }
    made = {form: tool() for form, tool in tools.items() if source.strip()}
    return made | {"lines": "\n".join(line.strip() for line in made.get("layout", "").split("\n") if line.strip())}


def _suffix(form: str) -> str:
    return ".md" if form == "markdown" else ".txt"


def examples(weights: Path, fold: int | None, folder: Path) -> list[Example]:
    """The pages as text, but those of a fold, with what a network makes of the saved page for gold."""
    work = [page for page in pages() if fold is None or sites.fold(page.gold) != fold]
    with Pool() as pool:
        return [each for some in pool.imap(partial(_examples, weights, folder), work, 8) for each in some]


def _examples(weights: Path, folder: Path, page: Page) -> list[Example]:
    gold = _gold(weights, page)
    found = []
    for kind in (*_FORMS, *CUT) if gold else ():
        form = CUT.get(kind, kind)
        path = folder / form / f"{page.path.stem}{_suffix(form)}"
        draft = labelled.draft_of(path) if path.exists() else None
        if gold and draft and draft.blocks:
            found.append(labelled.example(SET, kind, gold, path, draft, labelled.label(gold, draft)))
    return [each for each in found if each is not None]


def _gold(weights: Path, page: Page) -> dict[str, Any] | None:
    """What a network makes of a page, as gold; None where gold's segments do not agree."""
    read = raw.read(page.path.parent, page.path.name)
    parsed = pipeline.articles(read, networks=_networks(weights)) if isinstance(read, RawFile) else None
    article = gate.scorer().main_article(listing.plain(parsed)) if isinstance(parsed, Parsed) else None
    if not article:
        return None
    body = "\n".join(block["text"] for block in article["blocks"] if block["role"] in ("paragraph", "crosshead"))
    folded = _fold(body)
    wanted = all(_fold(each) in folded for each in page.gold.get("with_") or ())
    refused = any(_fold(each) in folded for each in page.gold.get("without") or () if len(each) >= _LEAST_REFUSED)
    if len(body) < _LEAST_TEXT or not wanted or refused:
        return None
    return (
        page.gold
        | {
            "body": body,
            "heads": [block["text"] for block in article["blocks"] if block["role"] == "crosshead"],
            "summary": article["standfirst"] or "",
            "publisher": article["outlet"] or page.gold["id"],  # crossheads and standfirst are told from the rest
            "title": article["headline"],
            "authors": article["authors"],
            "dates": [article["published"][:10]] if article["published"] else [],
        }
    )


def _fold(text: str) -> str:
    return " ".join(text.split()).lower()


@cache
def _networks(weights: Path) -> network.Weights:
    return network.stack(network.load(weights))
