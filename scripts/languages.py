"""Writes what people call languages, as babel has it of the CLDR, to corpus_db/loading/languages.csv.

Each language stands with its other codes, its name in English and its own. A test holds the table to what babel has.
"""

import csv
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

TABLE = Path(__file__).resolve().parent.parent / "corpus_db" / "loading" / "languages.csv"


def rows() -> Iterator[tuple[str, str]]:
    """The code of each language, and what else it is called, case-folded."""
    english = Locale.parse("en").languages
    aliases: dict[str, str] = get_global("language_aliases")
    for code, name in sorted(english.items()):
        if "_" in code or code in ("mul", "und", "zxx"):  # several, unknown, none
            continue
        names = [name, *(alias for alias, meant in aliases.items() if meant == code and "_" not in alias)]
        with suppress(UnknownLocaleError, ValueError):
            names.append(Locale.parse(code).get_language_name() or "")
        yield code, "|".join(sorted({each.casefold() for each in names} - {"", code}))


def write(target: Path = TABLE) -> None:
    """Write the table."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("language", "names"))
        writer.writerows(rows())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else TABLE)
