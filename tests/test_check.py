"""`policykit check` as people and pipelines use it."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from jsonschema import Draft4Validator, Draft202012Validator

import policykit
from policykit.check.output import FORMATS
from policykit.check.output.cells import fitting, fitting_behind, width
from policykit.check.output.sarif import uri_of
from policykit.cli.app import run
from policykit.formats.schema import schema
from terminal import shown_on_terminal

TEXT = "某市行动方案\n一、主要任务\n（一）发展夜间经济。打造30条夜间消费街区。\n（三）培育企业。培育龙头企业。\n"
CLEAN = (
    "某市行动方案\n一、主要任务\n（一）发展夜间经济。到2027年，打造30条夜间消费街区。\n（二）培育企业。培育龙头企业。\n"
)
SARIF = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
HOSTILE = "某市行动方案\n一、主要任务\n（一）建设\x1b[31m平台\x07。打造\x1b]0;x\x0730条街区。\n"


class Result(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs `policykit check` in this process, in an empty folder with a.txt (two findings) and clean.txt (none)."""
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    Path(".git").mkdir()
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("clean.txt").write_text(CLEAN, encoding="utf-8")

    def call(*arguments: str | Path) -> Result:
        code = run(["check", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


def process(*arguments: str | Path, input: bytes | None = None, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "policykit", *map(str, arguments)], input=input, capture_output=True, check=False, **more
    )


def codes(command: Command, *arguments: str | Path) -> list[str]:
    """The codes (for own rules and changes: the names) of what is found."""
    found = json.loads(command(*arguments, "-f", "json").out)["findings"]
    return [row["code"] if row["code"] < "PK6" else row["name"] for row in found]


class TestReadable:
    def test_a_finding_has_its_line_and_a_mark_under_wide_characters(self, command: Command) -> None:
        code, out, err = command("a.txt")
        assert (code, err) == (1, "")
        assert out.splitlines() == [
            "a.txt:3:13: warning PK101 target-without-deadline: no date by which the target is to be reached: 夜间消费街区 30条",
            " 3 | （一）发展夜间经济。打造30条夜间消费街区。",
            "   |" + " " * 25 + "^^^^",
            "a.txt:4:1: warning PK301 numbering-gap: （三） follows （一） (line 3): 2 is missing",
            " 4 | （三）培育企业。培育龙头企业。",
            "   | ^^^^^^^^^^^^^^",
            "2 warnings in 1 document",
        ]

    def test_a_clean_document(self, command: Command) -> None:
        assert command("clean.txt") == (0, "nothing found in 1 document\n", "")
        assert command("clean.txt", "--quiet") == (0, "", "")

    def test_notes_do_not_fail(self, command: Command) -> None:
        code, out, _ = command("a.txt", "--severity", "PK1=note,PK301=note")
        assert (code, out.splitlines()[-1]) == (0, "2 notes in 1 document")

    def test_a_mark_stands_under_the_place_whatever_the_width(self, command: Command) -> None:
        Path("long.txt").write_text(
            f"某市方案\n一、任务\n（一）建设。{'统筹推进，' * 60}打造30条街区，{'形成合力，' * 60}完成。\n",
            encoding="utf-8",
        )
        lines = command("long.txt").out.splitlines()
        excerpt, mark = lines[1], lines[2]
        assert excerpt.startswith(" 3 | …")
        assert excerpt.endswith("…")
        assert width(excerpt) <= 100
        start = width(mark[: mark.index("^")])
        assert excerpt[fitting(excerpt, start) :].startswith("30条")

    def test_control_characters_of_documents_stay_harmless(self, command: Command) -> None:
        Path("hostile.txt").write_bytes(HOSTILE.encode())
        for format in FORMATS:
            out = command("hostile.txt", "--select", "all", "-f", format).out
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out), format
        code, shown = shown_on_terminal("check", "hostile.txt")
        assert code == 1
        assert "\\x1b[31m" in shown
        assert not re.search("\x1b(?!\\[[0-9;]*m)|\x07", shown)
        assert "\x1b[33;1mwarning\x1b[0m" in shown

    @pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
    def test_no_colour_where_nobody_wants_it(
        self, command: Command, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        if name == "TERM":
            script = "import sys; from policykit.cli.console import wants_colour; print(wants_colour(sys.stdout))"
            assert process_output(script, TERM="dumb") == "False\n"
            return
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in shown_on_terminal("check", "a.txt")[1]

    @pytest.mark.parametrize("columns", [10, 30, 80])
    def test_a_narrow_terminal(self, command: Command, columns: int) -> None:
        code, shown = shown_on_terminal("check", "a.txt", columns=columns)
        plain = re.sub("\x1b\\[[0-9;]*m", "", shown).splitlines()
        excerpts = [line for line in plain if re.match(r" \d? *\| ", line)]
        assert code == 1
        assert len(excerpts) == 4
        assert all(width(line) <= max(columns, 24) for line in excerpts)
        mark = excerpts[1]
        assert excerpts[0][fitting(excerpts[0], mark.index("^")) :].startswith("30")

    def test_an_eight_bit_locale(self, command: Command) -> None:
        result = process("check", "a.txt", env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"})
        assert result.returncode == 1
        assert "夜间消费街区".encode() in result.stdout

    def test_words_of_an_eight_bit_command_line(self, command: Command) -> None:
        Path(".policykit.yaml").write_text("forbid: {terms: [夜间, 龙头]}\n", encoding="utf-8")
        environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        result = process(
            "check", "a.txt", "--select", "none", "--ignore", "forbid-夜间", "-f", "jsonl", env=environment
        )
        assert [json.loads(line).get("name") for line in result.stdout.splitlines()[:-2]] == ["forbid-龙头"]


def process_output(script: str, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **environment}, capture_output=True, check=True, text=True
    )
    return result.stdout


class TestSelection:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ([], ["PK101", "PK301"]),
            (["--select", "PK3"], ["PK301"]),
            (["--select", "numbering-gap"], ["PK301"]),
            (["--select", "pk101, PK301"], ["PK101", "PK301"]),
            (["--select", "PK101", "--select", "PK201"], ["PK201", "PK101", "PK201"]),
            (["--select", "default,PK201"], ["PK201", "PK101", "PK201", "PK301"]),
            (["--select", "all"], ["PK201", "PK101", "PK201", "PK301"]),
            (["--select", "none"], []),
            (["--ignore", "PK1"], ["PK301"]),
            (["--ignore", "target-without-deadline,PK301"], []),
        ],
    )
    def test_rules_are_chosen(self, command: Command, arguments: list[str], expected: list[str]) -> None:
        assert sorted(codes(command, "a.txt", *arguments)) == sorted(expected)

    @pytest.mark.parametrize(
        ("fail_on", "code"),
        [
            ("warning", 1),
            ("error", 0),
            ("note", 1),
            ("never", 0),
            ("PK301", 1),
            ("numbering-repeat", 0),
            ("PK2,numbering-gap", 1),
            ("task-dropped", 0),
        ],
    )
    def test_what_fails(self, command: Command, fail_on: str, code: int) -> None:
        assert command("a.txt", "--fail-on", fail_on).code == code

    def test_severities(self, command: Command) -> None:
        out = command(
            "a.txt", "--severity", "PK1=note", "--severity", "PK101=error,numbering-gap=note", "-f", "jsonl"
        ).out
        rows = [json.loads(line) for line in out.splitlines()]
        assert [row["severity"] for row in rows if row["kind"] == "finding"] == ["error", "note"]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--select", "PK999"], "PK999: no such rule"),
            (["--ignore", "numbering-gaps"], "numbering-gaps: no such rule; did you mean numbering-gap"),
            (["--fail-on", "target-lowerd"], "target-lowerd: no such rule; did you mean target-lowered"),
            (["--fail-on", "fatal"], "fatal: no such rule"),
            (["--severity", "PK101=bad"], "PK101=bad gives no severity; write CODE=error"),
            (["--severity", "PK900=error"], "PK900: no such rule"),
            (["--explain", "nonsense"], "nonsense: no such rule"),
            (["--update-baseline"], "--update-baseline: no baseline is named"),
        ],
    )
    def test_a_slip_is_said_in_one_line(self, command: Command, arguments: list[str], message: str) -> None:
        code, out, err = command("a.txt", *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"policykit: {message}")

    def test_without_a_document(self, command: Command) -> None:
        code, out, err = command()
        assert (code, out, err.count("\n")) == (2, "", 1)

    def test_the_environment_gives_options(self, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("POLICYKIT_CHECK_SELECT", "PK301")
        monkeypatch.setenv("POLICYKIT_CHECK_FAIL_ON", "never")
        monkeypatch.setenv("POLICYKIT_CHECK_FORMAT", "csv")
        code, out, _ = command("a.txt")
        assert code == 0
        assert [row["code"] for row in csv.DictReader(out.splitlines())] == ["PK301"]


class TestExplain:
    @pytest.mark.parametrize("word", ["PK301", "pk301", "numbering-gap"])
    def test_a_rule(self, command: Command, word: str) -> None:
        code, out, _ = command("--explain", word)
        assert code == 0
        assert out.startswith("PK301 numbering-gap (warning)\n")
        assert "Found in:\n    某市行动方案\n" in out

    def test_every_rule_and_kind_is_explained(self, command: Command) -> None:
        listed = [json.loads(line) for line in command("--list", "-f", "jsonl").out.splitlines()]
        assert len(listed) == 26
        for row in listed:
            code, out, _ = command("--explain", row["code"])
            assert code == 0
            assert out.startswith(row["code"])

    def test_a_change(self, command: Command) -> None:
        assert "target-lowered" in command("--explain", "target-lowered").out

    def test_the_list(self, command: Command) -> None:
        Path(".policykit.yaml").write_text("forbid: {terms: [一刀切]}\n", encoding="utf-8")
        code, out, _ = command("--list")
        assert code == 0
        assert re.search(r"^PK201  task-without-responsible +warning  off  ", out, re.MULTILINE)
        assert "PK603  forbid-一刀切" in out
        assert "(.policykit.yaml:1)" in out


class TestFailures:
    @pytest.mark.parametrize("format", FORMATS)
    def test_what_cannot_be_read_is_never_without_findings(self, command: Command, format: str) -> None:
        Path("page.txt").write_text("404 Not Found\n")
        code, out, err = command("clean.txt", "none.txt", "page.txt", "-f", format)
        assert code == 3
        assert err.count("\n") == 2
        assert "none.txt" in out or format == "readable"
        assert "page.txt" in out or format == "readable"
        code, out, _ = command("none.txt", "-f", format)
        assert code == 2
        assert "none.txt" in out or out == "nothing was checked: 1 input could not be read\n"

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "404 Not Found\n",
            "[]",
            "{}",
            '{"format": "policykit/analysis/1"}',
            "format: policykit/analysis/1\nsource: [",
            "<html><body>某市</body></html>",
        ],
    )
    def test_standard_input_that_is_no_document(self, content: str) -> None:
        result = process("check", "-", input=content.encode())
        assert result.returncode == 2
        assert result.stderr.count(b"\n") == 1
        assert b"nothing found" not in result.stdout

    def test_a_file_of_no_analyses(self, command: Command) -> None:
        Path("none.json").write_text("[]")
        assert command("none.json").code == 2

    def test_a_broken_line_among_analyses(self, command: Command) -> None:
        line = policykit.write_json_line(policykit.analyse(CLEAN, id="x").to_data())
        Path("some.jsonl").write_text(f"{line}\n{line[:-40]}\n", encoding="utf-8")
        code, out, _ = command("some.jsonl")
        assert code == 3
        assert out == "nothing found in 1 document; 1 input could not be read\n"

    def test_a_failure_counts_more_than_findings(self, command: Command) -> None:
        assert command("a.txt", "none.txt").code == 3
        assert command("a.txt", "none.txt", "--fail-on", "never").code == 3

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    @pytest.mark.parametrize("format", FORMATS)
    def test_a_full_disk(self, command: Command, format: str) -> None:
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                [sys.executable, "-m", "policykit", "check", "a.txt", "-f", format],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)

    def test_a_closed_pipe_ends_in_silence(self, command: Command) -> None:
        Path("many.txt").write_text("某市方案\n一、任务\n" + "（一）建设。打造30条街区。\n" * 3000, encoding="utf-8")
        result = subprocess.run(
            f"{sys.executable} -m policykit check many.txt | head -1", shell=True, capture_output=True, check=False
        )
        assert (result.returncode, result.stderr) == (0, b"")
        assert result.stdout.count(b"\n") == 1

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_is_read_only(self, command: Command) -> None:
        Path("locked").mkdir(mode=0o555)
        for arguments in (["-o", "locked/x.json"], ["--baseline", "locked/b.json", "--update-baseline"]):
            code, _, err = command("a.txt", *arguments)
            assert (code, err.count("\n")) == (2, 1)

    def test_a_document_is_never_overwritten(self, command: Command) -> None:
        for arguments in (["-o", "a.txt"], ["--baseline", "a.txt", "--update-baseline"]):
            code, out, err = command("a.txt", *arguments)
            assert (code, out, err) == (
                2,
                "",
                "policykit: a.txt: is one of the documents to read; name another output\n",
            )
        assert Path("a.txt").read_text(encoding="utf-8") == TEXT

    def test_a_place_that_is_a_folder(self, command: Command) -> None:
        Path("out").mkdir()
        for arguments in (["-o", "out"], ["--baseline", "out", "--update-baseline"], ["--baseline", "out"]):
            code, _, err = command("a.txt", *arguments)
            assert (code, err.count("\n")) == (2, 1)


