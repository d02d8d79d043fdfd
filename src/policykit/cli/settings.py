"""How settings files reach the options of commands: through `--config`, which every command has.

The values of files take the place of the defaults, so the command line and environment variables come before them. A value that an option
does not take is named by file and line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

if TYPE_CHECKING:
    from policykit.settings.files import SettingsFile

#: options that may stand at the top of a file, for every command that has them; the others stand under the name of their command
GENERAL = ("corpus", "dictionaries", "encoding", "quiet", "verbose")
#: rules of one's own, which `policykit check` reads
RULES = ("watch", "require", "forbid")
#: options whose values are paths, relative to the folder of the file
_PATHS = frozenset({"corpus", "dictionaries", "output", "baseline"})
#: options whose values are written to: a project file may not lead them out of its folder
_WRITTEN = frozenset({"output", "baseline"})
#: options whose values may be paths or something else
_MAYBE_PATHS = frozenset({"against"})

_FILES = "policykit.settings.files"
_ORIGINS = "policykit.settings.origins"


def add_option(command: Any, name: str) -> None:
    """Gives a command (the commands of a group) the option --config; `name` is what stands behind `policykit` on the command line."""
    below = getattr(command, "commands", None)
    if below:
        for word, inner in below.items():
            add_option(inner, f"{name} {word}")
        return

    def apply(context: Any, parameter: Any, value: str | None) -> None:
        if not context.resilient_parsing:
            _apply(context, name, value)

    for parameter in command.params:
        if parameter.name in _WRITTEN:
            parameter.callback = _kept_inside(parameter.callback)
    command.params.append(
        TyperOption(
            param_decls=["--config"],
            metavar="FILE",
            envvar="POLICYKIT_CONFIG",
            help="The settings file to use in place of those of project and user; empty for none.",
            show_envvar=True,
            expose_value=False,
            is_eager=True,
            callback=apply,
            show_default=False,
        )
    )


def _kept_inside(before: Callable[..., Any] | None) -> Callable[..., Any]:
    """A callback of an option that refuses what a project file says to write outside its folder.

    The file may have come with the documents. What stands on the command line, in a variable, in the user's file or in one that was named
    with --config is somebody's own wish.
    """

    def check(context: Any, parameter: Any, value: Any) -> Any:
        found = origin(context, parameter)
        if found is not None and found[0].is_found and isinstance(value, str) and value != "-":
            file, keys = found
            folder = os.path.join(os.path.realpath(file.folder), "")
            if not os.path.join(os.path.realpath(value), "").startswith(folder):
                advice = f"name it with --{parameter.name} on the command line, or the file with --config {file.path}"
                raise file.problem(keys, f"{keys[-1]}: {value} is outside the folder of the project", advice)
        return before(context, parameter, value) if before is not None else value

    return check


def files_of(context: Any) -> tuple[SettingsFile, ...]:
    """The settings files that hold for a command, the most important first."""
    found: tuple[SettingsFile, ...] = context.meta.get(_FILES, ())
    return found


def origin(context: Any, parameter: Any) -> tuple[SettingsFile, tuple[str, ...]] | None:
    """The file and keys that an option's value came from; None where it came from elsewhere."""
    source = context.get_parameter_source(parameter.name) if context is not None and parameter is not None else None
    if source is None or source.name != "DEFAULT_MAP":
        return None
    found: tuple[SettingsFile, tuple[str, ...]] | None = context.meta.get(_ORIGINS, {}).get(parameter.name)
    return found


def _apply(context: Any, name: str, path: str | None) -> None:
    from policykit.settings import find_files, read_settings

    if path is None and os.environ.get("POLICYKIT_CONFIG") == "":  # an empty variable counts as none for Typer
        return
    files = find_files() if path is None else (read_settings(path),) if path else ()
    if not files:
        return
    known = dict(_options(context.command))
    defaults: dict[str, Any] = {}
    origins: dict[str, tuple[SettingsFile, tuple[str, ...]]] = {}
    for file in reversed(files):
        _check_names(file)
        for keys, parameter, value in _stated(file, name, known):
            defaults[parameter.name] = _value(file, keys, parameter, value)
            origins[parameter.name] = (file, keys)
    context.default_map = defaults
    context.meta[_FILES], context.meta[_ORIGINS] = files, origins


