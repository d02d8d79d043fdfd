"""Writes docs/options.md: every option of every command, its environment variable and its place in settings files.

python tools/make_options_page.py
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from policykit.cli.app import COMMANDS
from policykit.cli.settings import GENERAL, add_option

PAGE = Path(__file__).parent.parent / "docs" / "options.md"
HEAD = """# Options

Every option of every command, with its environment variable. This page is made from the commands (`python tools/make_options_page.py`).

An option is decided by the first of: the command line, its environment variable, the project file (`.policykit.yaml`, or `[tool.policykit]` of
`pyproject.toml`), the user file (`~/.config/policykit/config.yaml`). In a file an option stands under the name of its command, without
`--`; `corpus`, `dictionaries`, `encoding`, `quiet` and `verbose` may also stand at the top, for all commands.
[check.md](check.md#settings) shows such files. A variable with several values has them between spaces; for folders, between `:`
(`;` on Windows).

`policykit --version` prints the version, `policykit --install-completion` sets up the completion of the shell, `--help` explains a command.

Three more variables: `POLICYKIT_CACHE` is the folder for what is kept between runs (empty: nothing is kept), `NO_COLOR` (or `TERM=dumb`)
takes the colours out, `POLICYKIT_DEBUG` prints the traceback of an internal error.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """The commands with their words, those of groups one by one."""
    for name, module in COMMANDS.items():
        command: Any = typer.main.get_command(import_module(module).app)
        add_option(command, name)
        below = getattr(command, "commands", None)
        if below:
            yield from ((f"{name} {word}", inner) for word, inner in below.items())
        else:
            yield name, command


def options(command: Any) -> list[Any]:
    """The options of a command, without --help and the arguments."""
    return [
        parameter for parameter in command.params if parameter.param_type_name == "option" and parameter.name != "help"
    ]


def page() -> str:
    """The whole page."""
    return HEAD + "".join(part for name, command in commands() for part in _section(name, command))


def _section(name: str, command: Any) -> Iterator[str]:
    yield f"\n## policykit {name}\n\n| option | variable | |\n|---|---|---|\n"
    for option in options(command):
        names = ", ".join(f"`{word}`" for word in sorted((*option.opts, *option.secondary_opts), key=len, reverse=True))
        value = f" {option.metavar}".replace("|", "\\|") if option.metavar else ""
        variable = f"`{option.envvar}`" if option.envvar else ""
        text = " ".join((option.help or "").split()).replace("|", "\\|")
        yield f"| {names}{value} | {variable} | {text} |\n"


if __name__ == "__main__":
    assert all(word in HEAD for word in GENERAL)
    PAGE.write_text(page(), encoding="utf-8")