class TestAnalyses:
    def test_what_extract_saved_is_checked_as_the_document(self, command: Command) -> None:
        assert run(["extract", "a.txt", "-o", "a.yaml"]) == 0
        of_text, of_analysis = command("a.txt"), command("a.yaml")
        assert of_text == of_analysis

    def test_a_pipe_from_extract(self, command: Command) -> None:
        analysis = process("extract", "-", "-f", "jsonl", input=TEXT.encode()).stdout
        result = process("check", "-", "-f", "json", input=analysis)
        data = json.loads(result.stdout)
        assert result.returncode == 1
        assert [row["code"] for row in data["findings"]] == ["PK101", "PK301"]
        assert [row["place"]["line"] for row in data["findings"]] == [3, 4]
        assert "PK304" in data["documents"][0]["skipped"]
        assert b"these rules did not run: PK104" in result.stderr
        of_text = json.loads(process("check", "-", "-f", "json", input=TEXT.encode()).stdout)
        assert [row["fingerprint"] for row in of_text["findings"]] == [row["fingerprint"] for row in data["findings"]]

    def test_a_document_that_changed_is_not_taken_for_that_of_the_analysis(self, command: Command) -> None:
        assert run(["extract", "a.txt", "-o", "a.yaml"]) == 0
        Path("a.txt").write_text("某市通知\n", encoding="utf-8")
        found = json.loads(command("a.yaml", "-f", "json").out)
        assert found["documents"][0]["skipped"]
        assert [row["code"] for row in found["findings"]] == ["PK101", "PK301"]

    def test_several_analyses_in_a_file(self, command: Command) -> None:
        assert run(["extract", "a.txt", "clean.txt", "-o", "all.jsonl", "-f", "jsonl"]) == 0
        data = json.loads(command("all.jsonl", "-f", "json").out)
        assert [row["id"] for row in data["documents"]] == ["a", "clean"]


