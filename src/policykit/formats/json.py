"""Plain data as JSON: UTF-8 text, dates in ISO form, nothing raw that a terminal would obey."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from policykit.formats.characters import escaped
from policykit.formats.rows import Rows
from policykit.patterns import compiled

# line breaks between the rows are ours; inside strings they are escaped already
_RAW = compiled(escaped().pattern.replace("\x00-\x1f", ""))


#: so many rows are written at a time
_AT_ONCE = 500


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Rows):
        return list(value)
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
    return "".join(json_parts(data))


def json_parts(data: Any, *, on_one_line: bool = False) -> Iterator[str]:
    """The same in parts, for writing a long document without holding all of it; also as `write_json_line` has it (`on_one_line`)."""
    if not isinstance(data, Mapping) or not data:
        yield write_json_line(data) + "\n"
        return
    signs = _ONE_LINE if on_one_line else _LAID_OUT
    before = signs.opening
    for key, value in data.items():
        yield f"{before}{write_json_line(key)}: "
        before = signs.between_keys
        if isinstance(value, list | tuple | Rows) and value and isinstance(value[0], Mapping):
            yield from _rows(value, signs)
        else:
            yield write_json_line(value)
    yield signs.end


class _Signs(NamedTuple):
    opening: str
    between_keys: str
    end: str
    opening_of_rows: str
    between_rows: str
    end_of_rows: str


_LAID_OUT = _Signs("{\n ", ",\n ", "\n}\n", "[\n  ", ",\n  ", "\n ]")
_ONE_LINE = _Signs("{", ", ", "}\n", "[", ", ", "]")


def _rows(value: Sequence[Any], signs: _Signs) -> Iterator[str]:
    rows, before = map(write_json_line, value), signs.opening_of_rows
    while part := list(islice(rows, _AT_ONCE)):
        yield before + signs.between_rows.join(part)
        before = signs.between_rows
    yield signs.end_of_rows
