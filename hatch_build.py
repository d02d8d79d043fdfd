"""Puts data/ into the wheel, and only there: an editable install reads the checkout's own data/."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface[Any]):
    """Adds data/ as policykit/data to wheels that are installed as they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["data"] = "policykit/data"