class TestBaseline:
    def test_known_findings_do_not_fail(self, command: Command) -> None:
        code, out, err = command("a.txt", "clean.txt", "--baseline", "known.json", "--update-baseline")
        assert (code, out, err) == (0, "", "policykit: known.json: 2 findings are known from now on\n")
        assert command("a.txt", "--baseline", "known.json") == (
            0,
            "nothing found in 1 document; 2 known findings left out\n",
            "",
        )

    def test_they_stay_known_when_lines_move(self, command: Command) -> None:
        command("a.txt", "--baseline", "known.json", "--update-baseline")
        Path("a.txt").write_text("\n\n" + TEXT.replace("\n", "\n\n"), encoding="utf-8")
        assert command("a.txt", "--baseline", "known.json").code == 0

    def test_new_ones_fail(self, command: Command) -> None:
        command("a.txt", "--baseline", "known.json", "--update-baseline")
        Path("a.txt").write_text(TEXT.replace("30条", "40条"), encoding="utf-8")
        assert codes(command, "a.txt", "--baseline", "known.json") == ["PK101"]
        Path("a.txt").write_text(TEXT + "（三）培育企业。培育龙头企业。\n", encoding="utf-8")
        assert codes(command, "a.txt", "--baseline", "known.json") == ["PK302"]

    def test_the_same_words_twice_are_known_once(self, command: Command) -> None:
        line = "打造30条夜间消费街区。"
        Path("a.txt").write_text(TEXT, encoding="utf-8")
        command("a.txt", "--baseline", "known.json", "--update-baseline")
        Path("a.txt").write_text(TEXT.replace("培育龙头企业。", line), encoding="utf-8")
        assert codes(command, "a.txt", "--baseline", "known.json") == ["PK101"]

    def test_another_document_is_not_known(self, command: Command) -> None:
        command("a.txt", "--baseline", "known.json", "--update-baseline")
        Path("b.txt").write_text(TEXT, encoding="utf-8")
        assert len(codes(command, "b.txt", "--baseline", "known.json")) == 2

    def test_a_baseline_does_not_depend_on_order(self, command: Command) -> None:
        Path("b.txt").write_text(TEXT, encoding="utf-8")
        command("a.txt", "b.txt", "--baseline", "one.json", "--update-baseline")
        command("b.txt", "a.txt", "--baseline", "two.json", "--update-baseline")
        assert Path("one.json").read_text(encoding="utf-8") == Path("two.json").read_text(encoding="utf-8")

    def test_it_is_not_written_where_something_failed(self, command: Command) -> None:
        code, _, err = command("a.txt", "none.txt", "--baseline", "known.json", "--update-baseline")
        assert code == 3
        assert not Path("known.json").exists()
        assert "not written" in err

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (None, "cannot be read"),
            ("{", "1: not valid JSON"),
            ("[]", "not a baseline"),
            ('{"format": "policykit/baseline/2"}', "of the format"),
        ],
    )
    def test_what_is_no_baseline(self, command: Command, content: str | None, problem: str) -> None:
        if content is not None:
            Path("known.json").write_text(content)
        code, out, err = command("a.txt", "--baseline", "known.json")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"policykit: known.json{':' if problem[0] == '1' else ': '}{problem}")