def _options(command: Any) -> Iterator[tuple[str, Any]]:
    """The options of a command by the keys that files use."""
    for parameter in command.params:
        names = [name for name in parameter.opts if name.startswith("--")]
        if names and parameter.name not in ("help", "config") and not (parameter.is_eager and parameter.envvar is None):
            yield max(names, key=len).removeprefix("--"), parameter


def _plain(key: object) -> str:
    return str(key).strip().replace("_", "-")


def _check_names(file: SettingsFile) -> None:
    """Every key at the top of a file must be something."""
    from policykit.cli.app import COMMANDS

    for key, value in file.data.items():
        word = _plain(key).split(" ")[0]
        if word in COMMANDS and isinstance(value, Mapping):
            continue
        if word in COMMANDS and word not in GENERAL:
            raise file.problem((key,), f"{key}: the options of a command are keys with values", "write them below it")
        if _plain(key) not in (*GENERAL, *RULES):
            raise file.problem((key,), f"{key}: no such setting", _advice(key, [*COMMANDS, *GENERAL, *RULES]))


def _advice(key: object, known: list[str]) -> str:
    from policykit.corpus import nearest

    near = nearest(_plain(key), known)
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"


def _stated(file: SettingsFile, name: str, known: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """The options that a file states for a command: keys, parameter, value; those of the command's own section last."""
    for key, value in file.data.items():
        if _plain(key) in GENERAL and _plain(key) in known and not isinstance(value, Mapping):
            yield (key,), known[_plain(key)], value
    for section, options in file.data.items():
        if " ".join(_plain(section).split()) != name or not isinstance(options, Mapping):
            continue
        for key, value in options.items():
            if _plain(key) not in known:
                advice = _advice(key, list(known))
                if _plain(key) in RULES and name == "check":
                    advice = f"{key} stands at the top of the file, not below check"
                raise file.problem((section, key), f"{key}: no option of policykit {name}", advice)
            yield (section, key), known[_plain(key)], value


def _value(file: SettingsFile, keys: tuple[str, ...], parameter: Any, value: Any) -> Any:
    """A value as the option takes it."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        if parameter.multiple:
            return [f"{key}={item}" for key, item in value.items()]
        raise file.problem(keys, f"{keys[-1]}: one value is wanted", "write it behind the colon")
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, list | Mapping) for item in items):
        raise file.problem(keys, f"{keys[-1]}: a list of single values is wanted", "write them behind dashes")
    if not parameter.multiple and isinstance(value, list):
        raise file.problem(keys, f"{keys[-1]}: one value is wanted, not a list", "write it behind the colon")
    if getattr(parameter, "is_flag", False) and not isinstance(value, bool):
        raise file.problem(keys, f"{keys[-1]}: yes or no is wanted, not {value}", "write true or false")
    if not getattr(parameter, "is_flag", False) and any(isinstance(item, bool) for item in items):
        raise file.problem(
            keys, f"{keys[-1]}: {str(value).lower()} is no value for it", "put it in quotes if it is a word"
        )
    if parameter.name in _PATHS:
        items = [os.path.join(file.folder, str(item)) if str(item) != "-" else item for item in items]
    if parameter.name in _MAYBE_PATHS:
        paths = [os.path.join(file.folder, str(item)) for item in items]
        items = [path if os.path.exists(path) else item for path, item in zip(paths, items, strict=True)]
    return items if parameter.multiple else items[0]


def complain_of(error: Any) -> str | None:
    """What is wrong with a value that stands in a settings file, with file and line; None where the error is of another kind."""
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    found = origin(context, parameter)
    if found is None:
        return None
    file, keys = found
    message = " ".join(str(getattr(error, "message", error)).split()).rstrip(".")
    return str(file.problem(keys, f"{keys[-1]}: {message}"))
