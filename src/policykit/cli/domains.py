"""`policykit domains`: which policy domains are known and by what words."""

from __future__ import annotations

from typing import Annotated

import typer

from policykit.cli import options
from policykit.cli.console import print_text

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@app.callback(short_help="The policy domains and their words.")
def domains() -> None:
    """List and show the policy domains that tasks are assigned to, and the words that speak for each.

    A domain is one YAML file. Put files of your own into a folder and name it with --dictionaries DIR (or POLICYKIT_DICTIONARIES): a
    new id adds a domain, a known id replaces it. docs/dictionaries.md says what a file holds.

    \b
    Examples:
      policykit domains list
      mkdir my-domains
      policykit domains show smart-city > my-domains/smart-city.yaml
      policykit extract plan.txt --dictionaries my-domains
    """


@app.command("list")
def list_domains(
    format: Annotated[
        options.TableFormat,
        typer.Option("--format", "-f", envvar="POLICYKIT_DOMAINS_FORMAT", help="text with a line each, yaml, or json."),
    ] = options.TableFormat.text,
    dictionaries: options.DictionaryFolders = None,
) -> None:
    """Print the ids and names of all domains."""
    from policykit.domains import load_domains

    known = load_domains(dictionaries or ())
    if format is options.TableFormat.text:
        width = max(len(domain.id) for domain in known)
        for domain in known:
            english = f" ({options.on_one_line(domain.english)})" if domain.english else ""
            print_text(f"{domain.id:{width}}  {options.on_one_line(domain.name)}{english}\n")
        return
    keys = ("id", "name", "english", "category", "scope")
    print_text(options.write_plain([{key: getattr(domain, key) for key in keys} for domain in known], format))


@app.command("show", short_help="Print the words and examples of a domain.")
def show_domain(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An id that `policykit domains list` prints.", autocompletion=options.complete_domain
        ),
    ],
    format: Annotated[
        options.DataFormat, typer.Option("--format", "-f", envvar="POLICYKIT_DOMAINS_FORMAT", help="yaml or json.")
    ] = options.DataFormat.yaml,
    dictionaries: options.DictionaryFolders = None,
) -> None:
    """Print a domain: what falls under it, the words that speak for and against it, its examples."""
    from policykit.corpus import nearest
    from policykit.domains import describe_domain, load_domains
    from policykit.errors import InputError

    known = {domain.id: domain for domain in load_domains(dictionaries or ())}
    if id not in known:
        near = nearest(id, list(known))
        advice = f"did you mean {' or '.join(near)}?" if near else "`policykit domains list` prints the ids"
        raise InputError("no domain with this id", path=id, advice=advice)
    print_text(options.write_plain(describe_domain(known[id]), format))
