"""Text with character references -> the characters that they stand for, however long a reference is."""

import html
import re

# Python's own refuses to read a number of more than 4,300 digits. No character has a number of more than seven.
_NUMBER = re.compile(r"&#0*(\d{1,8})\d*")


def unescape(text: str) -> str:
    """The text with its references resolved, as the HTML standard has it (13.2.5.72 and following).

    >>> unescape("fish &amp; chips &#8217;n&#x27; more"), unescape(f"&#{'1' * 5_000};")
    ("fish & chips ’n' more", '\ufffd')
    """
    return html.unescape(_NUMBER.sub(r"&#\1", text) if "&#" in text else text)
