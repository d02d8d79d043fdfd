"""`policykit extract`: from documents to analyses."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from policykit.cli import options

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """What an analysis is written as."""

    yaml = "yaml"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"


class EngineKind(StrEnum):
    """Where a batch is worked on."""

    local = "local"
    dask = "dask"


@app.command(short_help="Documents in, tasks, targets, deadlines and more out.")
def extract(
    inputs: options.Inputs,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            envvar="POLICYKIT_FORMAT",
            help="yaml for reading, json, jsonl with one document per line, or parquet: tables in the folder of --output; without it what "
            "the name of the --output file ends in, else yaml.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    all_quantities: Annotated[
        bool,
        typer.Option(
            "--all-quantities",
            envvar="POLICYKIT_ALL_QUANTITIES",
            help="List the numbers that are no targets too, with what they were taken for and the rule that decided.",
        ),
    ] = False,
    dictionaries: options.DictionaryFolders = None,
    corpus: options.CorpusFolders = None,
    encoding: options.Encoding = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="NUMBER",
            min=1,
            envvar="POLICYKIT_JOBS",
            help="Processes that work side by side; without it as many as there are cores, and one where the documents are few.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            envvar="POLICYKIT_RESUME",
            help="Leave out what the folder of --output holds already, made from the same content with the same options and the same "
            "version of policykit.",
        ),
    ] = False,
    engine: Annotated[
        EngineKind | None,
        typer.Option(
            "--engine",
            envvar="POLICYKIT_ENGINE",
            help="local: processes of this machine. dask: a Dask cluster, which is started here unless --scheduler names one. Without it "
            "local, or dask where a scheduler is named.",
            show_default=False,
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            envvar="POLICYKIT_SCHEDULER",
            help="The scheduler of a Dask cluster, such as tcp://host:8786; its workers decide how many documents are done at once.",
            show_default=False,
        ),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Print what documents say: outline, tasks, targets, deadlines, domains, responsibilities, references.

    One document is printed as one YAML document or JSON object. Several inputs, a folder or a pattern are printed as a YAML
    stream, a JSON array, or a line each. `policykit schema` prints the JSON Schema of the format.

    \b
    Examples:
      policykit extract 2023-national
      policykit extract plan.txt --format json | jq '.targets[] | .indicator, .value'
      policykit extract 'plans/**/*.txt' --format jsonl --output all.jsonl
      policykit extract plans/ --output analyses/ --jobs 8
      policykit extract plans/ --output analyses/ --resume
      policykit extract plans/ --output tables/ --format parquet
      policykit extract s3://releases/2026/ --output analyses/ --engine dask --scheduler tcp://host:8786
      curl -s https://example.org/plan.txt | policykit extract -

    Parquet needs pyarrow (pip install 'policykit[parquet]'), a cluster needs Dask (policykit[dask]), addresses fsspec (policykit[addresses]).

    In a folder of results, failures.jsonl lists what failed. A batch that was stopped, however it was stopped, goes on with --resume.

    Exit code: 0 done; 2 wrong usage or unreadable input; 3 some of several inputs failed, the others are written; 130 stopped with
    Ctrl-C.
    """
    from policykit.batches.work import TABLES, Extraction, describe
    from policykit.cli.batch import Batch, run_batch
    from policykit.cli.console import remark
    from policykit.inputs import asks_for_several

    batch = Batch(inputs, corpus or (), encoding, output, quiet, verbose)
    kind = options.format_for(format, output, Format, Format.yaml).value
    extraction = Extraction(kind, tuple(dictionaries or ()), all_quantities, encoding, verbose)
    if resume or kind == TABLES or asks_for_several(inputs):
        from policykit.cli.many import Engine, run_many

        if scheduler and engine is EngineKind.local and not quiet:
            remark("policykit: --engine local works on this machine; the scheduler is not asked")
        is_cluster = engine is EngineKind.dask or (engine is None and bool(scheduler))
        return run_many(batch, extraction, jobs=jobs, resume=resume, engine=Engine(is_cluster, scheduler or None))

    if not quiet and (scheduler or engine is EngineKind.dask):
        remark("policykit: one document is extracted here; --engine and --scheduler are for several")
    from policykit.analysis import analyse
    from policykit.analysis_data import data_as_written
    from policykit.formats.layout import Layout
    from policykit.text.source import SourceText

    def convert(source: SourceText) -> dict[str, Any]:
        return data_as_written(analyse(source, dictionaries=extraction.dictionaries), all_quantities=all_quantities)

    return run_batch(batch, convert, Layout(kind), describe=describe)
