"""A name -> family and given name, as lists of references want it; or the name as it is, where it is no person's.

Bylines state a name in one piece. The rule here is the Western one: the last word is the family name, with the
particles before it. It cannot tell a double family name ('Gabriel García Márquez') nor an order of names in which the
family comes first, in Latin letters ('Xi Jinping'); in Chinese, Japanese or Korean letters a name stays whole.
"""

import re
from typing import NamedTuple

# Those that open a family name in lower case only are words or given names otherwise: 'Ben Lee', 'Al Gore'.
_PARTICLES = frozenset(
    """abu af al av bar ben bin bint da de degli dei del della den der des di do dos du el ibn la las le lo los st.
    san santa ten ter 't van vom von y zu zum zur""".split()
)
_LOWER_ONLY = frozenset("al av bar ben bin bint do lo san y".split())
_SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.I)
# Words of desks, agencies and offices.
_OFFICE = frozenset(
    """agencies agency alliance associated association board bureau center centre commission committee corporation
    correspondents council department desk editorial editors foundation government group institute international
    journal magazine media ministry nations network news newsroom office organisation organization party post press
    redacción redaktion redazione redação rédaction reporters service society staff team the times tribune union
    university wire writers""".split()
)
_INITIALISM = re.compile(r"[^\W\d_]{3,}")
_WHOLE = re.compile("[0-9&@/,;:()|\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Name(NamedTuple):
    """A person, by `family` with `given` and `suffix` where there are any; a desk by its `literal` name alone."""

    literal: str | None = None
    family: str | None = None
    given: str | None = None
    suffix: str | None = None


def split(name: str) -> Name:
    """The parts of a name.

    >>> split("Ursula von der Leyen").family, split("Bo Ray Jr.").suffix, split("Reuters").literal
    ('von der Leyen', 'Jr.', 'Reuters')
    """
    words = name.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    if suffix:
        words[-1] = words[-1].removesuffix(",")
    whole = " ".join(words)
    if len(words) < 2 or _WHOLE.search(whole) or _is_office(words):
        return Name(literal=" ".join(name.split()))
    first = next((at for at in range(1, len(words) - 1) if _is_particle(words[at])), len(words) - 1)
    return Name(family=" ".join(words[first:]), given=" ".join(words[:first]), suffix=suffix)


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or (word.casefold() in _PARTICLES - _LOWER_ONLY and word.istitle())


def _is_office(words: list[str]) -> bool:
    """Whether a name has a word of offices, or an initialism among other words: 'United Nations', 'Operation TAMAR'."""
    if any(word.casefold() in _OFFICE for word in words):
        return True
    capitals = [word.isupper() and bool(_INITIALISM.fullmatch(word)) for word in words]
    return any(capitals) and not all(capitals)


def initials(given: str) -> str:
    """The initials of given names.

    >>> initials("Jean-Paul M."), initials("F. William")
    ('J.-P. M.', 'F. W.')
    """
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in given.split())
