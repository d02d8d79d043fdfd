"""Reading YAML and JSON that others wrote: what is broken, nested without end or monstrous is a `DataError`, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: data of people is a few levels deep; parsers and readers take a step of the stack for each
DEEPEST = 100
#: a number of more digits is none, and Python does not print it
_MOST_DIGITS = 400
#: aliases of YAML may stand for more than the text holds, up to this many values
_MOST_BY_ALIASES = 1_000_000

#: so many brackets are needed for a depth that is dangerous to the parser
_MANY_BRACKETS = 4_000
#: and without brackets deep indentation, or a row of dashes
_DEEP_LINE = rf"(?m)^[ \t]{{{DEEPEST}}}|(?:[-?:][ \t]+){{{DEEPEST}}}"


class DataError(Exception):
    """What is wrong with a text as data, and in which line (from 1), where that is known."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.line = problem, line


def yaml_values(text: str) -> Iterator[Any]:
    """The data of each document of a YAML stream. Raises `DataError`.

    >>> list(yaml_values("a: 1\\n---\\n[2]"))
    [{'a': 1}, [2]]
    """
    import yaml

    refuse_deep_yaml(text)
    try:
        for value in yaml.load_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            yield _checked(value, max(_MOST_BY_ALIASES, len(text)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"not valid YAML: {error.problem or error.context}"
        raise DataError(problem, mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise DataError(f"not valid YAML: {error}") from None
    except (ValueError, OverflowError, TypeError) as error:  # 2023-13-45, thousands of digits, a list as a key of a set
        raise DataError(f"not valid YAML: a value that is none: {error}") from None
    except RecursionError:
        raise DataError("nested too deeply") from None


def json_values(text: str) -> Iterator[Any]:
    """The values that stand in a text one behind the other (JSON, JSON lines). Raises `DataError`.

    >>> list(json_values('{"a": 1}\\n[2]\\n'))
    [{'a': 1}, [2]]
    """
    import json

    decoder, position = json.JSONDecoder(), 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        try:
            value, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise DataError(f"not valid JSON: {error.msg}", error.lineno) from None
        except ValueError:
            raise DataError("not valid JSON: a number of thousands of digits") from None
        except RecursionError:
            raise DataError("nested too deeply") from None
        yield _checked(value, len(text))


def refuse_deep_yaml(text: str) -> None:
    """Raises `DataError` for YAML that is nested deeper than `DEEPEST`: the parser in C would take all of the stack for it and die.

    Text that cannot be nested so deep is seen through at the cost of a glance.
    """
    if not _may_be_deep(text):
        return
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise DataError("nested too deeply", event.start_mark.line + 1 if event.start_mark else None)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return  # the parser says what is wrong, in a better place


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > _MANY_BRACKETS or re.search(_DEEP_LINE, text) is not None


def _checked(value: Any, most: int) -> Any:
    """A value that every reader can walk through: not too deep (nor within itself), not too much, no monstrous number."""
    level: list[Any] = [value]
    count = 0
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
                below.extend(key for key in item if not isinstance(key, str))
            elif isinstance(item, list | tuple | set):
                below.extend(item)
            elif isinstance(item, int) and item.bit_length() > _MOST_DIGITS * 3:
                raise DataError(f"a number of more than {_MOST_DIGITS} digits")
            count += 1
        if count + len(below) > most + 1:
            raise DataError("aliases that stand for too much")
        if not below:
            return value
        level = below
    raise DataError("nested too deeply")
