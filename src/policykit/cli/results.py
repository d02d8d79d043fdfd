"""One result of a command that joins its inputs: to standard output or into a file."""

from __future__ import annotations

from policykit.cli.console import print_text
from policykit.cli.files import AtomicFile


def write_result(text: str, output: str | None, *, is_safe: bool = False) -> None:
    """Write a text to standard output, or put it in place of a file when it is complete.

    `is_safe` promises that control characters in the text are ours and may reach a terminal.
    """
    if output is None:
        print_text(text, is_safe=is_safe)
        return
    with AtomicFile(output) as file:
        file.write(text)
