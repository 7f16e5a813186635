r"""Regular expressions that anyone may type: RE2, which needs time in proportion to the text, whatever the pattern.

Some of RE2 counts ASCII letters only; here it knows every script: `\w`, `\d` and `\s` are of Unicode, and so is `\b`
where most people write it, at either end of a pattern. A `\b` in the middle of one stays RE2's.
"""

import re
from functools import lru_cache
from typing import Any

import re2

_LONGEST = 1_000  # characters of a pattern
_MEMORY = 4 << 20  # bytes that RE2 may take for a pattern; what needs more is refused
_STEPS = 50_000_000  # size of a pattern times bytes of text: at worst half a second, and 300 ordinary pages
_CLASSES = {
    "w": r"\p{L}\p{M}\p{N}_",
    "d": r"\p{Nd}",
    "s": r"\s\x{85}\p{Z}",
}
# An escape, a class in brackets as a whole, closed or not, or a quotation in which nothing has a meaning.
_PART = re.compile(r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*+(?:\]|\\?\Z)", re.S)
_FLAGS = r"((?:\(\?[imsU]+\))?)"
_FIRST = re.compile(rf"\A{_FLAGS}\\b(?=[\w(\[]|\\[wdpx])")
_LAST = re.compile(r"(?<!\\)((?:\\\\)*(?:[\w)\]*+?}]|\\[wd]))\\b\Z")


def compiled(pattern: str) -> Any:
    """The RE2 object of a pattern. Raises ValueError, saying why, where it can't be one."""
    if len(pattern) > _LONGEST:
        raise ValueError(f"the pattern has more than {_LONGEST:,} characters")
    return _compile(pattern)


def found(pattern: str, text: str) -> bool:
    """Whether a text has a match of a pattern. Raises ValueError for a bad pattern or too long a text."""
    expression, read = compiled(pattern), text.encode("utf-8", "replace")
    if expression.programsize * len(read) > _STEPS:
        raise ValueError(f"the pattern is too large for a text of {len(text):,} characters")
    return expression.search(read) is not None


@lru_cache(64)
def _compile(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.never_capture = True  # only whether it matches counts
    try:
        return re2.compile(translated(pattern).encode("utf-8", "replace"), options)
    except re2.error as error:
        reason = error.args[0]
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from None


def translated(pattern: str) -> str:
    r"""A pattern as RE2 has to read it to know the letters of every script.

    >>> translated(r"\bÜber\w*")
    '(?:^|[^\\p{L}\\p{M}\\p{N}_])Über[\\p{L}\\p{M}\\p{N}_]*'
    """
    word = _CLASSES["w"]
    pattern = _FIRST.sub(lambda match: f"{match[1]}(?:^|[^{word}])", pattern)
    pattern = _LAST.sub(lambda match: f"{match[1]}(?:[^{word}]|$)", pattern)
    return _PART.sub(lambda match: _part(match[0]), pattern)


def _part(part: str) -> str:
    if part.startswith("["):
        return re.sub(r"\\(.)", lambda match: _CLASSES.get(match[1], match[0]), part, flags=re.S)
    letter = part[1:]
    if letter.lower() in _CLASSES and len(letter) == 1:
        return f"[{'^' * letter.isupper()}{_CLASSES[letter.lower()]}]"
    return part
