"""Finding and reading settings files. Every value knows the line it stands in, so that a mistake can be named by file and line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policykit.errors import PolicykitError

PROJECT_FILE = ".policykit.yaml"
PYPROJECT = "pyproject.toml"

#: where a value stands: keys of mappings and numbers (from 0) of list entries, from the top
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class SettingsFile:
    """A settings file: `path` as it is named in complaints, `folder` that its relative paths start from, and its data.

    `is_found` where it is the project's, which holds because of where the command runs: nobody has named it.
    """

    path: str
    folder: str
    data: Mapping[str, Any]
    _line: Callable[[Keys], int | None]
    is_found: bool = False

    def line_of(self, keys: Sequence[str | int]) -> int | None:
        """The line (from 1) of a value, or of the nearest value around it that is known."""
        place = tuple(keys)
        while place:
            line = self._line(place)
            if line is not None:
                return line
            place = place[:-1]
        return None

    def problem(self, keys: Sequence[str | int], problem: str, advice: str | None = None) -> PolicykitError:
        """The error that says what is wrong with a value."""
        return PolicykitError(problem, path=self.path, line=self.line_of(keys), advice=advice)


def find_files(environment: Mapping[str, str] = os.environ) -> tuple[SettingsFile, ...]:
    """The settings files that hold where the command runs, the most important first.

    The project file is looked for from the current folder upwards, up to the top of a git repository. Raises `PolicykitError` for a file
    that cannot be read or is not well formed.
    """
    found = (_project_file(), _user_file(environment))
    return tuple(file for file in found if file is not None)


def read_settings(path: str) -> SettingsFile:
    """A settings file by its path: TOML where it ends in .toml (its table `tool.policykit`), else YAML. Raises `PolicykitError`."""
    return _toml(path, _content(path)) if path.lower().endswith(".toml") else _yaml(path, _content(path))


def _project_file() -> SettingsFile | None:
    try:
        folder = os.getcwd()
    except OSError:  # a folder that is gone has no settings
        return None
    steps = ""
    while True:
        own, shared = os.path.join(steps, PROJECT_FILE), os.path.join(steps, PYPROJECT)
        if os.path.isfile(own):
            return replace(_yaml(own, _content(own)), is_found=True)
        if os.path.isfile(shared) and b"tool.policykit" in (content := _content(shared)):
            file = _toml(shared, content)
            if file.data:
                return replace(file, is_found=True)
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(steps, ".git")):
            return None
        folder, steps = above, os.path.join(steps, os.pardir)


def user_file_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the user's own settings file is looked for."""
    if sys.platform.startswith("linux"):
        # what platformdirs gives, without the time of its import at every start
        home = environment.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
        return Path(home, "policykit", "config.yaml")
    from platformdirs import user_config_path

    return user_config_path("policykit") / "config.yaml"


def _user_file(environment: Mapping[str, str]) -> SettingsFile | None:
    path = str(user_file_path(environment))
    return _yaml(path, _content(path)) if os.path.isfile(path) else None


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PolicykitError(
            f"cannot be read: {reason}", path=path, advice="check the path and its permissions"
        ) from None


def _text(path: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicykitError("not UTF-8", path=path, line=line, advice="save it as UTF-8") from None


def _yaml(path: str, content: bytes) -> SettingsFile:
    from policykit.settings.yaml_lines import parse_yaml

    data, lines = parse_yaml(_text(path, content), path)
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        raise PolicykitError("settings are keys with values", path=path, line=1, advice="write `key: value` lines")
    return SettingsFile(path, os.path.dirname(path), data, lines.get)


def _toml(path: str, content: bytes) -> SettingsFile:
    import re
    import tomllib

    from policykit.settings.toml_lines import line_finder

    text = _text(path, content)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise PolicykitError("nested too deep", path=path, advice="settings are a few levels deep") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        problem = str(error)[: found.start()] if found else str(error).removesuffix(" (at end of document)")
        line = int(found[1]) if found else text.count("\n") + 1
        problem = problem[:1].lower() + problem[1:]
        raise PolicykitError(f"not valid TOML: {problem}", path=path, line=line, advice="mend the file") from None
    table = data.get("tool", {})
    settings = table.get("policykit", {}) if isinstance(table, Mapping) else {}
    find = line_finder(text)
    if not isinstance(settings, Mapping):
        raise PolicykitError(
            "tool.policykit must be a table",
            path=path,
            line=find(("tool", "policykit")),
            advice="write [tool.policykit]",
        )
    return SettingsFile(path, os.path.dirname(path), settings, lambda keys: find(("tool", "policykit", *keys)))
