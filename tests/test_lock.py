"""What `scripts/setup` installs is what pyproject.toml allows: exact versions, each file by its SHA-256, from nowhere in particular."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
NEEDED = {
    "requirements.txt": [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]],
    "requirements-dev.txt": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["build-system"]["requires"],
        *EXTRAS["parquet"],
        *(each for each in EXTRAS["dev"] if not each.startswith("corpus-db[")),
    ],
}


def lines(name: str) -> list[str]:
    """The requirements of a file of ours, each in one line with its hashes."""
    text = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    return [each for each in text.replace("\\\n", "").splitlines() if each]


def pinned(name: str) -> set[tuple[str, str]]:
    """Names and versions; some are pinned differently for different versions of Python."""
    found = [re.match(r"([a-z\d-]+)==([\w.]+)(?= )", line) for line in lines(name)]
    return {(match[1], match[2]) for match in found}


@pytest.mark.parametrize("name", NEEDED)
def test_every_line_is_one_version_and_its_files(name: str) -> None:
    assert len(lines(name)) > 30
    for line in lines(name):
        assert re.fullmatch(r"[a-z\d-]+==[\w.]+( ; [\w .<>='!]+)?( +--hash=sha256:[\da-f]{64})+", line), line


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_declared_is_pinned_in_its_range(name: str) -> None:
    for each in map(Requirement, NEEDED[name]):
        versions = [version for package, version in pinned(name) if package == canonicalize_name(each.name)]
        assert versions, f"{each.name}: run scripts/lock"
        assert all(map(each.specifier.contains, versions)), f"{each} has {versions}: run scripts/lock"


def test_the_program_has_the_same_versions_in_both() -> None:
    assert pinned("requirements.txt") < pinned("requirements-dev.txt")
