"""Markers, nesting, headings and roles: the cases under tests/cases/outline, the words of roles.yaml, and the two documents of the corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from policykit.corpus import open_corpus
from policykit.dictionaries import packaged_dictionary
from policykit.document.addresses import paragraph_role
from policykit.document.markers import find_markers
from policykit.document.model import Document
from policykit.document.roles import HEADING_CLASSES, heading_class
from policykit.document.structure import read_document
from policykit.extractors.tasks import extract_tasks
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

CASES = Path(__file__).parent / "cases" / "outline"


def cases(name: str) -> list[Any]:
    loaded = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in loaded]


def corpus_document(id: str) -> Document:
    return read(open_corpus().document(id).path.read_text(encoding="utf-8"))


def read(text: str) -> Document:
    return read_document(normalise(source_from_text(text)))


@pytest.mark.parametrize("case", cases("markers"))
def test_markers(case: dict[str, Any]) -> None:
    found = [[marker.kind, marker.number, marker.text] for marker in find_markers(case["text"])]
    assert found == case["found"]


@pytest.mark.parametrize("case", cases("nesting"))
def test_nesting(case: dict[str, Any]) -> None:
    document = read(case["text"])
    assert [[s.id, s.role, s.marker, s.heading] for s in document.sections] == case["outline"]


@pytest.mark.parametrize("case", cases("headings"))
def test_headings(case: dict[str, Any]) -> None:
    assert [section.heading for section in read(case["text"]).sections] == case["headings"]


@pytest.mark.parametrize("case", cases("roles"))
def test_roles(case: dict[str, Any]) -> None:
    assert [section.role for section in read(case["text"]).sections] == case["roles"]


@pytest.mark.parametrize("name", HEADING_CLASSES)
def test_examples_of_heading_words(name: str) -> None:
    examples = packaged_dictionary("roles")[name]["examples"]
    assert {heading: heading_class(heading) for heading in examples["yes"]} == dict.fromkeys(examples["yes"], name)
    assert not [heading for heading in examples["no"] if heading_class(heading) == name]


def test_examples_of_address_paragraphs() -> None:
    for role, paragraphs in packaged_dictionary("roles")["address"]["examples"].items():
        assert {paragraph: paragraph_role(paragraph) for paragraph in paragraphs} == dict.fromkeys(paragraphs, role)


def test_extents() -> None:
    text = (
        "一、总体要求\n全文。\n二、任务\n（一）建网。建成网络。\n（二）用网。用好网络。\n某某市人民政府\n2024年5月6日"
    )
    document = read(text)
    spans = {section.id: document.text[section.start : section.end] for section in document.sections}
    assert spans["1"] == "一、总体要求\n全文。\n"
    assert spans["2"] == "二、任务\n（一）建网。建成网络。\n（二）用网。用好网络。\n"
    assert spans["2.1"] == "（一）建网。建成网络。\n"
    second = document.section("2.2")
    assert document.text[second.body_start : second.own_end] == "用好网络。\n"
    assert document.section_at(document.text.index("某某市")) is None


def test_a_closing_appeal_belongs_to_no_entry() -> None:
    text = "一、重点工作\n（一）稳定增长。抓好项目。\n（二）改善民生。办好实事。\n各位代表！让我们共同奋斗。"
    document = read(text)
    appeal = document.section_at(document.text.index("各位代表"))
    assert appeal is not None and appeal.id == "1"


def test_the_last_of_single_paragraphs_ends_with_its_line() -> None:
    points = [f"{number}.落实第{number}项措施，做好服务。" for number in range(1, 6)]
    document = read("一、重点任务\n" + "\n".join(points) + "\n各地要加强统筹，确保落实到位。")
    last = document.section("1.5")
    assert document.text[last.start : last.end].strip() == points[-1]


def test_text_without_numbering_has_no_sections() -> None:
    assert read("各地要认真贯彻落实。\n2025年完成任务。").sections == ()
    assert read("").sections == ()


def test_national_plan_of_the_corpus() -> None:
    document = corpus_document("2023-national")
    assert len(document.sections) == 27
    assert Counter(section.role for section in document.sections) == {
        "chapter": 3, "principle": 1, "objective": 4, "task": 16, "safeguard": 3
    }  # fmt: skip
    assert [task.number for task in extract_tasks(document)] == list(range(1, 20))
    assert document.section("3.13").heading == "深入开展城市标准化试点建设"


def test_capital_strategy_of_the_corpus() -> None:
    document = corpus_document("2011-beijing")
    assert len(document.sections) == 44
    assert Counter(section.role for section in document.sections) == {
        "chapter": 9, "principle": 1, "objective": 8, "task": 20, "safeguard": 6
    }  # fmt: skip
    assert {section.marker[0]: section.level for section in document.sections if section.number != 2} == {
        "一": 1, "三": 1, "四": 1, "五": 1, "（": 2, "1": 3, "3": 3, "4": 3, "5": 3, "—": 4
    }  # fmt: skip
    assert [section.id for section in document.sections][4:8] == ["3.2", "3.2-1", "3.2-2", "3.2-3"]
    last = document.sections[-1]
    assert "相关" not in document.text[last.start : last.end]
