"""Many documents: listed while one goes, done by several processes, written in their order, resumed where a batch was stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

from policykit.batches.journal import FAILURES, Journal
from policykit.batches.pool import in_order, usable_cores, work_through
from policykit.batches.work import TABLES, Extraction, Report, Task
from policykit.cli.batch import Batch, NothingDoneError, progress_bar
from policykit.cli.console import complain, print_text, remark
from policykit.cli.exit_codes import DONE, PARTLY_DONE, TROUBLE
from policykit.cli.files import AtomicFile, make_folder
from policykit.cli.passed_over import remark_on_passed_over
from policykit.cli.places import refuse_to_overwrite
from policykit.corpus import Corpus, open_corpus
from policykit.errors import InputError, PolicykitError
from policykit.formats.layout import Layout
from policykit.inputs import Input, RealPaths, listing

#: gives the reports of tasks, as they come in
_Work = Callable[[Extraction, Iterator[Task]], Generator[Report, None, None]]
#: documents that make one more process worth its start
_WORTH_A_PROCESS = 100


class Engine(NamedTuple):
    """Where the work is done: on a Dask cluster (of the scheduler at an address, or started here), or in processes of this machine."""

    is_cluster: bool = False
    scheduler: str | None = None

    def work(self, extraction: Extraction, tasks: Iterator[Task], jobs: int) -> Generator[Report, None, None]:
        """The reports of tasks, as they come in."""
        if self.is_cluster:
            from policykit.batches.cluster import work_on_cluster

            return work_on_cluster(extraction, tasks, scheduler=self.scheduler, workers=jobs)
        return work_through(extraction, tasks, jobs)


@dataclass(frozen=True)
class Listing:
    """What the arguments name; gone through as often as wanted."""

    arguments: tuple[str, ...]
    corpus: Corpus

    def __iter__(self) -> Iterator[Input]:
        return (item for item in listing(self.arguments, self.corpus) if not isinstance(item, InputError))


class _Outcome:
    """Counts, and what is said at the end."""

    def __init__(self, failed: int) -> None:
        self.done, self.failed, self.skipped = 0, failed, 0

    def code(self) -> int:
        return (PARTLY_DONE if self.done else TROUBLE) if self.failed else DONE

    def summary(self, output: str | None) -> str:
        text = f"{self.done} of {self.done + self.failed} done"
        text += f" ({self.skipped} of them before)" if self.skipped else ""
        text += f", {self.failed} failed" if self.failed else ""
        return text + (f"; see {os.path.join(output, FAILURES)}" if output and self.failed else "")


def run_many(
    batch: Batch, extraction: Extraction, *, jobs: int | None, resume: bool, engine: Engine | None = None
) -> int:
    """Extract every document that a batch names; returns the exit code.

    `jobs` is the number of processes (None: as many as cores where the documents are many), `resume` leaves out what the output folder
    holds already.
    """
    if extraction.kind == TABLES:
        _check_tables(batch, extraction, resume)
    documents = Listing(tuple(batch.arguments), open_corpus(*batch.corpus))
    folder = None if extraction.kind == TABLES else _folder(batch.output, resume)
    total, failures = _survey(documents, batch.output, folder, extraction.kind)
    if not batch.quiet:
        remark_on_passed_over(batch.arguments)
    for failure in failures:
        complain(str(failure))
    jobs = jobs or max(1, min(usable_cores(), total // _WORTH_A_PROCESS))
    jobs = max(1, min(jobs, total))
    outcome = _Outcome(len(failures))
    work = partial((engine or Engine()).work, jobs=jobs)
    try:
        if extraction.kind == TABLES:
            _into_tables(batch, extraction, documents, work, total, outcome)
        elif folder is not None:
            _into_folder(batch, extraction, documents, folder, work, total, failures, outcome, resume)
        else:
            _into_stream(batch, extraction, documents, work, total, outcome)
    except NothingDoneError:
        return TROUBLE
    except KeyboardInterrupt:
        if folder is not None and not batch.quiet:
            remark(f"policykit: stopped after {outcome.done + outcome.failed} of {total}; --resume goes on")
        raise
    if (outcome.failed or outcome.skipped) and not batch.quiet:
        remark(f"policykit: {outcome.summary(folder)}")
    return outcome.code()


def _folder(output: str | None, resume: bool) -> str | None:
    """The folder that results go to, each in a file of its own; None where they go one behind the other."""
    is_folder = output not in (None, "-") and (
        output.endswith(("/", os.sep))
        or os.path.isdir(output)
        or (not os.path.splitext(output)[1] and not os.path.exists(output))
    )
    if is_folder:
        return output
    if resume:
        raise PolicykitError("--resume needs a folder of results", advice="name one with --output DIR")
    return None


def _survey(
    documents: Listing, output: str | None, folder: str | None, kind: str
) -> tuple[int, tuple[InputError, ...]]:
    """Goes through the documents: how many there are and what cannot be found.

    Two results must not want one file, and no result the file of a document; of each result a digest of 8 bytes is held for that.
    """
    refuse_to_overwrite([output], documents)
    total, failures = 0, []
    wanted = set() if folder is None else {_mark(os.path.join(folder, FAILURES))}
    places = RealPaths()
    # a result can only take a document's place where that is a link, or named like a result
    is_close = False
    exists = folder is not None and os.path.isdir(folder)
    for item in listing(documents.arguments, documents.corpus):
        if isinstance(item, InputError):
            failures.append(item)
            continue
        if exists and not is_close and item.file is not None:
            is_close = places.of(item.file).endswith(f".{kind}")
        if folder is not None:
            place = _place(folder, item, kind)
            mark = _mark(place)
            if mark in wanted:
                raise _twice(documents, folder, item, kind)
            wanted.add(mark)
            is_close = is_close or (exists and os.path.islink(place))
        total += 1
    if folder is not None and is_close:
        refuse_to_overwrite((_place(folder, item, kind) for item in documents), documents)
    return total, tuple(failures)


def _mark(path: str) -> bytes:
    return blake2b(os.fsencode(path), digest_size=8).digest()


def _twice(documents: Listing, folder: str, item: Input, kind: str) -> PolicykitError:
    place = _place(folder, item, kind)
    other = next(document for document in documents if _place(folder, document, kind) == place)
    if other == item:
        return PolicykitError(
            f"is where failures are listed, and the result of {item.name}", path=place, advice="choose another --format"
        )
    return PolicykitError(
        f"would be written twice, for {other.name} and {item.name}",
        path=place,
        advice="name their common folder as the input instead",
    )


def _place(folder: str, item: Input, kind: str) -> str:
    # the stem is text, a path is bytes in the coding of the system
    return os.path.join(folder, os.fsdecode(f"{item.stem}.{kind}".encode()))


def _into_folder(
    batch: Batch,
    extraction: Extraction,
    documents: Listing,
    folder: str,
    work: _Work,
    total: int,
    failures: tuple[InputError, ...],
    outcome: _Outcome,
    resume: bool,
) -> None:
    if not total:
        raise NothingDoneError
    make_folder(folder)
    with Journal(folder, extraction.digest()) as journal, progress_bar(total, quiet=batch.quiet) as progress:
        extraction = extraction._replace(drafts=journal.folder)
        under_way: dict[int, Task] = {}

        def tasks() -> Iterator[Task]:
            for number, item in enumerate(documents):
                known = journal.known(f"{item.stem}.{extraction.kind}", item.name) if resume else None
                under_way[number] = task = Task(number, item, _place(folder, item, extraction.kind), known)
                yield task

        def noted(reports: Iterator[Report]) -> Iterator[Report]:
            for report in reports:
                if report.result_sha256 and not report.is_skipped:
                    journal.add(*_entry(under_way[report.number], report, extraction.kind))
                progress.advance()
                yield report

        for failure in failures:
            journal.fail({"path": failure.path, "problem": failure.problem, "advice": failure.advice})
        with closing(work(extraction, tasks())) as reports:
            for report in in_order(noted(reports)):
                task = under_way.pop(report.number)
                if not _is_good(report, batch, outcome, progress):
                    journal.fail(report.failure or {})
                    if journal.holds(f"{task.item.stem}.{extraction.kind}") and os.path.isfile(str(task.place)):
                        os.unlink(str(task.place))  # of an earlier state of the document: it is no result of this one
                    continue
                journal.add_in_order(*_entry(task, report, extraction.kind))


def _entry(task: Task, report: Report, kind: str) -> tuple[str, str, str, str]:
    return f"{task.item.stem}.{kind}", task.item.name, report.source_sha256, report.result_sha256


def _into_stream(
    batch: Batch, extraction: Extraction, documents: Listing, work: _Work, total: int, outcome: _Outcome
) -> None:
    layout = Layout(extraction.kind)
    with ExitStack() as stack:
        write: Callable[[str], None] = partial(print_text, is_safe=False)
        if batch.output not in (None, "-"):
            write = stack.enter_context(AtomicFile(str(batch.output))).write
        progress = stack.enter_context(progress_bar(total, quiet=batch.quiet))
        tasks = (Task(number, item) for number, item in enumerate(documents))
        reports = stack.enter_context(closing(work(extraction, tasks)))
        for report in in_order(reports):
            if _is_good(report, batch, outcome, progress):
                with progress.aside():
                    write(layout.written_piece(report.text or "", outcome.done - 1))
                    _describe(report, batch)
            progress.advance()
        if not outcome.done:
            raise NothingDoneError
        write(layout.end())


def _check_tables(batch: Batch, extraction: Extraction, resume: bool) -> None:
    from policykit.tables.place import check_place

    if batch.output in (None, "-"):
        raise PolicykitError("--format parquet needs a folder for its tables", advice="name one with --output DIR")
    if resume:
        raise PolicykitError(
            "--resume goes with a result for each document, and tables are made whole",
            advice="extract as jsonl into a folder with --resume, then `policykit export --to parquet`",
        )
    if extraction.all_quantities:
        raise PolicykitError("--all-quantities: the tables do not hold them", advice="leave it out, or choose jsonl")
    check_place(str(batch.output), is_file=False)


def _into_tables(
    batch: Batch, extraction: Extraction, documents: Listing, work: _Work, total: int, outcome: _Outcome
) -> None:
    from policykit.tables.parquet import write_parquet
    from policykit.tables.place import put_in_place
    from policykit.tables.rows import DocumentRows, named_apart

    with put_in_place(str(batch.output), is_file=False) as draft, progress_bar(total, quiet=batch.quiet) as progress:

        def rows() -> Iterator[DocumentRows]:
            tasks = (Task(number, item) for number, item in enumerate(documents))
            with closing(work(extraction, tasks)) as reports:
                for report in in_order(reports):
                    if _is_good(report, batch, outcome, progress) and report.tables is not None:
                        yield report.tables
                    progress.advance()

        if not write_parquet(draft, named_apart(rows())):
            raise NothingDoneError


def _is_good(report: Report, batch: Batch, outcome: _Outcome, progress: Any) -> bool:
    """Whether a document is done; counts it and says what is wrong with it."""
    if report.fatal is not None:
        raise PolicykitError(**report.fatal)
    if report.failure is not None:
        outcome.failed += 1
        with progress.aside():
            complain(str(InputError(**report.failure)))
        return False
    outcome.done += 1
    outcome.skipped += report.is_skipped
    if report.text is None and report.description:
        with progress.aside():
            _describe(report, batch)
    return True


def _describe(report: Report, batch: Batch) -> None:
    if report.description and not batch.quiet:
        remark(report.description)
