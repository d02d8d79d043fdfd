"""Numbers, units and the quantities that a text holds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from growth import assert_grows_linearly
from policykit.dictionaries import packaged_dictionary
from policykit.extractors.quantities.candidates import find_candidates
from policykit.quantities.numerals import parse_fraction, parse_number
from policykit.quantities.units import alternatives, split_unit, unit_class, unit_classes

CASES = Path(__file__).parent / "cases" / "numerals"


def _cases(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize("case", _cases("numbers.yaml")["plain"], ids=lambda case: case["text"] or "empty")
def test_plain_numbers(case: dict[str, Any]) -> None:
    assert parse_number(case["text"]) == _decimal(case["value"])


@pytest.mark.parametrize("case", _cases("numbers.yaml")["shares"], ids=lambda case: case["text"])
def test_shares(case: dict[str, Any]) -> None:
    assert parse_fraction(case["text"]) == _decimal(case["value"])


@pytest.mark.parametrize("case", _cases("quantities.yaml"), ids=lambda case: case["text"])
def test_quantities_of_a_text(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [(text[c.start : c.end], c.value, c.value_max, c.unit, c.comparator) for c in find_candidates(text)]
    wanted = [
        (row["quote"], _decimal(row["value"]), _decimal(row.get("value_max")), row["unit"], row["comparator"])
        for row in case["found"]
    ]
    assert found == wanted


@pytest.mark.parametrize("example", packaged_dictionary("units")["examples"], ids=lambda example: example["text"])
def test_examples_of_the_units(example: dict[str, Any]) -> None:
    [candidate] = find_candidates(example["text"])
    assert (candidate.value, candidate.unit) == (_decimal(example["value"]), example["unit"])


@pytest.mark.parametrize("example", packaged_dictionary("comparators")["examples"], ids=lambda example: example["text"])
def test_examples_of_the_comparators(example: dict[str, Any]) -> None:
    [candidate] = find_candidates(example["text"])
    assert candidate.comparator == example["comparator"]


def test_values_carry_no_exponent() -> None:
    [candidate] = find_candidates("投资3.50万亿元")
    assert str(candidate.value) == "3500000000000"
    assert str(find_candidates("占0.60%")[0].value) == "0.6"


def test_a_unit_belongs_to_one_class() -> None:
    words = [
        word for name in ("measure_words", "physical", "latin") for word in packaged_dictionary("units")[name].split()
    ]
    words += [word for name in ("percentages", "money", "time") for word in packaged_dictionary("units")[name]]
    assert len(words) == len(set(words)), sorted(word for word in set(words) if words.count(word) > 1)
    assert set(words) == set(unit_classes())


def test_compound_units() -> None:
    assert split_unit("亿立方米/年") == (10**8, "立方米/年")
    assert split_unit("千瓦时") == (1, "千瓦时")
    assert unit_class("吨标准煤/万元") == "physical"


def test_alternatives_prefer_the_longest() -> None:
    import re

    words = ["个", "个月", "个百分点", "家", "家次"]
    pattern = re.compile(alternatives(words))
    for word in words:
        match = pattern.match(word + "的")
        assert match is not None and match.group() == word


@pytest.mark.parametrize(
    "unit", ["1", "1,234", "一", "百分之", "3—", "0.", "前", "第", "翻", "10 ", "万", "20000", "至", "不超过"]
)
def test_hostile_lines_are_read_in_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda text: lambda: find_candidates(text), unit, 40_000)
