"""How one result is written, and how several are joined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Layout(NamedTuple):
    """How results are written: `yaml`, `json`, `jsonl` (plain data) or `txt` (text as it is)."""

    kind: str

    def document(self, result: Any) -> str:
        """One result on its own."""
        if self.kind == "txt":
            return str(result)
        if self.kind == "yaml":
            from policykit.formats.yaml import write_yaml

            return write_yaml(result)
        from policykit.formats.json import write_json, write_json_line

        return write_json(result) if self.kind == "json" else write_json_line(result) + "\n"

    def parts(self, result: Any) -> Iterator[str]:
        """The same in parts, so that the whole text of a long result need not be held."""
        if self.kind == "yaml":
            from policykit.formats.yaml import yaml_parts

            yield from yaml_parts(result)
        elif self.kind in ("json", "jsonl"):
            from policykit.formats.json import json_parts

            yield from json_parts(result, on_one_line=self.kind == "jsonl")
        else:
            yield self.document(result)

    def separator(self, number: int) -> str:
        """What stands before the result with a number (from 0) where several are written one behind the other."""
        if self.kind == "json":
            return ",\n" if number else "[\n"
        return "---\n" if self.kind == "yaml" else ""

    def piece(self, result: Any, number: int) -> str:
        """A result among several."""
        return self.written_piece(self.document(result), number)

    def written_piece(self, text: str, number: int) -> str:
        """What `document` gave, as one among several."""
        return self.separator(number) + (text.rstrip("\n") if self.kind == "json" else text)

    def end(self) -> str:
        """What closes several results."""
        return "\n]\n" if self.kind == "json" else ""
