"""What holds for the outline of any text at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policykit.document.model import Document
from policykit.document.structure import read_document
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

PIECES = st.sampled_from(
    "第一章 第二章 第一节 第三条 第四条 一、 二、 三、 （一） （二） (1) 1. 2. 3. 12. 1.1 2.1 1 ① —— (i) 目录 附件 专栏1 通知 意见 目标 总体要求 "
    "保障措施 2025年 某某市人民政府 2024年5月6日 建设平台 完善制度。 到2027年， ** ： ； 。 ，".split()
)
TEXTS = st.lists(st.one_of(PIECES, st.just("\n"), st.just("\n"), st.text(max_size=4)), max_size=60).map("".join)


def read(text: str) -> Document:
    return read_document(normalise(source_from_text(text)))


@given(TEXTS)
def test_sections_are_ordered_nested_and_named_once(text: str) -> None:
    document = read(text)
    sections = document.sections
    size = len(document.text)
    assert [section.start for section in sections] == sorted({section.start for section in sections})
    assert len({section.id for section in sections}) == len(sections)
    seen: set[str] = set()
    for section in sections:
        assert 0 <= section.start < section.heading_start <= section.heading_end <= size
        assert section.start <= section.body_start <= section.own_end <= section.end <= size
        assert section.level >= 1
        assert section.heading is None or section.heading == document.text[section.heading_start : section.heading_end]
        if section.parent is not None:
            parent = document.section(section.parent)
            assert section.parent in seen
            assert parent.start < section.start and section.level > parent.level
        seen.add(section.id)
    assert 0 <= document.body.start <= document.body.end <= size


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text).sections == read(text).sections
    assert read(text).metadata == read(text).metadata


@given(st.text(max_size=200))
def test_any_text_is_accepted(text: str) -> None:
    document = read(text)
    for section in document.sections:
        assert document.section_at(section.start) is not None
