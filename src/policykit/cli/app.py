"""The command `policykit` itself: which commands there are, how errors look, which exit code they lead to."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from policykit._version import __version__
from policykit.cli.console import ClosedPipeError, complain, error_reason, give_up_output, print_text
from policykit.cli.exit_codes import DONE, INTERRUPTED, TROUBLE
from policykit.cli.settings import add_option, complain_of
from policykit.errors import PolicykitError

#: the commands in the order of --help; each is loaded when it is asked for
COMMANDS = {
    "extract": "policykit.cli.extract",
    "normalise": "policykit.cli.normalise",
    "segment": "policykit.cli.segment",
    "corpus": "policykit.cli.corpus",
    "domains": "policykit.cli.domains",
    "compare": "policykit.cli.compare",
    "summarise": "policykit.cli.summarise",
    "search": "policykit.cli.search",
    "index": "policykit.cli.index",
    "check": "policykit.cli.check",
    "export": "policykit.cli.export",
    "schema": "policykit.cli.schema",
    "evaluate": "policykit.cli.evaluate",
}

# click's base of all usage errors, under whichever name this Typer carries click
_UsageError: Any = typer.BadParameter.__base__


class Commands(TyperGroup):
    """Imports a command's module when the command is asked for, so that none pays for another."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands and what each is for, without their options, which take longer to read than all the rest of --help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _purpose(import_module(module).app)) for name, module in COMMANDS.items()])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        add_option(command, cmd_name)
        return command


def _purpose(command: typer.Typer) -> str:
    stated = command.registered_callback or command.registered_commands[0]
    return stated.short_help or ""


app = typer.Typer(
    cls=Commands,
    name="policykit",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_text(f"policykit {__version__}\n")
        raise typer.Exit


@app.callback()
def policykit(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Read Chinese policy documents: their tasks, targets, deadlines, domains, responsibilities and references as data.

    \b
    Examples:
      policykit extract 2023-national            a document of the corpus, as YAML
      policykit extract plan.txt --format json   a file, as JSON
      policykit extract releases/ --output out/  a folder, one result per document
      cat plan.txt | policykit extract -         standard input

    `policykit COMMAND --help` explains each command.
    """
    if context.invoked_subcommand is None:
        print_text(context.get_help() + "\n")
        raise typer.Exit(TROUBLE)


def run(arguments: Sequence[str]) -> int:
    """Run the command line with arguments; returns the exit code.

    0 done; 1 done, and something was found (`check`), changed (`compare`) or not found (`search`), as each command documents; 2 wrong
    usage, unreadable input or an error in policykit itself; 3 some of many inputs failed; 130 stopped with Ctrl-C. A reader who closes the pipe has seen enough: that
    ends the command in silence, with 0.
    """
    if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _invoke(arguments)
    except (ClosedPipeError, BrokenPipeError):
        give_up_output()
        return DONE
    except PolicykitError as error:
        complain(str(error))
        return TROUBLE
    except OSError as error:
        if isinstance(error.filename, str | bytes | os.PathLike):
            # what no command foresaw: the name says more than the place where it went wrong
            complain(f"{os.fsdecode(error.filename)}: {error_reason(error)}")
            return TROUBLE
        # commands say themselves what they cannot read or write; this is Typer printing help
        give_up_output()
        complain(f"standard output: cannot be written: {error_reason(error)}")
        return TROUBLE
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):
            give_up_output()
            return DONE
        raise
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except MemoryError:
        complain("not enough memory")
        return TROUBLE
    except Exception as error:  # 1 is an answer of some commands: what went wrong in policykit must not pass for one
        complain(_internal(error))
        return TROUBLE


def _internal(error: Exception) -> str:
    """The line for what nobody foresaw; with POLICYKIT_DEBUG the way there is printed before it."""
    if os.environ.get("POLICYKIT_DEBUG"):
        import traceback

        with suppress(OSError, ValueError, AttributeError):
            traceback.print_exception(error)
        hint = ""
    else:
        hint = "; POLICYKIT_DEBUG=1 shows where"
    said = " ".join(f"{type(error).__name__}: {error}"[:300].split()).rstrip(": ")
    return f"internal error: {said}; please report it{hint}"


def _invoke(arguments: Sequence[str]) -> int:
    command = typer.main.get_command(app)
    try:
        result = command.main(args=list(arguments), prog_name="policykit", standalone_mode=False)
    except _UsageError as error:
        _explain_usage(error)
        return TROUBLE
    if sys.stdout is not None:
        sys.stdout.flush()
    if patterns := sys.modules.get("policykit.patterns"):
        patterns.keep()
    return result if isinstance(result, int) else DONE


def _explain_usage(error: Any) -> None:
    """One line for a wrong command line; the help text for a command group without a command."""
    context = error.ctx
    name = context.command_path if context is not None else "policykit"
    if type(error).__name__ == "NoArgsIsHelpError":
        print_text(error.format_message() + "\n")
        return
    in_file = complain_of(error)
    if in_file is not None:
        complain(in_file)
        return
    message = " ".join(error.format_message().split()).rstrip(".")
    message = message[:1].lower() + message[1:]
    complain(f"{message}; see {name} --help", name=name)
