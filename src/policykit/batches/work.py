"""What is done with each document of a batch, in this process or in another: values that travel between processes."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policykit._version import __version__
from policykit.errors import InputError, PolicykitError
from policykit.inputs import Input, content_of, decode
from policykit.memory import give_back_large_blocks

if TYPE_CHECKING:
    from policykit.tables.rows import DocumentRows

#: the kind of results that are rows of tables
TABLES = "parquet"


class Extraction(NamedTuple):
    """How every document of a batch is extracted. `kind` is the layout of the results, `drafts` the folder where files are written
    before they are put in place, `described` whether a few words about each result are wanted."""

    kind: str
    dictionaries: tuple[Path, ...] = ()
    all_quantities: bool = False
    encoding: str | None = None
    described: bool = False
    drafts: str | None = None

    def digest(self) -> str:
        """Stands for everything but the document that a result depends on: version, dictionaries, options."""
        from policykit.analysis import FORMAT
        from policykit.dictionaries import packaged_digest

        digest = hashlib.sha256()
        parts: list[bytes] = [__version__.encode(), FORMAT.encode(), packaged_digest()]
        parts += [self.kind.encode(), b"all" if self.all_quantities else b"", (self.encoding or "").encode()]
        for folder in self.dictionaries:
            parts += [b"dictionaries", *(path.read_bytes() for path in sorted(folder.glob("*.y*ml")) if path.is_file())]
        for part in parts:
            digest.update(b"%d:" % len(part) + part)
        return digest.hexdigest()[:32]


class Task(NamedTuple):
    """One document of a batch: its number from 0, where its result goes (None: it is wanted back), and what is known of a result that
    is there already (SHA-256 of document and result; with no place, whoever gives the task has looked at the result)."""

    number: int
    item: Input
    place: str | None = None
    known: tuple[str, str] | None = None


class Report(NamedTuple):
    """What came of a task. `failure` are the arguments of an `InputError`, `fatal` those of an error that stops the batch, `tables`
    the rows of an analysis where tables are made."""

    number: int
    source_sha256: str = ""
    result_sha256: str = ""
    text: str | None = None
    description: str = ""
    is_skipped: bool = False
    failure: dict[str, Any] | None = None
    fatal: dict[str, Any] | None = None
    tables: "DocumentRows | None" = None


def perform(extraction: Extraction, task: Task, content: bytes | None = None) -> Report:
    """Do a task. What is wrong with a document, or goes wrong on it alone, is a failure of that task.

    `content` is what the document holds, where that was read already.
    """
    try:
        return _perform(extraction, task, content_of(task.item) if content is None else content)
    except PolicykitError as error:
        return failure_of(task, error)
    except Exception as error:  # one document out of 100,000 must not cost the others
        kind = f"{type(error).__name__}: {error}".rstrip(": ")
        advice = "please report it with the document"
        return Report(
            task.number,
            failure={"problem": f"an error in policykit ({kind})", "path": task.item.name, "advice": advice},
        )


def failure_of(task: Task, error: PolicykitError) -> Report:
    """The report of a task that failed: what is wrong with the document costs that one, anything else stops the batch."""
    arguments = {"problem": error.problem, "path": error.path, "line": error.line, "advice": error.advice}
    if isinstance(error, InputError):
        return Report(task.number, failure=arguments)
    return Report(task.number, fatal=arguments)


def _perform(extraction: Extraction, task: Task, content: bytes) -> Report:
    digest = hashlib.sha256(content).hexdigest()
    if task.known and digest == task.known[0] and (task.place is None or holds(task.place, task.known[1])):
        return skipped(task)
    from policykit.analysis import analyse

    source = decode(content, task.item, extraction.encoding)
    give_back_large_blocks(len(source.text))
    data = analyse(source, dictionaries=extraction.dictionaries).to_data(all_quantities=extraction.all_quantities)
    description = ""
    if extraction.described:
        description = f"{source.path}: {len(source.text)} characters, {source.encoding}; {describe(data)}"
    if extraction.kind == TABLES:
        from policykit.tables.rows import rows_of

        return Report(task.number, digest, tables=rows_of(data), description=description)
    from policykit.formats.layout import Layout

    text = Layout(extraction.kind).document(data)
    return deliver(extraction, task, Report(task.number, digest, text=text, description=description))


def deliver(extraction: Extraction, task: Task, report: Report) -> Report:
    """Put the result that a report brings in its place, where it has one. Raises `PolicykitError`."""
    if task.place is None or report.text is None:
        return report
    from policykit.cli.files import AtomicFile, make_folder

    make_folder(os.path.dirname(task.place))
    with AtomicFile(task.place, extraction.drafts) as file:
        file.write(report.text)
    written = hashlib.sha256(report.text.encode("utf-8", "backslashreplace")).hexdigest()
    return report._replace(text=None, result_sha256=written)


def skipped(task: Task) -> Report:
    """The report of a task whose result is there already."""
    source_sha256, result_sha256 = task.known or ("", "")
    return Report(task.number, source_sha256, result_sha256, is_skipped=True)


def is_done(task: Task) -> bool:
    """Whether the result of a task is there already, made of what the document holds now; False where that cannot be known here."""
    if task.known is None or task.place is None:
        return False
    with suppress(PolicykitError):
        return hashlib.sha256(content_of(task.item)).hexdigest() == task.known[0] and holds(task.place, task.known[1])
    return False


def holds(place: str, sha256: str) -> bool:
    """Whether a file holds what its digest says."""
    with suppress(OSError):
        return hashlib.sha256(Path(place).read_bytes()).hexdigest() == sha256
    return False


def describe(data: dict[str, Any]) -> str:
    """In a few words what was found in a document."""
    keys: Sequence[str] = (
        "outline", "tasks", "targets", "deadlines", "domains", "responsibilities", "references"
    )  # fmt: skip
    counts = ", ".join(f"{len(data[key])} {key}" for key in keys)
    return f"{data['source']['script']}, {data['source']['wording']} wording; {counts}"
