"""The parameters of an address -> values. What is missing or makes no sense is the default."""

from collections.abc import Sequence
from typing import Any, TypeVar

Value = TypeVar("Value", bound=str)


def choice(request: Any, name: str, values: Sequence[Value], default: Value) -> Value:
    """The value that is named, if there is one of that name."""
    return next((each for each in values if each == request.args.get(name)), default)


def number(request: Any, name: str, low: int, high: int, default: int) -> int:
    """A whole number within bounds; beyond them the bound."""
    text = (request.args.get(name) or "").strip()
    return max(low, min(high, int(text))) if text.isdecimal() and len(text) < len(str(10**9)) else default


def typed(request: Any, name: str) -> str:
    """What was typed, without the white space around it."""
    return (request.args.get(name) or "").strip()


def ticked(request: Any, name: str) -> bool:
    """Whether a box was ticked."""
    return bool(request.args.get(name) == "1")
