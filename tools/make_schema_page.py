"""Writes docs/schema.md from the JSON Schema of the output.

    python tools/make_schema_page.py [--check]

`--check` writes nothing and fails where the page on disk is not what would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policykit.formats.schema import schema

PAGE = Path(__file__).parent.parent / "docs" / "schema.md"
HEAD = """# What `policykit extract` prints

The format `policykit/analysis/1`. This page is made from the JSON Schema that `policykit schema` prints
(`python tools/make_schema_page.py`); every key stands in the output in the order given here.

- Keys without a value are `null` and not left out, so that *not stated* differs from *not extracted*.
- Text that people compare (headings, indicators, bodies, titles) is normalised: Simplified characters, mainland wording. A `quote` is
  the original, letter for letter, and equals the source text at its span.
- A span counts Unicode code points of the decoded file (a byte order mark is not counted, line ends are as in the file) from 0; `end` is
  exclusive; `line` counts from 1.
- Dates are ISO 8601; YAML has them as dates, JSON as text. Numbers are in base units: 1200万人 is 12000000 人.
- Ids are positional, so that people can say them: `2.1` is the first entry of the second, bullets are `1-1`, articles go by their
  number (`12`), the chapters and sections that they stand in by theirs (`c2`, `c2.1`). What stands in a list of contents or behind the
  text (annexes, notes, a glossary) begins with `contents.` or `appendix.`; a number that a document uses again ends with `~2`. Between
  versions of a document ids move.
- A level belongs to a kind of marker, whatever an entry happens to stand under: a document that writes 一、, (一) and 1. has three, and
  bullets are one below the lowest of them.
- Laws and regulations are made of articles, not of tasks: they have an outline, targets, deadlines and references, but no tasks,
  responsibilities and domains of tasks.
- `section` and `task` name outline entries, `deadline_from` and the `targets` and `deadlines` of a task name rows of those lists.
"""


def page() -> str:
    """The whole page."""
    whole = schema()
    parts = [HEAD, "\n## The whole\n\n", "".join(_table(whole))]
    for name, node in whole["properties"].items():
        inner = node.get("items", node)
        if "properties" in inner:
            rows = node["type"] == "array"
            parts.append(f"\n## {name}\n\n{node['description']}\n\n")
            parts.append("".join(_table(inner)))
            for key, value in inner["properties"].items():
                for option in value.get("anyOf", []):
                    if "properties" in option:
                        parts.append(f"\n`{key}` of a row is null or:\n\n" if rows else f"\n`{key}`:\n\n")
                        parts.append("".join(_table(option)))
    parts.append(
        "\n## span\n\n" + whole["$defs"]["span"]["description"] + "\n\n" + "".join(_table(whole["$defs"]["span"]))
    )
    return "".join(parts)


def _table(node: dict[str, Any]) -> Iterator[str]:
    yield "| key | value | meaning |\n|---|---|---|\n"
    for key, value in node["properties"].items():
        meaning = value.get("description") or _resolved(value).get("description", "")
        yield f"| `{key}` | {_kind(value)} | {meaning.replace('|', chr(92) + '|')} |\n"


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        found: dict[str, Any] = schema()["$defs"][node["$ref"].rsplit("/", 1)[1]]
        return found
    return node


def _kind(node: dict[str, Any]) -> str:
    """What a value is, in words."""
    if "anyOf" in node:
        return " or ".join(_kind(option) for option in node["anyOf"])
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        return "date" if name == "date" else "[span](#span)" if name == "span" else _kind(_resolved(node))
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return ", ".join("null" if value is None else f"`{value}`" for value in node["enum"])
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "mapping"}
    kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
    if kinds == ["array"]:
        return "rows" if "properties" in node["items"] else f"list of {_kind(node['items'])}"
    return " or ".join(names.get(kind, kind) for kind in kinds)


def main() -> int:
    """Write or check the page; returns the exit code."""
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") == page():
            return 0
        print(f"{PAGE} is out of date; run python tools/make_schema_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
