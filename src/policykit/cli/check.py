"""`policykit check`: findings in documents, for people and for pipelines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policykit.cli import options
from policykit.cli.console import is_terminal, print_text
from policykit.cli.exit_codes import DONE
from policykit.cli.settings import files_of
from policykit.errors import PolicykitError

if TYPE_CHECKING:
    from policykit.check.own_rules import OwnRule
    from policykit.check.selection import Selection

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """How findings are written."""

    readable = "readable"
    json = "json"
    jsonl = "jsonl"
    sarif = "sarif"
    github = "github"
    gitlab = "gitlab"
    junit = "junit"
    csv = "csv"


def _complete_rule(incomplete: str) -> Iterator[str]:
    """What a shell offers for a rule: codes and names."""
    from policykit.check.rules import built_in_rules

    for rule in built_in_rules():
        yield from (word for word in (rule.code, rule.name) if word.lower().startswith(incomplete.lower()))


@app.command(short_help="Find what is missing, contradictory or damaged in documents.")
def check(
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Documents: files, folders, patterns in quotes, ids of the corpus, saved analyses (YAML, JSON, JSON lines), or - for "
            "standard input.",
            autocompletion=options.complete_input,
            show_default=False,
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULES",
            envvar="POLICYKIT_CHECK_SELECT",
            help="The built-in rules to run: codes (PK101), beginnings of codes (PK1), names, `default`, `all` or `none`, with commas "
            "between them.",
            autocompletion=_complete_rule,
            show_default=False,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="RULES",
            envvar="POLICYKIT_CHECK_IGNORE",
            help="Rules not to run, also your own and changes.",
            autocompletion=_complete_rule,
            show_default=False,
        ),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(
            "--severity",
            metavar="RULE=LEVEL",
            envvar="POLICYKIT_CHECK_SEVERITY",
            help="How bad the findings of a rule are: error, warning or note.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="WHAT",
            envvar="POLICYKIT_CHECK_FAIL_ON",
            help="Which findings make the exit code 1: a severity (that one and worse), rules, changes (target-lowered), or `never`. "
            "[default: warning]",
            show_default=False,
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="INPUT",
            envvar="POLICYKIT_CHECK_AGAINST",
            help="A document to compare with; what changed are findings such as target-lowered and task-dropped.",
            autocompletion=options.complete_input,
            show_default=False,
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            envvar="POLICYKIT_CHECK_BASELINE",
            help="A file of known findings, which are left out.",
            show_default=False,
        ),
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline",
            envvar="POLICYKIT_CHECK_UPDATE_BASELINE",
            help="Write all findings to the baseline file: they are known from now on.",
        ),
    ] = False,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_CHECK_FORMAT",
            help="readable with the source line, json, jsonl, sarif, github (annotations), gitlab (code quality), junit or csv; without it "
            "what the name of the --output file ends in (.json, .jsonl, .sarif, .csv, .xml), else readable.",
            show_default=False,
        ),
    ] = None,
    output: options.ResultFile = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="RULE",
            help="Say what a rule finds, why, and show an example; check nothing.",
            autocompletion=_complete_rule,
            show_default=False,
        ),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="Print all rules; check nothing.")] = False,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Check policy documents: targets without deadlines, contradictions, gaps in the numbering, damage of conversions and more.

    Rules of your own (what to watch for, require and forbid) stand in .policykit.yaml or [tool.policykit] of pyproject.toml.
    docs/check.md describes every rule.

    \b
    Examples:
      policykit check plan.txt
      policykit check releases/ --select default,PK201 --format sarif --output findings.sarif
      policykit check new.txt --against 2023-national --fail-on target-lowered,task-dropped
      policykit check releases/ --baseline known.json --update-baseline
      curl -s https://example.org/plan.txt | policykit extract - | policykit check -
      policykit check --explain PK301

    Exit code: 0 nothing that fails was found; 1 something was; 2 wrong usage, or nothing could be read; 3 some inputs could not
    be read, the others are checked.
    """
    from policykit.check.selection import Selection, read_severities, split_words

    if explain is not None:
        from policykit.check.explain import explain as explained

        print_text(explained(explain, min(_columns(), 100)))
        return DONE
    own = _own_rules(context, dictionaries or ())
    if list_rules:
        print_text(_listed(own, format or Format.readable))
        return DONE
    if not inputs:
        raise PolicykitError(
            "check: no document is named", advice="name files, folders or ids, or - for standard input"
        )
    selection = Selection(
        split_words(_as_text(select)),
        split_words(_as_text(ignore)),
        read_severities(_as_text(severity)),
        split_words(_as_text(fail_on)) or ("warning",),
    )
    _check_words(selection, own)
    from policykit.cli.checking import CheckJob

    return CheckJob(
        inputs=inputs,
        selection=selection,
        own=own,
        format=options.format_for(format, output, Format, Format.readable).value,
        output=None if output == "-" else output,
        corpus=corpus or (),
        dictionaries=dictionaries or (),
        encoding=encoding,
        against=against,
        baseline=baseline,
        update_baseline=update_baseline,
        columns=_columns() if output in (None, "-") else 100,
        quiet=quiet,
        verbose=verbose,
    ).run()


def _as_text(words: list[str] | None) -> list[str]:
    """Words of a command line as text: in an 8-bit locale Python leaves what is not ASCII undecoded."""
    from policykit.inputs import readable

    return [readable(word) for word in words or ()]


def _own_rules(context: typer.Context, dictionaries: Any) -> tuple[OwnRule, ...]:
    from policykit.check.own_rules import KINDS, read_own_rules

    files = [file for file in files_of(context) if any(kind in file.data for kind in KINDS)]
    if not files:
        return ()
    domains = None
    if any("domain" in str(key) for file in files for kind in KINDS for key in file.data.get(kind) or ()):
        from policykit.domains import load_domains

        domains = {word for domain in load_domains(dictionaries) for word in (domain.id, domain.name)}
    return read_own_rules(files, domains)


def _check_words(selection: Selection, own: tuple[OwnRule, ...]) -> None:
    """Nothing is loaded for words that are known at once."""
    from policykit.check.selection import check_words

    names = [rule.name for rule in own]
    try:
        check_words(selection, names, ())
    except PolicykitError:
        from policykit.check.against import known_changes

        check_words(selection, names, known_changes())


def _listed(own: tuple[OwnRule, ...], format: Format) -> str:
    from policykit.check.explain import rows

    listed = list(rows(own))
    if format in (Format.json, Format.jsonl):
        from policykit.formats.json import write_json_line

        keys = ("code", "name", "severity", "default", "summary")
        lines = [write_json_line(dict(zip(keys, row, strict=True))) for row in listed]
        return (
            "".join(f"{line}\n" for line in lines) if format is Format.jsonl else "[\n " + ",\n ".join(lines) + "\n]\n"
        )
    width = max(len(name) for _, name, *_ in listed)
    return "".join(
        f"{code}  {name:{width}}  {severity:7}  {'   ' if is_default else 'off'}  {summary}\n"
        for code, name, severity, is_default, summary in listed
    )


def _columns() -> int:
    """The width of the terminal; 100 where there is none, so that files do not depend on it."""
    if not is_terminal(sys.stdout):
        return 100
    from shutil import get_terminal_size

    return get_terminal_size((100, 24)).columns
