"""What `scripts/mutate` takes for a mistake: small ones, each for itself, that leave a program which can be run."""

import ast
import sys

import pytest
from places import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from mutants import mutants


def altered(source: str) -> list[str]:
    """The mutants of a module, as text."""
    return [ast.unparse(ast.Module(list(each.body), [])) for each in mutants(source)]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a = b < 1", ["a = b <= 1", "a = b < 2", "a = b < 0"]),
        ("a = b and c", ["a = b or c", "a = b", "a = c"]),
        ("a = not b", ["a = b"]),
        ("a = 'b'", ["a = 'XbX'"]),
        ("a = True", ["a = False"]),
        ("a = b[1:]", ["a = b[0:]", "a = b[2:]", "a = b[:]"]),
        ("a = min(b, key=c)", ["a = max(b, key=c)", "a = min(b)"]),
        ("def a(b):\n    return b", ["def a(b):\n    return None"]),
        ("def a(b):\n    if b:\n        b += c", ["def a(b):\n    if not b:\n        b += c", "def a(b):\n    if b:\n        pass"]),
        ("a = re.compile('b|(?:c|d)+')", ["a = re.compile('(?:c|d)+')", "a = re.compile('b')", "a = re.compile('b|(?:d)+')", "a = re.compile('b|(?:c)+')", "a = re.compile('b|(?:c|d)')"]),
        ("b = '[x]$'\na = re.compile(f'{b}(?=y)')", ["b = '[^x]$'\na = re.compile(f'{b}(?=y)')", "b = '[x]'\na = re.compile(f'{b}(?=y)')", "b = '[x]$'\na = re.compile(f'{b}(?!y)')"]),
        ("class A:\n    b: int = 1", []),
    ],
)  # fmt: skip
def test_small_mistakes(source: str, wanted: list[str]) -> None:
    found = altered(source)
    assert set(wanted) <= set(found)
    assert len(set(found)) == len(found)
    assert ast.unparse(ast.parse(source)) not in found


def test_a_mistake_says_where_it_is() -> None:
    source = "def a(b: str) -> bool:\n    '''Not altered.'''\n    return b is None"
    found = {each.what: (each.line, each.function, each.at) for each in mutants(source)}
    assert found == {"return b is None  ->  return None": (3, "a()", 0), "b is None  ->  b is not None": (3, "a()", 0)}
