"""`policykit compare` as it is used."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from jsonschema import Draft202012Validator
from rich.cells import cell_len

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
            (["--only", "tasks", "--fail-on", "target-lowered"], "only tasks are compared; add targets to --only"),
            (["--only", "tasks", "--fail-on", "task,deadline"], "deadline cannot be found where only tasks"),
            (["--only", "target"], "no section is called 'target'; there is targets"),
        ],
    )
    def test_what_does_not_exist_is_named(self, compare: Command, arguments: list[str], said: str) -> None:
        result = compare("old.txt", "new.txt", *arguments)
        assert (result.code, result.out) == (2, "")
        assert said in result.err
        assert result.err.count("\n") == 1

    def test_changes_that_a_setting_names_do_not_have_to_be_looked_for(
        self, compare: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POLICYKIT_COMPARE_FAIL_ON", "target-lowered")
        assert compare("old.txt", "new.txt").code == 1
        result = compare("old.txt", "new.txt", "--only", "tasks")
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith("format: policykit/comparison/1")


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

    def test_an_analysis_whose_entries_belong_to_each_other(self, compare: Command) -> None:
        assert run(["extract", "old.txt", "--output", "saved.json", "--format", "json"]) == 0
        data = json.loads(Path("saved.json").read_text(encoding="utf-8"))
        above, below = next(
            (one, row) for row in data["outline"] for one in data["outline"] if row["parent"] == one["id"]
        )
        above["parent"] = below["id"]
        Path("circle.json").write_text(json.dumps(data), encoding="utf-8")
        result = compare("circle.json", "old.txt")
        assert (result.code, result.out) == (2, "")
        assert f"outline entry {above['id']} stands before what it belongs to, {below['id']}" in result.err

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

    def test_csv_says_how_targets_are_meant_on_both_sides(self, compare: Command) -> None:
        Path("later.txt").write_text(
            CHANGED.replace("到2026年", "到2027年").replace("20个以上", "20个左右"), encoding="utf-8"
        )
        rows = list(csv.DictReader(io.StringIO(compare("old.txt", "later.txt", "--format", "csv").out)))
        row = next(row for row in rows if row["section"] == "targets" and row["what"] == "数据平台")
        assert row["change"] == "lowered; loosened; later"
        for name, sides in {
            "comparator": (">=", "~"),
            "value": ("30", "20"),
            "unit": ("个", "个"),
            "kind": ("count", "count"),
            "deadline": ("2026-12-31", "2027-12-31"),
        }.items():
            assert (row[f"old_{name}"], row[f"new_{name}"]) == sides, name
        moved = next(row for row in rows if row["section"] == "deadlines")
        assert (moved["old_deadline"], moved["new_deadline"]) == ("2026-12-31", "2027-12-31")
        assert moved["what"].startswith("到2027年，建设数据平台")

    def test_shares_differ_by_percentage_points(self, compare: Command) -> None:
        old = PLAN.replace("建设数据平台30个以上", "力争数据共享率达到60%")
        Path("share.txt").write_text(old, encoding="utf-8")
        Path("more.txt").write_text(old.replace("力争", "确保").replace("60%", "65%"), encoding="utf-8")
        chinese = compare("share.txt", "more.txt", "--format", "markdown").out
        assert "| 提高、收紧 | 数据共享率 | 60% (2026) | 65% (2026) | +5个百分点 力争 → 确保 |" in chinese
        assert "+5 percentage points" in compare("share.txt", "more.txt", "-f", "text", "--language", "en").out
        [row] = [
            row
            for row in csv.DictReader(io.StringIO(compare("share.txt", "more.txt", "--format", "csv").out))
            if row["change"] == "raised; tightened"
        ]
        assert (row["value"], row["percent"], row["points"]) == ("5", "", "5")

    def test_a_task_in_quite_other_words_is_called_continued_on_the_page(self, compare: Command) -> None:
        Path("other.txt").write_text(
            PLAN.replace(
                "编制开放目录，公布交通、水务、气象数据，举办应用大赛。",
                "推动公共数据授权运营，在交通、医疗领域编制开放目录清单，培育数据服务商，繁荣数据交易市场。",
            ),
            encoding="utf-8",
        )
        data = yaml.safe_load(compare("old.txt", "other.txt").out)
        row = next(row for row in data["tasks"] if row["change"] == "reworded")
        assert row["similarity"] < 0.6
        page = compare("old.txt", "other.txt", "--format", "markdown").out
        assert "| 任务 | 未变 2 延续 1 |" in page
        assert "## 任务（延续：同一事项，换了说法）" in page
        assert "| 延续 | 1.3：开放数据 | 1.3：开放数据 |" in page

    def test_of_documents_of_different_places_none_changed_the_other(self, compare: Command) -> None:
        for name, region in (("one", "浙江省"), ("two", "广东省")):
            text = PLAN.replace("临海市数据", f"{region}数据").replace("市", "省")
            Path(f"{name}.txt").write_text(text, encoding="utf-8")
        other = (
            Path("two.txt").read_text(encoding="utf-8").replace("30个", "20个").replace("接入单位120家", "接入学校90所")
        )
        Path("two.txt").write_text(other, encoding="utf-8")
        page = compare("one.txt", "two.txt", "--format", "markdown").out
        assert "- **浙江省**: 浙江省数据行动方案\n- **广东省**: 广东省数据行动方案" in page
        assert "## 异同一览（广东省相对于浙江省）" in page
        assert "| 异同 | 内容 | 浙江省 | 广东省 | 差异 |" in page
        table = page.partition("## 指标")[2]
        assert "| 更低 | 数据平台 | ≥30个 (2026) | ≥20个 (2026) | -33.3% |" in table
        # what both have stands before what one of them has
        assert table.index("更低") < table.index("仅浙江省") < table.index("仅广东省")
        assert not {"降低", "新增", "取消"} & set(re.findall("[\u4e00-\u9fff]+", page))
        # the data says what it always says
        data = json.loads(compare("one.txt", "two.txt", "--format", "json").out)
        assert (data["old"]["region"], data["summary"]["targets"]["lowered"]) == ("浙江省", 1)

    def test_deadlines_say_what_is_due_and_responsibilities_of_what(self, compare: Command) -> None:
        changed = PLAN.replace("到2026年", "到2027年").replace("市财政局配合", "市审计局配合")
        Path("changed.txt").write_text(changed, encoding="utf-8")
        page = compare("old.txt", "changed.txt", "--format", "markdown").out
        due = "| 推迟 | 到2026年 §1.1 | 到2027年 §1.1 | 到2027年，建设数据平台30个以上，接入单位120家。 | +365天 |"
        assert due in page
        assert "| 加入、退出 | 1.1：建设平台 | 市数据局 (市财政局) | 市数据局 (市审计局) |" in page

    def test_a_page_away_from_a_terminal_is_as_wide_as_columns_says(
        self, compare: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def widest() -> int:
            return max(map(cell_len, compare("2011-beijing", "2023-national", "--format", "text").out.splitlines()))

        monkeypatch.delenv("COLUMNS", raising=False)
        assert 120 < widest() <= 140
        monkeypatch.setenv("COLUMNS", "100")
        assert 90 < widest() <= 100

    def test_markdown_shows_what_changed(self, compare: Command) -> None:
        page = compare("old.txt", "new.txt", "--format", "markdown", "--language", "en").out
        assert page.startswith("# Comparison of policy documents\n")
        assert "| lowered | 数据平台 | ≥30个 (2026) | ≥20个 (2026) | -33.3% |" in page
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
        assert next(line for line in wide.splitlines() if "≥30个" in line and "≥20个" in line)
        _, narrow = shown_on_terminal("compare", "old.txt", "new.txt", "--language", "en", columns=40)
        assert not [line for line in narrow.splitlines() if "≥30个" in line and "≥20个" in line]
        assert "≥20个" in narrow

    def test_control_characters_of_a_document_do_not_reach_the_terminal(self, compare: Command) -> None:
        Path("bad.txt").write_text(PLAN.replace("培训人员", "培训\x1b[31m人员[bold]"), encoding="utf-8")
        _, shown = shown_on_terminal("compare", "old.txt", "bad.txt", columns=120)
        assert "\x1b[31m人员" not in shown

    def test_a_formula_in_a_heading_does_not_run_in_a_spreadsheet(self, compare: Command) -> None:
        Path("formula.txt").write_text(PLAN.replace("培训人员", "=SUM(A1)培训"), encoding="utf-8")
        out = compare("old.txt", "formula.txt", "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=") and cell != "="]

    def test_output_goes_to_a_file(self, compare: Command, tmp_path: Path) -> None:
        result = compare("old.txt", "new.txt", "--output", "changes.yaml")
        assert (result.code, result.out) == (1, "")
        assert (
            yaml.safe_load((tmp_path / "changes.yaml").read_text(encoding="utf-8"))["summary"]["tasks"]["dropped"] == 1
        )

    def test_the_same_bytes_each_time(self, compare: Command) -> None:
        assert compare("old.txt", "2023-national").out == compare("old.txt", "2023-national").out
