"""The cases under tests/cases/normalise, the character tables beside OpenCC, the words of furniture.yaml, and the two documents of the corpus."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from opencc import OpenCC

from growth import assert_grows_linearly
from policykit.corpus import open_corpus
from policykit.dictionaries import packaged_dictionary
from policykit.errors import PolicykitError
from policykit.text.characters import convert_characters
from policykit.text.furniture import rule_of
from policykit.text.normalise import STEPS, NormalisedText, normalise
from policykit.text.source import source_from_text

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "normalise"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def normalised(text: str, **options: Any) -> NormalisedText:
    return normalise(source_from_text(text), **options)


def corpus_text(id: str) -> str:
    return open_corpus().document(id).path.read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize("case", cases())
def test_reads(case: dict[str, Any]) -> None:
    result = normalised(case["text"])
    assert result.text == case["reads"]
    assert normalised(result.text).text == result.text
    if "script" in case:
        assert result.script == case["script"]
    if "furniture" in case:
        assert [item.rule for item in result.furniture] == case["furniture"]


class TestCharacters:
    def test_the_tables_are_those_that_the_tool_makes(self) -> None:
        tool = ROOT / "tools" / "make_character_table.py"
        if not tool.exists():
            pytest.skip("the tools are in the repository only")
        subprocess.run([sys.executable, str(tool), "--check"], check=True)

    def test_every_character_becomes_what_opencc_makes_of_it(self) -> None:
        reviewed = packaged_dictionary("characters")
        ours = {pair[0] for pair in reviewed["variants"]} | set(reviewed["keep"])
        taiwan, hong_kong = OpenCC("tw2s").convert, OpenCC("hk2s").convert
        # 國 makes the text Traditional; a phrase cannot reach over the signs between the letters
        letters = [chr(code) for code in range(0x3400, 0xA000)]
        converted, script = convert_characters("國" * 60_000 + "、" + "、".join(letters))
        assert script == "traditional"
        for letter, result in zip(letters, converted[60_001::2], strict=True):
            assert letter in ours or result in (taiwan(letter), hong_kong(letter)), letter

    @pytest.mark.parametrize("id", ["2011-beijing", "2023-national"])
    @pytest.mark.parametrize("standard", ["tw2s", "hk2s"])
    def test_documents_become_what_opencc_makes_of_them(self, id: str, standard: str) -> None:
        text = corpus_text(id)
        ours, theirs = convert_characters(text)[0], OpenCC(standard).convert(text)
        assert len(ours) == len(theirs)
        differing = {(a, b) for a, b in zip(ours, theirs, strict=True) if a != b and a >= "\u4e00"}
        assert differing <= ({("着", "著")} if standard == "hk2s" else set())

    def test_the_corpus_comes_back_from_opencc_letter_for_letter(self) -> None:
        text = normalised(corpus_text("2023-national")).text
        for standard in ("s2t", "s2tw", "s2hk"):
            assert normalised(OpenCC(standard).convert(text)).text == text


class TestFurniture:
    @pytest.mark.parametrize(
        "example", packaged_dictionary("furniture")["examples"]["removed"], ids=lambda example: example["text"]
    )
    def test_lines_of_the_page(self, example: dict[str, str]) -> None:
        assert rule_of(example["text"]) == example["rule"]

    @pytest.mark.parametrize("line", packaged_dictionary("furniture")["examples"]["kept"])
    def test_lines_of_the_document(self, line: str) -> None:
        text = f"某市行动方案\n{line}\n一、总体要求\n坚持稳中求进。"
        assert line in normalised(text, keep=["punctuation", "spaces"]).text.split("\n")

    def test_it_says_where_it_stood_and_what_it_said(self) -> None:
        text = "﻿某市標準化綱要\n時間：2026-02-02　　來源：某市日報\n一、總體要求"
        (item,) = normalised(text).furniture
        assert (item.rule, str(item)) == ("page line", "时间：2026-02-02　　来源：某市日报")
        assert text[item.span.start : item.span.end] == "時間：2026-02-02　　來源：某市日報"

    def test_an_abridged_text_is_warned_of(self) -> None:
        assert normalised("某市方案\n（本文有删减）").warnings == ("the text is abridged: （本文有删减）",)

    def test_the_page_around_the_document_of_2011(self) -> None:
        result = normalised(corpus_text("2011-beijing"))
        assert result.text.startswith("北京市人民政府印发首都标准化战略纲要的通知\n各区、县人民政府")
        assert [item.rule for item in result.furniture] == ["breadcrumb", "page line", "footer"]
        assert "2011年09月15日" in str(result.furniture[1])
        assert "相关链" not in result.text


class TestSteps:
    TEXT = "来源：某市日报\n一、標準,資訊化 高品質發展\n支援3 300個(試點)項\n目，提升服務品質，做好資訊化與網路安全"

    @pytest.mark.parametrize("step", STEPS)
    def test_each_can_be_kept_from_running(self, step: str) -> None:
        signs = {
            "characters": "標準",
            "punctuation": "(试点)",
            "spaces": "3 300个",
            "furniture": "来源：某市日报",
            "lines": "项\n目",
            "wording": "资讯化",
        }
        everything = normalised(self.TEXT).text
        without = normalised(self.TEXT, keep=[step]).text
        if step == "lines":
            text = "包括绩效指标\n，以便监督。"
            assert normalised(text, keep=["lines"]).text == text != normalised(text).text
        else:
            assert signs[step] in without
            assert signs[step] not in everything

    def test_nothing_is_left_of_a_text_that_keeps_all_but_its_lines(self) -> None:
        assert normalised(self.TEXT, keep=STEPS).text == self.TEXT

    def test_an_unknown_step(self) -> None:
        with pytest.raises(PolicykitError, match="no step of normalisation is called joining"):
            normalised("文", keep=["joining"])


def test_spans_lead_back_and_forth() -> None:
    text = "１.\r\n\r\n提供約 3 300 公 頃 新 平 整 土 地 ， 不 少 於 1 300 公 頃\r\n，包括資訊化建設。"
    result = normalised(text)
    assert result.text == "1.提供约3300公顷新平整土地，不少于1300公顷，包括信息化建设。"
    for working, original in (
        ("3300公顷", "3 300 公 頃"),
        ("新平整", "新 平 整"),
        ("信息", "資訊"),
        ("1.提供", "１.\r\n\r\n提供"),
    ):
        start = result.text.index(working)
        end = start + len(working)
        assert result.quote(start, end) == original
        assert result.working_span(*result.source_span(start, end)) == (start, end)


HOSTILE = {
    "spaces": " ",
    "spaced letters": "字 ",
    "ideographic spaces": "字 　",
    "page feeds": "\x0c",
    "opened brackets": "（字",
    "closed brackets": "字)",
    "quotation marks": '"字',
    "groups of digits": "1,234",
    "digits set apart": "1 ",
    "addresses": "://a,",
    "bold signs": "**字",
    "ways to a page": "当前位置:>>>>>>",
    "buttons": "下载\n",
    "short lines": "字\n",
    "open lines": "“字字，\n",
    "lines of one width": "为规范和加强重点实验室的建设与管理，培育战略科技力量提\n",
    "mixed scripts": "國\n务\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_in_linear_time(name: str) -> None:
    assert_grows_linearly(lambda text: lambda: normalised(text), HOSTILE[name], 60_000)
