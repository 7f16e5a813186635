"""SECURITY.md names tests: each is there, and each promise has one."""

import re

from places import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+) \| (.+) \|$", TEXT, re.M)[1:]


def test_every_test_that_is_named_exists() -> None:
    there = {
        name
        for path in (ROOT / "tests").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.M)
    }
    named = re.findall(r"`(test_\w+)`", TEXT)
    assert len(named) > 30
    assert sorted(set(named) - there) == []


def test_every_promise_has_a_test() -> None:
    assert len(ROWS) > 10
    for promise, tests in ROWS:
        assert re.search(r"`test_\w+`", tests), promise
