"""Deadlines: the cases beside the rules, the words in the dictionary, and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from growth import assert_grows_linearly
from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.document.structure import read_document
from policykit.extractors.deadlines import extract_deadlines
from policykit.extractors.time_expressions import find_time_expressions
from policykit.findings import Deadline
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text
from policykit.text.spans import Span

CASES = Path(__file__).parent / "cases" / "deadlines"


def document_of(text: str, *, issued: date | None = None, title: str | None = None, appended: bool = False) -> Document:
    """A document with the date and title that a case names: all body, unless part of it is `appended`."""
    document = read_document(normalise(source_from_text(text)))
    metadata = document.metadata._replace(issued=issued, published=None, title=title, number=None, carrier=None)
    body = document.body if appended else Span(0, len(document.text))
    return replace(document, metadata=metadata, body=body)


def row(document: Document, deadline: Deadline) -> list[Any]:
    found: list[Any] = [
        document.text[deadline.start : deadline.end],
        deadline.relation,
        deadline.from_date,
        deadline.to_date,
        deadline.duration,
    ]
    while found[-1] is None:
        found.pop()
    return found


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    document = document_of(
        case["text"], issued=case.get("issued"), title=case.get("title"), appended=case.get("appended", False)
    )
    assert [row(document, deadline) for deadline in extract_deadlines(document)] == case["found"]


def word_examples() -> list[Any]:
    return [
        pytest.param(text, expected, id=f"{name}-{text[:12]}")
        for name, entry in packaged_dictionary("time_words").items()
        for answer, expected in (("yes", True), ("no", False))
        for text in entry["examples"][answer]
    ]


@pytest.mark.parametrize(("text", "expected"), word_examples())
def test_words_do_what_their_examples_say(text: str, expected: bool) -> None:
    document = document_of(text, issued=date(2021, 1, 4))
    assert bool(extract_deadlines(document)) is expected


def test_a_traditional_text_gives_the_same() -> None:
    simplified = extract_deadlines(document_of("到2027年，建成三個區域中心；自公布之日起施行。"))
    assert [deadline.relation for deadline in simplified] == ["by", "effective"]


def test_quotes_lead_back_to_the_source() -> None:
    document = document_of("於 2027 年 底 前 完 成。")
    [deadline] = extract_deadlines(document)
    assert document.normalised.quote(deadline.start, deadline.end).replace(" ", "") == "2027年底前"


def test_deadlines_come_in_order_and_do_not_overlap() -> None:
    text = "到2027年，每5年一周期，自2026年1月1日起至2027年12月31日，未来五年（2023-24至2027-28年度）。" * 3
    found = extract_deadlines(document_of(text, issued=date(2023, 1, 1)))
    assert len(found) > 6
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_impossible_dates_are_left_alone() -> None:
    for text in (
        "2026年2月30日前完成。",
        "2026年13月底前完成。",
        "9999年底前完成。",
        "民国0年底前完成。",
        "0年内完成。",
    ):
        for deadline in extract_deadlines(document_of(text)):
            assert deadline.to_date is None or deadline.to_date.year < 9999


@pytest.mark.parametrize("unit", ["年", "2", "一", "2025-", "每", "日起", "前", "十五五", "年内", "2年"])
def test_hostile_lines_are_read_in_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda text: lambda: list(find_time_expressions(text + "年内", year=2025)), unit, 60_000)
