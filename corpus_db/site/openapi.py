"""The JSON addresses as OpenAPI 3.1 describes them, for programs that make clients and tests of such a description.

Made from the same shapes as the page `/api`. Every place of an answer is always there; others may be added, so nothing
forbids them.
"""

import re
from typing import Any

from corpus_db.site.shapes import ENDPOINTS, VERSION, Endpoint, Field, Parameter

_TYPES = {"text": "string", "list": "array"}  # those that JSON Schema calls otherwise
_PLACE = re.compile(r"KEY\b")  # in a path
_KEY = {"type": "string", "pattern": "^[0-9a-f]{16}(-[0-9]+)?$"}

Description = dict[str, Any]


def describe(base: str = "/") -> Description:
    """The description of all addresses of a site whose pages are beneath `base`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "corpus_db",
            "description": "What the pages of a corpus of news show, to read from. Null: the file does not state it.",
            "version": str(VERSION),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base.rstrip("/") or "/"}],
        "paths": {_PLACE.sub("{key}", each.path): {"get": _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": {"Error": _error()}},
    }


def _operation(endpoint: Endpoint) -> Description:
    """What is asked of an address, and what it answers."""
    parameters = [_parameter(each) for each in endpoint.parameters]
    refusals = {"400": "The request has something that it can not have; `error` says what."}
    if _PLACE.search(endpoint.path):
        parameters.append({"name": "key", "in": "path", "required": True, "schema": _KEY})
        refusals["404"] = "No article has this key."
    answers = {"200": _answer(endpoint.summary, shape(endpoint.fields))}
    answers["200"]["headers"] = {"ETag": {"schema": {"type": "string"}, "required": True}}
    answers |= {code: _answer(said, {"$ref": "#/components/schemas/Error"}) for code, said in refusals.items()}
    answers["304"] = {"description": "The answer has the ETag that was sent as If-None-Match."}
    return {"operationId": endpoint.name, "summary": endpoint.summary, "parameters": parameters, "responses": answers}


def _answer(description: str, schema: Description) -> Description:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameter(parameter: Parameter) -> Description:
    """An argument: a text, one of some, a number, or a list of texts, each given as one of its own."""
    least, most = parameter.times
    schema: Description = {"type": "string"}
    if parameter.among:
        schema["enum"] = list(parameter.among)
    if parameter.most is not None:
        schema = {"type": "integer", "minimum": 1, "maximum": parameter.most}
    if most > 1:
        schema = {"type": "array", "items": schema, "minItems": least, "maxItems": most}
    described = {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": schema}
    return described | {"required": least > 0}


def shape(fields: tuple[Field, ...]) -> Description:
    """The schema of an answer: an object with all of these places, `a.b` in an object `a`, `a[]` in a list."""
    whole: Description = {}
    for field in fields:
        at = whole
        for step in re.findall(r"\w+|\[\]", field.path):
            at = _within(at, step)
        types = [_TYPES.get(each, each) for each in field.type.split(" or ")]
        at["type"] = types[0] if len(types) == 1 else types
        if field.meaning:
            at["description"] = field.meaning
    return whole


def _within(at: Description, step: str) -> Description:
    """The schema of a place in an object or a list, made where it is met first."""
    found: Description
    if step == "[]":
        at.setdefault("type", "array")
        found = at.setdefault("items", {})
    else:
        at.setdefault("type", "object")
        if step not in at.setdefault("required", []):
            at["required"].append(step)
        found = at.setdefault("properties", {}).setdefault(step, {})
    return found


def _error() -> Description:
    """What a refusal says."""
    said = (Field("api", "integer", f"version of the shape, {VERSION}"), Field("error", "text", "what is wrong"))
    return shape(said)
