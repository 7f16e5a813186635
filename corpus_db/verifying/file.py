"""All that the database holds of one raw file, beside the file; as a process runs it."""

from pathlib import Path

from corpus_db.loading import formats, raw
from corpus_db.records import Fault, Reject, Role
from corpus_db.verifying import blocks, stated
from corpus_db.verifying.held import Held, HeldArticle


def check(root: Path, held: Held) -> list[Fault]:
    """What is wrong with the rows of a raw file below `root`."""
    found = raw.read(root, held.name)
    if isinstance(found, Reject):
        return [Fault(held.path, f"can't be read: {found.problem}")]
    if found.sha256 != held.sha256:
        return [Fault(held.path, "changed while it was verified")]
    if found.encoding != held.encoding:
        return [Fault(held.path, f"is in {found.encoding}, not {held.encoding}")]
    chosen = formats.choose(found)
    if isinstance(chosen, str):
        return [Fault(held.path, f"is loaded, but there is {chosen}")]
    if held.format != chosen.NAME:
        return [Fault(held.path, f"is {chosen.NAME}, not {held.format}")]
    given = [block for draft in chosen.read(found) for block in draft.blocks]
    faults = blocks.check(held.path, found.source, held.format, given, held.articles)
    for article in held.articles:
        faults.extend(Fault(f"article {article.key}", what) for what in _counts(article))
        faults.extend(stated.check(found.source, article))
    return faults


def _counts(article: HeldArticle) -> list[str]:
    body = [row.text for row in article.blocks if row.role == Role.PARAGRAPH]
    counts = {
        "paragraph_count": (article.paragraph_count, len(body)),
        "word_count": (article.word_count, sum(len(text.split()) for text in body)),
    }
    return [f"its {name} is {said}, a recount gives {count}" for name, (said, count) in counts.items() if said != count]
