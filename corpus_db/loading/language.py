"""Text, or what a file says -> its language, by py3langid's model: offline, 139 languages. None rather than a guess."""

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus_db.loading import tables

SAMPLES = 350, 1_000  # characters; the longer one where the shorter does not tell, more change nothing but the time
_ALIKE = [
    frozenset(each.split())
    for each in "no nb nn da,sr hr bs sh sl,id ms,fil tl,cs sk,pt gl,zh yue,fa ps,af nl".split(",")
]
_FIRST = re.compile(r"[(;]")  # behind it stands a region, or the name once more
_SUBTAG = re.compile("[-_]")  # behind it stands a region or a script
_MIN_LETTERS = 40
_MIN_CONFIDENCE = 0.9


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def code(called: str) -> str | None:
    """The ISO 639 code of a language, of two letters where there is one, by a code or a name in English or its own.

    >>> code("de"), code("de_AT"), code("DEU"), code("GERMAN; DEUTSCH"), code("English (UK)"), code("Orlish")
    ('de', 'de', 'de', 'de', 'en', None)
    """
    name = _FIRST.split(called)[0].strip().casefold()
    return _called().get(name) or _called().get(_SUBTAG.split(name)[0])


@cache
def _called() -> dict[str, str]:
    table = [(row["language"], row["names"].split("|")) for row in tables.rows("languages.csv")]
    return {name: code for code, names in table for name in names if name} | {code: code for code, _ in table}


def alike(one: str, other: str) -> bool:
    """Whether two codes are of one language, or of some that are written much alike."""
    return one == other or any(one in each and other in each for each in _ALIKE)


def identify(text: str) -> str | None:
    """ISO 639 code of the language that a text is written in, or None where it is too short or mixed to tell.

    >>> identify("The ministers of both countries met in the capital on Monday to sign the treaty.")
    'en'
    """
    for size in SAMPLES:
        sample = text[:size]
        if sum(map(str.isalpha, sample)) >= _MIN_LETTERS:
            code, confidence = _identifier().classify(sample)
            if confidence >= _MIN_CONFIDENCE:
                return str(code)
        if len(text) <= size:
            break
    return None
