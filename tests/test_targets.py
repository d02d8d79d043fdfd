"""Which quantities are commitments, and what they say.

Each case is a text with all its targets (`targets`: quotes with the fields to compare) and, where it says so, the status of quantities that are
none (`rejected`). Every target that is found must be listed.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import policykit
from growth import assert_grows_linearly
from policykit.dictionaries import packaged_dictionary
from policykit.document.structure import read_document
from policykit.extractors import targets
from policykit.extractors.quantities import indicator, shape, tense
from policykit.extractors.quantities.candidates import find_candidates
from policykit.extractors.quantities.cues import cue_words
from policykit.extractors.quantities.tense import heading_tense
from policykit.extractors.targets import extract_quantities
from policykit.findings import Quantity
from policykit.quantities.numerals import NUMERAL_CHARACTERS
from policykit.quantities.units import unit_list
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "cases" / "targets").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]


def quantities_of(text: str) -> list[tuple[str, Quantity]]:
    """The quantities of a text with their words as written in it."""
    document = read_document(normalise(source_from_text(text)))
    return [(document.normalised.quote(q.start, q.end), q) for q in extract_quantities(document)]


@pytest.mark.parametrize("case", CASES)
def test_targets(case: dict[str, Any]) -> None:
    found = quantities_of(case["text"])
    targets = [(quote, quantity) for quote, quantity in found if quantity.status == "target"]
    assert [quote for quote, _ in targets] == [row["quote"] for row in case["targets"]], [
        (quote, quantity.rule) for quote, quantity in found
    ]
    for (quote, quantity), row in zip(targets, case["targets"], strict=True):
        for field in row.keys() - {"quote"}:
            got, wanted = getattr(quantity, field), row[field]
            if field in ("value", "value_max") and wanted is not None:
                wanted = Decimal(str(wanted))
            assert got == wanted, (quote, field)
    for wanted_quote, status in case.get("rejected", {}).items():
        assert status in [q.status for quote, q in found if quote == wanted_quote], [
            (quote, q.status, q.rule) for quote, q in found
        ]


@pytest.mark.parametrize(
    "example", packaged_dictionary("target_cues")["examples"], ids=lambda example: example["quote"]
)
def test_examples_of_the_cues(example: dict[str, str]) -> None:
    found = quantities_of(example["text"])
    assert (example["quote"], example["status"]) in [(quote, quantity.status) for quote, quantity in found]


def test_every_list_of_the_cues_is_used() -> None:
    import policykit.extractors.quantities as package

    code = "".join(path.read_text(encoding="utf-8") for path in Path(package.__path__[0]).glob("*.py"))
    unused = [name for name in packaged_dictionary("target_cues") if name != "examples" and name not in code]
    assert not unused


def test_headings_say_their_tense() -> None:
    examples = packaged_dictionary("tense_cues")["examples"]
    assert [heading_tense(heading) for heading in examples["past_headings"]] == ["past"] * len(
        examples["past_headings"]
    )
    assert [heading_tense(heading) for heading in examples["future_headings"]] == ["future"] * len(
        examples["future_headings"]
    )
    assert [heading_tense(heading) for heading in examples["open_headings"]] == [None] * len(examples["open_headings"])


def test_words_that_are_quantities_are_found() -> None:
    for entry in packaged_dictionary("quantity_words")["words"]:
        text = f"数量居全国{entry['word']}" if entry.get("kind") == "rank" else f"产业实现{entry['word']}"
        assert [text[c.start : c.end] for c in find_candidates(text)] == [entry["word"]]


@pytest.mark.parametrize("text", packaged_dictionary("quantity_words")["examples"]["yes"])
def test_words_that_are_targets(text: str) -> None:
    assert [q.status for _, q in quantities_of(text)] == ["target"]


@pytest.mark.parametrize("text", packaged_dictionary("quantity_words")["examples"]["no"])
def test_words_that_are_no_targets(text: str) -> None:
    assert "target" not in [q.status for _, q in quantities_of(text)]


def test_numbers_that_are_no_targets_are_there_for_the_asking() -> None:
    text = "到2027年，新建10个试点。审批时限3个月。"
    analysis = policykit.analyse(text)
    other = policykit.analyse(text)
    assert [q.status for q in analysis.quantities] == ["target", "time"]
    assert tuple(q for q in analysis.quantities if q.status == "target") == analysis.targets
    # whether they have been asked for makes no difference
    assert analysis == other
    assert analysis.to_data() == other.to_data()
    apart = " ".join("到二零二七年新建試點十個並提升服務質素" * 9)
    assert policykit.analyse(apart) == policykit.analyse(apart) != analysis


def test_quotes_stand_where_they_are_said_to() -> None:
    text = "到2027年,建設 3 000 個試點,\n其中省級試點不少於200個。"
    for quote, quantity in quantities_of(text):
        if quantity.status == "target":
            assert quote in text


@pytest.mark.parametrize(
    "unit",
    [
        "建设10个试点、",
        "增长5%，",
        "达到3%、",
        "由10个增加到",
        "（",
        "“10个",
        "《10个",
        "对10个",
        "的",
        "新增1万个甲和",
        "指标\n",
        "指标 2020年 2025年\n",
        "1\n指标\n2025年\n",
        "其中10个，",
    ],
)
def test_hostile_lines_are_read_in_linear_time(unit: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        document = read_document(normalise(source_from_text("到2027年，" + text)))
        return lambda: extract_quantities(document)

    assert_grows_linearly(prepare, unit)


def test_measure_words_behind_numerals_are_no_numerals() -> None:
    # the search for Chinese numerals looks at what stands behind their characters
    assert all(word.strip(NUMERAL_CHARACTERS) for word in unit_list("after_chinese_numerals"))


def test_rules_are_asked_wherever_their_words_stand() -> None:
    # a rule is not asked where the last character before the number cannot end its words
    assert {word[-1] for word in cue_words("set_words")} <= shape._SET_ENDS
    for words in ("第三批", "前", *cue_words("set_words")):
        assert shape._SET.search(words) and words[-1] in shape._SET_ENDS
    for words in ("3个", "十家", "8条", "百座", "千所", "5处", "多项", "余批", "一批", "若干", "多个", "一个"):
        assert shape._COUNTED_BEFORE.search(words) or shape._MANY.search(words)
        assert words[-1] in shape._MEASURES
    for words in cue_words("paragraphs_past|paragraphs_future"):
        assert tense._opening_tense(words, 0, len(words), None) is not None
    for opening in ("各位代表，", "同志们！", "一是", "——", "（二）", "(3)", "四、", "5. ", "•", " "):
        assert tense._OPENING.match(opening).end() and opening[0] in tense._OPENING_STARTS
    for words in ("（约束性）", "(预期性)", "，约束性", "约束性", "预期性"):
        assert targets._BINDING.match(words) and words[0] in targets._BINDING_STARTS
    for words in (*cue_words("trailing|rank_verbs|rank_scopes"), *"会可共均约要应更则中", "居全国前列"):
        assert words[-1] in indicator._trailing_ends()


def test_words_before_a_number_can_be_read_in_one_way_only() -> None:
    # 将会 is a word and two: so many of them could be read in more ways than there is time for
    for words in ("将会", "居", "排名", "持续保持"):
        found = policykit.analyse(f"到2027年，教学质量{words * 2000}达到85%。").targets
        assert [target.value for target in found] == [85], words
