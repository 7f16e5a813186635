"""Exports of news archives, one document after the other: what the readers of their formats share.

A reader says where each document begins, what its stretches are, and what its lines state; that becomes its draft.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from corpus_db.loading.formats import html, markdown, plain
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


def may_be(raw: RawFile) -> bool:
    """Whether a file can be an export as plain text: by its name, and because it is nothing else."""
    plainly = PurePosixPath(raw.path).suffix.lower() in _SUFFIXES
    return plainly and not html.claims(raw) and not markdown.claims(raw)


def drafts(source: str, documents: Iterable[Document]) -> tuple[Draft, ...]:
    """The drafts of the documents of a text."""
    return tuple(_draft(source, document) for document in documents)


def _draft(source: str, document: Document) -> Draft:
    blocks: list[Block] = []
    told: list[Role | None] = []
    for start, stop, role in document.stretches:
        found = plain.blocks(source, start, stop)
        blocks += found
        told += [None if block.form.rule else role for block in found]
    return Draft(tuple(blocks), tuple(document.stated), tuple(told))
