"""Known edits made to documents are reported as what they are, and nothing else is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: further annotated documents, which are not part of the repository
FURTHER = Path(os.environ.get("FURTHER_GOLD", "none")) / "dev"

sys.path.insert(0, str(ROOT))
from benchmarks.compare_edits import documents, figures  # noqa: E402
from benchmarks.edits import KINDS, Outcome, run  # noqa: E402
from benchmarks.edits.document import numeral, renumbered  # noqa: E402


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return run(documents(None))


def test_precision_and_recall(outcomes: list[Outcome]) -> None:
    precision, recall = figures(outcomes)
    assert (precision >= 0.97, recall >= 0.97) == (True, True), (precision, recall, wrong(outcomes))


def test_there_are_many_kinds_of_edits(outcomes: list[Outcome]) -> None:
    kinds = {outcome.edit.kind for outcome in outcomes}
    assert kinds == set(KINDS)
    assert len(kinds) >= 20
    assert len(outcomes) >= 200


@pytest.mark.parametrize("kind", KINDS)
def test_most_edits_of_each_kind_come_out_just_right(kind: str, outcomes: list[Outcome]) -> None:
    found = [outcome for outcome in outcomes if outcome.edit.kind == kind]
    bad = [outcome for outcome in found if outcome.missed or outcome.wrong]
    assert len(bad) <= len(found) / 5, wrong(bad)


def test_edits_that_change_nothing(outcomes: list[Outcome]) -> None:
    """Scripts, wordings, layout and other scales of the same quantity never show."""
    for outcome in outcomes:
        if outcome.edit.kind in (
            "script converted",
            "wording converted",
            "layout changed",
            "other scale",
            "nothing changed",
        ):
            assert not outcome.wrong, (outcome.document, outcome.edit.kind, outcome.wrong)


@pytest.mark.slow
@pytest.mark.skipif(not FURTHER.is_dir(), reason="the other annotated documents are not here")
def test_precision_and_recall_over_all_annotated_documents() -> None:
    outcomes = run(documents(str(FURTHER)))
    precision, recall = figures(outcomes)
    assert (precision >= 0.97, recall >= 0.97) == (True, True), (precision, recall, wrong(outcomes))


def wrong(outcomes: list[Outcome]) -> list[tuple[str, str, list[tuple[object, ...]], list[tuple[object, ...]]]]:
    return [
        (outcome.document, outcome.edit.kind, sorted(outcome.missed), sorted(outcome.wrong))
        for outcome in outcomes
        if outcome.missed or outcome.wrong
    ]


def test_numerals_and_markers() -> None:
    assert [numeral(number) for number in (1, 10, 14, 20, 35, 100, 110, 118, 120)] == [
        "一", "十", "十四", "二十", "三十五", "一百", "一百一十", "一百一十八", "一百二十",
    ]  # fmt: skip
    assert [renumbered(marker, 12) for marker in ("（三）", "3.", "第四条", "一、")] == [
        "（十二）",
        "12.",
        "第十二条",
        "十二、",
    ]
