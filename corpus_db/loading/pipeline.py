"""One raw file -> its articles, or why it gives none. The only module that knows the order of the steps."""

from pathlib import Path

from corpus_db.loading import article, formats, raw, roles
from corpus_db.loading.formats.cover import cover
from corpus_db.records import Draft, Parsed, RawFile, Reject, Role, Stated


def parse(root: Path, path: str, manifest: tuple[Stated, ...] = ()) -> Parsed | Reject:
    """The articles of the raw file at `path` below `root`; `manifest` is what the manifest states of it."""
    found = raw.read(root, path)
    return found if isinstance(found, Reject) else articles(found, manifest)


def articles(found: RawFile, manifest: tuple[Stated, ...] = ()) -> Parsed | Reject:
    """The articles of a raw file that was read."""
    chosen = formats.choose(found)
    if isinstance(chosen, str):
        return Reject(found.path, chosen, found.sha256, found.size)
    results = []
    for draft in chosen.read(found):
        whole = Draft(cover(found.source, draft.blocks), (*draft.stated, *manifest))
        given = roles.assign(whole)
        if Role.PARAGRAPH in given:
            results.append(article.build(found.source, whole, given))
    if not results:
        return Reject(found.path, "no body text", found.sha256, found.size)
    return Parsed(found.path, found.sha256, found.size, chosen.NAME, found.encoding, tuple(results), found.defects)
