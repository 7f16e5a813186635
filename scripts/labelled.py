"""Labelled pages -> examples: the blocks of a page, as the classifier sees them, and what each may be by gold.

Gold states the text of a page, not which block is what: each page is cut into blocks as a load does it, and gold is
aligned with them. Where gold leaves open what a block is (a standfirst that a set does not label), the block may be
any of it.
"""

import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import sites

from corpus_db.loading import dates, features, formats, network, raw
from corpus_db.records import Draft, Reject

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "corpus_db-bench"
SETS = ("aed", "fundus", "wcxb", "traf")
# The last two are what somebody keeps who copies the article only, from Markdown and from plain text.
CUT = {"cut markdown": "markdown", "cut layout": "layout"}
KINDS = ("html", "layout", "markdown", "copy", "lines", *CUT)
LONGEST = 700  # blocks of an example
FURNITURE, PARAGRAPH, CROSSHEAD, HEADLINE, STANDFIRST, BYLINE, DATELINE = range(len(network.CLASSES))
_WORD = re.compile(r"\w+")


class Example(NamedTuple):
    """A page as blocks: its features, what each block may be (n, classes), how much each weighs (n)."""

    name: str
    page: str  # the same for all the ways in which a page is saved
    fold: int
    features: features.Features
    allowed: np.ndarray
    weights: np.ndarray


def words(text: str | None) -> list[str]:
    """The words of a text, as the scorer counts them."""
    return _WORD.findall(unicodedata.normalize("NFKC", text or "").casefold())


