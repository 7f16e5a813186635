"""The questions that a researcher starts from, as SQL: files of `questions/`, documented by their first comments."""

from functools import cache
from importlib import resources
from typing import NamedTuple


class Question(NamedTuple):
    """A documented query. `parameters` are named in the SQL as `:name`."""

    name: str
    title: str
    description: str
    sql: str


@cache
def questions() -> tuple[Question, ...]:
    """All of them, in the order of their file names."""
    folder = resources.files("corpus_db.reading").joinpath("questions")
    return tuple(
        _read(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
    )


def _read(name: str, text: str) -> Question:
    """The first comment line is the title, the next ones the description."""
    lines = text.splitlines()
    comments = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip()
    return Question(name, comments[0], " ".join(comments[1:]), sql.removesuffix(";"))
