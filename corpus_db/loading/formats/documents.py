"""Exports of news archives, one document after the other: what the readers of their formats share.

A reader says where each document begins, what its stretches are, and what its lines state; that becomes its draft.
"""

from collections import deque
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from corpus_db.loading.formats import html, markdown, plain
from corpus_db.loading.formats.cover import cover
from corpus_db.records import Block, Draft, RawFile, Role, Stated

_SUFFIXES = frozenset((".txt", ".text", ""))


class Stretch(NamedTuple):
    """A part of a document, and what the format says that it is: PARAGRAPH is text; None, where it says nothing."""

    start: int
    stop: int
    role: Role | None


class Document(NamedTuple):
    """A document of an export: its stretches, which follow each other, and what its lines state."""

    stretches: list[Stretch]
    stated: list[Stated]


def may_be(raw: RawFile, *marks: str) -> bool:
    """Whether a file can be an export as plain text: by its name, by a mark in it, and because it is nothing else."""
    if PurePosixPath(raw.path).suffix.lower() not in _SUFFIXES or not any(map(raw.source.__contains__, marks)):
        return False
    return not html.claims(raw) and not markdown.claims(raw)


def drafts(source: str, documents: Iterable[Document]) -> tuple[Draft, ...]:
    """The drafts of the documents of a text; together they have every visible character of it."""
    found = tuple(documents)
    read = [
        (block, role, at)
        for at, document in enumerate(found)
        for start, stop, role in document.stretches
        for block in plain.blocks(source, start, stop)
        if block.text
    ]
    blocks: list[list[Block]] = [[] for _ in found]
    told: list[list[Role | None]] = [[] for _ in found]
    at, rest = 0, deque(read)
    for block in cover(source, (each[0] for each in read)):
        role: Role | None = Role.BOILERPLATE
        if rest and rest[0][0].start < block.stop:
            _, role, at = rest.popleft()
        blocks[at].append(block)
        told[at].append(None if block.form.rule else role)
    return tuple(
        Draft(tuple(each), tuple(document.stated), tuple(roles))
        for document, each, roles in zip(found, blocks, told, strict=True)
    )
