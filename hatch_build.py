"""Puts data/ into the wheel, and only there: an editable install reads the checkout's own data/. Leaves nothing compiled in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface[Any]):
    """Adds data/ as policykit/data to wheels that are installed as they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["data"] = "policykit/data"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what mypyc put beside the modules: Python would go on importing it when the modules change."""
        if version == "standard":
            for suffix in ("so", "pyd"):
                for compiled in Path(self.root, "src").rglob(f"*.{suffix}"):
                    compiled.unlink()
