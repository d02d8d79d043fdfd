"""Whose words a document is written in, and which of them are led back to mainland ones."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policykit.errors import DictionaryError
from policykit.text.characters import convert_characters
from policykit.text.spans import rewrite
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


@given(st.lists(st.one_of(st.sampled_from([text for text, _ in EXAMPLES]), st.text(max_size=6)), max_size=12))
def test_edits_stand_in_order_and_once_is_enough(parts: list[str]) -> None:
    text = "国务院关于资讯化、网路、软体的意见。" + "".join(parts)
    result = wording_edits(text, "traditional")
    ends = [edit.end for edit in result.edits]
    assert all(edit.start < edit.end for edit in result.edits)
    assert all(edit.start >= end for edit, end in zip(result.edits[1:], ends, strict=False))
    after = rewrite(text, result.edits).after
    assert wording_edits(after, "simplified").edits == ()


@given(st.text())
def test_any_text_goes_through(text: str) -> None:
    result = wording_edits(text, "traditional")
    rewrite(text, result.edits)


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
    ],
)
def test_bad_entry_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(DictionaryError):
        entry_of(row, "wording/test.yaml")
