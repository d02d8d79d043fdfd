"""`policykit compare` as it is used."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from jsonschema import Draft202012Validator

from policykit.cli.app import run
from policykit.formats.schema import schema
from terminal import shown_on_terminal

PLAN = """临海市数据行动方案
一、主要任务
（一）建设平台。到2026年，建设数据平台30个以上，接入单位120家。（市数据局牵头，市财政局配合）
（二）培训人员。举办数据培训班，培训数据员，编写操作手册。
（三）开放数据。编制开放目录，公布交通、水务、气象数据，举办应用大赛。
"""
CHANGED = (
    PLAN.replace("30个以上", "20个以上")
    .replace("（二）培训人员。举办数据培训班，培训数据员，编写操作手册。\n", "")
    .replace("（三）", "（二）")
)


class Result(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def compare(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs `policykit compare` in a folder with old.txt and new.txt."""
    (tmp_path / "old.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "new.txt").write_text(CHANGED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        code = run(["compare", *arguments])
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


class TestExitCodes:
    def test_they_are_those_of_diff(self, compare: Command) -> None:
        assert compare("old.txt", "old.txt").code == 0
        assert compare("old.txt", "new.txt").code == 1
        assert compare("old.txt", "none.txt").code == 2

    def test_exit_zero(self, compare: Command) -> None:
        assert compare("old.txt", "new.txt", "--exit-zero").code == 0

    @pytest.mark.parametrize(
        ("names", "code"),
        [
            ("target-lowered", 1),
            ("target-raised", 0),
            ("deadline-later,task-dropped", 1),
            ("deadline-later,deadline-earlier", 0),
            ("task", 1),
            ("reference", 0),
        ],
    )
    def test_fail_on_makes_it_depend_on_the_changes_named(self, compare: Command, names: str, code: int) -> None:
        assert compare("old.txt", "new.txt", "--fail-on", names).code == code

    def test_only_what_is_asked_for_counts(self, compare: Command) -> None:
        assert compare("old.txt", "new.txt", "--only", "deadlines").code == 0
        assert compare("old.txt", "new.txt", "--only", "deadlines,tasks").code == 1

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--fail-on", "target-lowerd"], "no change is called 'target-lowerd'; there is target-lowered"),
            (["--only", "target"], "no section is called 'target'; there is targets"),
        ],
    )
    def test_what_does_not_exist_is_named(self, compare: Command, arguments: list[str], said: str) -> None:
        result = compare("old.txt", "new.txt", *arguments)
        assert (result.code, result.out) == (2, "")
        assert said in result.err
        assert result.err.count("\n") == 1


