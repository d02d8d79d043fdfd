"""The same work on a Dask cluster: a scheduler hands documents to workers on any number of machines.

Nothing but the scheduler needs to be reached from here, and workers need no files of ours: what this machine alone can read is read here
and sent along, results come back and are put in place here. A worker that dies costs nothing: the scheduler gives its documents to
another one.
"""

from __future__ import annotations

import hashlib
import logging
import signal
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from policykit.addresses import is_of_this_machine
from policykit.batches.work import Extraction, Report, Task, deliver, failure_of, holds, perform, skipped
from policykit.errors import PolicykitError
from policykit.inputs import content_of

#: what is sent to a worker at once: so many documents, so many bytes of them
_CHUNK, _CHUNK_BYTES = 16, 500_000
#: chunks that each thread of the cluster has before it, so that it need not wait
_AHEAD = 3
#: how far the documents handed out may be ahead of the oldest one that is awaited, in chunks for each thread
_WINDOW = 12
#: how often Dask tries again what failed for another reason than a dead worker
_RETRIES = 3
#: how long to wait for a scheduler, for its first worker, and for one when all have gone, in seconds
_PATIENCE, _WITHOUT_WORKERS = 30.0, 60.0


class Parcel(NamedTuple):
    """A task for a worker, with what the document holds where the worker is not to read it."""

    task: Task
    content: bytes | None = None


def work_on_cluster(
    extraction: Extraction, tasks: Iterator[Task], *, scheduler: str | None, workers: int
) -> Generator[Report, None, None]:
    """The reports of tasks as they come in, from the cluster of a scheduler (an address such as `tcp://host:8786`), or from one that is
    started here with so many worker processes.

    Tasks are taken from the iterator as they are needed. Raises `PolicykitError` where Dask is missing or the cluster does not work.
    """
    with _client(scheduler, workers) as client:
        yield from _Cluster(client, extraction).reports(tasks)


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Any]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise PolicykitError(
            "--engine dask needs Dask, which is not installed", advice="pip install 'policykit[dask]'"
        ) from None
    _silence("distributed", "tornado")
    with ExitStack() as stack:
        try:
            # the threads and processes that begin here take no notice of Ctrl-C: this process does, and ends them
            with _without_interrupts():
                if scheduler is None:
                    cluster = distributed.LocalCluster(
                        n_workers=workers,
                        threads_per_worker=1,
                        processes=True,
                        # its pages are for this machine alone, and on no port that somebody may have
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.CRITICAL,
                    )
                    stack.callback(_quietly, cluster.close, timeout=10)
                    place: Any = cluster
                else:
                    place = scheduler
                client = distributed.Client(place, timeout=_PATIENCE, set_as_default=False)
            stack.callback(_quietly, client.close, timeout=5)
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            waited = f"no worker came in {_PATIENCE:.0f} seconds"
            raise PolicykitError(
                waited,
                path=scheduler or "Dask",
                advice=f"start some: dask worker {scheduler or 'ADDRESS'} --nthreads 1",
            ) from None
        except (OSError, ValueError) as error:
            raise PolicykitError(
                f"no Dask scheduler answers there ({_in_short(error)})",
                path=scheduler or "Dask",
                advice="start one with `dask scheduler`, and name its address, such as tcp://host:8786",
            ) from None
        yield client


def _silence(*packages: str) -> None:
    """What is worth saying about the cluster is said in our own words. Dask gives some of its loggers levels of their own."""
    loggers = [*packages, *logging.root.manager.loggerDict]
    for name in loggers:
        if name.partition(".")[0] in packages:
            logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # started first, because it unblocks the signal when it has started
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _quietly(close: Any, **options: Any) -> None:
    with suppress(Exception):
        close(**options)


def _in_short(error: BaseException) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:200]


def perform_parcels(extraction: Extraction, made_by: str, parcels: list[Parcel]) -> list[Report]:
    """What a worker does with a chunk: the same as a local batch with each document.

    `made_by` is the digest of the extraction where the batch was started: another policykit would give other results.
    """
    if _digest(extraction) != made_by:
        fatal = {
            "problem": "its policykit or its dictionaries are not those of this machine",
            "path": _worker_address(),
            "advice": "install the same version there, put --dictionaries in the same place, and start the worker again",
        }
        return [Report(parcel.task.number, fatal=fatal) for parcel in parcels]
    return [perform(extraction, parcel.task, parcel.content) for parcel in parcels]


_digest = lru_cache(maxsize=4)(Extraction.digest)


def _worker_address() -> str:
    from distributed import get_worker

    try:
        return f"worker {get_worker().address}"
    except ValueError:  # not in a worker
        return "worker"


