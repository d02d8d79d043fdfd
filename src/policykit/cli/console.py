"""Writing: results to standard output or a file, a line for people to standard error. Nothing goes through rich's markup."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from policykit.errors import PolicykitError
from policykit.formats.characters import printable, safe_for_terminal

#: so many characters are encoded at a time
_AT_ONCE = 1 << 20


class ClosedPipeError(Exception):
    """Whoever read our output has gone."""


def is_terminal(stream: object) -> bool:
    """Whether a stream is a terminal that shows what is written to it."""
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def wants_colour(stream: object) -> bool:
    """Whether colours may be written to a stream: a terminal, and nobody said no."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(message: str, *, name: str = "policykit") -> None:
    """Say what is wrong, in one line on standard error."""
    _say(f"{name}: {message}")


def remark(message: str) -> None:
    """Say something that is good to know, in one line on standard error."""
    _say(message)


def _say(line: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(printable(_with_names_decoded(line)) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass  # nobody listens


def _with_names_decoded(line: str) -> str:
    """File names stand in Python as the locale makes of them; where they are UTF-8 they shall be read as that."""
    try:
        return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return line


def encoded(text: str) -> Iterator[bytes]:
    """A text in UTF-8, in parts, so that a long one is not held twice."""
    for start in range(0, len(text), _AT_ONCE):
        yield text[start : start + _AT_ONCE].encode("utf-8", "backslashreplace")


def print_text(text: str, *, is_safe: bool = False) -> None:
    """Write text to standard output, in UTF-8 whatever the locale, at once.

    On a terminal, control characters are shown as escape sequences and not obeyed, unless the text `is_safe` (its control characters
    are ours). Raises `ClosedPipeError`.
    """
    if sys.stdout is None:
        raise PolicykitError("is closed", path="standard output", advice="write to a file with --output")
    if not is_safe and is_terminal(sys.stdout):
        text = safe_for_terminal(text)
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(text)
        else:
            for data in encoded(text):
                stream.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ClosedPipeError from None
    except OSError as error:
        give_up_output()
        raise PolicykitError(f"cannot be written: {error_reason(error)}", path="standard output") from None


def give_up_output() -> None:
    """Nothing can be written to standard output any more: let Python's own flush at exit go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        pass
    finally:
        os.close(nowhere)


def error_reason(error: OSError) -> str:
    """Why the system refused, as it is said in the middle of a line."""
    return (error.strerror or str(error)).lower()