def align(texts: list[str], body: str) -> set[int]:
    """The blocks that make the gold body: the heaviest chain of blocks whose words follow each other in it."""
    gold: list[str] = []
    lines: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in body.split("\n"):
        if found := words(line):
            lines[" ".join(found)].append((len(gold), len(gold) + len(found)))
            gold += found
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(gold) - 3):
        grams[tuple(gold[at : at + 4])].append(at)
    chain: list[tuple[int, int, int, float, int]] = []  # block, start, stop in the gold, best weight, link before
    for block, text in enumerate(texts):
        found = words(text)
        for start, stop, weight in _candidates(found, lines, grams) if found else ():
            best, before = 0.0, -1
            for index, (other, _, end, total, _) in enumerate(chain):
                near = total - 0.002 * (block - other)
                if other < block and end <= start + min(6, (stop - start) // 2) and near > best:
                    best, before = near, index
            chain.append((block, start, stop, best + weight, before))
    found_blocks: set[int] = set()
    at = max(range(len(chain)), key=lambda index: chain[index][3], default=-1)
    while at >= 0:
        found_blocks.add(chain[at][0])
        at = chain[at][4]
    return found_blocks


def _candidates(
    found: list[str], lines: dict[str, list[tuple[int, int]]], grams: dict[tuple[str, ...], list[int]]
) -> list[tuple[int, int, float]]:
    """Where in the gold a block may stand: start, stop, weight."""
    result = [(start, stop, len(found) + 0.5) for start, stop in lines.get(" ".join(found), ())[:6]]
    if len(found) < 4:
        return result
    votes: Counter[int] = Counter()
    for at in range(len(found) - 3):
        hits = grams.get(tuple(found[at : at + 4]), ())
        if len(hits) < 8:
            votes.update(hit - at for hit in hits)
    for offset, _ in votes.most_common(4):
        total = sum(count for other, count in votes.items() if abs(other - offset) <= 8)
        start = max(0, offset)
        if total >= 0.5 * (len(found) - 3) and all(abs(start - other) > 3 for other, _, _ in result):
            result.append((start, start + len(found), float(min(total + 3, len(found)))))
    return sorted(result)


def label(gold: dict[str, Any], draft: Draft) -> np.ndarray:
    """What each block may be, by gold: (n, classes)."""
    blocks = draft.blocks
    texts = [block.text for block in blocks]
    folded = [" ".join(words(text)) for text in texts]
    allowed = np.zeros((len(blocks), len(network.CLASSES)), dtype=bool)
    if "body" not in gold:  # segments that must and must not be in the body; the rest is open
        return _of_segments(gold, texts, allowed)
    body = align(texts, gold["body"])
    if not body:
        return allowed
    heads = {" ".join(words(head)) for head in gold.get("heads") or ()}
    for at in range(len(blocks)):
        if at not in body:
            allowed[at, FURNITURE] = True
        elif folded[at] in heads or (gold.get("publisher") is None and blocks[at].form.heading):
            allowed[at, CROSSHEAD] = True
        else:
            allowed[at, PARAGRAPH] = True
            short = len(folded[at].split()) <= 12 and not re.search(r"[.!?:;,…\"”’)]\Z", texts[at])
            allowed[at, CROSSHEAD] = short and not heads and gold.get("publisher") is None
    first, last = min(body), max(body)
    headline = _label_headline(gold, draft, folded, allowed, first, body)
    _label_standfirst(gold, texts, folded, allowed, body, headline, first)
    _label_people(gold, texts, folded, allowed, body, (headline, first, last))
    _label_days(gold, texts, allowed, body, (headline, first))
    return allowed


def _of_segments(gold: dict[str, Any], texts: list[str], allowed: np.ndarray) -> np.ndarray:
    wanted = [" ".join(each.split()) for each in gold.get("with_") or ()]
    unwanted = [" ".join(each.split()) for each in gold.get("without") or ()]
    for at, text in enumerate(texts):
        if any(len(each) > 12 and each in text for each in wanted):
            allowed[at, [PARAGRAPH, CROSSHEAD]] = True
        elif any(text == each or (len(each) > 12 and each in text) for each in unwanted):
            allowed[at] = True
            allowed[at, [PARAGRAPH, CROSSHEAD]] = False
    return allowed


def _label_headline(
    gold: dict[str, Any], draft: Draft, folded: list[str], allowed: np.ndarray, first: int, body: set[int]
) -> int:
    """Label the printed headline; its place, else that of the first block of the body."""
    title = " ".join(words(gold.get("title")))
    if not title:
        allowed[:first, HEADLINE] = True
        return max(0, first - 12)
    same = [
        at
        for at, text in enumerate(folded)
        if text and (text == title or (title.startswith(text) and len(text) > 0.6 * len(title)))
    ]
    for at in same:
        if at not in body:
            allowed[at, HEADLINE] = True
    above = [at for at in same if at <= first + 2]
    best = next((at for at in reversed(above) if draft.blocks[at].form.heading == 1), above[-1] if above else None)
    if best is None:
        return max(0, first - 12)
    allowed[best] = False
    allowed[best, HEADLINE] = True
    return best


def _label_standfirst(
    gold: dict[str, Any],
    texts: list[str],
    folded: list[str],
    allowed: np.ndarray,
    body: set[int],
    headline: int,
    first: int,
) -> None:
    given = gold.get("summary") or ""
    summary = " ".join(words(given if isinstance(given, str) else " ".join(given)))
    if gold.get("publisher"):
        for at in range(max(0, headline - 3), first + 1):
            if (
                len(summary) > 12
                and at not in body
                and (folded[at] == summary or (len(folded[at]) > 40 and folded[at] in summary))
            ):
                allowed[at] = False
                allowed[at, STANDFIRST] = True
        return
    for at in range(max(0, headline - 3), first):
        if at not in body and len(texts[at]) > 40:
            allowed[at, STANDFIRST] = True


def _label_people(
    gold: dict[str, Any],
    texts: list[str],
    folded: list[str],
    allowed: np.ndarray,
    body: set[int],
    places: tuple[int, int, int],
) -> None:
    headline, first, last = places
    names = [" ".join(words(name)) for name in gold.get("authors") or ()]
    near = range(max(0, headline - 6), min(len(texts), first + 3))
    if not names:
        for at in near:
            allowed[at, BYLINE] |= at not in body and len(texts[at]) < 200
        return
    found = [
        at
        for at, text in enumerate(folded)
        if at not in body and len(text.split()) <= 40 and any(f" {name} " in f" {text} " for name in names)
    ]
    sure = [at for at in found if at in near and len(folded[at].split()) <= 25]
    for at in found:
        if allowed[at, HEADLINE] and not allowed[at, FURNITURE]:
            continue
        allowed[at, BYLINE] = True
        if at in sure:
            allowed[at, FURNITURE] = False
    if not sure:
        below = [at for at in found if last < at <= last + 4 and len(folded[at].split()) <= 12]
        for at in below[:1]:
            allowed[at, FURNITURE] = False


def _label_days(
    gold: dict[str, Any], texts: list[str], allowed: np.ndarray, body: set[int], places: tuple[int, int]
) -> None:
    headline, first = places
    days = set(gold.get("dates") or ())
    for at in range(max(0, headline - 6), min(len(texts), first + 3)):
        if at in body or len(texts[at]) > 160 or not re.search(r"\d", texts[at]):
            continue
        stated = {moment.value[:10] for order in (True, False) for moment in dates.find(texts[at], day_first=order)}
        if stated & days:
            allowed[at, FURNITURE] = False
            allowed[at, DATELINE] = True
        elif stated:
            allowed[at, DATELINE] = True


def draft_of(path: Path) -> Draft | None:
    """The blocks of a labelled page, cut as a load does it."""
    found = raw.read(path.parent, path.name)
    if isinstance(found, Reject):
        return None
    chosen = formats.choose(found)
    return None if isinstance(chosen, str) else chosen.read(found)[0]


def jobs() -> list[tuple[str, dict[str, Any], dict[str, Path]]]:
    """Every labelled page: its set, its gold, its file in each of its forms."""
    found = []
    for name in SETS:
        files: dict[str, dict[str, Path]] = defaultdict(dict)
        for kind in KINDS:
            form = CUT.get(kind, kind)
            root = CACHE / "pages" / name if kind == "html" else CACHE / "text" / name / form
            for path in sorted(root.iterdir()) if root.is_dir() else ():
                files[path.name.rsplit(".", 1)[0]][kind] = path
        lines = (CACHE / "pages" / f"{name}.gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
        found += [(name, gold, files[gold["id"].removesuffix(".html")]) for gold in map(json.loads, lines)]
    return found


def examples(job: tuple[str, dict[str, Any], dict[str, Path]]) -> list[Example]:
    """A labelled page as the network sees it, in each of its forms that has text and labels.

    Headings that the page marks as such are crossheads in its text forms too, where gold does not name them.
    """
    name, gold, files = job
    found = []
    for kind, path in files.items():
        draft = draft_of(path)
        if draft is None or not draft.blocks:
            continue
        allowed = label(gold, draft)
        if kind == "html" and "body" in gold and not gold.get("publisher"):
            marked = [
                block.text
                for at, block in enumerate(draft.blocks)
                if allowed[at, CROSSHEAD] and not allowed[at, PARAGRAPH]
            ]
            gold = gold | {"heads": marked} if marked else gold
        if (made := example(name, kind, gold, path, draft, allowed)) is not None:
            found.append(made)
    return found


def example(
    name: str, kind: str, gold: dict[str, Any], path: Path, draft: Draft, allowed: np.ndarray
) -> Example | None:
    """A page in one form; None where nothing is known of it."""
    if not allowed.any():
        return None
    if kind in CUT:
        kept = _cut(kind + path.name, allowed)
        draft, allowed = Draft(tuple(draft.blocks[at] for at in kept)), allowed[kept]
    known = allowed.any(axis=1)
    if len(draft.blocks) > LONGEST:  # keep the part that has the body
        middle = (
            int(np.flatnonzero(allowed[:, PARAGRAPH] & ~allowed[:, FURNITURE]).mean())
            if allowed[:, PARAGRAPH].any()
            else 0
        )
        start = min(max(0, middle - LONGEST // 2), len(draft.blocks) - LONGEST)
    else:
        start = 0
    part = slice(start, start + LONGEST)
    lengths = np.array([len(block.text.split()) for block in draft.blocks], dtype=np.float32)
    weights = np.where(known, 1.0 + np.sqrt(lengths), 0.0)
    weights /= max(1.0, weights.sum())
    made = features.of(draft)
    cut = features.Features(*(each[part] for each in made))
    fold = sites.fold(gold)
    return Example(
        f"{name}/{kind}/{path.name}", f"{name}/{gold['id']}", fold, cut, allowed[part], weights[part].astype(np.float32)
    )


def _cut(name: str, allowed: np.ndarray) -> list[int]:
    """The article and a little of what stands around it; how much is drawn from the name."""
    generator = np.random.default_rng(crc32(name.encode()))
    inside = np.flatnonzero(~allowed[:, FURNITURE] & allowed.any(1))
    if not len(inside):
        return list(range(len(allowed)))
    before, after, share = generator.integers(4), generator.integers(6), generator.random() * 0.6
    span = range(max(0, inside[0] - before), min(len(allowed), inside[-1] + 1 + after))
    return [at for at in span if not allowed[at, FURNITURE] or generator.random() < share]
