"""Worker processes: each has a pipe of its own, so that it is known which document a worker died on and no worker outlives the batch.

A worker ends when its pipe is closed, which the system does even when the batch is killed. Workers take no notice of Ctrl-C: the batch
does, and closes their pipes.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from policykit.batches.work import Extraction, Report, Task, is_done, perform, skipped
from policykit.errors import PolicykitError

#: tasks given to a worker before it answers: one to do, one so that it need not wait
_AHEAD = 2
#: results that may be finished before the oldest one that is awaited, for each worker
_WINDOW = 32
#: how long a worker may take to finish its document when the batch stops, in seconds
_PATIENCE = 5.0


def usable_cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def work_through(extraction: Extraction, tasks: Iterable[Task], jobs: int) -> Generator[Report, None, None]:
    """The reports of tasks, as they come in: with one job done here, with more in so many processes.

    Tasks are taken from the iterable as they are needed; their numbers must count from 0.
    """
    if jobs == 1:
        for task in tasks:
            yield perform(extraction, task)
    else:
        with _Pool(extraction, jobs) as pool:
            yield from pool.reports(iter(tasks))


def in_order(reports: Iterable[Report]) -> Iterator[Report]:
    """Reports by their numbers."""
    early: dict[int, Report] = {}
    following = 0
    for report in reports:
        early[report.number] = report
        while following in early:
            yield early.pop(following)
            following += 1


class _Worker:
    def __init__(self, extraction: Extraction) -> None:
        context = get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, extraction), daemon=True)
        _start(self.process)
        theirs.close()
        self.is_ready = False
        self.tasks: deque[Task] = deque()

    def give(self, task: Task) -> None:
        self.tasks.append(task)
        with suppress(OSError):  # it has died: that shows when it is listened to
            self.pipe.send(task)


def _start(process: BaseProcess) -> None:
    """Start a process that Ctrl-C does not reach."""
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    from multiprocessing import resource_tracker

    # started first, because it unblocks the signal when it has started
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, extraction: Extraction) -> None:
    """A worker: does one task after the other until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            task: Task = pipe.recv()
            pipe.send(perform(extraction, task))
    from policykit.patterns import keep

    keep()


class _Pool:
    def __init__(self, extraction: Extraction, jobs: int) -> None:
        self._extraction, self._jobs = extraction, jobs
        self._workers: list[_Worker] = []

    def __enter__(self) -> _Pool:
        return self

    def reports(self, tasks: Iterator[Task]) -> Iterator[Report]:
        waiting: deque[Task] = deque()
        pending: set[int] = set()
        latest = -1
        exhausted = False

        def has_room() -> bool:
            is_near = not pending or latest - min(pending) < _WINDOW * self._jobs
            return not exhausted and len(pending) < _AHEAD * self._jobs and is_near

        while True:
            while has_room() and not waiting:
                task = next(tasks, None)
                if task is None:
                    exhausted = True
                    break
                latest = task.number
                if is_done(task):
                    # asking another process costs more than looking
                    yield skipped(task)
                elif task.item.is_of_this_process:
                    yield perform(self._extraction, task)
                else:
                    pending.add(task.number)
                    waiting.append(task._replace(known=None))
            if waiting and len(self._workers) < self._jobs:
                self._workers.append(_Worker(self._extraction))
            for worker in sorted(self._workers, key=lambda worker: len(worker.tasks)):
                if waiting and len(worker.tasks) < _AHEAD:
                    worker.give(waiting.popleft())
            if not pending:
                if exhausted:
                    return
                continue
            # where more can be handed out, what has come in by now is enough
            for pipe in wait([worker.pipe for worker in self._workers], 0 if waiting or has_room() else None):
                worker = next(worker for worker in self._workers if worker.pipe is pipe)
                report = self._hear(worker, waiting)
                if report is not None:
                    pending.discard(report.number)
                    yield report

    def _hear(self, worker: _Worker, waiting: deque[Task]) -> Report | None:
        try:
            report: Report | None = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker, waiting)
        if report is None:
            worker.is_ready = True
        else:
            worker.tasks.popleft()
        return report

    def _bury(self, worker: _Worker, waiting: deque[Task]) -> Report | None:
        """A worker has died: its document has failed, what else it was given goes to others."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        code = worker.process.exitcode or 0
        end = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        if not worker.is_ready:
            raise PolicykitError(f"a worker process {end} before it began", advice="try --jobs 1")
        waiting.extendleft(reversed(list(worker.tasks)[1:]))
        if not worker.tasks:
            return None
        task = worker.tasks[0]
        advice = "if memory ran out, try fewer --jobs; --resume tries it again"
        return Report(
            task.number,
            failure={"problem": f"the worker process {end} over it", "path": task.item.name, "advice": advice},
        )

    def __exit__(self, *_: object) -> None:
        try:
            for worker in self._workers:
                worker.pipe.close()
            end = time.monotonic() + _PATIENCE
            for worker in self._workers:
                worker.process.join(max(0.0, end - time.monotonic()))
        finally:
            for worker in self._workers:
                if worker.process.is_alive():
                    worker.process.kill()
                    worker.process.join()
