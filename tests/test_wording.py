"""Whose words a document is written in, and which of them are led back to mainland ones."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from policykit import analyse
from policykit.errors import DictionaryError
from policykit.resources import data_directory
from policykit.text.characters import convert_characters
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text
from policykit.text.spans import Span, rewrite
from policykit.text.wording import equivalent_words, reworded, wording_edits
from policykit.text.wording_entries import Entry, entries, entry_of

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases" / "wording").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
EXAMPLES = [
    (text, official)
    for entry in entries()
    for text, official in (entry.examples or {entry.word: entry.official or entry.word}).items()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_document(case: dict[str, Any]) -> None:
    text, script = convert_characters(case["text"])
    result = wording_edits(text, script)
    assert result.label == case["wording"]
    assert rewrite(text, result.edits).after == case.get("reads", text)


@pytest.mark.parametrize(("text", "official"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_example_of_the_dictionary(text: str, official: str) -> None:
    assert reworded(text) == official


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.word)
def test_entry_does_something_and_shows_it(entry: Entry) -> None:
    outcomes = {entry.official, *(context.official for context in entry.contexts)} - {None}
    assert outcomes and entry.word not in outcomes
    assert entry.examples or not entry.contexts or entry.where == "vocabulary" or entry.official
    if entry.examples and entry.official is None:
        assert any(text == official for text, official in entry.examples.items()), "no example of the word that stays"


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.word)
def test_entry_is_written_in_the_characters_of_the_working_text(entry: Entry) -> None:
    for written in (entry.word, *(context.phrase for context in entry.contexts)):
        assert convert_characters(f"國務{written}")[0] == f"国务{written}"


@given(st.lists(st.one_of(st.sampled_from([text for text, _ in EXAMPLES]), st.text(max_size=6)), max_size=12))
def test_edits_stand_in_order_and_once_is_enough(parts: list[str]) -> None:
    text = "国务院关于资讯化、网路、软体的意见。" + "".join(parts)
    result = wording_edits(text, "traditional")
    ends = [edit.end for edit in result.edits]
    assert all(edit.start < edit.end for edit in result.edits)
    assert all(edit.start >= end for edit, end in zip(result.edits[1:], ends, strict=False))
    after = rewrite(text, result.edits).after
    assert wording_edits(after, "simplified").edits == ()


@given(st.text(st.characters()))
def test_any_text_goes_through(text: str) -> None:
    result = wording_edits(text, "traditional")
    assert all(edit.start < edit.end <= len(text) for edit in result.edits)
    rewriting = rewrite(text, result.edits)
    assert rewriting.source_span(Span(0, len(rewriting.after))) == Span(0, len(text))


@pytest.mark.parametrize("text", ["资讯", "建立", "智慧", "高品质发展", "程式控制制"])
def test_hostile_repetition_is_linear(text: str) -> None:
    result = wording_edits(text * 20_000 + "国务院", "traditional")
    assert len(result.edits) <= 40_000


def test_halves_of_surrogate_pairs_go_through() -> None:
    result = wording_edits("国务院\ud800推进资讯化\udfff、网路化", "traditional")
    assert [(edit.start, edit.text) for edit in result.edits] == [(6, "信息"), (11, "网络")]


def test_evidence_counts_the_words_the_label_rests_on() -> None:
    result = wording_edits("国务院关于资讯化的意见。加快资讯化，提升治理水准。", "traditional")
    assert result.label == "taiwan-gateway"
    assert result.evidence == {"资讯": 2, "水准": 1, "国务院": 1}


def test_words_equal_on_both_sides() -> None:
    words = equivalent_words()
    assert "信息" in words["资讯"] and "资讯" in words["信息"]
    assert "可持续" in words["永续"]
    assert all(other in words and word in words[other] for word, others in words.items() for other in others)
    assert all(word not in others for word, others in words.items())


@pytest.mark.parametrize(
    "row",
    [
        {"official": "信息"},
        {"word": "资讯", "officially": "信息"},
        {"word": "资讯", "keep": ["新闻"]},
        {"word": "资讯", "keep": ["资讯"]},
        {"word": "管道", "telltale": ["融资管道"], "contexts": {"渠道": ["销售管道"]}},
    ],
)
def test_bad_entry_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(DictionaryError):
        entry_of(row, "wording/test.yaml")


def without_places(data: Any) -> Any:
    """An analysis without what stands in the source's own letters: spans, quotes, markers, and the source itself."""
    if isinstance(data, dict):
        return {
            key: without_places(value)
            for key, value in data.items()
            if key not in {"span", "quote", "marker", "source"}
        }
    return [without_places(item) for item in data] if isinstance(data, list) else data


@pytest.fixture(scope="module")
def official_texts() -> dict[str, str]:
    """Two documents of the corpus as the working text has them: Simplified, in mainland words."""
    paths = [data_directory() / "corpus" / f"{name}.txt" for name in ("2011-beijing", "2023-national")]
    return {path.stem: normalise(source_from_text(path.read_bytes().decode())).text for path in paths}


@pytest.mark.parametrize("way", ["s2t", "s2tw", "s2hk"])
def test_a_document_in_traditional_characters_gives_the_same_analysis(way: str, official_texts: dict[str, str]) -> None:
    convert = OpenCC(way).convert
    for name, text in official_texts.items():
        assert normalise(source_from_text(convert(text))).text == text, name
        assert without_places(analyse(convert(text)).to_data()) == without_places(analyse(text).to_data()), name


def test_a_document_in_a_gateways_words_gives_the_same_analysis(official_texts: dict[str, str]) -> None:
    convert = OpenCC("s2twp").convert
    same = total = 0
    for text in official_texts.values():
        before = without_places(analyse(text).to_data())
        after = without_places(analyse(convert(text)).to_data())
        for kind in ("outline", "tasks", "targets", "deadlines", "domains", "responsibilities", "references"):
            assert len(after[kind]) == len(before[kind])
            same += sum(one == other for one, other in zip(before[kind], after[kind], strict=True))
            total += len(before[kind])
    assert same / total >= 0.98, f"{total - same} of {total} findings differ"


def test_a_span_of_the_working_text_leads_back_to_the_gateways_words() -> None:
    source = "國務院關於工業和資訊化的意見。實現全流程式控制制,加大支援力度。"
    result = normalise(source_from_text(source))
    start = result.text.index("全流程控制")
    assert result.quote(start, start + 5) == "全流程式控制制"
    start = result.text.index("支持力度")
    assert result.quote(start, start + 4) == "支援力度"
    assert result.wording == "taiwan-gateway"
