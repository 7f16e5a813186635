"""The site of a labelled page, and the fold that all pages of the site stand in, whatever the set."""

import re
from typing import Any
from zlib import crc32

FOLDS = 5


def fold(gold: dict[str, Any]) -> int:
    """The fold of a page, by the registrable part of its domain."""
    host = gold.get("domain") or re.sub(r"https?://|/.*", "", gold.get("url") or gold["id"])
    labels = host.lower().removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2  # 'bbc.co.uk'
    return crc32(".".join(labels[-3 if short else -2 :]).encode()) % FOLDS
