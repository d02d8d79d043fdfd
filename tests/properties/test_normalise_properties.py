"""What holds of normalisation for any text at all."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from policykit.text.characters import convert_characters
from policykit.text.normalise import NormalisedText, normalise
from policykit.text.punctuation import convert_punctuation
from policykit.text.source import source_from_text
from policykit.text.spans import rewrite

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

# fmt: off
PIECES = [
    "一、总体要求", "（一）", "(二)", "1.", "1、", "•", "——", "第一章", "第 1 條", "總　則", "到2027年", "２０２７年", "3 300", "72 000", "1,200", "110, 000",
    "標準", "資訊化", "著力", "著名", "産業", "乾坤", "瞭望", "瞭解", "高品質發展", "國務院", "国务院", "弱 勢 社 群", "2 0 0 1", "B H 6",
    "，", ",", "。", ".", "；", ";", "：", ":", "、", "？", "!", "（", "(", "）", ")", "“", "”", '"', "'", "「", "」", "《", "》", "〔", "〕", "．", "·", "%", "-", "–", "—", "/", "╱",
    " ", "  ", "\u3000", "\u3000\u3000", "\t", "\n", "\n\n", "\r\n", "\r", "\x0c", "\u200b", "\ufeff", "\u00a0", "\u2028",
    "当前位置: 首页>>动态", "下载", "打印", "全屏", "【字号：", "大", "小", "】", "来源：日报", "时间：2026-02-02", "12", "13", "14", "- 3 -", "第 3 页", "相关报道：",
    "责任编辑：", "（本文有删减）", "新华社北京2月1日电", "以下为全文：", "**通知**", "# 一", "关于印发", "工作方案的通知", "专栏", "附件",
    "本行政区域内的标准制定、实施及其监督管理活动，应当遵守本条例的规定", "加强组织领导，完善工作机制", "abc", "GB/T 1.1", "a@b.cn", "https://www.gov.cn/a?b=1", "\ud800", "😀", "\x00", "é",
]
# fmt: on
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
LINES = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join), max_size=20).map("\n".join)


def normalised(text: str) -> NormalisedText:
    return normalise(source_from_text(text))


@given(TEXTS | LINES)
@settings(max_examples=400)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalised(text).text
    assert normalised(once).text == once


@given(TEXTS | LINES)
def test_the_working_text_has_one_paragraph_a_line_and_no_stray_space(text: str) -> None:
    working = normalised(text).text
    assert not working or all(line and line == line.strip() for line in working.split("\n"))
    assert not re.search("[\t\r\x0b\x0c\u00a0\u3000\u200b\ufeff]", working)


@given(TEXTS | LINES)
def test_quotes_cut_through_the_map_are_the_original(text: str) -> None:
    result = normalised(text)
    for start in range(len(result.text)):
        span = result.source_span(start, start + 1)
        assert 0 <= span.start <= span.end <= len(text)
        assert result.quote(start, start + 1) == text[span.start : span.end]
        letter = result.text[start]
        if HAN.match(letter) and span.end - span.start == 1 and letter == text[span.start]:
            assert result.quote(start, start + 1) == letter


@given(TEXTS | LINES)
def test_the_map_is_monotone_and_covers_the_text(text: str) -> None:
    result = normalised(text)
    spans = [result.source_span(at, at + 1) for at in range(len(result.text))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
    places = [result.working_span(at, at + 1) for at in range(len(text))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(places))
    assert all(place.end <= len(result.text) for place in places)


@given(TEXTS | LINES)
@example("0\r来源:")
def test_no_han_character_disappears_without_a_record(text: str) -> None:
    result = normalised(text)
    kept = sum(result.text.count(letter) for letter in set(result.text) if HAN.match(letter))
    recorded = 0
    before = convert_characters(text)[0]
    for step in result.rewritings:
        for edit in step.edits:
            assert edit.rule
            recorded += len(HAN.findall(before[edit.start : edit.end])) - len(HAN.findall(edit.text))
        before = rewrite(before, step.edits).after
    assert len(before) == len(result.text)
    assert len(HAN.findall(convert_characters(text)[0])) == kept + recorded


@given(TEXTS)
@example("國" * 3 + "务" * 60)
def test_characters_keep_the_length(text: str) -> None:
    converted, script = convert_characters(text)
    assert len(converted) == len(text)
    assert convert_characters(converted)[0] == converted
    assert script in ("simplified", "traditional", "mixed")


@given(TEXTS)
def test_punctuation_keeps_the_length_and_settles(text: str) -> None:
    converted = convert_punctuation(text)
    assert len(converted) == len(text)
    assert convert_punctuation(converted) == converted


@given(TEXTS | LINES, st.data())
def test_bounds_of_many_stretches_are_those_of_each(text: str, data: st.DataObject) -> None:
    result = normalised(text)
    offsets = st.integers(0, len(result.text))
    spans = [(min(pair), max(pair)) for pair in data.draw(st.lists(st.tuples(offsets, offsets), max_size=8))]
    starts, ends = result.source_bounds({start for start, _ in spans}, {end for _, end in spans})
    for start, end in spans:
        each = result.source_span(start, end)
        if starts[start] < ends[end]:
            assert (starts[start], ends[end]) == each
        else:
            assert start == end or each.start == each.end