class _Cluster:
    def __init__(self, client: Any, extraction: Extraction) -> None:
        self._client, self._extraction = client, extraction
        folders = tuple(folder.absolute() for folder in extraction.dictionaries)
        self._sent = extraction._replace(dictionaries=folders, drafts=None)
        self._made_by = extraction.digest()
        self._finished: SimpleQueue[Any] = SimpleQueue()
        self._under_way: dict[str, tuple[Any, list[Parcel]]] = {}
        self._places: dict[int, Task] = {}
        self._latest = -1
        #: the numbers of what was handed out in their order, which is that of the tasks; what came back is passed over when it is first
        self._order: deque[int] = deque()
        self._numbers = count()
        self._threads, self._asked = 1, 0.0

    def reports(self, tasks: Iterator[Task]) -> Iterator[Report]:
        exhausted = False
        while True:
            while not exhausted and self._has_room():
                parcels: list[Parcel] = []
                size = 0
                while len(parcels) < _CHUNK and size < _CHUNK_BYTES and self._is_near():
                    task = next(tasks, None)
                    if task is None:
                        exhausted = True
                        break
                    self._latest = task.number
                    parcel = self._parcel(task)
                    if isinstance(parcel, Report):
                        yield parcel
                        continue
                    self._places[task.number] = task
                    self._order.append(task.number)
                    parcels.append(parcel)
                    size += len(parcel.content or b"")
                if parcels:
                    self._send(parcels)
            if not self._under_way:
                if exhausted:
                    return
                continue
            yield from self._settled(self._next_finished())

    def _has_room(self) -> bool:
        if time.monotonic() - self._asked > 5.0:
            self._count_threads()
        return len(self._under_way) < _AHEAD * self._threads and self._is_near()

    def _is_near(self) -> bool:
        """Whether what was taken last is not far ahead of the oldest document that is awaited: what comes between is held."""
        while self._order and self._order[0] not in self._places:
            self._order.popleft()
        oldest = self._order[0] if self._order else self._latest
        return self._latest - oldest < _WINDOW * _CHUNK * self._threads

    def _count_threads(self) -> int:
        """How many documents the cluster works on at once; workers come and go."""
        try:
            found: int = sum(self._client.nthreads().values())
        except Exception as error:  # whatever the connection broke with
            raise self._lost(error) from None
        self._threads, self._asked = max(1, found), time.monotonic()
        return found

    def _parcel(self, task: Task) -> Parcel | Report:
        """What to send of a task; its report where nothing is left to do."""
        if task.known and not (task.place and holds(task.place, task.known[1])):
            task = task._replace(known=None)
        address = task.item.address
        if address is not None and not is_of_this_machine(address):
            return Parcel(task)
        try:
            content = content_of(task.item)
        except PolicykitError as error:
            return failure_of(task, error)
        if task.known and hashlib.sha256(content).hexdigest() == task.known[0]:
            return skipped(task)
        return Parcel(task._replace(known=None), content)

    def _send(self, parcels: list[Parcel]) -> None:
        sent = [parcel._replace(task=parcel.task._replace(place=None)) for parcel in parcels]
        future = self._client.submit(
            perform_parcels,
            self._sent,
            self._made_by,
            sent,
            key=f"policykit-{self._client.id}-{next(self._numbers)}",
            pure=False,
            retries=_RETRIES,
        )
        self._under_way[future.key] = (future, parcels)
        future.add_done_callback(self._finished.put)

    def _next_finished(self) -> Any:
        last_worker = time.monotonic()
        while True:
            try:
                return self._finished.get(timeout=2.0)
            except Empty:
                if self._client.status != "running":
                    raise self._lost(None) from None
                if self._count_threads():
                    last_worker = time.monotonic()
                elif time.monotonic() - last_worker > _WITHOUT_WORKERS:
                    raise PolicykitError(
                        f"the cluster has had no worker for {_WITHOUT_WORKERS:.0f} seconds",
                        advice="start workers and go on with --resume",
                    ) from None

    def _settled(self, future: Any) -> Iterator[Report]:
        future, parcels = self._under_way.pop(future.key)
        if future.status == "cancelled":
            raise self._lost(None)
        if future.status == "error":
            yield from self._failed(future.exception(), parcels)
            return
        try:
            reports = future.result()
        except Exception as error:  # between the end of the work and the way back
            if self._client.status != "running":
                raise self._lost(error) from None
            yield from self._failed(error, parcels)
            return
        for report in reports:
            task = self._places.pop(report.number)
            yield deliver(self._extraction, task, report)

    def _failed(self, error: BaseException, parcels: list[Parcel]) -> Iterator[Report]:
        """A chunk that failed for another reason than what is in a document, again and again: each document alone shall show which."""
        if isinstance(error, ImportError):
            raise PolicykitError(
                f"the workers cannot run policykit ({_in_short(error)})", advice="install the same version there"
            ) from None
        if len(parcels) > 1:
            for parcel in parcels:
                self._send([parcel])
            return
        (parcel,) = parcels
        self._places.pop(parcel.task.number)
        kind = type(error).__name__
        problem = (
            "its worker died over it, again and again" if kind == "KilledWorker" else f"{kind}: {_in_short(error)}"
        )
        advice = "if memory ran out, give the workers more; --resume tries it again"
        yield Report(parcel.task.number, failure={"problem": problem, "path": parcel.task.item.name, "advice": advice})

    def _lost(self, error: BaseException | None) -> PolicykitError:
        reason = f" ({_in_short(error)})" if error is not None else ""
        return PolicykitError(f"the connection to the Dask scheduler broke{reason}", advice="--resume goes on")
