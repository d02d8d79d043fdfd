"""Batches in processes of their own, as people stop, kill and resume them."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policykit.batches.journal import Journal
from policykit.batches.pool import in_order, work_through
from policykit.batches.work import Extraction, Report, Task
from policykit.corpus import open_corpus
from policykit.errors import PolicykitError
from policykit.inputs import expand

TEXT = "某市行动方案\n一、总体要求\n坚持稳中求进。\n二、主要任务\n（一）建设智慧城市。到2027年，建成{}个试点。\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="signals and processes as POSIX has them")


@pytest.fixture(autouse=True)
def same_policykit(still_sources: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process of a test is of one policykit."""
    monkeypatch.setenv("PYTHONPATH", still_sources)


def write_documents(folder: Path, count: int, times: int = 1) -> None:
    (folder / "sub").mkdir(parents=True)
    for number in range(count):
        place = folder / ("sub" if number % 3 == 0 else "") / f"{number:03}.txt"
        place.write_text(TEXT.format(number) * times, encoding="utf-8")


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "policykit", "extract", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(running: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    out, err = running.communicate(timeout=60)
    return running.returncode, out, err.decode("utf-8")


def extract(folder: Path, *arguments: str) -> tuple[int, bytes, str]:
    return finish(start(folder, *arguments))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def wait_for_results(folder: Path, count: int) -> None:
    journal, end = folder / ".policykit" / "done.jsonl", time.monotonic() + 30
    while time.monotonic() < end:
        if journal.exists() and journal.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.002)
    raise AssertionError("the batch does not get on")


