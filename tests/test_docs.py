"""The commands and examples of README and docs run as they are written."""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from policykit.cli.app import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """A command and the output that the page shows for it."""

    command: str
    shown: list[str]


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


def steps(page: Path) -> list[Step]:
    found: list[Step] = []
    for block in blocks(page, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:], []))
            else:
                found[-1].shown.append(line)
    return found


def fits(shown: list[str], printed: list[str]) -> bool:
    """Whether output is what a page shows: … stands for any lines, at the end of a line for the rest of it."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else re.escape(line.removesuffix("…")) + (r".*\n" if line.endswith("…") else r"\n")
        for line in shown
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


@pytest.mark.parametrize("page", [page for page in PAGES if steps(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path, still_sources: str) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    for name, program in (("policykit", f'"{sys.executable}" -m policykit'), ("python3", f'"{sys.executable}"')):
        (scripts / name).write_text(f'#!/bin/sh\nexec {program} "$@"\n')
        (scripts / name).chmod(0o755)
    folder = tmp_path / "folder"
    folder.mkdir()
    marker = "@@ next @@"
    # one shell for the page, so that its variables and files carry over
    script = "".join(f"{step.command}\necho '{marker}'\n" for step in steps(page))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("POLICYKIT_")}
    result = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**environment, "PYTHONPATH": still_sources, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=300,
    )
    outputs = result.stdout.decode("utf-8").split(f"{marker}\n")[:-1]
    assert len(outputs) == len(steps(page))
    for step, output in zip(steps(page), outputs, strict=True):
        assert fits(step.shown, output.splitlines()), f"$ {step.command}\n{output}"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path) -> None:
    for block in blocks(page, "python"):
        if ">>>" not in block:
            exec(compile(block, str(page), "exec"), {})
    failures, tried = doctest.testfile(str(page), module_relative=False)
    assert failures == 0
    assert tried or ">>>" not in page.read_text(encoding="utf-8")


def test_the_readme_sets_up_with_two_commands() -> None:
    setup = blocks(ROOT / "README.md", "sh")
    assert len(setup) == 2
    assert all(len(block.splitlines()) == 1 for block in setup)
    assert setup[0].endswith("policykit extract 2023-national\n")
    assert setup[1].endswith("python -m pytest\n")


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`policykit {name}" in text


def test_the_environment_variables_of_the_pages_exist() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "policykit").rglob("*.py"))
    known = set(re.findall(r'(?:envvar=|environ\.get\()"(POLICYKIT_\w+)"', sources))
    for page in PAGES:
        assert set(re.findall(r"\bPOLICYKIT_\w+", page.read_text(encoding="utf-8"))) <= known, page


def test_the_page_of_the_schema_is_up_to_date() -> None:
    path = ROOT / "tools" / "make_schema_page.py"
    spec = importlib.util.spec_from_file_location("make_schema_page", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == module.page()
