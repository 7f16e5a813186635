"""Codes of languages (ISO 639) <-> what people call them, by the CLDR: in English and in the language itself."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

_NAMES: dict[str, str] = {code: name for code, name in Locale("en").languages.items() if "_" not in code}
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z\d]{2,8})*", re.I)


def name(code: str) -> str:
    """What a language is called in English; the code where the CLDR has no name.

    >>> name("de"), name("x-klingon")
    ('German', 'x-klingon')
    """
    return _NAMES.get(code, code)


def codes(called: str) -> tuple[str, ...]:
    """What a text means, a code or a name in any case: a code, known or not, means itself; none where it is neither.

    >>> codes("de"), codes("Deutsch"), codes("english"), codes("x1"), codes("germn")
    (('de',), ('de',), ('en',), (), ())
    """
    if called in _NAMES:
        return (called,)
    return _called().get(called.casefold()) or ((called,) if _CODE.fullmatch(called) else ())


@cache
def _called() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, english in _NAMES.items():
        for each in {english.casefold(), (_own(code) or english).casefold()}:
            found[each] = (*found.get(each, ()), code)
    return found


def _own(code: str) -> str | None:
    """What a language calls itself."""
    try:
        found = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    return found.get_language_name() if found.language == code else None
