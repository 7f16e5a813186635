"""Arrows run one way: which room may import which. A room that is not in the table is an error."""

import ast
from pathlib import Path

import pytest
from places import ROOT

PACKAGE = ROOT / "corpus_db"
# Room -> the rooms that it may import, besides itself.
ROOMS = {
    "entities": set(),  # as decoding
    "records": {"entities"},
    "errors": set(),
    "decoding": set(),  # one step that loading takes and reading repeats, to show a span in its file
    "loading": {"records", "errors", "entities", "decoding"},
    "store": {"records", "errors", "version"},
    "reading": {"records", "errors", "entities", "decoding", "store", "version"},
    "site": {"errors", "reading", "store"},
    "corpus": {"records", "errors", "loading", "store", "reading"},
    # proves what store wrote against what loading reads: above both rivers, beside corpus
    "verifying": {"records", "errors", "entities", "loading", "store", "reading", "corpus", "version"},
    "listing": {"records", "corpus", "reading"},
    "cli": {"records", "errors", "corpus", "listing", "loading", "reading", "site", "verifying", "version"},
    "__main__": {"cli"},
    "__init__": {"corpus"},
}
WEB = {"datasette", "jinja2", "markupsafe", "uvicorn", "httpx"}
SQL = {"sqlite3", "sqlite_utils"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """The names of the modules that a file imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.extend(f"{node.module}.{alias.name}" for alias in node.names)
            assert node.level == 0, f"{path}: a relative import hides where it goes"
    return found


def ours(name: str) -> str | None:
    """The room of an imported name, None where it is not ours. `__version__` is of no room."""
    parts = name.split(".")
    if parts[0] != "corpus_db":
        return None
    return "version" if parts[1] == "__version__" else parts[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_stay_in_their_rooms(path: Path) -> None:
    here = room(path)
    assert here in ROOMS, f"{here} is a new room: say what it may import"
    for name in imports(path):
        target = ours(name)
        assert target is None or target == here or target in ROOMS[here], f"{path.name} imports {name}"
        library = name.split(".")[0]
        assert library not in WEB or here == "site", f"{path.name} imports {library}: the web is for site/"
        assert library not in SQL or here in ("store", "reading", "site", "corpus", "verifying", "listing"), (
            f"{path.name}: {library}"
        )
        assert library != "sqlite_utils" or here == "store", f"{path.name}: the one writer is in store/"


def test_every_room_is_there() -> None:
    assert {room(path) for path in modules()} == set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_a_room_not_a_house(path: Path) -> None:
    """250 lines are a room, 400 are two; a module says what its room is for."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert ast.get_docstring(ast.parse(text))


def test_no_drawers_for_odds_and_ends() -> None:
    names = {part for path in modules() for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}


def test_only_one_module_calls_dateutil() -> None:
    found = {path.name for path in modules() if any(name.startswith("dateutil") for name in imports(path))}
    assert found == {"dates.py"}
