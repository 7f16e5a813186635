"""Pages as they are read where the network takes all for text: what other rules make of it."""

import numpy as np
import pytest

from corpus_db.loading import network, roles
from corpus_db.loading.formats import html
from corpus_db.records import RawFile, Role

# Heading level, or what a line begins with -> what the network takes it for.
KINDS = {1: Role.HEADLINE, 2: Role.CROSSHEAD, "By": Role.BYLINE, "§ ": Role.CROSSHEAD}


def read_as_text(source: str, monkeypatch: pytest.MonkeyPatch, furniture: str = "©") -> dict[str, Role]:
    """The roles of a page's blocks, where the network takes all for paragraphs but KINDS and `furniture`."""
    (draft,) = html.read(RawFile("a.html", "0" * 64, len(source), "utf-8", source))
    likely = np.zeros((len(draft.blocks), len(network.CLASSES)), np.float32)
    for at, block in enumerate(draft.blocks):
        kind = KINDS.get(block.form.heading or block.text[:2], Role.PARAGRAPH)
        likely[at, 0 if block.text.startswith(furniture) else network.CLASSES.index(kind)] = 0.97
    monkeypatch.setattr(network, "likely", lambda *_: likely)
    return dict(zip((block.text for block in draft.blocks), roles.assign(draft), strict=True))
