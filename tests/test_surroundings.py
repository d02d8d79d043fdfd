"""Every command in surroundings that are not those of a developer: no colours, narrow terminals, 8-bit locales, full disks, readers who leave."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import shown_on_terminal

#: with what would set a terminal's title, ring its bell and colour it, and words that are no markup
HOSTILE = "\x1b]0;pwned\x07\x9b31m[bold]\x1b[2J\u202e\x00"
TEXT = (
    "某市{hostile}行动方案\n一、总体{hostile}要求\n坚持稳中求进。\n二、主要任务\n"
    "（一）建设智慧{hostile}城市。到20{year}年，建成{count}个{hostile}数据试点。（市{hostile}发展改革委牵头）\n"
)
COMMANDS = {
    "extract": ("extract", "a.txt"),
    "extract folder": ("extract", "plans"),
    "compare": ("compare", "a.txt", "plans/b.txt"),
    "compare text": ("compare", "a.txt", "plans/b.txt", "--format", "text"),
    "summarise text": ("summarise", "a.txt", "--format", "text"),
    "summarise folder": ("summarise", "plans", "--format", "text"),
    "search": ("search", "数据", "a.txt"),
    "search table": ("search", "数据", "plans", "--format", "table"),
    "check": ("check", "a.txt"),
    "normalise": ("normalise", "a.txt"),
    "segment": ("segment", "a.txt"),
    "export": ("export", "plans", "--to", "csv", "--output", "tables"),
    "batch": ("extract", "plans", "--output", "out/", "--jobs", "2", "--verbose"),
    "corpus": ("corpus", "list"),
}
#: what writes to standard output
PRINTING = {name: words for name, words in COMMANDS.items() if name not in ("export", "batch")}
#: what looks different on a terminal
SHOWN = {name: words for name, words in PRINTING.items() if len(words) == 2 or "text" in words or "table" in words}
#: what writes to a file or folder, but for its name
WRITING = {
    "summarise": ("summarise", "a.txt", "-o"),
    "extract": ("extract", "a.txt", "-o"),
    "batch": ("extract", "plans", "-o"),
    "compare": ("compare", "a.txt", "plans/b.txt", "-o"),
    "search": ("search", "数据", "a.txt", "-o"),
    "check": ("check", "a.txt", "-o"),
    "normalise": ("normalise", "a.txt", "-o"),
    "export": ("export", "plans", "--to", "sqlite", "-o"),
    "export csv": ("export", "plans", "--to", "csv", "-o"),
}
#: a sequence that chooses a colour or weight, as our pages have them, and those that progress bars draw with
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[[0-9]*[AK]|\x1b\[2K|\x1b\[\?25[lh]")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, still_sources: str) -> Path:
    """A folder to stand in, with a.txt, plans/b.txt and plans/c.txt."""
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", still_sources)
    (tmp_path / "plans").mkdir()
    write_documents(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_documents(folder: Path, hostile: str) -> None:
    for number, name in enumerate(("a.txt", "plans/b.txt", "plans/c.txt")):
        text = TEXT.format(hostile=hostile, year=27 + number, count=30 + number)
        (folder / name).write_text(text.replace("\x00", ""), encoding="utf-8")


def process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    options = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "check": False,
        "timeout": 180,
        **more,
    }
    return subprocess.run([sys.executable, "-m", "policykit", *arguments], **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_nothing_in_a_document_acts_on_a_terminal(words: tuple[str, ...], folder: Path) -> None:
    write_documents(folder, HOSTILE)
    code, shown = shown_on_terminal(*words)
    assert code in (0, 1)
    left = OURS.sub("", shown)
    assert not {character for character in left if character < " " and character not in "\r\n"}, ascii(left)
    assert not {"\x7f", "\x9b", "\u202e"} & set(left)
    assert "Traceback" not in shown


@pytest.mark.parametrize("words", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize(
    ("environment", "columns"), [({"NO_COLOR": "1"}, 10), ({"TERM": "dumb"}, 30)], ids=["no", "dumb"]
)
def test_narrow_terminals_where_nobody_wants_colours(
    words: tuple[str, ...], environment: dict[str, str], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    code, shown = shown_on_terminal(*words, columns=columns, **environment)
    assert code in (0, 1)
    assert shown.strip()
    assert "Traceback" not in shown
    assert not re.search(r"\x1b\[[0-9;]*[0-9][0-9;]*m", shown), ascii(shown)


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_what_is_written_is_utf8_whatever_the_locale(words: tuple[str, ...], folder: Path) -> None:
    written = []
    for environment in ({"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}):
        done = process(*words, env={**os.environ, **environment})
        assert done.returncode in (0, 1)
        results = {
            path: path.read_bytes() for name in ("out", "tables") for path in Path(name).rglob("*") if path.is_file()
        }
        written.append((done.returncode, done.stdout, done.stderr, results))
    assert written[0] == written[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", PRINTING.values(), ids=PRINTING)
def test_a_full_disk(words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = process(*words, stdout=full)
    said = b"policykit: standard output: cannot be written: no space left on device\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize("words", PRINTING.values(), ids=PRINTING)
def test_a_reader_who_has_gone_ends_it_in_silence(words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process(*words, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_a_place_that_cannot_be_written_to(words: tuple[str, ...], folder: Path) -> None:
    """A folder below a file; and where the user may not write everywhere, a folder that is read-only."""
    places = ["a.txt/x"]
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        (folder / "locked").mkdir(mode=0o555)
        places.append("locked/x")
    for place in places:
        done = process(*words, place)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(f"policykit: {place}".encode()), done.stderr
        assert b": cannot be " in done.stderr
        assert done.stderr.count(b"\n") == 1
    assert not [path for path in folder.rglob("*") if path.name.startswith(".policykit")]
    assert (folder / "a.txt").is_file()


@pytest.mark.parametrize("words", [*PRINTING.values()], ids=PRINTING)
def test_closed_standard_output(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "policykit", *words],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=180,
    )
    assert done.returncode == 2
    assert done.stderr == b"policykit: standard output: is closed; write to a file with --output\n"


def test_a_library_that_cannot_be_told_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    from policykit.memory import give_back_large_blocks

    told: list[str] = []

    def library(name: object) -> object:
        told.append("asked")
        return object()  # without mallopt

    monkeypatch.setattr(ctypes, "CDLL", library)
    give_back_large_blocks(10_000)
    assert told == []
    give_back_large_blocks(2_000_000)
    assert told == ["asked"]
