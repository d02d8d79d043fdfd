"""Addresses: what is found behind them, what is tried again, and what of them is never shown or kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from policykit import addresses
from policykit.addresses import content_behind, file_of, files_behind, is_of_this_machine, without_secrets
from policykit.cli.app import run
from policykit.errors import InputError

fsspec = pytest.importorskip("fsspec")

TEXT = "某市行动方案\n一、总体要求\n到2027年，建成10个试点。\n"
SUFFIXES = (".txt",)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(address: str) -> list[str]:
    return [content_behind(item.address).decode() for item in files_behind(address, SUFFIXES)]


class _AnswerError(Exception):
    """What a package for a protocol raises for an answer with a status."""

    def __init__(self, status: int) -> None:
        super().__init__("an answer")
        self.status = status


class _ClientError(Exception):
    """As botocore has it: the status lies deep."""

    def __init__(self, status: int) -> None:
        super().__init__("an answer")
        self.response = {"ResponseMetadata": {"HTTPStatusCode": status}}


def _caused(cause: Exception) -> Exception:
    error = OSError("it went wrong")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (TimeoutError(), 3),
        (ConnectionResetError(), 3),
        (_AnswerError(503), 3),
        (_caused(_ClientError(500)), 3),
        (_AnswerError(403), 1),
        (_caused(_ClientError(400)), 1),
        (ValueError("no such bucket"), 1),
        (PermissionError(), 1),
        (FileNotFoundError(), 1),
        (OSError("a strange file"), 1),
    ],
)
def test_what_may_pass_is_tried_again(error: Exception, tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def read(address: str) -> bytes:
        tried.append(address)
        raise error

    monkeypatch.setattr(addresses, "_read", read)
    monkeypatch.setattr(addresses, "_PAUSES", (0.0, 0.0))
    with pytest.raises(InputError):
        content_behind("s3://bucket/a.txt")
    assert len(tried) == tries


class TestSecrets:
    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("https://me:secret@example.org/a.txt?key=secret#secret", "https://example.org/a.txt"),
            ("https://secret@example.org", "https://example.org"),
            ("ftp://me:sec@ret@host/plans/?.txt", "ftp://host/plans/?.txt"),
            ("abfs://box@account/a.txt?sv=1&sig=secret", "abfs://box@account/a.txt"),
            ("zip://a@b?.txt::https://me:secret@host/a.zip?key=secret", "zip://a@b?.txt::https://host/a.zip"),
            ("simplecache::s3://bucket/a@b.txt", "simplecache::s3://bucket/a@b.txt"),
            ("file:///tmp/a@b.txt", "file:///tmp/a@b.txt"),
        ],
    )
    def test_are_left_out(self, address: str, shown: str) -> None:
        assert without_secrets(address) == shown

    def test_stand_nowhere(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        asked = []

        def read(address: str) -> bytes:
            asked.append(address)
            if "bad" in address:
                raise ValueError(f"403, url='{address}'")
            return TEXT.encode()

        monkeypatch.setattr(addresses, "_read", read)
        monkeypatch.setattr(addresses, "_system", lambda address: (None, address))
        given = [f"https://me:hidden@example.org/{name}.txt?key=hidden" for name in ("good", "bad")]
        assert run(["extract", *given, "-o", "out", "--jobs", "1", "--engine", "local", "--verbose"]) == 3
        assert asked == given
        said = capfd.readouterr().err
        assert "https://example.org/bad.txt: cannot be read: 403, url='https://example.org/bad.txt'" in said
        written = [path for path in Path("out").rglob("*") if path.is_file()]
        assert len(written) >= 3
        assert not [path for path in written if b"hidden" in path.read_bytes()]
        assert "hidden" not in said
        assert yaml.safe_load(Path("out/good.yaml").read_bytes())["source"]["path"] == "https://example.org/good.txt"
        assert json.loads(Path("out/failures.jsonl").read_bytes())["path"] == "https://example.org/bad.txt"


class TestFilesOfThisMachine:
    @pytest.mark.parametrize("name", ["甲 乙.txt", "100%25.txt", "[1].txt", "a?=b.txt"])
    def test_as_the_standard_library_writes_them(self, name: str, folder: Path) -> None:
        (folder / "夹").mkdir()
        place = folder / "夹" / name
        place.write_text(name, encoding="utf-8")
        assert found(place.as_uri()) == found(place.parent.as_uri()) == [name]
        assert file_of(place.as_uri()) == str(place)
        assert found(f"{place.parent.as_uri()}/*.txt") == found(f"file://{folder}/夹/*.txt") == [name]
        with zipfile.ZipFile(folder / "夹.zip", "w") as archive:
            archive.write(place, "a.txt")
        assert found(f"zip://a.txt::{(folder / '夹.zip').as_uri()}") == [name]

    def test_a_percent_sign_in_a_name(self, folder: Path) -> None:
        (folder / "50%41.txt").write_text("it", encoding="utf-8")
        assert found(f"file://{folder}/50%41.txt") == ["it"]


class _Named(zipfile.ZipInfo):
    """A member whose name is written as it was, in any encoding and without the mark of UTF-8, as Windows does."""

    def __init__(self, name: bytes) -> None:
        super().__init__(name.decode("cp437"))
        self._name = name

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self._name, 0


def _pack(place: str, contents: dict[bytes, str]) -> None:
    with zipfile.ZipFile(place, "w") as archive:
        for name, content in contents.items():
            archive.writestr(_Named(name), content)


class TestArchives:
    def test_brackets_in_a_name(self) -> None:
        with zipfile.ZipFile("a.zip", "w") as archive:
            archive.writestr("国发[2024]1号.txt", "the one")
            archive.writestr("国发21号.txt", "another")
        assert found("zip://国发[2024]1号.txt::a.zip") == ["the one"]
        assert found("zip://国发[0-9]1号.txt::a.zip") == ["another"]

    def test_one_that_changes_is_read_anew(self) -> None:
        for text in ("one", "the other", "third"):
            with zipfile.ZipFile("a.zip", "w") as archive:
                archive.writestr(f"{text}.txt", text)
            assert found("zip://::a.zip") == [text]

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
    def test_names_without_the_mark_of_utf8(self, encoding: str) -> None:
        names = ["关于印发方案的通知.txt", "plain.txt", "夹/㐂.txt"]
        _pack("a.zip", {name.encode(encoding): name for name in names})
        assert sorted(item.below for item in files_behind("zip://::a.zip", SUFFIXES)) == sorted(names)
        assert sorted(found("zip://::a.zip")) == sorted(names)
        assert found(f"zip://{names[0]}::a.zip") == [names[0]]


def test_the_right_extra_is_named() -> None:
    script = "import sys; sys.modules['fsspec'] = None; from policykit.cli.app import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "extract", "https://me:hidden@example.org/a.txt"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    said = "addresses need fsspec, which is not installed; pip install 'policykit[addresses]'"
    assert (done.returncode, done.stderr) == (2, f"policykit: https://example.org/a.txt: {said}\n")


def test_who_can_read() -> None:
    assert is_of_this_machine("file:///tmp/a.txt")
    assert not is_of_this_machine("zip://a.txt::https://me@host/a.zip")
