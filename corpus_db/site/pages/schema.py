"""The page for those who write SQL: tables and columns, how they join, functions, examples, advice."""

from typing import Any, NamedTuple

from datasette import Response

from corpus_db.reading import catalogue
from corpus_db.reading.functions import FUNCTIONS
from corpus_db.reading.questions import questions
from corpus_db.reading.tips import TIPS
from corpus_db.site.answers import page
from corpus_db.site.asking import ask

# Where each table stands in the drawing: column and row. What is counted from others is not drawn.
_PLACES = {
    "defects": (0, 0), "raw_files": (0, 2), "furniture": (0, 4),
    "outlets": (1, 0), "articles": (1, 2), "articles_fts": (1, 4),
    "bylines": (2, 0), "doubted_bylines": (2, 1), "tags": (2, 2), "facts": (2, 3), "paragraphs": (2, 4),
    "authors": (3, 0.5), "paragraphs_fts": (3, 4),
}  # fmt: skip
_WIDTH, _HEIGHT, _BESIDE, _BELOW = 136, 34, 204, 54  # of a box, and from one to the next


class Box(NamedTuple):
    """A table in the drawing, in units of its own coordinates."""

    name: str
    x: float
    y: float
    width: float = _WIDTH
    height: float = _HEIGHT


class Edge(NamedTuple):
    """A line between two tables that join."""

    x1: float
    y1: float
    x2: float
    y2: float
    title: str  # 'articles.outlet_id = outlets.id'


async def schema_page(datasette: Any, request: Any) -> Response:
    """Tables and views, those to start from first; a drawing of how they join; functions; examples to run."""
    found = await ask(datasette, catalogue.tables)
    return await page(
        datasette,
        request,
        "schema.html",
        start=[table for table in found if table.name in catalogue.START],
        details=[table for table in found if table.name not in catalogue.START],
        boxes=boxes(),
        edges=edges(),
        joins=catalogue.joins(),
        functions=FUNCTIONS,
        questions=questions(),
        tips=TIPS,
        shown=datasette.setting("max_returned_rows"),
    )


def boxes() -> tuple[Box, ...]:
    """The tables in their places."""
    return tuple(Box(name, 2 + column * _BESIDE, 2 + row * _BELOW) for name, (column, row) in _PLACES.items())


def edges() -> tuple[Edge, ...]:
    """A line for each pair of drawn tables that join, on however many columns."""
    by_name = {box.name: box for box in boxes()}
    pairs: dict[tuple[str, str], list[str]] = {}
    for join in catalogue.joins():
        if join.table not in by_name:
            continue
        said = f"{join.table}.{join.column} = {join.to_table}.{join.to_column}"
        pairs.setdefault((join.table, join.to_table), []).append(said)
    return tuple(_edge(by_name[one], by_name[other], ", ".join(said)) for (one, other), said in pairs.items())


def _edge(one: Box, other: Box, title: str) -> Edge:
    """From the middle of a side to the middle of the side that faces it."""
    if one.x == other.x:
        upper, lower = sorted((one, other), key=lambda box: box.y)
        middle = upper.x + upper.width / 2
        return Edge(middle, upper.y + upper.height, middle, lower.y, title)
    left, right = sorted((one, other), key=lambda box: box.x)
    return Edge(left.x + left.width, left.y + left.height / 2, right.x, right.y + right.height / 2, title)


ROUTES = [(r"^/schema$", schema_page)]