class TestOwnRules:
    @pytest.mark.parametrize(
        "case",
        yaml.safe_load((Path(__file__).parent / "cases" / "check" / "own-rules.yaml").read_text(encoding="utf-8")),
        ids=lambda case: case["name"],
    )
    def test_cases(self, command: Command, case: dict[str, Any]) -> None:
        Path(".policykit.yaml").write_text(yaml.safe_dump(case["settings"], allow_unicode=True), encoding="utf-8")
        Path("own.txt").write_text(case["text"], encoding="utf-8")
        data = json.loads(command("own.txt", "--select", "none", "-f", "json").out)
        found = [
            [row["name"], row["severity"], row["place"] and row["place"]["line"], row["quote"]]
            for row in data["findings"]
        ]
        assert found == case["finds"]

    @pytest.mark.parametrize(
        "case",
        yaml.safe_load((Path(__file__).parent / "cases" / "check" / "bad-settings.yaml").read_text(encoding="utf-8")),
        ids=lambda case: case["says"],
    )
    def test_a_mistake_is_named_by_file_and_line(self, command: Command, case: dict[str, Any]) -> None:
        Path(case.get("file", ".policykit.yaml")).write_text(case["text"], encoding="utf-8")
        code, out, err = command("a.txt")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"policykit: {case['says']}")

    def test_what_is_required_and_met_finds_nothing(self, command: Command) -> None:
        Path(".policykit.yaml").write_text(
            "require:\n  targets: [{indicator: 国家标准, at least: 150, by: 2027}]\n", encoding="utf-8"
        )
        assert command("2023-national", "--select", "none").code == 0

    def test_they_can_be_ignored_and_named(self, command: Command) -> None:
        Path(".policykit.yaml").write_text("forbid:\n  terms: [{term: 夜间, name: night}]\n", encoding="utf-8")
        assert codes(command, "a.txt", "--select", "none") == ["night", "night"]
        for word in ("night", "PK603", "PK6", "forbid"):
            assert codes(command, "a.txt", "--select", "none", "--ignore", word) == []
        assert command("a.txt", "--select", "none", "--fail-on", "night").code == 1
        for word in ("night", "forbid", "PK6", "PK603"):
            assert command("a.txt", "--select", "none", "--severity", f"{word}=note").code == 0
            assert command("a.txt", "--select", "none", "--severity", f"{word}=note", "--fail-on", word).code == 1

    def test_rules_of_project_and_user_both_hold(self, command: Command, tmp_path: Path) -> None:
        user = tmp_path / "home" / "policykit" / "config.yaml"
        user.parent.mkdir(parents=True)
        user.write_text("watch: {terms: [龙头]}\n", encoding="utf-8")
        Path("pyproject.toml").write_text('[tool.policykit.watch]\nterms = ["街区"]\n', encoding="utf-8")
        assert codes(command, "a.txt", "--select", "none") == ["watch-街区", "watch-龙头"]


