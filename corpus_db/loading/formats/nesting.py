"""How deep a page is nested, before it is parsed.

For each block that begins, a parser looks through the open elements for a `<p>` to close (WHATWG HTML, 13.2.6.4.7): the
square of the depth, in a call that no limit of time ends. Elements that end themselves, such as `<li>` and `<p>`, and
those that a parser looks no further than, such as `<table>`, are counted as it counts them.
"""

import re
from collections import Counter

DEEPEST = 10_000  # blocks in blocks: a second or two; pages have dozens
_BLOCKS = """address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form
    header hgroup main menu nav ol pre search section summary ul""".split()
_WALLS = ("applet", "button", "marquee", "object", "table", "template")
_CELLS = ("td", "th", "tr")  # the next one ends what is open in the last
_TAG = re.compile(rf"<(/?)({'|'.join((*_BLOCKS, *_WALLS, *_CELLS))})(?=[\s/>])", re.I)


def problem(source: str) -> str | None:
    """Why a page is too deep to be parsed, or None."""
    if source.count("<") <= DEEPEST or depth(source) <= DEEPEST:
        return None
    return f"more than {DEEPEST:,} blocks nested in each other: no page that a browser shows"


def depth(source: str) -> int:
    """The most blocks that are open at once.

    >>> depth("<div><ul><li>a<li>b</ul></div><p>c"), depth("<div></ul><div></ul>"), depth("<table><td><div><td><div>")
    (2, 2, 1)
    """
    opened: Counter[str] = Counter()
    walls: list[tuple[str, Counter[str]]] = []  # with what was open before them: no end tag inside reaches that
    now = most = 0
    for match in _TAG.finditer(source):
        ends, tag = match[1], match[2].lower()
        if tag in _CELLS:
            if walls and walls[-1][0] == "table":
                opened = Counter(walls[-1][1])
                now = opened.total()
        elif tag in _WALLS and not ends:
            walls.append((tag, Counter(opened)))
        elif tag in _WALLS:
            if any(name == tag for name, _ in walls):
                while walls[-1][0] != tag:
                    walls.pop()
                opened = walls.pop()[1]
                now = opened.total()
        elif not ends:
            opened[tag] += 1
            now += 1
            most = max(most, now)
        elif opened[tag] > (walls[-1][1][tag] if walls else 0):
            opened[tag] -= 1
            now -= 1
    return most
