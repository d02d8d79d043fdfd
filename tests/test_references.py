"""Cited documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_grows_linearly
from policykit.dictionaries import packaged_dictionary
from policykit.extractors.references import extract_references, names_document
from test_deadlines import document_of

CASES = Path(__file__).parent / "cases" / "references"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    found = extract_references(document_of(case["text"]))
    assert [[reference.title, reference.number, reference.mentions] for reference in found] == case["found"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (title, answer == "yes")
        for answer in ("yes", "no")
        for title in packaged_dictionary("reference_titles")["examples"][answer]
    ],
)
def test_endings_do_what_their_examples_say(title: str, expected: bool) -> None:
    assert names_document(title) is expected


def test_the_span_is_that_of_the_first_mention() -> None:
    document = document_of("先看《安全生产法》，再看《安全生产法》。")
    [reference] = extract_references(document)
    assert document.text[reference.start : reference.end] == "《安全生产法》"
    assert reference.start == 2


@given(st.text(alphabet="《》〈〉法条例（）以下简称\n", max_size=60))
def test_any_brackets_are_read_without_error(text: str) -> None:
    document = document_of(text)
    for reference in extract_references(document):
        assert document.text[reference.start] == "《"
        assert document.text[reference.end - 1] == "》"


@pytest.mark.parametrize("unit", ["《", "《法", "《《《《》》》》", "《法》", "《〈", "》"])
def test_hostile_brackets_are_read_in_linear_time(unit: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        document = document_of(text)
        return lambda: extract_references(document)

    assert_grows_linearly(prepare, unit, 60_000)
