"""The OpenAPI description says what the addresses answer: requests that it allows, and some that it does not, are tried."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from corpus_db.site import openapi, serving
from corpus_db.site.shapes import ENDPOINTS, Field

# What can be asked of each address: where it has no arguments, nothing is not allowed.
ASKED = [
    pytest.param(each.name, mode, id=f"{each.name}, {mode.value}")
    for each in ENDPOINTS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or each.parameters or "KEY" in each.path
]
UNKNOWN = [positive_data_acceptance]  # keys after which a search finds nothing are refused


@pytest.fixture(scope="module")
def described(database: Path) -> Any:
    """The description, as programs read it from the site."""
    datasette = serving.application(database)
    asyncio.run(datasette.invoke_startup())
    return schemathesis.openapi.from_asgi("/api/openapi.json", datasette.app())


def operation(described: Any, name: str) -> Any:
    (found,) = [each.ok() for each in described.get_all_operations() if each.ok().definition.raw["operationId"] == name]
    return found


def test_it_is_openapi(described: Any) -> None:
    described.validate()
    assert described.raw_schema == json.loads(json.dumps(openapi.describe()))
    assert described.raw_schema["openapi"] == "3.1.0"


@pytest.mark.parametrize(("name", "mode"), ASKED)
def test_every_answer_fits_the_description(name: str, mode: GenerationMode, described: Any) -> None:
    """Status, headers and shape are described, whatever is asked; what is not allowed is refused, nothing fails."""
    tried = 0

    @given(operation(described, name).as_strategy(generation_mode=mode))
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        nonlocal tried
        tried += 1
        case.call_and_validate(excluded_checks=UNKNOWN if "after" in (case.query or {}) else [])

    ask()
    assert tried > 0


def test_every_article_fits_the_description(described: Any, connection: sqlite3.Connection) -> None:
    """Keys that are there, which made-up requests do not meet."""
    for (key,) in connection.execute("select key from articles").fetchall():
        found = operation(described, "article").Case(path_parameters={"key": key}).call_and_validate()
        assert found.json()["key"] == key


def test_a_base_stands_before_every_address() -> None:
    assert openapi.describe("/news/")["servers"] == [{"url": "/news"}]
    assert openapi.describe("/")["servers"] == [{"url": "/"}]


def test_places_are_nested() -> None:
    fields = (Field("a", "list", ""), Field("a[].b", "text or null", "of it"), Field("c[][]", "integer", ""))
    assert openapi.shape(fields) == {
        "type": "object",
        "required": ["a", "c"],
        "properties": {
            "a": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["b"],
                    "properties": {"b": {"type": ["string", "null"], "description": "of it"}},
                },
            },
            "c": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
        },
    }
