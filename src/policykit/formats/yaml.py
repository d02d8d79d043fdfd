"""Plain data as YAML that people read: block style for what is read, one line for what is scanned.

A writer of our own because it is several times as fast as PyYAML's (which also need not be imported then) and lays rows out as the
format shows them. It knows plain data only (dict, list, tuple, str, int, float, bool, None, date, and `Rows` for a list);
whatever it writes, `yaml.safe_load` reads back as the same data (tests/properties/test_yaml.py). Every control character,
bidirectional control and line separator is escaped, so that what it writes is safe on a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from policykit.formats.characters import escaped
from policykit.formats.rows import Rows
from policykit.patterns import compiled

#: top-level keys of an analysis whose mapping, or whose rows, are written in block style; all others are one line each
ANALYSIS_BLOCKS = frozenset({"document", "tasks", "targets", "quantities"})

_ESCAPED = escaped()
_WORDS = frozenset({"", "y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"})
_WORDS_ONLY = r"[\w，。、；：！？（）《》〈〉“”‘’〔〕【】—…·～％%./+()\-]"
#: text that needs no quotes anywhere, whichever YAML reads it: it begins with a letter or an opening bracket …
_PLAIN = compiled(rf"(?:[^\W\d_]|[(《（〔【—]){_WORDS_ONLY}*(?: {_WORDS_ONLY}+)*")
#: … or with a digit, but holds a letter that no number or date is written with (a class of ASCII is compiled in no time)
_NUMERIC = r"\x00-\x60beotxz\x7b-\x7f"
_PLAIN_DIGITS = compiled(rf"(?!0[xXoObB])(?=[0-9][{_NUMERIC}]*[^{_NUMERIC}]){_WORDS_ONLY}+(?: {_WORDS_ONLY}+)*")
#: paragraphs that a literal block (|-) holds as they are
_PARAGRAPHS = compiled(r"[^\s\n][^\n]*(?:\n[^\s\n][^\n]*)+")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e", "\0": "\\0"}
#: the longest key that YAML readers accept without the explicit `?`
_LONGEST_KEY = 120
#: so many lines are made before they are joined
_LINES_AT_ONCE = 2_000


def write_yaml(data: Any, *, blocks: Collection[str] = ANALYSIS_BLOCKS) -> str:
    """A YAML document, ending with a line break.

    A mapping is written key by key. What stands under a key of `blocks` is written in block style too (a mapping, or the rows of a
    list), everything deeper on one line. Raises TypeError for anything that is not plain data.

    >>> print(write_yaml({"document": {"title": "纲要", "issuers": ["民政部"]}, "domains": [{"id": "health", "tasks": ["2.1"]}]}), end="")
    document:
      title: 纲要
      issuers: [民政部]
    domains:
    - {id: health, tasks: ['2.1']}
    """
    return "".join(yaml_parts(data, blocks=blocks))


def yaml_parts(data: Any, *, blocks: Collection[str] = ANALYSIS_BLOCKS) -> Iterator[str]:
    """The same in parts of some thousand lines, for writing a long document without holding all of it."""
    lines = _document(data, blocks)
    while part := list(islice(lines, _LINES_AT_ONCE)):
        part.append("")
        yield "\n".join(part)


def _document(data: Any, blocks: Collection[str]) -> Iterator[str]:
    if isinstance(data, Mapping) and data:
        for key, value in data.items():
            yield from _entry(_block_key(key, ""), value, key in blocks)
    elif isinstance(data, list | tuple) and data:
        yield from _rows(data, in_block=True)
    else:
        yield _flow(data)


def _entry(key: str, value: Any, in_block: bool) -> Iterator[str]:
    if isinstance(value, list | tuple | Rows) and value and (in_block or isinstance(value[0], Mapping)):
        yield f"{key}:"
        yield from _rows(value, in_block)
    elif in_block and isinstance(value, Mapping) and value:
        yield f"{key}:"
        yield from _fields(value, "  ")
    else:
        yield f"{key}: {_block_value(value, '  ')}"


def _rows(rows: Sequence[Any], in_block: bool) -> Iterator[str]:
    for row in rows:
        if in_block and isinstance(row, Mapping) and row:
            fields = _fields(row, "  ")
            yield "- " + next(fields)[2:]
            yield from fields
        else:
            yield "- " + (_block_value(row, "  ") if in_block else _flow(row))


def _fields(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in fields.items():
        yield f"{indent}{_block_key(key, indent)}: {_block_value(value, indent + '  ')}"


def _block_value(value: Any, indent: str) -> str:
    if (
        type(value) is str
        and "\n" in value
        and not _ESCAPED.search(value.replace("\n", ""))
        and _PARAGRAPHS.fullmatch(value)
    ):
        return "|-\n" + "\n".join(indent + line for line in value.split("\n"))
    return _flow(value)


def _flow(value: Any) -> str:
    """A value on one line, good in any context."""
    kind = type(value)
    if kind is str:
        return _scalar(value) if len(value) < 40 else _text(value)
    if value is None:
        return "null"
    if kind is int:
        return str(value)
    if kind is bool:
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join([f"{_key(key)}: {_flow(item)}" for key, item in value.items()]) + "}"
    if isinstance(value, list | tuple | Rows):
        return "[" + ", ".join([_flow(item) for item in value]) + "]"
    if kind is float:
        return _float(value)
    if kind is date:
        return str(value.isoformat())
    raise TypeError(f"not plain data: {kind.__name__}")


def _float(value: float) -> str:
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    digits = repr(value)
    # YAML 1.1 reads 1e-07 as text: it asks for a point before the exponent
    return digits if "." in digits else digits.replace("e", ".0e")


@lru_cache(maxsize=512)
def _key(key: str) -> str:
    if type(key) is not str:
        raise TypeError(f"a key must be text, not {type(key).__name__}")
    return _text(key) if len(key) <= _LONGEST_KEY else f"? {_text(key)} "


def _block_key(key: str, indent: str) -> str:
    written = _key(key)
    # in a block the value of an explicit key stands on a line of its own
    return written if len(key) <= _LONGEST_KEY else f"{written.rstrip()}\n{indent}"


@lru_cache(maxsize=4096)
def _scalar(text: str) -> str:
    return _text(text)


def _text(text: str) -> str:
    if (_PLAIN.fullmatch(text) and text.lower() not in _WORDS) or _PLAIN_DIGITS.fullmatch(text):
        return text
    if not _ESCAPED.search(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xD800 <= code <= 0xDFFF:  # half of a pair: YAML has no way to say it
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
