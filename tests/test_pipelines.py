"""What is shipped into pipelines: the watch example, the GitHub action, the GitLab template, the pre-commit hook, the Dockerfile."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
TEXT = "某市行动方案\n一、主要目标\n到2027年，建设试点30个。\n二、主要任务\n（一）建设平台。建设数据平台。\n（二）培育企业。培育龙头企业。\n"
Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Runs a command line with `policykit` being this checkout's, in an empty folder."""
    if shutil.which("bash") is None:
        pytest.skip("needs a shell")
    scripts, folder = tmp_path / "scripts", tmp_path / "folder"
    scripts.mkdir()
    (folder / ".git").mkdir(parents=True)
    (scripts / "policykit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m policykit "$@"\n')
    (scripts / "policykit").chmod(0o755)
    monkeypatch.chdir(folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("POLICYKIT_")}
    environment |= {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "XDG_CONFIG_HOME": str(tmp_path / "home")}

    def call(script: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", script],
            env={**environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    return call


class TestWatch:
    @pytest.fixture
    def watch(self, shell: Shell) -> Callable[[], tuple[int, list[str], str]]:
        """Runs the example over releases/; gives the exit code, the reports written, and what is said on standard error."""
        Path("releases").mkdir()

        def call() -> tuple[int, list[str], str]:
            result = shell(f"sh '{ROOT}/examples/watch/watch.sh' releases reports")
            return result.returncode, result.stdout.splitlines(), result.stderr

        return call

    def test_nothing_is_nothing(self, watch: Callable[[], tuple[int, list[str], str]]) -> None:
        assert watch() == (0, [], "")

    def test_a_release_after_the_other(self, watch: Callable[[], tuple[int, list[str], str]]) -> None:
        Path("releases/2024.txt").write_text(TEXT, encoding="utf-8")
        assert watch() == (0, ["reports/2024.md"], "")
        first = Path("reports/2024.md").read_text(encoding="utf-8")
        assert first.startswith("# 某市行动方案\n")
        assert "nothing found in 1 document" in first
        assert "相比" not in first
        assert watch() == (0, [], "")

        Path("releases/2025 b.txt").write_text(
            TEXT.replace("30个", "20个").replace("（二）", "（三）"), encoding="utf-8"
        )
        assert watch() == (1, ["reports/2025 b.md"], "")
        second = Path("reports/2025 b.md").read_text(encoding="utf-8")
        assert "PK301 numbering-gap" in second
        assert "## 与上一份（2024）相比" in second
        assert "20个" in second.partition("相比")[2]
        assert watch() == (0, [], "")

    def test_a_release_that_changed_is_compared_with_itself(
        self, watch: Callable[[], tuple[int, list[str], str]]
    ) -> None:
        Path("releases/a.txt").write_text(TEXT, encoding="utf-8")
        Path("releases/b.txt").write_text(TEXT.replace("某市", "某县"), encoding="utf-8")
        watch()
        Path("releases/a.txt").write_text(TEXT.replace("30个", "40个"), encoding="utf-8")
        assert watch()[:2] == (0, ["reports/a.md"])
        assert "## 与上一份（a）相比" in Path("reports/a.md").read_text(encoding="utf-8")

    def test_what_cannot_be_read_is_tried_again(self, watch: Callable[[], tuple[int, list[str], str]]) -> None:
        Path("releases/a.txt").write_text("")
        Path("releases/b.txt").write_text(TEXT, encoding="utf-8")
        code, reports, err = watch()
        assert (code, reports, err.count("\n")) == (2, ["reports/b.md"], 1)
        Path("releases/a.txt").write_text("404 Not Found\n")
        assert watch()[:2] == (2, [])
        Path("releases/a.txt").write_text(TEXT, encoding="utf-8")
        assert watch()[:2] == (0, ["reports/a.md"])

    def test_rules_of_ones_own_decide(self, watch: Callable[[], tuple[int, list[str], str]]) -> None:
        Path(".policykit.yaml").write_text("require: {terms: [数据安全]}\n", encoding="utf-8")
        Path("releases/a.txt").write_text(TEXT, encoding="utf-8")
        assert watch()[0] == 1
        assert "PK602" in Path("reports/a.md").read_text(encoding="utf-8")

    def test_wrong_usage(self, shell: Shell) -> None:
        result = shell(f"sh '{ROOT}/examples/watch/watch.sh' releases")
        assert (result.returncode, result.stderr) == (2, "usage: watch.sh RELEASES REPORTS\n")


class TestGitHubAction:
    ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

    def run(self, shell: Shell, **inputs: str) -> tuple[int, str, str, str]:
        """Exit code, log, outputs and summary of the step that checks."""
        step = next(step for step in self.ACTION["runs"]["steps"] if step.get("id") == "check")
        names = {
            variable: re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value) for variable, value in step["env"].items()
        }
        given = {
            variable: inputs.get(name[1].replace("-", "_"), self.ACTION["inputs"][name[1]].get("default", ""))
            for variable, name in names.items()
            if name
        }
        result = shell(
            f"set -e -o pipefail\n{step['run']}", GITHUB_OUTPUT="output", GITHUB_STEP_SUMMARY="summary", **given
        )
        return result.returncode, result.stdout, Path("output").read_text(), Path("summary").read_text(encoding="utf-8")

    def test_findings_are_annotations(self, shell: Shell) -> None:
        Path("a b.txt").write_text(TEXT.replace("（二）", "（三）"), encoding="utf-8")
        code, log, output, summary = self.run(shell, documents="\na b.txt\n", sarif_file="findings.sarif")
        assert code == 1
        assert log.startswith("::warning file=a b.txt,line=6,")
        assert output == "exit-code=1\n"
        assert "PK301 numbering-gap" in summary
        assert len(json.loads(Path("findings.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 1

    def test_options_are_passed_on(self, shell: Shell) -> None:
        Path("a.txt").write_text(TEXT.replace("（二）", "（三）"), encoding="utf-8")
        code, _, output, _ = self.run(shell, documents="a.txt", options="--fail-on=error\n--ignore=PK1\n")
        assert (code, output) == (0, "exit-code=0\n")
        assert not Path("findings.sarif").exists()

    def test_text_of_inputs_is_never_run(self, shell: Shell) -> None:
        code, *_ = self.run(shell, documents="$(touch pwned).txt`touch pwned`\n; touch pwned")
        assert code == 2
        assert not Path("pwned").exists()


class TestGitLabTemplate:
    def test_the_job_writes_its_reports(self, shell: Shell) -> None:
        template = yaml.safe_load((ROOT / "templates" / "policykit-check.gitlab-ci.yml").read_text(encoding="utf-8"))
        job = template["policykit-check"]
        Path("documents").mkdir()
        Path("documents/a.txt").write_text(TEXT.replace("（二）", "（三）"), encoding="utf-8")
        for code, text in ((1, None), (0, TEXT)):
            if text is not None:
                Path("documents/a.txt").write_text(text, encoding="utf-8")
            result = shell("set -e\n" + "\n".join(job["script"]), **template["variables"])
            assert result.returncode == code, result.stderr
            reports = job["artifacts"]["reports"]
            assert len(json.loads(Path(reports["codequality"]).read_text(encoding="utf-8"))) == code
            assert "<testsuites" in Path(reports["junit"]).read_text(encoding="utf-8")


def test_the_pre_commit_hook_checks_texts(shell: Shell) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["language"] == "python"
    assert re.search(hook["files"], "releases/plan.txt")
    assert not re.search(hook["files"], "README.md")
    Path("a.txt").write_text(TEXT.replace("（二）", "（三）"), encoding="utf-8")
    assert shell(f"{hook['entry']} a.txt").returncode == 1


def test_what_the_container_copies_is_there() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied: set[str] = set()
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            copied |= set(line.split()[1:-1])
    copied = {name.removeprefix("./") for name in copied}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
