"""The built-in rules: each finds what it says it finds, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_grows_linearly
from policykit.analyses import as_loaded, load_analysis
from policykit.analysis import analyse
from policykit.check import Selection, check
from policykit.check.rule import Rule
from policykit.check.rules import MODULES, built_in_rules
from policykit.check.subject import Subject
from policykit.dictionaries import packaged_dictionary

FOLDER = Path(__file__).parent / "cases" / "check"
CASES = [
    pytest.param(rule, case, id=f"{rule.name}: {case['name']}")
    for rule in built_in_rules()
    for case in yaml.safe_load((FOLDER / f"{rule.name}.yaml").read_text(encoding="utf-8"))
]
RULES = [pytest.param(rule, id=rule.name) for rule in built_in_rules()]


def found_by(rule: Rule, text: str) -> list[Any]:
    return [
        finding
        for finding in check(text, selection=Selection(select=(rule.code,))).findings
        if finding.code == rule.code
    ]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_cases(rule: Rule, case: dict[str, Any]) -> None:
    found = [[finding.place and finding.place.line, finding.quote] for finding in found_by(rule, case["text"])]
    assert found == case["finds"]


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_of_a_rule(rule: Rule) -> None:
    assert found_by(rule, rule.bad)
    assert not found_by(rule, rule.good)


@pytest.mark.parametrize("rule", RULES)
def test_the_good_example_has_nothing_wrong_at_all(rule: Rule) -> None:
    assert not [finding for finding in check(rule.good).findings if finding.severity != "note"]


def test_codes_and_names_are_stable_and_told_apart() -> None:
    rules = built_in_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)
    assert [rule.name.replace("-", "_") for rule in rules] == list(MODULES)
    assert {rule.code: rule.name for rule in rules} == {
        "PK101": "target-without-deadline",
        "PK102": "target-without-indicator",
        "PK103": "target-contradiction",
        "PK104": "deadline-in-the-past",
        "PK201": "task-without-responsible",
        "PK202": "task-left-unassigned",
        "PK301": "numbering-gap",
        "PK302": "numbering-repeat",
        "PK303": "annex-missing",
        "PK304": "text-truncated",
        "PK305": "text-abridged",
        "PK401": "reference-never-in-full",
        "PK402": "reference-without-title",
        "PK501": "mixed-scripts",
        "PK502": "gateway-wording",
        "PK503": "conversion-damage",
        "PK504": "garbled-characters",
    }


def test_the_corpus_has_few_findings() -> None:
    found = {
        id: sorted({finding.code for finding in check(load_analysis(id)).findings})
        for id in ("2011-beijing", "2023-national")
    }
    # 全流程式控制制 stands in the national plan as its page gives it
    assert found == {"2011-beijing": [], "2023-national": ["PK502", "PK503"]}


@pytest.mark.parametrize("rule", RULES)
def test_a_place_is_what_it_quotes(rule: Rule) -> None:
    text = rule.bad
    for finding in found_by(rule, text):
        place = finding.place
        if place is None:
            continue
        lines = text.splitlines()
        assert text[place.start : place.end] == finding.quote
        assert place.column is not None
        assert lines[place.line - 1][place.column - 1 :].startswith((finding.quote or "").split("\n")[0])
        assert place.end_line is not None
        assert place.end_line >= place.line


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.values[0].needs_text])
def test_an_analysis_without_its_document_is_found_the_same(rule: Any) -> None:
    data = analyse(rule.bad).to_data()
    saved = check(data, selection=Selection(select=(rule.code,)))
    assert saved.findings
    assert [finding.fingerprint for finding in saved.findings] == [
        finding.fingerprint for finding in found_by(rule, rule.bad)
    ] or rule.code in (
        "PK501",  # says less of an analysis
        "PK502",
    )
    for finding in saved.findings:
        assert finding.place is None or finding.place.column is None


def test_rules_that_need_the_document_are_named() -> None:
    saved = check(analyse("某市方案\n一、任务\n（一）建设平台。建设平台。\n").to_data())
    assert saved.skipped == tuple(rule.code for rule in built_in_rules() if rule.needs_text)
    assert not check("某市方案\n一、任务\n（一）建设平台。建设平台。\n").skipped


def test_words_stand_once() -> None:
    for name, words in packaged_dictionary("check").items():
        assert len(words) == len(set(words)), name


@given(
    st.text(
        alphabet="一二三（）()1234.、，。；《》附件：见\n\ufffd建设平台到2027年目标30个%第章条&<p>? 國發〔2021〕号",
        max_size=200,
    )
)
def test_any_text_is_checked(text: str) -> None:
    selection = Selection(select=("all",))
    found = check(text, selection=selection)
    again = check(text, selection=selection)
    assert found.findings == again.findings
    assert len({finding.fingerprint for finding in found.findings}) == len(found.findings)
    for finding in found.findings:
        if finding.place is not None:
            assert 0 <= finding.place.start <= finding.place.end <= len(text)
            assert text[finding.place.start : finding.place.end] == finding.quote


@pytest.mark.parametrize(
    "unit",
    [
        "（一）",
        "一、\n",
        "附件：\n",
        "附件：1.表\n2.表\n",
        "《",
        "《意见》",
        "（",
        "国发〔2021〕",
        "&#",
        "<p ",
        "\ufffd",
        "\n第一条",
        "见附件1",
        "ÃÂ",
        "到2019年底前，",
        "建设30个试点。\n",
        "發发\n",
    ],
)
def test_hostile_text_is_checked_in_time(unit: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        loaded = as_loaded(f"某市方案\n一、任务\n（一）建设。{text}\n某市人民政府\n2023年9月14日\n")
        _ = loaded.normalised
        return lambda: _run_all(loaded)

    assert_grows_linearly(prepare, unit, 8_000)


def _run_all(loaded: Any) -> None:
    subject = Subject(loaded)
    for rule in built_in_rules():
        list(rule.find(subject))
