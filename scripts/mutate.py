"""Measures how well the tests test: how many of a module's mutants they find.

The tests are collected and run once; then each mutant is put into a fork of the process, in place of the function or
the constants that it alters, and the tests are run again, quick ones first, until one fails. Tests that take longer
than a second are left out, so what survives here can still be found by the whole suite. What survives is in
build/mutate.
"""

import argparse
import ast
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
_PRINTED = ("test_printed.py", "test_article.py", "test_golden.py")
# The modules, and the tests of each; the examples in its own docstrings are tests too.
MODULES = {
    "corpus_db.loading.bylines": ("test_bylines.py", *_PRINTED),
    "corpus_db.loading.dates": ("test_dates.py", *_PRINTED),
    "corpus_db.loading.names": ("test_bylines.py", *_PRINTED),
    "corpus_db.reading.query": ("test_query.py",),
}
_LONGEST = 1.0  # seconds of the processor that a test may take to be among those that are run
_LIMIT = 30  # seconds of the processor after which a mutant is taken to hang, which tests would find


class Trial:
    """Runs the tests of a module with each of its mutants, in the place where pytest would run them once."""

    def __init__(self, module: str, again: bool) -> None:
        self.module, self.path = module, ROOT / f"{module.replace('.', '/')}.py"
        self.kept = ROOT / "build" / "mutate" / f"{module.rpartition('.')[2]}.txt"
        self.only = set(self.kept.read_text(encoding="utf-8").splitlines()) if again and self.kept.exists() else None
        self.found: dict[str, list[str]] = {"killed": [], "survived": []}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every mutant, and what comes of it."""
        items = list(_quick(session.items))
        for mutant in mutants(self.path.read_text(encoding="utf-8")):
            name = f"{self.path.name}:{mutant.line} {mutant.what}"
            if self.only is not None and name not in self.only:
                continue
            outcome = _outcome(sys.modules[self.module], mutant, items)
            if outcome in self.found:
                self.found[outcome].append(name)
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        self.kept.write_text("".join(f"{each}\n" for each in self.found["survived"]), encoding="utf-8")
        return True


def _quick(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests that are quick, the quickest first; each passes, and what they share is made."""
    times = {}
    for item in items:
        for _ in range(2):  # the first time, some make what all share
            start = time.process_time()
            if _fails(item):
                pytest.exit(f"{item.nodeid} fails without a mutant", 1)
            times[item] = time.process_time() - start
            if times[item] < _LONGEST:
                break
    yield from sorted((item for item in items if times[item] < _LONGEST), key=times.__getitem__)


def _fails(item: pytest.Item) -> bool:
    """Whether a test fails; what is made once a session stays.

    One that needs nothing made is just called: pytest takes a hundred times as long as most of them.
    """
    if isinstance(item, pytest.Function):
        given = item.callspec.params if hasattr(item, "callspec") else {}
        if set(item.fixturenames) <= set(given):
            try:
                item.obj(**given)
            except (Exception, pytest.fail.Exception):  # noqa: BLE001 — as pytest does
                return True
            return False
    names = dict(item.dtest.globs) if isinstance(item, pytest.DoctestItem) and item.dtest else {}
    failed = any(report.failed for report in runtestprotocol(item, log=False, nextitem=item.session))  # type: ignore[arg-type]
    if isinstance(item, pytest.DoctestItem) and item.dtest:
        item.dtest.globs.update(names)  # an example is run once only, if nobody gives it its names back
    return failed


def _outcome(module: ModuleType, mutant: Mutant, items: list[pytest.Item]) -> str:
    """'killed', 'survived', or 'none' where it does not compile, tried in a fork."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, _LIMIT)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        try:
            _put(module, mutant)
        except Exception:  # noqa: BLE001 — whatever is wrong with it, it is no mutant
            os._exit(2)
        os._exit(any(_fails(item) for item in items))
    status = os.waitpid(child, 0)[1]
    return {0: "survived", 2: "none"}.get(os.waitstatus_to_exitcode(status), "killed")


def _put(module: ModuleType, mutant: Mutant) -> None:
    """Put a mutant in the place of what it alters: a function gets its code, constants are computed anew."""
    file = module.__file__ or ""
    if mutant.function:
        path = mutant.function.removesuffix("()").split(".")
        space = dict(vars(module))
        exec(compile(ast.Module([mutant.body[mutant.at]], []), file, "exec"), space)  # noqa: S102
        old, new = _function(vars(module), path), _function(space, path)
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    else:
        constants = [each for each in mutant.body if isinstance(each, ast.Assign | ast.AnnAssign | ast.AugAssign)]
        exec(compile(ast.Module(constants, []), file, "exec"), vars(module))  # noqa: S102
    for each in vars(module).values():
        if hasattr(each, "cache_clear"):
            each.cache_clear()


def _function(space: dict[str, Any], path: list[str]) -> FunctionType:
    """The function or method of this name, without what keeps its answers."""
    found = space[path[0]]
    for each in path[1:]:
        found = getattr(found, each)
    function: FunctionType = getattr(found, "__wrapped__", found)
    return function


def main() -> None:
    """Try the modules that are asked for, and print how many mutants survive, and which."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--again", action="store_true", help="only what survived last time")
    asked = parser.parse_args()
    for module, tests in MODULES.items():
        if not asked.modules or module.rpartition(".")[2] in asked.modules:
            trial = Trial(module, asked.again)
            there = [str(path) for name in tests if (path := ROOT / "tests" / name).exists()]
            pytest.main(["-qq", "-p", "no:cacheprovider", "--no-header", *there, str(trial.path)], plugins=[trial])
            print(*trial.found["survived"], sep="\n")
            killed, survived = (len(trial.found[each]) for each in ("killed", "survived"))
            share = killed / max(1, killed + survived)
            print(
                f"{module}: {killed + survived} mutants, {killed} killed, {survived} survived: {share:.1%}", flush=True
            )


if __name__ == "__main__":
    main()
