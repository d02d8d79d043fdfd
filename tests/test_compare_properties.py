"""What holds for every comparison: nothing changed against itself, the mirror image the other way round, the schema, known edits."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from opencc import OpenCC

from policykit import open_corpus
from policykit.__main__ import main
from policykit.comparison import compare
from policykit.formats.json import write_json
from policykit.formats.schema import schema_text

MIRROR = {"added": "dropped", "dropped": "added", "split": "merged", "merged": "split"}

PLAN = """某市行动方案
一、主要目标
到2027年，制修订地方标准150项以上，建设试点30个左右。
二、主要任务
（一）完善城市应急标准体系。加快制定防灾减灾、应急救援、物资储备等领域标准。（市应急局牵头，市财政局配合）
（二）发展智慧社区。建设社区数据平台，完善养老、托育服务。（市民政局负责）
（三）优化营商环境。精简审批事项，推行一网通办。（市审批局负责）
"""


def seed(id: str) -> str:
    return open_corpus().document(id).path.read_text(encoding="utf-8")


@pytest.mark.parametrize("id", ["2011-beijing", "2023-national"])
def test_nothing_changes_against_itself(id: str) -> None:
    assert compare(seed(id), seed(id)).changes() == []


@pytest.mark.parametrize("way", ["s2t", "s2tw", "s2hk", "s2twp"])
def test_script_and_wording_are_no_changes(way: str) -> None:
    assert compare(PLAN, OpenCC(way).convert(PLAN)).changes() == []


def test_the_other_way_round_is_the_mirror_image() -> None:
    def tasks(old: str, new: str) -> list[Any]:
        return [row["change"] for row in compare(seed(old), seed(new))["tasks"]]

    there, back = tasks("2011-beijing", "2023-national"), tasks("2023-national", "2011-beijing")
    assert Counter(MIRROR.get(change, change) for change in there) == Counter(back)


def test_the_result_is_valid() -> None:
    result = compare(seed("2011-beijing"), seed("2023-national"))
    Draft202012Validator(json.loads(schema_text("comparison"))).validate(json.loads(write_json(dict(result))))


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("150项", "180项", ["target-raised"]),
        ("150项", "120项", ["target-lowered"]),
        ("30个左右", "不少于30个", ["target-tightened"]),
        ("（三）优化营商环境。精简审批事项，推行一网通办。（市审批局负责）\n", "", ["task-dropped"]),
        ("市民政局负责", "市大数据局负责", ["responsibility-lead-changed"]),
    ],
)
def test_an_edit_is_reported_as_what_it_is(before: str, after: str, changes: list[str]) -> None:
    assert before in PLAN
    found = compare(PLAN, PLAN.replace(before, after)).changes()
    assert set(changes) <= set(found), found


def test_exit_codes_are_those_of_diff(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def code(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["policykit", "compare", *arguments])
        try:
            return main()
        except SystemExit as leaving:
            return int(leaving.code or 0)

    assert code("2023-national", "2023-national") == 0
    assert code("2011-beijing", "2023-national") == 1
    assert code("2011-beijing", "2023-national", "--exit-zero") == 0
    assert code("2011-beijing", "no-such-document") == 2
    capsys.readouterr()