class TestInputs:
    def test_a_corpus_id_with_a_saved_analysis(
        self, compare: Command, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        assert run(["extract", "2023-national", "--output", "saved.json", "--format", "json"]) == 0
        assert compare("2023-national", "saved.json").code == 0

    def test_standard_input_stands_for_one_of_them(self, compare: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PLAN.encode("utf-8"))))
        assert compare("-", "old.txt").code == 0

    def test_standard_input_cannot_stand_for_both(self, compare: Command) -> None:
        result = compare("-", "-")
        assert result.code == 2
        assert result.err == "policykit: standard input: both documents cannot come from it; name a file for one\n"

    def test_a_file_with_several_analyses(self, compare: Command, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        assert run(["extract", "old.txt", "new.txt", "--output", "both.jsonl", "--format", "jsonl"]) == 0
        result = compare("both.jsonl", "old.txt")
        assert (result.code, result.out) == (2, "")
        assert "both.jsonl: 2 documents where one is wanted" in result.err

    def test_data_that_is_no_analysis(self, compare: Command) -> None:
        Path("other.yaml").write_text("name: something else\n", encoding="utf-8")
        Path("broken.json").write_text('{"format": "policykit/analysis/1",\n "tasks": [}', encoding="utf-8")
        Path("old.yaml").write_text("format: policykit/analysis/7\n", encoding="utf-8")
        assert "other.yaml: not an analysis" in compare("other.yaml", "old.txt").err
        assert "broken.json:2: not valid JSON" in compare("broken.json", "old.txt").err
        assert "of the format policykit/analysis/7, not policykit/analysis/1" in compare("old.yaml", "old.txt").err

    def test_an_analysis_that_somebody_spoilt(
        self, compare: Command, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        assert run(["extract", "old.txt", "--output", "a.json", "--format", "json"]) == 0
        data = json.loads(Path("a.json").read_text(encoding="utf-8"))
        del data["targets"][0]["unit"]
        Path("a.json").write_text(json.dumps(data), encoding="utf-8")
        assert "a.json: not a whole analysis: targets[0] has no unit" in compare("a.json", "old.txt").err


class TestFormats:
    def test_yaml_is_the_default_away_from_a_terminal(self, compare: Command) -> None:
        data = yaml.safe_load(compare("old.txt", "new.txt").out)
        assert data["format"] == "policykit/comparison/1"
        assert data["summary"]["targets"]["lowered"] == 1
        assert [row["change"] for row in data["tasks"]] == ["same", "dropped", "renumbered"]

    def test_json_is_valid(self, compare: Command) -> None:
        data = json.loads(compare("old.txt", "new.txt", "--format", "json").out)
        Draft202012Validator(schema("comparison")).validate(data)

    def test_csv_has_a_row_for_each_row(self, compare: Command) -> None:
        data = yaml.safe_load(compare("old.txt", "new.txt").out)
        rows = list(csv.DictReader(io.StringIO(compare("old.txt", "new.txt", "--format", "csv").out)))
        assert len(rows) == sum(len(data[section]) for section in data["summary"])
        lowered = next(row for row in rows if row["change"] == "lowered")
        assert (lowered["what"], lowered["old"], lowered["new"], lowered["value"]) == (
            "数据平台",
            "30个",
            "20个",
            "-10",
        )

    def test_markdown_shows_what_changed(self, compare: Command) -> None:
        page = compare("old.txt", "new.txt", "--format", "markdown", "--language", "en").out
        assert page.startswith("# Comparison of policy documents\n")
        assert "| lowered | 数据平台 | &gt;= 30个 (2026-12-31) | &gt;= 20个 (2026-12-31) | -33.3% |" in page
        assert "| dropped | 2：培训人员 |" in page.replace("1.2：", "2：")
        assert "unchanged 1 lowered 1" in page

    def test_chinese_labels(self, compare: Command) -> None:
        page = compare("old.txt", "new.txt", "--format", "text").out
        assert "政策文件比较" in page
        assert "降低" in page
        assert "\x1b" not in page

    def test_a_terminal_shows_both_side_by_side_or_below_each_other(self, compare: Command) -> None:
        code, wide = shown_on_terminal("compare", "old.txt", "new.txt", "--language", "en", columns=130)
        assert code == 1
        assert next(line for line in wide.splitlines() if ">= 30个" in line and ">= 20个" in line)
        _, narrow = shown_on_terminal("compare", "old.txt", "new.txt", "--language", "en", columns=60)
        assert not [line for line in narrow.splitlines() if ">= 30个" in line and ">= 20个" in line]
        assert ">= 20个" in narrow

    def test_control_characters_of_a_document_do_not_reach_the_terminal(self, compare: Command) -> None:
        Path("bad.txt").write_text(PLAN.replace("培训人员", "培训\x1b[31m人员[bold]"), encoding="utf-8")
        _, shown = shown_on_terminal("compare", "old.txt", "bad.txt", columns=120)
        assert "\x1b[31m人员" not in shown

    def test_a_formula_in_a_heading_does_not_run_in_a_spreadsheet(self, compare: Command) -> None:
        Path("formula.txt").write_text(PLAN.replace("培训人员", "=SUM(A1)培训"), encoding="utf-8")
        out = compare("old.txt", "formula.txt", "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=")]

    def test_output_goes_to_a_file(self, compare: Command, tmp_path: Path) -> None:
        result = compare("old.txt", "new.txt", "--output", "changes.yaml")
        assert (result.code, result.out) == (1, "")
        assert (
            yaml.safe_load((tmp_path / "changes.yaml").read_text(encoding="utf-8"))["summary"]["tasks"]["dropped"] == 1
        )

    def test_the_same_bytes_each_time(self, compare: Command) -> None:
        assert compare("old.txt", "2023-national").out == compare("old.txt", "2023-national").out
