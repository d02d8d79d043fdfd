"""Values kept between processes."""

import os
import sys
from pathlib import Path

import pytest

from policykit.cache import cache_directory, cached_value, content_key, store_value, stored_value


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_value_is_made_once() -> None:
    made: list[int] = []

    def make() -> dict[str, list[int]]:
        made.append(1)
        return {"a": [1, 2]}

    assert cached_value("key", make) == cached_value("key", make) == {"a": [1, 2]}
    assert made == [1]


def test_a_damaged_entry_is_made_again(folder: Path) -> None:
    cached_value("key", lambda: [1])
    [entry] = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-1] + b"x")
    assert cached_value("key", lambda: [2]) == [2]
    assert cached_value("key", lambda: [3]) == [2]


def test_no_place_to_write_is_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("a file where the folder should be")
    assert cached_value("key", lambda: [1]) == [1]
    monkeypatch.setenv("POLICYKIT_CACHE", "")
    assert cached_value("key", lambda: [2]) == [2]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner here")
def test_another_users_entry_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cached_value("key", lambda: [1])
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert stored_value("key") is None
    assert cached_value("key", lambda: [2]) == [2]


def test_a_user_without_a_home_has_no_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("POLICYKIT_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", homeless)
    assert cache_directory() is None
    assert cached_value("key", lambda: [1]) == [1]


def test_nothing_is_left_beside_the_entry(folder: Path) -> None:
    cached_value("key", lambda: "value")
    assert [path.suffix for path in folder.iterdir()] == [".bin"]


def test_of_a_kind_the_latest_are_kept(folder: Path) -> None:
    store_value("other-1", 0)
    for number in range(12):
        store_value(f"kind-{number}", number)
        os.utime(folder / f"kind-{number}-{sys.implementation.cache_tag}.bin", (number, number))
    store_value("kind-12", 12)
    kept = [number for number in range(13) if stored_value(f"kind-{number}") == number]
    assert kept == [5, 6, 7, 8, 9, 10, 11, 12]
    assert stored_value("other-1") == 0


def test_other_code_has_other_keys(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    keys = []
    for code in ("a = 1", "a = 2", None):
        module.write_text(code) if code else module.unlink()
        keys.append(content_key("kind", [b"content"], made_by=str(module)))
    assert len({*keys, content_key("kind", [b"content"])}) == 4
