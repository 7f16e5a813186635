"""Cells that a spreadsheet would run as a formula -> the same cells with an apostrophe before them.

A news text may begin with whatever its author likes; `=HYPERLINK(...)` in a cell of a CSV is a formula to Excel,
LibreOffice Calc and Google Sheets. OWASP's page on CSV injection and ASVS 1.2.10 name the first characters that start
one: = + - @ (and their full-width forms), tab, carriage return, line feed, NUL. Here they count behind white space,
quotes and invisible characters too, for a spreadsheet that trims or unquotes a cell may meet them first.

A spreadsheet that is told to split at another character than the comma makes other cells than ours; nothing in a CSV
helps against that. A workbook (`xlsx.py`) has no such doubt.
"""

import re
from typing import Any

RULE = (
    "A cell that a spreadsheet could run as a formula has an apostrophe (') before it. To undo it, take the apostrophe "
    "from each cell that begins with one and whose rest, behind white space, quotes and invisible characters, begins "
    "with = + - @ or a full-width form of these, with a tab, carriage return, line feed or NUL."
)
_RISKY = re.compile(
    r"""[^\S\t\r\n]*(?:["'`‘’‚‛“”„‟«»‹›＂＇\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff][^\S\t\r\n]*)*"""
    r"[=+\-@＝＋－＠\t\r\n\0]"
)
risky = _RISKY.match


def guard(values: list[Any]) -> tuple[list[Any], int]:
    """A column with its risky cells guarded, and how many those are. What is not text is no risk."""
    found = [index for index, value in enumerate(values) if type(value) is str and risky(value)]
    if not found:
        return values, 0
    guarded = list(values)
    for index in found:
        guarded[index] = f"'{values[index]}"
    return guarded, len(found)


def recover(cell: str) -> str:
    """The cell as it was before it was guarded: `recover` of every cell of an export gives the text of the corpus.

    A cell that begins with an apostrophe and is a risk behind it is one that was guarded: unguarded it would itself
    have been a risk, for a quote at the start hides nothing.

    >>> recover("'=1+1"), recover("''=1+1"), recover("'Tis the season")
    ('=1+1', "'=1+1", "'Tis the season")
    """
    return cell[1:] if cell.startswith("'") and risky(cell[1:]) else cell
