"""Which deadline governs a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from growth import assert_grows_linearly
from policykit.document.structure import read_document
from policykit.extractors.deadlines import extract_deadlines
from policykit.linking import governing_deadlines
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text
from test_deadlines import document_of

CASES = Path(__file__).parent / "cases" / "linking"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=case["name"])
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    document = document_of(
        case["text"], issued=case.get("issued"), title=case.get("title"), appended=case.get("appended", False)
    )
    deadlines = extract_deadlines(document)
    offsets = sorted(document.text.index(snippet) for snippet in case["at"])
    by_offset = dict(zip(offsets, governing_deadlines(document, deadlines, offsets), strict=True))
    found: dict[str, Any] = {}
    for snippet in case["at"]:
        governing = by_offset[document.text.index(snippet)]
        found[snippet] = [governing.deadline.to_date, governing.inherited] if governing else None
    assert found == case["at"]


def test_the_outline_may_be_missing() -> None:
    document = document_of("到2027年，建成30个试点。\n培育企业100家。")
    flat = replace(document, sections=())
    offsets = [flat.text.index("30个"), flat.text.index("100家")]
    assert [
        governing and governing.inherited for governing in governing_deadlines(flat, extract_deadlines(flat), offsets)
    ] == [False, True]


def test_nothing_governs_where_there_is_no_deadline() -> None:
    document = document_of("建成30个试点。")
    assert governing_deadlines(document, (), [2]) == (None,)


@pytest.mark.parametrize("unit", ["到2027年，建成30个试点，", "建成30个试点，", "一、目标\n到2027年。", "到2027年。"])
def test_many_places_in_one_long_paragraph_are_linked_in_linear_time(unit: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        document = read_document(normalise(source_from_text(text + "执行至2027年12月31日")))
        deadlines = extract_deadlines(document)
        return lambda: governing_deadlines(document, deadlines, range(0, len(document.text), 13))

    assert_grows_linearly(prepare, unit, 60_000)
