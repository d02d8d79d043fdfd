"""Patterns that are kept between processes do what `re` does."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policykit import cache, pattern_starts, patterns

PATTERNS = [
    (r"[一二三四五六七八九十]+、", 0),
    (r"(?P<start>\d{4})[-—](?P<end>\d{4})年|第(\d+)条", 0),
    (r"(?<![0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?=[项个%])", 0),
    (r"^\s*(?i:abc)[^\W\d_]*?$", re.MULTILINE | re.IGNORECASE),
    (r"[\u4e00-\u9fff\U00020000-\U0002fa1f]{2,}(?!、)", re.DOTALL),
    (r"""(?x) a b  # comment""", 0),
    (r"(a)|b\1?", re.ASCII),
    # those that `re` tries at every letter
    (r"(?<![比较])(?:20[0-9]{2}|二十)年|(?<=[0-9])(?:项)", 0),
    (r"(?P<one>到|(?<!以)上)?(?P<two>20[0-9]{2}|[项条]|(?:第(?:1|2)))(?:a|$)?", 0),
    (r"(?:(?:ab)?|c*)(?=b)b|(?:[^\W\d_]|𠀀)、", 0),
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


def test_searches_skip_to_what_a_pattern_begins_with() -> None:
    parse, code = re._parser.parse, re._compiler._code  # type: ignore[attr-defined]
    for text in (r"(?<!以)上年|一带", r"\b(?:(?P<a>上)|[年月])", r"(?:上|前)?(?:[年月]|日)"):
        numbers = list(code(parse(text, 0), 0))
        known = pattern_starts.with_start(parse(text, 0), numbers, 0, re._compiler)  # type: ignore[attr-defined]
        assert len(known) > len(numbers), text
    for text in (r"(?<!以).年", r"(?:上)?", r"[^上]年|月", r"上年", r"(?i:a)|b"):
        numbers = list(code(parse(text, 0), 0))
        assert pattern_starts.with_start(parse(text, 0), numbers, 0, re._compiler) == numbers, text  # type: ignore[attr-defined]


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


def test_other_code_for_beginnings_keeps_patterns_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = patterns._entry()
    assert patterns._entry() == before
    (tmp_path / "pattern_starts.py").write_text("# another way", encoding="utf-8")
    monkeypatch.setattr(patterns, "__file__", str(tmp_path / "patterns.py"))
    assert patterns._entry() != before
