"""Running a check over many inputs: each costs its own findings or its own failure, and the report says both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from policykit.analyses import LoadedAnalysis, load_analysis, load_input
from policykit.check.against import Against
from policykit.check.baseline import Baseline, read_baseline, write_baseline
from policykit.check.checking import check
from policykit.check.findings import Finding
from policykit.check.output import Writer, writer
from policykit.check.own_rules import OwnRule
from policykit.check.report import DocumentReport, Failure, Totals
from policykit.check.selection import Selection
from policykit.cli.batch import progress_bar
from policykit.cli.console import complain, print_text, remark, wants_colour
from policykit.cli.exit_codes import DONE, FINDINGS, PARTLY_DONE, TROUBLE
from policykit.cli.files import AtomicFile
from policykit.cli.passed_over import remark_on_passed_over
from policykit.cli.places import refuse_to_overwrite
from policykit.corpus import Corpus, open_corpus
from policykit.errors import InputError, PolicykitError
from policykit.inputs import Expansion, Input, expand


@dataclass(frozen=True)
class CheckJob:
    """What the command line asked for."""

    inputs: Sequence[str]
    selection: Selection
    own: tuple[OwnRule, ...] = ()
    format: str = "readable"
    output: str | None = None
    corpus: Sequence[Path] = ()
    dictionaries: Sequence[Path] = ()
    encoding: str | None = None
    against: str | None = None
    baseline: str | None = None
    update_baseline: bool = False
    columns: int = 100
    quiet: bool = False
    verbose: bool = False

    def run(self) -> int:
        """Checks everything and writes the report; returns the exit code."""
        if self.update_baseline and self.baseline is None:
            raise PolicykitError("--update-baseline: no baseline is named", advice="give --baseline FILE")
        corpus = open_corpus(*self.corpus)
        known = read_baseline(self.baseline) if self.baseline is not None and not self.update_baseline else None
        against = None if self.against is None else self._against(corpus)
        expansion = expand(self.inputs, corpus, with_analyses=True)
        if not self.quiet:
            remark_on_passed_over(self.inputs)
        self._refuse_to_overwrite(expansion, corpus)
        reports = self._reports(expansion, corpus, against, known)
        if self.update_baseline:
            return self._write_baseline(reports)
        totals = Totals()
        with self._sink() as write:
            out = self._writer()
            write(out.begin())
            for report in reports:
                if isinstance(report, Failure):
                    totals.failures += 1
                    write(out.failure(report))
                else:
                    totals.add(report, sum(map(self.selection.fails, report.findings)))
                    write(out.document(report))
            write(out.end(totals))
        if not totals.documents:
            return TROUBLE
        return PARTLY_DONE if totals.failures else FINDINGS if totals.failing else DONE

    def _against(self, corpus: Corpus) -> Against:
        assert self.against is not None
        old = load_analysis(self.against, corpus=corpus, encoding=self.encoding, dictionaries=self.dictionaries)
        _refuse_other_text(old, self.against)
        return Against(old)

    def _refuse_to_overwrite(self, expansion: Expansion, corpus: Corpus) -> None:
        """Neither report nor baseline may take the place of a document, nor the report that of the baseline."""
        read = [*expansion.inputs]
        if self.against is not None:
            read += expand([self.against], corpus, with_analyses=True).inputs
        refuse_to_overwrite([self.output, self.baseline if self.update_baseline else None], read)
        if self.baseline is not None and self.output is not None and _is_same(self.output, self.baseline):
            raise PolicykitError("is the baseline", path=self.output, advice="name another output")

    def _writer(self) -> Writer:
        if self.format != "readable":
            return writer(self.format, self.selection, self.own)
        from policykit.check.output.readable import Writer as Readable

        colour = self.output is None and wants_colour(sys.stdout)
        return Readable(columns=self.columns, colour=colour, quiet=self.quiet)

    @contextmanager
    def _sink(self) -> Iterator[Callable[[str], None]]:
        if self.output is None:
            # what is readable holds no control characters but ours; the others are not meant for a terminal
            is_safe = self.format == "readable"
            yield lambda text: print_text(text, is_safe=is_safe) if text else None
            return
        with AtomicFile(self.output) as file:
            yield file.write

    def _reports(
        self, expansion: Expansion, corpus: Corpus, against: Against | None, known: Baseline | None
    ) -> Iterator[DocumentReport | Failure]:
        for error in expansion.failures:
            complain(str(error))
            yield _failure(error, "")
        with progress_bar(len(expansion.inputs), quiet=self.quiet) as progress:
            for item in expansion.inputs:
                for found in self._of_input(item, corpus, against, known):
                    with progress.aside():
                        if isinstance(found, InputError):
                            complain(str(found))
                            yield _failure(found, item.name)
                        else:
                            self._remark(found)
                            yield found
                progress.advance()

    def _of_input(
        self, item: Input, corpus: Corpus, against: Against | None, known: Baseline | None
    ) -> Iterator[DocumentReport | InputError]:
        try:
            for loaded in load_input(item, corpus=corpus, encoding=self.encoding, dictionaries=self.dictionaries):
                _refuse_other_text(loaded, "standard input" if item.is_standard_input else item.name)
                yield self._report(loaded, item, against, known)
        except InputError as error:
            yield error

    def _report(
        self, loaded: LoadedAnalysis, item: Input, against: Against | None, known: Baseline | None
    ) -> DocumentReport:
        checked = check(loaded, selection=self.selection, own=self.own, against=against)
        source = loaded.data["source"]
        id = str(source["id"] or item.id)
        new, old = known.split(id, checked.findings) if known is not None else (checked.findings, ())
        path = str(source["path"] or item.name)
        return DocumentReport(path, id, source["sha256"], checked.subject, tuple(new), len(old), checked.skipped)

    def _remark(self, report: DocumentReport) -> None:
        if self.quiet:
            return
        if report.skipped:
            codes = ", ".join(report.skipped)
            remark(f"policykit: {report.path}: the document itself is not at hand, so these rules did not run: {codes}")
        if self.verbose:
            source = report.subject.data["source"]
            remark(
                f"{report.path}: {source['characters']} characters, {source['encoding']}; {len(report.findings)} findings"
            )

    def _write_baseline(self, reports: Iterator[DocumentReport | Failure]) -> int:
        assert self.baseline is not None
        rows: list[tuple[str, Finding]] = []
        documents = failures = 0
        for report in reports:
            if isinstance(report, Failure):
                failures += 1
            else:
                documents += 1
                rows += [(report.id, finding) for finding in report.findings]
        if failures:
            complain(f"{self.baseline}: not written, for {failures} of {documents + failures} inputs could not be read")
            return PARTLY_DONE if documents else TROUBLE
        with AtomicFile(self.baseline) as file:
            file.write(write_baseline(rows))
        if not self.quiet:
            remark(f"policykit: {self.baseline}: {len(rows)} findings are known from now on")
        return DONE


def _is_same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other) and os.path.isfile(one)


def _failure(error: InputError, name: str) -> Failure:
    return Failure(error.path or name, error.problem, error.line, error.advice)


def _refuse_other_text(loaded: LoadedAnalysis, name: str) -> None:
    """An error page that was fetched in place of a document must not pass as a document without findings."""
    normalised = loaded.normalised
    data = loaded.data
    if normalised is not None:
        is_chinese = any("\u4e00" <= character <= "\u9fff" for character in normalised.source.text)
    else:
        is_chinese = bool(
            data["outline"] or data["document"]["title"] or data["targets"] or data["source"]["script"] != "simplified"
        )
    if not is_chinese:
        raise InputError("holds no Chinese text", path=name, advice="check that it is the document that is meant")
