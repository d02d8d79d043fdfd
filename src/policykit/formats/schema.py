"""The JSON Schemas of what policykit prints."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any


def schema_text() -> str:
    """The JSON Schema (2020-12) of the format `policykit/analysis/1`, as it lies in the package."""
    return Path(__file__).with_name("analysis.schema.json").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON Schema of the format `policykit/analysis/1` as data. Callers must not change it.

    >>> schema()["title"]
    'policykit/analysis/1'
    """
    data: dict[str, Any] = json.loads(schema_text())
    return data
