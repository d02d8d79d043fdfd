"""Plain data as JSON: UTF-8 text, dates in ISO form, nothing raw that a terminal would obey."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from policykit.formats.characters import escaped
from policykit.patterns import compiled

# line breaks between the rows are ours; inside strings they are escaped already
_RAW = compiled(escaped().pattern.replace("\x00-\x1f", ""))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not plain data: {type(value).__name__}")


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain).encode


def write_json_line(data: Any) -> str:
    r"""A JSON value on one line, without a line break at the end: a line of JSONL.

    >>> write_json_line({"to": date(2027, 12, 31), "quote": "到2027年\x9b"})
    '{"to": "2027-12-31", "quote": "到2027年\\u009b"}'
    """
    written = _encode(data)
    # what is printable (the ideographic space is not, for Python) holds nothing to escape: and Python knows that in half the time
    if written.replace("\u3000", "").isprintable():
        return written
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def write_json(data: Any) -> str:
    """A JSON value laid out for reading, ending with a line break: a key of the whole on each line, a row of its lists on each line.

    >>> print(write_json({"format": "x/1", "tasks": [{"id": "1"}, {"id": "2"}], "warnings": []}), end="")
    {
     "format": "x/1",
     "tasks": [
      {"id": "1"},
      {"id": "2"}
     ],
     "warnings": []
    }
    """
    if not isinstance(data, Mapping) or not data:
        return write_json_line(data) + "\n"
    return "{\n" + ",\n".join(_entry(key, value) for key, value in data.items()) + "\n}\n"


def _entry(key: str, value: Any) -> str:
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        rows = ",\n  ".join(map(write_json_line, value))
        return f" {write_json_line(key)}: [\n  {rows}\n ]"
    return f" {write_json_line(key)}: {write_json_line(value)}"
