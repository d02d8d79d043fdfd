"""Values kept between processes."""

from pathlib import Path

import pytest

from policykit.cache import cached_value


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


def test_nothing_is_left_beside_the_entry(folder: Path) -> None:
    cached_value("key", lambda: "value")
    assert [path.suffix for path in folder.iterdir()] == [".bin"]
