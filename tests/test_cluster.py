"""Batches on a Dask cluster of real processes: a scheduler, two workers, one of which dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from policykit.cli.app import run

distributed = pytest.importorskip("distributed")
fsspec = pytest.importorskip("fsspec")

TEXT = "某市行动方案\n一、总体要求\n坚持稳中求进。\n二、主要任务\n（一）建设智慧城市。到2027年，建成{}个试点。\n"


class Cluster(NamedTuple):
    """A scheduler and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def dask(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """A scheduler and two worker processes, which know nothing of the folders of the tests."""
    place = folder / "scheduler.json"
    scheduler = dask(
        folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place)
    )
    processes = [scheduler]
    try:
        end = time.monotonic() + 60
        while not place.exists() or not place.read_bytes().endswith(b"}"):
            assert scheduler.poll() is None
            assert time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.05)
        address = json.loads(place.read_text(encoding="utf-8"))["address"]
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        workers = [dask(folder, "worker", address, *options) for _ in range(2)]
        processes += workers
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(address, workers)
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait(60)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for all tests that leave it as it is."""
    with started(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def own_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for one test."""
    with started(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with 60 documents in `in`, one of which is none."""
    for name in os.environ:
        if name.startswith("POLICYKIT_"):
            monkeypatch.delenv(name)
    write_documents(tmp_path / "in", 60)
    (tmp_path / "in" / "bad.txt").write_bytes(b"\0\1\2\xff" * 50)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_documents(folder: Path, count: int, times: int = 1) -> None:
    for number in range(count):
        place = folder / ("sub" if number % 3 == 0 else "") / f"{number:03}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(TEXT.format(number) * times, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def results(folder: Path) -> dict[str, bytes]:
    """What is in a folder of results besides the record, which names the paths of the documents."""
    return {name: held for name, held in contents(folder).items() if not name.startswith(".policykit/")}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_worker_is_killed_in_the_middle_and_the_bytes_are_the_same(own_cluster: Cluster, folder: Path) -> None:
    write_documents(folder / "large", 160, times=20)
    (folder / "later").mkdir()
    for number in range(80):
        (folder / "later" / f"later{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    gate = folder / "gate.txt"
    gate.write_text(TEXT, encoding="utf-8")
    inputs = ["large", "gate.txt", "later"]
    assert run(["extract", *inputs, "-o", "local", "--jobs", "1"]) == 0
    # the batch waits at a document in the middle until we hand it over, however fast the machine is
    content = gate.read_bytes()
    gate.unlink()
    os.mkfifo(gate)
    running = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "policykit",
            "extract",
            *inputs,
            "-o",
            "out",
            "--scheduler",
            own_cluster.address,
        ],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        journal, end = folder / "out" / ".policykit" / "done.jsonl", time.monotonic() + 120
        while not journal.exists() or journal.read_bytes().count(b"\n") < 20:
            assert running.poll() is None, running.communicate(timeout=120)
            assert time.monotonic() < end, "the batch does not get on"
            time.sleep(0.002)
        own_cluster.workers[0].send_signal(signal.SIGKILL)
        assert own_cluster.workers[0].wait(60) == -signal.SIGKILL
        assert journal.read_bytes().count(b"\n") <= 160
        while True:
            try:
                pipe = os.open(gate, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:  # nobody reads yet
                assert running.poll() is None, running.communicate(timeout=120)
                assert time.monotonic() < end, "the batch does not get to that document"
                time.sleep(0.01)
        with open(pipe, "wb") as handed_over:
            os.set_blocking(pipe, True)
            handed_over.write(content)
        assert running.communicate(timeout=300) == (b"", b"")
    finally:
        running.kill()
        running.wait(60)
    assert running.returncode == 0
    assert contents(folder / "out") == contents(folder / "local")


class _Future:
    """A future of `_Client`."""

    def __init__(self, key: str, result: object) -> None:
        self.key, self.status, self.result = key, "finished", lambda: result

    def add_done_callback(self, call: Callable[[_Future], None]) -> None:
        call(self)


class _Client:
    """What the batch needs of Dask's client, doing everything at once."""

    id, status = "1", "running"

    def nthreads(self) -> dict[str, int]:
        return {"one": 4}

    def submit(self, function: Callable[..., object], *arguments: object, key: str, **options: object) -> _Future:
        return _Future(key, function(*arguments))


def test_what_is_handed_out_is_not_looked_through_for_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    from policykit.batches import cluster as module
    from policykit.batches.work import Extraction, Report, Task
    from policykit.inputs import Input

    monkeypatch.setattr(
        module, "perform_parcels", lambda extraction, by, parcels: [Report(parcel.task.number) for parcel in parcels]
    )
    monkeypatch.setattr(module, "deliver", lambda extraction, task, report: report)
    looked = 0

    class Counted(dict[int, Task]):
        def __iter__(self) -> Iterator[int]:
            nonlocal looked
            for key in super().__iter__():
                looked += 1
                yield key

    work = module._Cluster(_Client(), Extraction("yaml"))
    work._places = Counted()
    item = Input("a.txt", "a", None, "a", "s3://bucket/a.txt")
    numbers = [report.number for report in work.reports(Task(number, item) for number in range(2000))]
    assert numbers == list(range(2000))
    assert looked == 0
    assert not work._places
    assert len(work._order) < module._WINDOW * module._CHUNK * 4


def test_failures_order_and_resume_are_those_of_a_local_batch(
    cluster: Cluster, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    there = ["--engine", "dask", "--scheduler", cluster.address]
    assert run(["extract", "in", "-o", "local", "--jobs", "1"]) == 3
    said = capfd.readouterr().err
    assert run(["extract", "in", "-o", "out", *there]) == 3
    assert capfd.readouterr().err == said.replace("local", "out")
    assert contents(folder / "out") == contents(folder / "local")
    assert "failures.jsonl" in contents(folder / "out")

    (folder / "in" / "bad.txt").unlink()
    (folder / "in" / "002.txt").write_text(TEXT.format("九百"), encoding="utf-8")
    (folder / "out" / "004.yaml").write_text("damaged", encoding="utf-8")
    assert run(["extract", "in", "-o", "out", "--resume", *there]) == 0
    assert capfd.readouterr().err == "policykit: 60 of 60 done (58 of them before)\n"
    assert run(["extract", "in", "-o", "new", "--jobs", "1"]) == 0
    assert contents(folder / "out") == contents(folder / "new")

    capfd.readouterr()
    assert run(["extract", "in", "-f", "jsonl", "--jobs", "1"]) == 0
    printed = capfd.readouterr().out
    assert run(["extract", "in", "-f", "jsonl", *there]) == 0
    assert capfd.readouterr().out == printed


@pytest.mark.parametrize("kind", ["memory", "zip", "file"])
def test_addresses_give_the_results_of_files(
    cluster: Cluster, folder: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {path.relative_to("in").as_posix(): path.read_bytes() for path in Path("in").rglob("*.txt")}
    address = {"memory": "memory://plans", "zip": "zip://plans::plans.zip", "file": (folder / "in").as_uri()}[kind]
    memory = fsspec.filesystem("memory")
    if kind == "memory":
        memory.pipe({f"/plans/{name}": content for name, content in files.items()})
    with zipfile.ZipFile("plans.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(f"plans/{name}", content)
    try:
        assert run(["extract", address, "-o", "there", "--scheduler", cluster.address]) == 3
        assert run(["extract", address, "-o", "here", "--jobs", "2", "--engine", "local"]) == 3
        assert results(folder / "there") == results(folder / "here")
        capfd.readouterr()
        assert run(["extract", address, "-o", "there", "--resume", "--scheduler", cluster.address]) == 3
        assert "60 of 61 done (60 of them before), 1 failed" in capfd.readouterr().err
    finally:
        if kind == "memory":
            memory.rm("/plans", recursive=True)
    assert run(["extract", "in", "-o", "usual", "--jobs", "1"]) == 3
    assert sorted(results(folder / "here")) == sorted(results(folder / "usual"))
    head, _, chain = address.partition("::")
    here, usual = (yaml.safe_load(results(folder / name)["sub/003.yaml"]) for name in ("here", "usual"))
    assert here["source"].pop("path") == f"{head}/sub/003.txt" + (f"::{chain}" if chain else "")
    assert usual["source"].pop("path") == "in/sub/003.txt"
    assert here == usual


def test_tables_are_those_of_export(cluster: Cluster, folder: Path) -> None:
    pytest.importorskip("pyarrow")
    assert run(["export", "in", "--to", "parquet", "-o", "exported", "-q"]) == 3
    assert run(["extract", "in", "-f", "parquet", "-o", "there", "-q", "--scheduler", cluster.address]) == 3
    assert run(["extract", "in", "-f", "parquet", "-o", "here", "-q", "--jobs", "2"]) == 3
    assert contents(folder / "there") == contents(folder / "here") == contents(folder / "exported")
    assert len(contents(folder / "here")) == 7


def test_workers_with_other_dictionaries_are_told_apart(cluster: Cluster) -> None:
    from policykit.batches.cluster import Parcel, perform_parcels
    from policykit.batches.work import Extraction, Task
    from policykit.inputs import Input

    parcel = Parcel(Task(0, Input("a.txt", "a", None, "a", "memory://a.txt")), TEXT.encode())
    (report,) = perform_parcels(Extraction("yaml"), Extraction("yaml").digest(), [parcel])
    assert report.text is not None
    with distributed.Client(cluster.address, set_as_default=False) as client:
        (report,) = client.submit(perform_parcels, Extraction("yaml"), "another digest", [parcel]).result()
    assert report.fatal is not None
    assert report.fatal["problem"] == "its policykit or its dictionaries are not those of this machine"
    assert report.fatal["path"].startswith("worker tcp://127.0.0.1:")


class TestWithoutScheduler:
    def test_a_cluster_is_started_here_and_ends(self, folder: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "policykit", "extract", "in", "-o", "out", "--engine", "dask", "--jobs", "2"],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert run(["extract", "in", "-o", "local", "--jobs", "1"]) == 3
        assert (done.returncode, done.stdout) == (3, b"")
        assert done.stderr.count(b"\n") == 2
        assert contents(folder / "out") == contents(folder / "local")

    def test_nobody_answers(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr("policykit.batches.cluster._PATIENCE", 0.5)
        for address in ("tcp://127.0.0.1:9", "no address"):
            assert run(["extract", "in", "-o", "out", "--scheduler", address]) == 2
            err = capfd.readouterr().err.splitlines()
            assert err[-1].startswith(f"policykit: {address}: no Dask scheduler answers there (")
            assert len(err) == 1

    @pytest.mark.parametrize(
        ("package", "inputs", "said"),
        [
            ("distributed", "in", "--engine dask needs Dask, which is not installed; pip install 'policykit[dask]'"),
            (
                "fsspec",
                "s3://b/",
                "s3://b/: addresses need fsspec, which is not installed; pip install 'policykit[addresses]'",
            ),
        ],
    )
    def test_what_is_missing_is_said_with_what_to_install(self, package: str, inputs: str, said: str) -> None:
        script = "import sys; sys.modules[sys.argv.pop(1)] = None; from policykit.cli.app import run; sys.exit(run(sys.argv[1:]))"
        command = [sys.executable, "-c", script, package, "extract", inputs, "-o", "out", "--engine", "dask"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"policykit: {said}\n")
        assert not list(Path().rglob("*.tmp"))
