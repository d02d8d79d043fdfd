"""What settings files say, and in which order it counts."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policykit.cli.app import run
from policykit.errors import PolicykitError
from policykit.settings.files import find_files, read_settings, user_file_path
from policykit.settings.toml_lines import line_finder
from policykit.settings.yaml_lines import parse_yaml

ROOT = Path(__file__).parent.parent
TEXT = "某市方案\n一、任务\n（一）建设平台。到2027年，建成30个平台。\n"
Extract = Callable[..., str]


@pytest.fixture
def extract(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Extract:
    """Runs `policykit extract a.txt` in a repository of its own; says which format came out."""
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)
    Path("a.txt").write_text(TEXT, encoding="utf-8")

    def call(*arguments: str) -> str:
        assert run(["extract", str(project / "a.txt"), *arguments]) == 0
        out = capfdbinary.readouterr()[0].decode("utf-8")
        return "yaml" if out.startswith("format:") else "json" if out.startswith("{\n") else "jsonl"

    return call


def user_file(text: str) -> None:
    path = user_file_path()
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


class TestLayers:
    def test_the_order(self, extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
        assert extract() == "yaml"
        user_file("extract: {format: json}\n")
        assert extract() == "json"
        Path("pyproject.toml").write_text('[tool.policykit.extract]\nformat = "jsonl"\n')
        assert extract() == "jsonl"
        Path(".policykit.yaml").write_text("extract: {format: json}\n")
        assert extract() == "json"
        monkeypatch.setenv("POLICYKIT_FORMAT", "jsonl")
        assert extract() == "jsonl"
        assert extract("--format", "yaml") == "yaml"

    def test_the_user_file_fills_in_what_the_project_leaves_open(self, extract: Extract) -> None:
        user_file("extract: {format: json}\nquiet: true\n")
        Path(".policykit.yaml").write_text("check: {format: csv}\n")
        assert extract() == "json"

    def test_the_nearest_file_above_counts(self, extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
        Path(".policykit.yaml").write_text("extract: {format: json}\n")
        Path("sub/deep").mkdir(parents=True)
        monkeypatch.chdir("sub/deep")
        assert extract() == "json"
        Path("../.policykit.yaml").write_text("extract: {format: jsonl}\n")
        assert extract() == "jsonl"

    def test_a_pyproject_of_something_else_is_passed_over(
        self, extract: Extract, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("pyproject.toml").write_text('[tool.policykit.extract]\nformat = "json"\n')
        Path("sub").mkdir()
        Path("sub/pyproject.toml").write_text("[project]\nname = 'not tool.policykit'\n")
        monkeypatch.chdir("sub")
        assert extract() == "json"

    def test_nothing_above_the_repository_counts(self, extract: Extract, tmp_path: Path) -> None:
        (tmp_path / ".policykit.yaml").write_text("extract: {format: json}\n")
        assert extract() == "yaml"

    def test_one_file_in_place_of_all(self, extract: Extract, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        user_file("extract: {format: json}\n")
        other = tmp_path / "other.toml"
        other.write_text('[tool.policykit.extract]\nformat = "jsonl"\n')
        assert extract("--config", str(other)) == "jsonl"
        assert extract("--config", "") == "yaml"
        monkeypatch.setenv("POLICYKIT_CONFIG", str(other))
        assert extract() == "jsonl"
        monkeypatch.setenv("POLICYKIT_CONFIG", "")
        assert extract() == "yaml"

    def test_sections_of_commands_with_two_words(
        self, extract: Extract, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        Path(".policykit.yaml").write_text("corpus list: {format: json}\n")
        assert run(["corpus", "list"]) == 0
        assert json.loads(capfdbinary.readouterr()[0])[0]["id"] == "2011-beijing"

    def test_paths_start_from_the_file(
        self, extract: Extract, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("documents").mkdir()
        Path("documents/mine.txt").write_text(TEXT, encoding="utf-8")
        Path(".policykit.yaml").write_text("corpus: documents\n")
        Path("sub").mkdir()
        monkeypatch.chdir("sub")
        assert run(["corpus", "list"]) == 0
        assert b"mine" in capfdbinary.readouterr()[0]

    @pytest.mark.parametrize("place", ["../b.txt", "{outside}/b.txt", "link/b.txt", "../project-2/b.txt"])
    def test_a_project_file_writes_in_its_own_folder_only(
        self, extract: Extract, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, place: str
    ) -> None:
        (tmp_path / "outside").mkdir()
        Path("link").symlink_to(tmp_path / "outside")
        place = place.format(outside=tmp_path / "outside")
        Path(".policykit.yaml").write_text(f"extract:\n  output: {place}\n")
        assert run(["extract", "a.txt"]) == 2
        problem = f"policykit: .policykit.yaml:2: output: {place} is outside the folder of the project; "
        advice = "name it with --output on the command line, or the file with --config .policykit.yaml\n"
        assert capfdbinary.readouterr() == (b"", (problem + advice).encode())
        assert not (tmp_path / "b.txt").exists() and not list((tmp_path / "outside").iterdir())
        # what stands on the command line comes first, and a file that was named is trusted
        assert extract("--output", "-") == "yaml"
        Path("../project-2").mkdir()
        assert run(["extract", "a.txt", "--config", ".policykit.yaml"]) == 0
        assert Path(place).read_text(encoding="utf-8").startswith("format:")

    def test_the_baseline_of_a_project_file_too(
        self, extract: Extract, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        Path("pyproject.toml").write_text('[tool.policykit.check]\nbaseline = "../b.txt"\n')
        assert run(["check", "a.txt", "--update-baseline"]) == 2
        assert b"pyproject.toml:2: baseline: ../b.txt is outside the folder" in capfdbinary.readouterr()[1]
        Path("pyproject.toml").write_text('[tool.policykit.check]\nbaseline = "known.json"\n')
        assert run(["check", "a.txt", "--update-baseline"]) == 0
        assert Path("known.json").exists()

    def test_the_users_file_writes_where_it_says(self, extract: Extract, tmp_path: Path) -> None:
        user_file(f"extract: {{output: {tmp_path / 'b.txt'}}}\n")
        assert run(["extract", "a.txt"]) == 0
        assert (tmp_path / "b.txt").exists()

    def test_underscores_and_capitals_of_keys(self, extract: Extract) -> None:
        Path(".policykit.yaml").write_text("extract: {all_quantities: true, format: json}\n")
        assert extract() == "json"


class TestCost:
    def test_without_a_file_no_parser_is_loaded(self, extract: Extract) -> None:
        script = (
            "import sys; from policykit.cli.app import run; run(['extract', 'a.txt', '-o', 'x.json', '-f', 'json']);"
            "print([name for name in ('yaml', 'tomllib', 'platformdirs', 'policykit.settings.yaml_lines') if name in sys.modules])"
        )
        result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
        assert result.stdout == "[]\n"


class TestFiles:
    def test_a_folder_that_is_gone(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

        def gone() -> str:
            raise FileNotFoundError

        monkeypatch.setattr(os, "getcwd", gone)
        assert find_files() == ()

    def test_an_empty_file_says_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_text("# nothing yet\n")
        assert read_settings(str(path)).data == {}

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"\xff\n", "x.yaml:1: not UTF-8"),
            (b"a: 1\nb: \xd6\n", "x.yaml:2: not UTF-8"),
            (b"? [a]\n: b\n", "x.yaml:1: a key must be a word"),
        ],
    )
    def test_what_is_no_settings_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, problem: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("x.yaml").write_bytes(content)
        with pytest.raises(PolicykitError) as caught:
            read_settings("x.yaml")
        assert str(caught.value).startswith(problem)

    def test_aliases_that_multiply_are_refused(self) -> None:
        rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
        with pytest.raises(PolicykitError, match="too much"):
            parse_yaml("\n".join(rows), "x.yaml")

    def test_nesting_without_end(self, tmp_path: Path) -> None:
        for name, text in (("x.yaml", "[" * 5000), ("x.toml", "a = " + "[" * 5000)):
            path = tmp_path / name
            path.write_text(text)
            with pytest.raises(PolicykitError):
                read_settings(str(path))

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            parse_yaml(text, "x.yaml")
        except PolicykitError as error:
            assert "\n" not in str(error)
        line_finder(text)

    def test_lines_of_toml(self) -> None:
        find = line_finder(
            "[tool.policykit]\nquiet = true\ncheck.format = 'csv'\n\n[tool.policykit.watch]\n"
            "terms = [\n  'x',\n]\n[[tool.policykit.require.targets]]\nindicator = 'a'\n[[tool.policykit.require.targets]]\n'at least' = 3\n"
        )
        at = ("tool", "policykit")
        assert find((*at, "quiet")) == 2
        assert find((*at, "check", "format")) == 3
        assert find((*at, "watch", "terms")) == 6
        assert find((*at, "require", "targets", 1, "at least")) == 12
        assert find((*at, "nothing")) is None


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestPages:
    def test_the_page_of_options_is_up_to_date(self) -> None:
        page = _tool("make_options_page").page()
        assert (ROOT / "docs" / "options.md").read_text(encoding="utf-8") == page, (
            "run python tools/make_options_page.py"
        )

    def test_every_option_has_a_variable(self) -> None:
        tool = _tool("make_options_page")
        without = {
            (name, option.opts[0])
            for name, command in tool.commands()
            for option in tool.options(command)
            if not option.envvar
        }
        # what asks for another output than the command's own
        assert without == {("check", "--explain"), ("check", "--list")}

    def test_option_variable_and_files_decide_in_this_order_for_every_command(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every option of every command that takes one of several words, a number, a flag or a path."""
        for name in os.environ:
            if name.startswith("POLICYKIT_"):
                monkeypatch.delenv(name)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
        (tmp_path / "home" / "policykit").mkdir(parents=True)
        files = [tmp_path / "home" / "policykit" / "config.yaml", tmp_path / ".policykit.yaml"]
        tool, tried = _tool("make_options_page"), set()
        for name, command in tool.commands():
            for option in tool.options(command):
                if option.multiple or not option.envvar or option.callback is not None or option.name == "config":
                    continue
                words = [str(word) for word in getattr(option.type, "choices", ())]
                values = (words * 4)[:4] if words else ["4", "5", "6", "7"]
                key, is_flag = option.opts[0].removeprefix("--"), option.is_flag
                found = []
                for step in range(4):
                    given: list[str] = []
                    monkeypatch.delenv(option.envvar, raising=False)
                    for file in files:
                        file.unlink(missing_ok=True)
                    for level in range(step + 1):
                        value = ("true" if level % 2 == 0 else "false") if is_flag else values[level]
                        if level < 2:
                            stated = value if is_flag else json.dumps(value)
                            files[level].write_text(f"{name}:\n  {key}: {stated}\n", encoding="utf-8")
                        elif level == 2:
                            monkeypatch.setenv(option.envvar, value)
                        elif not is_flag:
                            given = [option.opts[0], value]
                    arguments = [*given, *(["x"] * sum(p.param_type_name == "argument" for p in command.params))]
                    others = {p.envvar for p in command.params if getattr(p, "required", False) and p is not option}
                    for variable in filter(None, others):
                        monkeypatch.setenv(variable, "csv" if variable.endswith("_TO") else "out")
                    value = command.make_context(name, arguments).params[option.name]
                    found.append(str(getattr(value, "value", value)))
                    for variable in filter(None, others):
                        monkeypatch.delenv(variable)
                expected = ["True", "False", "True", "True"] if is_flag else values
                assert [place.rpartition("/")[2] for place in found] == expected, (name, key)
                tried.add(f"{name} {key}")
        assert {"extract engine", "extract scheduler", "extract format", "check format", "export to"} <= tried
        assert len(tried) > 40

    def test_the_page_of_rules_is_up_to_date(self) -> None:
        text = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
        assert _tool("make_check_page").page(text) == text, "run python tools/make_check_page.py"
