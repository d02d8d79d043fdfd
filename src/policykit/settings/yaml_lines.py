"""YAML with the line of every value."""

from __future__ import annotations

from typing import Any

import yaml

from policykit.errors import PolicykitError
from policykit.plain_data import DataError, refuse_deep_yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: settings are written by hand; what is nested deeper is no settings file
_DEEPEST, _MOST = 12, 20_000


def parse_yaml(text: str, path: str) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """The data of one YAML document, and the line (from 1) of each value by its keys.

    Raises `PolicykitError` with the line where the YAML is broken, a key stands twice, or something refers to itself.
    """
    try:
        refuse_deep_yaml(text)
    except DataError as error:
        advice = "settings are a page of short entries"
        raise PolicykitError(error.problem, path=path, line=error.line, advice=advice) from None
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        lines: dict[tuple[str | int, ...], int] = {}
        if node is None:
            return None, lines
        _read(node, (), lines, path)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        what = " ".join(str(error.problem or error.context).split())
        raise PolicykitError(f"not valid YAML: {what}", path=path, line=line, advice="mend the file") from None
    except (yaml.YAMLError, ValueError) as error:
        what = " ".join(str(error).split())
        raise PolicykitError(f"not valid YAML: {what}", path=path, advice="mend the file") from None
    finally:
        loader.dispose()


def _read(node: Any, keys: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], path: str) -> None:
    line = node.start_mark.line + 1
    if len(keys) > _DEEPEST or len(lines) > _MOST:
        raise PolicykitError(
            "too much, or nested too deep", path=path, line=line, advice="settings are a page of short entries"
        )
    lines.setdefault(keys, line)
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _read(item, (*keys, number), lines, path)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise PolicykitError("a key must be a word", path=path, line=key.start_mark.line + 1)
            place = (*keys, str(key.value))
            if place in lines:
                problem = f"{key.value} stands twice, first in line {lines[place]}"
                raise PolicykitError(problem, path=path, line=key.start_mark.line + 1, advice="join them")
            lines[place] = key.start_mark.line + 1
            _read(value, place, lines, path)
