"""The JSON Schemas of what policykit prints."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_SUFFIX = ".schema.json"


def schema_names() -> tuple[str, ...]:
    """The formats that have a schema, in alphabetical order: `analysis` stands for `policykit/analysis/1`.

    >>> "analysis" in schema_names()
    True
    """
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in Path(__file__).parent.glob(f"*{_SUFFIX}")))


def schema_text(name: str = "analysis") -> str:
    """The JSON Schema (2020-12) of a format, as it lies in the package; `name` is one of `schema_names()`."""
    return Path(__file__).with_name(f"{name}{_SUFFIX}").read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def schema(name: str = "analysis") -> dict[str, Any]:
    """The JSON Schema of a format as data. Callers must not change it.

    >>> schema()["title"]
    'policykit/analysis/1'
    """
    data: dict[str, Any] = json.loads(schema_text(name))
    return data
