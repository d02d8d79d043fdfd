"""Cases of who is to do it, in tests/cases/responsibilities and in the dictionary of bodies."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from policykit import analyse
from policykit.analysis import Analysis
from policykit.dictionaries import packaged_dictionary

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases" / "responsibilities").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def rows_of(analysis: Analysis) -> list[dict[str, Any]]:
    return [
        {
            "lead": list(row.lead),
            "support": list(row.support),
            "quote": analysis.normalised.quote(row.start, row.end),
        }
        for row in analysis.responsibilities
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_case(case: dict[str, Any]) -> None:
    found = rows_of(analyse(case["text"]))
    wanted = case["rows"]
    assert [{key: row[key] for key in want} for row, want in zip(found, wanted, strict=True)] == wanted


@pytest.mark.parametrize("example", packaged_dictionary("bodies")["examples"], ids=lambda example: example["text"][:24])
def test_dictionary_example(example: dict[str, Any]) -> None:
    found = analyse(example["text"]).responsibilities
    if example.get("none"):
        assert found == ()
    else:
        assert [(list(row.lead), list(row.support)) for row in found] == [(example["lead"], example["support"])]


def test_a_law_assigns_nothing() -> None:
    law = "".join(f"第{n}条 省商务厅会同有关部门负责监督。\n" for n in "一二三四五六")
    assert analyse(law).responsibilities == ()


@pytest.mark.parametrize(
    "hostile", ["（" * 20000, "（财政部、" * 8000, "财政部、" * 20000 + "会同", "由" * 30000 + "牵头"]
)
def test_hostile_text_is_read_in_linear_time(hostile: str) -> None:
    analyse(hostile)
