"""Writes the month names of the CLDR, as babel has them, to corpus_db/loading/months.csv.

Loading so many languages of babel takes each process half a second; a table takes it a millisecond. A test holds the
table to what babel has.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

TABLE = Path(__file__).resolve().parent.parent / "corpus_db" / "loading" / "months.csv"
LANGUAGES = (
    "en de fr es pt it nl sv da nb fi is pl cs sk sl hr sr bs bg mk ru uk be lt lv et hu ro el tr az sq ca gl eu ga cy "
    "id ms vi sw zu xh af ar fa he ur hi bn ta th ka hy fil".split()
)


def rows() -> Iterator[tuple[str, int, str]]:
    """Language, month and its names, case-folded: in full and abbreviated, in a date and standing alone.

    Names of two letters, and those with digits, are no words to look for.
    """
    for language in LANGUAGES:
        months = Locale.parse(language).months
        seen: set[str] = set()
        names: dict[int, list[str]] = {number: [] for number in range(1, 13)}
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, printed in months[context][width].items():
                    name = printed.casefold().rstrip(".")
                    if len(name) > 2 and name not in seen and not any(map(str.isdigit, name)):
                        seen.add(name)
                        names[number].append(name)
        for number, found in names.items():
            if found:
                yield language, number, "|".join(found)


def write(target: Path = TABLE) -> None:
    """Write the table."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("language", "month", "names"))
        writer.writerows(rows())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else TABLE)
