"""Whether the corpus has as the text of a block what its raw file has in the span: a check that needs no loader.

Letters and digits are compared, all of them and in order. White space, punctuation and marks are not: that is where
clean text and raw text differ by design. What is markup in the file is left out before: tags and what they hide,
targets of links; entities are read as characters.
"""

import re
from collections.abc import Iterator

from corpus_db.entities import unescape

# Where what a reader does not see begins and ends.
_HIDING = re.compile(
    r"""<!--|-->|<(?P<opened>script|style|iframe|noembed|noframes|template|xmp|audio|canvas|datalist|head|math|noscript
      |object|svg|title|video)\b|</(?P<closed>[a-z]+)\s*>""",
    re.I | re.X,
)
_TAGS = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>|<![^<>]*>""")
_BROKEN_TAGS = re.compile(r"</?[A-Za-z][^>]*(?:>|\Z)")  # '<a target_blank">': a quote that opens nothing
# '](https://a.example/b_(c) "title")' behind the words of a link in Markdown.
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")


def agrees(text: str, written: str) -> bool:
    """Whether a clean text has the letters and digits that a file has written for it.

    >>> agrees("fish & chips", "<b>fish</b> &amp; ch&#105;ps"), agrees("see here", "see [here](http://a.example)")
    (True, True)
    >>> agrees("fish and chips", "fish <script>1 < 2</script><!-- 3 -->and <svg>chips"), agrees("fish 4", "fish <!-- 4")
    (True, True)
    >>> agrees("fish", "fish and chips"), agrees("Sunday", "Monday")
    (False, False)
    """
    wanted = _letters(text)
    return any(wanted == _letters(reading) for reading in _readings(written))


def _readings(written: str) -> Iterator[str]:
    """What the source of a block can mean, for its format is not asked for: the plainest reading first."""
    yield written
    yield unescape(written)
    seen = _seen(written)
    for tags in (_TAGS, _BROKEN_TAGS):
        shown = tags.sub(" ", seen)
        yield unescape(shown)
        yield unescape(_TARGET.sub("]", shown))


def _seen(written: str) -> str:
    """A source without comments and the elements that nobody sees; one that is never closed hides nothing."""
    marks = [
        (match, match["opened"] is not None or match[0] == "<!--", (match["opened"] or match["closed"] or "--").lower())
        for match in _HIDING.finditer(written)
    ]
    closed = {name: at for at, (_, opens, name) in enumerate(marks) if not opens}
    pieces, start, waiting = [], 0, None
    for at, (match, opens, name) in enumerate(marks):
        if waiting is None and opens and closed.get(name, -1) > at:
            pieces.append(written[start : match.start()])
            waiting = name
        elif name == waiting and not opens:
            start, waiting = match.end(), None
    return " ".join([*pieces, written[start:]])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
