"""Whatever plain data is written as YAML is read back as the same data, by PyYAML's reader and by libyaml's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policykit.formats.characters import escaped
from policykit.formats.layout import Layout
from policykit.formats.yaml import write_yaml

READERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]

no_surrogates = st.characters(exclude_categories=["Cs"])
#: what YAML readers take for something else than text, and what they stumble over
# fmt: off
AWKWARD = [
    "no", "Yes", "null", "~", "", " ", "on", "y", "1e3", "1e+3", "0x1F", "0o17", "0b1", "1_000",
    "12:30:45", "2023-09-14", "2001-12-14t21:59:43.10-05:00", ".5", "-1", "+1", "1.", ".inf",
    "-.INF", ".nan", "NaN", "<<", "=", "-", "- a", "? a", "a: b", "a #b", "#", "&a", "*a", "!a",
    "%a", "@a", "`a", "'", '"', "\\", "---", "...", "--- a", "150项", "3%", "3.5", "1E5", "2027年",
    "《国家标准化发展纲要》", "2023-national", "t1", "d1", "2.1", ">=", "a,b", "[a]", "{a}", "：", "a:", "行 1",
    "——", "\x85", "\u2028", "\u2029", "\ufeff", "\x7f", "\x1b[31m", "0a", "0x1g", "00b", "1t", "1z",
    "190:20:30", "1e3a", "12e34", "1.5e3", "0.0e1", "1,000", "1２", "١٢",
    "\u7b2c\u4e00\n\u7b2c\u4e8c", "\u7b2c\u4e00\n\n\u7b2c\u4e8c", " \u4e00\n\u4e8c",
    "\u4e00\n \u4e8c", "\u4e00\n\u4e8c\n", "\u4e00 \n\u4e8c", "\n", "\u4e00\n# \u4e8c",
    "\u4e00\n---\n\u4e8c", "\u4e00\n...\n",
]
# fmt: on
words = st.sampled_from(AWKWARD)
texts = (
    st.text(no_surrogates)
    | words
    | st.lists(words, max_size=4).map("".join)
    | st.text("0123456789.eE+-_:xobTZa ", max_size=12)
)
scalars: st.SearchStrategy[Any] = (
    texts | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.dates(min_value=date(1, 1, 1))
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


@given(values, st.booleans())
def test_what_is_written_is_read_back(value: Any, in_block: bool) -> None:
    blocks = set(value) if in_block and isinstance(value, dict) else set()
    written = write_yaml(value, blocks=blocks)
    for reader in READERS:
        assert yaml.load(written, Loader=reader) == value, written


@given(st.dictionaries(texts, st.lists(st.dictionaries(texts, values, max_size=3), max_size=3), max_size=3))
def test_rows_in_block_style_are_read_back(value: dict[str, Any]) -> None:
    for reader in READERS:
        assert yaml.load(write_yaml(value, blocks=set(value)), Loader=reader) == value


@given(st.lists(values, min_size=1, max_size=3))
def test_a_stream_is_read_back(documents: list[Any]) -> None:
    layout = Layout("yaml")
    written = "".join(layout.piece(data, number) for number, data in enumerate(documents)) + layout.end()
    for reader in READERS:
        assert list(yaml.load_all(written, Loader=reader)) == documents


@given(values)
def test_types_survive(value: Any) -> None:
    """1 is not True, and a text that looks like a date stays a text."""

    def shape(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: shape(item) for key, item in data.items()}
        if isinstance(data, list):
            return [shape(item) for item in data]
        return type(data).__name__

    assert shape(yaml.safe_load(write_yaml(value))) == shape(value)


@given(st.text(), st.text(min_size=1))
def test_nothing_that_a_terminal_obeys_is_written_raw(key: str, text: str) -> None:
    for value in ({key: text}, {"tasks": [{"text": text}]}, [text], text):
        assert not escaped().search(write_yaml(value).replace("\n", ""))


def test_long_keys_and_long_lines_are_read_back() -> None:
    data = {"长" * 3000: {"短": "一" * 5000, "k" * 1030: ["x" * 2000]}, "rows": [{"é" * 1500: 1}]}
    for blocks in (set(), set(data)):
        for reader in READERS:
            assert yaml.load(write_yaml(data, blocks=blocks), Loader=reader) == data


def test_half_of_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert yaml.safe_load(write_yaml({"a": "x\ud800y"})) == {"a": "x\ufffdy"}


def test_only_plain_data_is_written() -> None:
    with pytest.raises(TypeError, match="not plain data: set"):
        write_yaml({"a": {1}})
    with pytest.raises(TypeError, match="a key must be text"):
        write_yaml({1: "a"})
