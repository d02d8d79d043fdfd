"""Patterns that are kept between processes do what `re` does."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policykit import cache, patterns

PATTERNS = [
    (r"[一二三四五六七八九十]+、", 0),
    (r"(?P<start>\d{4})[-—](?P<end>\d{4})年|第(\d+)条", 0),
    (r"(?<![0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?=[项个%])", 0),
    (r"^\s*(?i:abc)[^\W\d_]*?$", re.MULTILINE | re.IGNORECASE),
    (r"[\u4e00-\u9fff\U00020000-\U0002fa1f]{2,}(?!、)", re.DOTALL),
    (r"""(?x) a b  # comment""", 0),
    (r"(a)|b\1?", re.ASCII),
]
TEXTS = ["十二、到2021—2025年，第12条，1,200项和35%。", "\nABC\nabcé", "ab aab b", "𠀀𠀁标准、体系", ""]


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYKIT_CACHE", str(tmp_path))
    importlib.reload(patterns)
    return tmp_path


def behaviour(pattern: re.Pattern[str]) -> object:
    return (
        pattern.pattern,
        pattern.flags,
        pattern.groups,
        pattern.groupindex,
        [[(found.span(), found.groups(), found.lastgroup) for found in pattern.finditer(text)] for text in TEXTS],
    )


@pytest.mark.parametrize(("text", "flags"), PATTERNS)
def test_kept_patterns_are_those_of_re(text: str, flags: int, fresh: Path) -> None:
    expected = behaviour(re.compile(text, flags))
    assert behaviour(patterns.compiled(text, flags)) == expected
    patterns.keep()
    assert len(list(fresh.iterdir())) == 1
    importlib.reload(patterns)
    kept = patterns.compiled(text, flags)
    assert not patterns._new, "it was compiled again"
    assert behaviour(kept) == expected
    assert kept == re.compile(text, flags)


def test_what_is_kept_grows_together() -> None:
    patterns.compiled("一")
    patterns.keep()
    importlib.reload(patterns)
    patterns.compiled("二")
    patterns.keep()
    assert {text for text, _ in patterns._load()} == {"一", "二"}


def test_a_wrong_pattern_is_an_error() -> None:
    with pytest.raises(re.error):
        patterns.compiled("(")


@pytest.mark.parametrize("code", [b"", b"abc", b"abcd" * 3, b"\xff" * 64, [1, 2, 3], "x", None])
def test_what_the_engine_refuses_is_compiled(code: object) -> None:
    cache.store_value(patterns._entry(), {("一+", 0): (32, code, 0, {})})
    assert patterns.compiled("一+").findall("一一") == ["一一"]


def test_without_a_place_to_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYKIT_CACHE", "")
    assert patterns.compiled("一+").findall("一一") == ["一一"]
    patterns.keep()


def test_on_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_sre", None)
    monkeypatch.setattr("re._parser", None)
    assert patterns.compiled("二+").findall("二二") == ["二二"]
    assert not patterns._new


def test_two_runs_print_the_same(fresh: Path) -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-m", "policykit", "extract", "2023-national"], capture_output=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
