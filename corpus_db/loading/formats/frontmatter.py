"""YAML front matter at the head of a file -> its blocks, and the values it states, each with its span.

Values are kept as written: no YAML type turns '2023-03-26' into something else. Front matter that is no YAML is read
line by line.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

import yaml

from corpus_db.entities import unescape
from corpus_db.loading.formats.inline import fold
from corpus_db.records import Block, Form, Stated

_FRONT = re.compile(r"\A\s*(---)[ \t]*\r?\n(.*?\n)?(---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_KEY = re.compile(r"^([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*\r?$", re.M)
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_CHARS = 100_000  # more than that is not front matter
MAX_VALUES = 1_000  # aliases of YAML can make any number of few characters


class FrontMatter(NamedTuple):
    """`stop` is where the file's text begins."""

    stop: int
    blocks: tuple[Block, ...]
    stated: tuple[Stated, ...]


def find(source: str) -> FrontMatter | None:
    """The front matter of a text, or None where it does not begin with any."""
    match = _FRONT.match(source, 0, MAX_CHARS)
    if match is None or not match[2] or not _KEY.match(match[2].lstrip()):
        return None
    keys = [found.start() for found in _KEY.finditer(source, match.start(2), match.end(2))]
    blocks = [_fence(source, match.start(1), match.end(1))]
    edges = [match.start(2), *keys[1:], match.end(2)]
    for start, stop in pairwise(edges):
        text = source[start:stop]
        left = start + len(text) - len(text.lstrip())
        if text.strip():
            blocks.append(Block(fold(text), left, start + len(text.rstrip())))
    blocks.append(_fence(source, match.start(3), match.end(3)))
    return FrontMatter(match.end(), tuple(blocks), tuple(islice(_stated(match[2], match.start(2)), MAX_VALUES)))


def _fence(source: str, start: int, stop: int) -> Block:
    return Block(source[start:stop], start, stop, Form(rule=True))


def _stated(text: str, offset: int) -> Iterator[Stated]:
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        node = None
    if not isinstance(node, yaml.MappingNode):
        for line in _KEY.finditer(text):
            if value := (line[2] or "").strip("'\" "):
                start = offset + line.start(2) + line[2].index(value)
                yield Stated(line[1], value, "front matter", start, start + len(value))
        return
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield from _values(key.value, value, offset, 0)


def _values(key: str, node: yaml.Node, offset: int, depth: int) -> Iterator[Stated]:
    """The scalars below a key; those of a nested mapping under `key.inner`."""
    if isinstance(node, yaml.ScalarNode):
        value = str(node.value).strip()
        if value and node.tag != "tag:yaml.org,2002:null":
            yield Stated(
                key, unescape(value), "front matter", offset + node.start_mark.index, offset + node.end_mark.index
            )
    elif depth < 4 and isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _values(key, each, offset, depth + 1)
    elif depth < 4 and isinstance(node, yaml.MappingNode):
        for inner, each in node.value:
            if isinstance(inner, yaml.ScalarNode):
                yield from _values(f"{key}.{inner.value}", each, offset, depth + 1)
