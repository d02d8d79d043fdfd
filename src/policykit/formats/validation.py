"""Checking data against one of the package's JSON Schemas, for files that people may have changed by hand.

Knows the keywords that the package's own schemas use and no others; the tests check the schemas with a full validator. Keys that a
schema does not know are let pass: a file may come from a later version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

_TYPES: dict[str, Any] = {
    "object": Mapping,
    "array": (list, tuple),
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


class Problem(NamedTuple):
    """What is wrong, and where: a path such as `tasks[3].span.start`."""

    where: str
    what: str


def first_problem(data: Any, schema: Mapping[str, Any]) -> Problem | None:
    """The first place where data is not what a schema says; None where all is well. Dates may be `date` or ISO text.

    >>> first_problem({"tasks": [{"id": 3}]}, {"properties": {"tasks": {"items": {"properties": {"id": {"type": "string"}}}}}})
    Problem(where='tasks[0].id', what='must be string, is 3')
    """
    return next(_problems(data, schema, schema, ""), None)


def _problems(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], where: str) -> Iterator[Problem]:
    while "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    if isinstance(value, date):
        value = value.isoformat()
    if "anyOf" in schema:
        branches = [next(_problems(value, branch, root, where), None) for branch in schema["anyOf"]]
        if all(branches):
            yield next(problem for problem in branches if problem)
            return
    wanted = schema.get("type")
    if wanted is not None and not _is_of(value, [wanted] if isinstance(wanted, str) else wanted):
        name = wanted if isinstance(wanted, str) else " or ".join(wanted)
        yield Problem(where or "the whole", f"must be {name}, is {_short(value)}")
        return
    if "const" in schema and value != schema["const"]:
        yield Problem(where, f"must be {schema['const']}, is {_short(value)}")
    elif "enum" in schema and value not in schema["enum"]:
        yield Problem(where, f"must be one of {', '.join(map(str, schema['enum']))}, is {_short(value)}")
    elif isinstance(value, str) and len(value) < schema.get("minLength", 0):
        yield Problem(where, "is empty")
    elif isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield Problem(where, f"is not written as it should be: {_short(value)}")
    elif _is_of(value, ["number"]) and value < schema.get("minimum", value):
        yield Problem(where, f"must be {schema['minimum']} or more, is {value}")
    elif _is_of(value, ["number"]) and value > schema.get("maximum", value):
        yield Problem(where, f"must be {schema['maximum']} or less, is {value}")
    elif isinstance(value, Mapping):
        yield from _members(value, schema, root, where)
    elif isinstance(value, list | tuple):
        if len(value) < schema.get("minItems", 0):
            yield Problem(where, "is empty")
        if schema.get("uniqueItems") and any(item in value[:place] for place, item in enumerate(value)):
            yield Problem(where, "has an item twice")
        for place, item in enumerate(value):
            yield from _problems(item, schema.get("items", {}), root, f"{where}[{place}]")


def _members(
    value: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], where: str
) -> Iterator[Problem]:
    missing = [key for key in schema.get("required", ()) if key not in value]
    if missing:
        yield Problem(where or "the whole", f"has no {missing[0]}")
        return
    known = schema.get("properties", {})
    rest = schema.get("additionalProperties")
    for key, item in value.items():
        if key in known or isinstance(rest, Mapping):
            yield from _problems(item, known.get(key, rest), root, f"{where}.{key}" if where else str(key))


def _is_of(value: Any, kinds: list[str]) -> bool:
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, _TYPES[kind]) for kind in kinds)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "…"