class TestAgainst:
    OLD = "某市发展规划\n一、主要目标\n到2027年，森林覆盖率达到38%以上，建设试点30个。\n二、主要任务\n（一）绿化国土。植树造林。\n（二）治理河湖。清理河道。\n"

    def test_changes_are_findings(self, command: Command) -> None:
        Path("old.txt").write_text(self.OLD, encoding="utf-8")
        Path("new.txt").write_text(
            self.OLD.replace("38%", "35%").replace("（二）治理河湖。清理河道。\n", ""), encoding="utf-8"
        )
        found = codes(command, "new.txt", "--against", "old.txt", "--select", "none")
        assert "target-lowered" in found
        assert "task-dropped" in found
        assert command("new.txt", "--against", "old.txt", "--fail-on", "target-lowered").code == 1
        assert command("new.txt", "--against", "old.txt", "--fail-on", "target").code == 1
        assert command("new.txt", "--against", "old.txt", "--fail-on", "target-raised").code == 0
        for word in ("target-lowered", "target", "PK702", "PK7"):
            assert "target-lowered" not in codes(command, "new.txt", "--against", "old.txt", "--ignore", word)

    def test_nothing_changed(self, command: Command) -> None:
        assert codes(command, "2023-national", "--against", "2023-national", "--select", "none") == []

    def test_in_a_settings_file_it_starts_from_the_folder(self, command: Command) -> None:
        Path("old.txt").write_text(self.OLD, encoding="utf-8")
        Path(".policykit.yaml").write_text("check: {against: old.txt, select: none, fail-on: [target-lowered]}\n")
        Path("sub").mkdir()
        Path("sub/new.txt").write_text(self.OLD.replace("38%", "35%"), encoding="utf-8")
        os.chdir("sub")
        code, out, _ = command("new.txt")
        assert code == 1
        assert "target-lowered" in out

    def test_what_cannot_be_read(self, command: Command) -> None:
        code, out, err = command("a.txt", "--against", "none.txt")
        assert (code, out, err) == (2, "", "policykit: none.txt: no such file; check the path\n")
        Path("page.txt").write_text("404 Not Found\n")
        assert command("a.txt", "--against", "page.txt").code == 2