def processes_of_session(session: int) -> list[int]:
    """The processes that a command left behind, workers too: of one session, and no zombies."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def wait_until_gone(session: int) -> None:
    end = time.monotonic() + 20
    while processes_of_session(session) and time.monotonic() < end:
        time.sleep(0.02)
    assert processes_of_session(session) == []


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_documents(tmp_path / "in", 40)
    return tmp_path


class TestProcesses:
    def test_two_processes_write_what_one_writes(self, folder: Path) -> None:
        (folder / "in" / "bad.txt").write_bytes(b"\0\1\2\xff" * 50)
        one = extract(folder, "in", "-o", "one", "--jobs", "1")
        two = extract(folder, "in", "-o", "two", "--jobs", "2")
        assert one == (3, b"", two[2].replace("two", "one"))
        assert contents(folder / "one") == contents(folder / "two")
        failure = json.loads((folder / "two" / "failures.jsonl").read_text(encoding="utf-8"))
        assert failure["path"] == "in/bad.txt"
        assert failure["problem"]
        assert "policykit: 40 of 41 done, 1 failed; see two/failures.jsonl\n" in two[2]
        assert len(contents(folder / "two")) == 42

    @pytest.mark.parametrize("format", ["yaml", "json", "jsonl"])
    def test_what_is_printed_stands_in_order(self, folder: Path, format: str) -> None:
        (folder / "in" / "000.txt").write_text(TEXT.format("0") * 300, encoding="utf-8")  # the first takes longest
        one = extract(folder, "in", "--jobs", "1", "-f", format)
        assert one[0] == 0
        assert extract(folder, "in", "--jobs", "2", "-f", format) == one
        if format == "jsonl":
            paths = [json.loads(line)["source"]["path"] for line in one[1].splitlines()]
            assert paths == sorted(paths)
            assert len(paths) == 41

    def test_standard_input_among_others(self, folder: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "policykit",
            "extract",
            "in",
            "-",
            "2023-national",
            "-f",
            "jsonl",
            "--jobs",
            "2",
        ]
        done = subprocess.run(command, cwd=folder, input=TEXT.encode(), capture_output=True, check=True)
        ids = [json.loads(line)["source"]["id"] for line in done.stdout.splitlines()]
        assert len(ids) == 42
        assert ids[-2:] == ["stdin", "2023-national"]

    @linux
    def test_a_worker_that_dies_costs_its_document(self, folder: Path) -> None:
        os.mkfifo(folder / "in" / "020.fifo.txt")  # whoever reads it waits
        running = start(folder, "in/020.fifo.txt", "in", "-o", "out", "--jobs", "2")
        wait_for_results(folder / "out", 6)
        time.sleep(0.3)
        waiting = [process for process in processes_of_session(running.pid) if _reads_fifo(process)]
        assert len(waiting) == 1
        os.kill(waiting[0], signal.SIGKILL)
        code, _, err = finish(running)
        assert code == 3
        assert err.splitlines()[0].startswith(
            "policykit: in/020.fifo.txt: the worker process was killed by signal 9 over it"
        )
        assert err.splitlines()[1:] == ["policykit: 40 of 41 done, 1 failed; see out/failures.jsonl"]
        assert len(list((folder / "out").rglob("*.yaml"))) == 40


def _reads_fifo(process: int) -> bool:
    """Whether a process hangs in opening a pipe."""
    return "fifo" in (Path("/proc") / str(process) / "wchan").read_text(encoding="utf-8") or (_blocked_in_open(process))


def _blocked_in_open(process: int) -> bool:
    # openat is 257 on x86-64, 56 on ARM
    return (Path("/proc") / str(process) / "syscall").read_text(encoding="utf-8").split()[0] in ("257", "56")


class TestResume:
    def test_only_what_changed_is_done_again(self, folder: Path) -> None:
        extract(folder, "in", "-o", "out", "--jobs", "1")
        before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.yaml")}
        os.utime(folder / "in" / "001.txt")  # times do not count
        (folder / "in" / "002.txt").write_text(TEXT.format("九百"), encoding="utf-8")
        (folder / "out" / "004.yaml").write_text("damaged", encoding="utf-8")
        (folder / "out" / "005.yaml").unlink()
        code, _, err = extract(folder, "in", "-o", "out", "--resume", "--jobs", "1")
        assert (code, err) == (0, "policykit: 40 of 40 done (37 of them before)\n")
        changed = {path.name for path, stamp in before.items() if path.stat().st_mtime_ns != stamp}
        assert changed == {"002.yaml", "004.yaml", "005.yaml"}
        extract(folder, "in", "-o", "new", "--jobs", "1")
        assert contents(folder / "out") == contents(folder / "new")

    def test_other_options_count_as_another_way(self, folder: Path) -> None:
        extract(folder, "in", "-o", "out", "--jobs", "1")
        assert "before" not in extract(folder, "in", "-o", "out", "--resume", "--all-quantities", "--jobs", "1")[2]

    def test_a_result_of_an_earlier_state_does_not_stand_for_a_document_that_fails(self, folder: Path) -> None:
        extract(folder, "in", "-o", "out", "--jobs", "1")
        (folder / "in" / "001.txt").write_bytes(b"\0\1\2\xff" * 50)
        assert extract(folder, "in", "-o", "out", "--resume", "--jobs", "1")[0] == 3
        assert not (folder / "out" / "001.yaml").exists()
        assert (folder / "out" / "failures.jsonl").exists()

    def test_it_needs_a_folder(self, folder: Path) -> None:
        code, _, err = extract(folder, "in", "--resume")
        assert (code, err) == (2, "policykit: --resume needs a folder of results; name one with --output DIR\n")

    @linux
    @pytest.mark.parametrize("count", [1, 13])
    def test_killed_and_resumed_is_as_undisturbed(self, tmp_path: Path, count: int) -> None:
        write_documents(tmp_path / "in", 60, times=20)
        assert extract(tmp_path, "in", "-o", "undisturbed", "--jobs", "2")[0] == 0
        running = start(tmp_path, "in", "-o", "out", "--jobs", "2")
        wait_for_results(tmp_path / "out", count)
        running.kill()
        running.communicate(timeout=20)
        wait_until_gone(running.pid)
        noted = (tmp_path / "out" / ".policykit" / "done.jsonl").read_text(encoding="utf-8").splitlines()
        for line in noted:
            row = json.loads(line)
            result = (tmp_path / "out" / row["result"]).read_bytes()
            assert hashlib.sha256(result).hexdigest() == row["result_sha256"]
        finished = len(list((tmp_path / "out").rglob("*.yaml")))
        assert finished - len(noted) <= 4  # what was under way in two workers, and what they had just done
        code, _, err = extract(tmp_path, "in", "-o", "out", "--resume", "--jobs", "2")
        assert (code, err) == (0, f"policykit: 60 of 60 done ({len(noted)} of them before)\n")
        assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")

    @linux
    def test_ctrl_c_stops_with_130_and_no_process_is_left(self, tmp_path: Path) -> None:
        write_documents(tmp_path / "in", 60, times=20)
        running = start(tmp_path, "in", "-o", "out", "--jobs", "2")
        wait_for_results(tmp_path / "out", 3)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all processes
        code, out, err = finish(running)
        assert (code, out) == (130, b"")
        assert err.startswith("policykit: stopped after ")
        assert err.endswith(" of 60; --resume goes on\n")
        assert err.count("\n") == 1
        wait_until_gone(running.pid)
        assert not [name for name in contents(tmp_path / "out") if name.endswith(".tmp")]
        assert extract(tmp_path, "in", "-o", "out", "--resume", "-q")[0] == 0
        extract(tmp_path, "in", "-o", "undisturbed")
        assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")

    def test_two_batches_do_not_write_to_one_folder(self, folder: Path) -> None:
        (folder / "out").mkdir()
        with Journal(str(folder / "out"), "x"):
            code, _, err = extract(folder, "in", "-o", "out")
        assert (code, err) == (
            2,
            "policykit: out: another batch writes to this folder; wait for it or name another folder\n",
        )

    def test_a_journal_that_is_refused_leaves_nothing_open(self, tmp_path: Path) -> None:
        pytest.importorskip("fcntl")
        with Journal(str(tmp_path), "x"):
            refused = Journal(str(tmp_path), "x")
            with pytest.raises(PolicykitError, match="another batch"):
                refused.__enter__()
            assert refused._done is not None
            assert refused._done.closed

    def test_without_locks_the_journal_is_closed_before_it_is_replaced(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "fcntl", None)
        replace, closed = os.replace, []

        def watched(old: str, new: str) -> None:
            if new.endswith("done.jsonl"):
                closed.append(journal._done is not None and journal._done.closed)
            replace(old, new)

        monkeypatch.setattr(os, "replace", watched)
        with Journal(str(tmp_path), "x") as journal:
            journal.add("a.yaml", "a.txt", "00" * 32, "11" * 32)
            journal.add_in_order("a.yaml", "a.txt", "00" * 32, "11" * 32)
        assert closed == [True]

    def test_half_a_line_of_the_journal_is_passed_over(self, tmp_path: Path) -> None:
        with pytest.raises(KeyboardInterrupt), Journal(str(tmp_path), "x") as journal:
            journal.add("a.yaml", "a.txt", "00" * 32, "11" * 32)
            raise KeyboardInterrupt
        with (tmp_path / ".policykit" / "done.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"result": "b.ya')
        with Journal(str(tmp_path), "x") as journal:
            assert journal.known("a.yaml", "a.txt") == ("00" * 32, "11" * 32)
            assert journal.known("a.yaml", "other.txt") is None
            assert not journal.holds("b.yaml")


class TestListing:
    def test_folders_are_ordered_by_whole_paths(self, tmp_path: Path) -> None:
        for name in ("a-b.txt", "a/c.txt", "a.txt", "a0.txt", "b/a/x.txt", "b/a.txt", "b.d/y.txt"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("文", encoding="utf-8")
        found = [item.name for item in expand([str(tmp_path)], open_corpus()).inputs]
        assert found == sorted(found)
        assert len(found) == 7

    def test_a_file_under_two_names_is_one_document(self, tmp_path: Path) -> None:
        write_documents(tmp_path / "in", 4)
        (tmp_path / "in" / "link.txt").symlink_to("001.txt")
        (tmp_path / "other").symlink_to("in")
        arguments = [str(tmp_path / name) for name in ("in", "other", "in/sub/../001.txt", "in/./002.txt")]
        found = expand(arguments, open_corpus()).inputs
        assert [item.stem for item in found] == ["001", "002", "sub/000", "sub/003"]

    def test_a_result_never_takes_the_place_of_a_document(self, folder: Path) -> None:
        (folder / "out").mkdir()
        (folder / "out" / "001.yaml").symlink_to(folder / "in" / "001.txt")
        (folder / "plan.yaml").write_text(TEXT, encoding="utf-8")
        for arguments, place in (
            (["in", "-o", "out"], "out/001.yaml"),
            (["in", "plan.yaml", "-o", "."], "./plan.yaml"),
        ):
            refusal = f"policykit: {place}: is one of the documents to read; name another output\n"
            assert extract(folder, *arguments) == (2, b"", refusal)

    def test_tasks_are_taken_as_they_are_needed(self) -> None:
        taken = []
        (item,) = expand(["2011-beijing"], open_corpus()).inputs

        def tasks() -> Iterator[Task]:
            for number in range(100_000):
                taken.append(number)
                yield Task(number, item)

        reports = work_through(Extraction("jsonl"), tasks(), 2)
        assert next(reports).failure is None
        reports.close()
        assert len(taken) <= 8

    def test_reports_are_put_in_order(self) -> None:
        assert [report.number for report in in_order(Report(number) for number in (2, 0, 1, 4, 3))] == [0, 1, 2, 3, 4]
