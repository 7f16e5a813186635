"""What stands in the raw folder and what stands in the corpus -> what a load has to do. No SQL, no files.

The rows of a corpus depend on the raw files alone: of files with equal bytes the first in path order is the one that is
loaded, whatever came first; each other is its duplicate.
"""

from collections.abc import Iterable
from typing import NamedTuple

from corpus_db.records import Reject


class Found(NamedTuple):
    """A raw file in the folder: `path` as it is shown, `name` as the system knows it."""

    path: str
    name: str
    sha256: str
    size: int
    manifest: str | None = None


class Known(NamedTuple):
    """A raw file in the corpus."""

    id: int
    path: str
    sha256: str | None
    outcome: str
    problem: str | None
    manifest: str | None


class Duplicate(NamedTuple):
    """A raw file with the same bytes as another one."""

    found: Found
    of: str


Action = Found | Duplicate | Reject  # parse it, note it, note it


class Plan(NamedTuple):
    """What a load writes, in path order, and the ids of the raw files whose rows go first."""

    actions: list[Action]
    stale: list[int]
    unchanged: int
    vanished: int


def plan(folder: Iterable[Found | Reject], known: Iterable[Known]) -> Plan:
    """What to do so that the corpus holds what the folder holds. `folder` is in path order."""
    old = {each.path: each for each in known}
    first: dict[str, str] = {}
    actions: list[Action] = []
    stale: list[int] = []
    unchanged = 0
    for each in folder:
        action: Action = each
        if isinstance(each, Found) and first.setdefault(each.sha256, each.path) != each.path:
            action = Duplicate(each, first[each.sha256])
        before = old.pop(each.path, None)
        if before is not None and _same(before, action):
            unchanged += 1
            continue
        if before is not None:
            stale.append(before.id)
        actions.append(action)
    return Plan(actions, [*stale, *(each.id for each in old.values())], unchanged, len(old))


def problem(duplicate: Duplicate) -> str:
    """What the row of a duplicate says."""
    return f"same bytes as {duplicate.of}"


def _same(known: Known, action: Action) -> bool:
    """Whether the corpus holds what the action would write."""
    if isinstance(action, Reject):
        return (known.outcome, known.problem, known.sha256) == ("rejected", action.problem, action.sha256)
    if isinstance(action, Duplicate):
        return (known.outcome, known.problem, known.sha256) == ("duplicate", problem(action), action.found.sha256)
    return known.outcome != "duplicate" and (known.sha256, known.manifest) == (action.sha256, action.manifest)