class TestFormats:
    MIXED = ("a.txt", "clean.txt", "none.txt", "2023-national", "--against", "2011-beijing", "--select", "all")

    def test_json_is_what_its_schema_says(self, command: Command) -> None:
        data = json.loads(command(*self.MIXED, "-f", "json").out)
        Draft202012Validator.check_schema(schema("check"))
        Draft202012Validator(schema("check")).validate(data)
        assert [row["path"] for row in data["documents"]] == ["a.txt", "clean.txt", "2023-national.txt"]
        assert data["summary"]["failures"] == len(data["failures"]) == 1
        assert data["summary"]["findings"] == len(data["findings"]) == sum(row["findings"] for row in data["documents"])
        assert data["summary"]["failing"] == sum(row["fails"] for row in data["findings"])

    def test_json_lines_say_the_same(self, command: Command) -> None:
        data = json.loads(command(*self.MIXED, "-f", "json").out)
        rows = [json.loads(line) for line in command(*self.MIXED, "-f", "jsonl").out.splitlines()]
        by_kind = {
            kind: [{k: v for k, v in row.items() if k != "kind"} for row in rows if row["kind"] == kind]
            for kind in ("finding", "document", "failure", "summary")
        }
        assert by_kind == {
            "finding": data["findings"],
            "document": data["documents"],
            "failure": data["failures"],
            "summary": [data["summary"]],
        }

    def test_sarif_is_valid(self, command: Command) -> None:
        for arguments in (self.MIXED, ("clean.txt",), ("none.txt",), ("a.txt",)):
            log = json.loads(command(*arguments, "-f", "sarif").out)
            Draft4Validator(SARIF, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
        log = json.loads(command(*self.MIXED, "-f", "sarif").out)
        (only,) = log["runs"]
        rules = only["tool"]["driver"]["rules"]
        assert only["columnKind"] == "unicodeCodePoints"
        assert only["invocations"][0]["executionSuccessful"] is False
        assert [note["level"] for note in only["invocations"][0]["toolExecutionNotifications"]] == ["error"]
        for result in only["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            location = result["locations"][0]["physicalLocation"]["artifactLocation"]
            assert only["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
        gap = next(result for result in only["results"] if result["ruleId"] == "PK301")
        assert gap["locations"][0]["physicalLocation"]["region"] == {
            "startLine": 4,
            "startColumn": 1,
            "endLine": 4,
            "endColumn": 8,
            "charOffset": TEXT.index("（三）"),
            "charLength": 7,
            "snippet": {"text": "（三）培育企业"},
        }

    def test_a_clean_run_of_sarif_was_a_success(self, command: Command) -> None:
        (only,) = json.loads(command("clean.txt", "-f", "sarif").out)["runs"]
        assert only["results"] == []
        assert only["invocations"] == [{"executionSuccessful": True}]

    def test_paths_are_uris(self) -> None:
        assert uri_of("a b/规划#1.txt") == "a%20b/%E8%A7%84%E5%88%92%231.txt"

    def test_github_annotations(self, command: Command) -> None:
        Path("100%,a:b.txt").write_text(TEXT, encoding="utf-8")
        lines = command("100%,a:b.txt", "none.txt", "-f", "github").out.splitlines()
        assert lines == [
            "::error file=none.txt,title=unreadable::no such file",
            "::warning file=100%25%2Ca%3Ab.txt,line=3,endLine=3,col=13,endColumn=16,title=PK101 target-without-deadline::"
            "no date by which the target is to be reached: 夜间消费街区 30条",
            "::warning file=100%25%2Ca%3Ab.txt,line=4,endLine=4,col=1,endColumn=8,title=PK301 numbering-gap::"
            "（三） follows （一） (line 3): 2 is missing",
        ]

    def test_gitlab_code_quality(self, command: Command) -> None:
        Path("b.txt").write_text(TEXT, encoding="utf-8")
        rows = json.loads(command("a.txt", "b.txt", "none.txt", "-f", "gitlab").out)
        assert [(row["location"]["path"], row["location"]["lines"]["begin"], row["severity"]) for row in rows] == [
            ("none.txt", 1, "blocker"),
            ("a.txt", 3, "minor"),
            ("a.txt", 4, "minor"),
            ("b.txt", 3, "minor"),
            ("b.txt", 4, "minor"),
        ]
        assert len({row["fingerprint"] for row in rows}) == 5
        for row in rows:
            assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert json.loads(command("clean.txt", "-f", "gitlab").out) == []

    def test_junit(self, command: Command) -> None:
        Path("hostile.txt").write_bytes(HOSTILE.encode())
        root = ElementTree.fromstring(
            command("a.txt", "clean.txt", "hostile.txt", "none.txt", "--severity", "PK301=note", "-f", "junit").out
        )
        suites = {suite.get("name"): suite for suite in root}
        assert list(suites) == ["none.txt", "a.txt", "clean.txt", "hostile.txt"]
        assert {
            name: (suite.get("failures"), suite.get("errors"))
            for name, suite in suites.items()
            if name != "hostile.txt"
        } == {
            "none.txt": ("0", "1"),
            "a.txt": ("1", "0"),
            "clean.txt": ("0", "0"),
        }
        for suite in root:
            assert int(suite.get("tests", "")) == len(suite) > 0
        assert [case.find("failure") is not None for case in suites["a.txt"]] == [True, False]

    def test_csv(self, command: Command) -> None:
        rows = list(csv.DictReader(command("a.txt", "none.txt", "-f", "csv").out.splitlines()))
        assert [(row["path"], row["line"], row["code"], row["fails"]) for row in rows] == [
            ("none.txt", "", "unreadable", "yes"),
            ("a.txt", "3", "PK101", "yes"),
            ("a.txt", "4", "PK301", "yes"),
        ]

    @pytest.mark.parametrize("format", FORMATS)
    def test_a_file_gets_what_standard_output_gets(self, command: Command, format: str) -> None:
        code, out, _ = command("a.txt", "-f", format)
        assert command("a.txt", "-f", format, "-o", "report") == (code, "", "")
        assert Path("report").read_text(encoding="utf-8") == out


class TestCells:
    @pytest.mark.parametrize("cells", range(12))
    def test_what_fits_is_no_wider(self, cells: int) -> None:
        text = "到2027年，e\u0301a《纲要》"
        kept = fitting(text, cells)
        assert width(text[:kept]) <= cells
        assert kept == len(text) or width(text[: kept + 1]) > cells
        behind = fitting_behind(text, cells)
        assert width(text[len(text) - behind :]) <= cells
