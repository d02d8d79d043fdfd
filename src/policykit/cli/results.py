"""One result of a command that joins its inputs: to standard output or into a file, as a page for reading or as data."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from policykit.cli import options
from policykit.cli.console import is_terminal, print_text, wants_colour
from policykit.cli.files import AtomicFile
from policykit.cli.places import refuse_to_overwrite
from policykit.errors import InputError
from policykit.inputs import Input

#: how wide (in cells) a page is that no terminal shows, and the narrowest that can be asked for
_WIDTH, _NARROWEST = 140, 20
_Format = TypeVar("_Format", bound=StrEnum)


@dataclass(frozen=True)
class Destination:
    """Where the result goes: a file, or None for standard output (which may be named `-`)."""

    output: str | None

    @classmethod
    def named(cls, output: str | None, inputs: Iterable[Input | InputError]) -> Destination:
        """The destination that an option names. Raises `PolicykitError` where it is the file of one of the inputs."""
        refuse_to_overwrite([output], inputs)
        return cls(None if output == "-" else output)

    @property
    def on_screen(self) -> bool:
        """Whether somebody reads it on a terminal."""
        return self.output is None and is_terminal(sys.stdout)

    @property
    def colour(self) -> bool:
        """Whether it is to be coloured."""
        return self.on_screen and wants_colour(sys.stdout)

    @property
    def width(self) -> int:
        """How many cells wide a page is: as wide as the terminal, or, elsewhere, as COLUMNS says, else wide enough for tables of text.

        A file is the same whatever terminal it is made in.
        """
        import os
        import shutil

        if self.on_screen:
            return shutil.get_terminal_size((_WIDTH, 24)).columns
        stated = os.environ.get("COLUMNS", "")
        return max(int(stated), _NARROWEST) if stated.isascii() and stated.isdigit() else _WIDTH

    def format(
        self, stated: _Format | None, formats: type[_Format], *, for_reading: _Format, otherwise: _Format
    ) -> _Format:
        """The format that is stated, or that which the file's name says, or the one for a terminal, or another."""
        return options.format_for(stated, self.output, formats, for_reading if self.on_screen else otherwise)

    def write(self, text: str, *, is_safe: bool = False) -> None:
        """Write a text to standard output, or put it in place of a file when it is complete.

        `is_safe` promises that control characters in the text are ours and may reach a terminal.
        """
        write_result(text, self.output, is_safe=is_safe)


def write_result(text: str, output: str | None, *, is_safe: bool = False) -> None:
    """Write a text to standard output, or put it in place of a file when it is complete; see `Destination.write`."""
    if output is None:
        print_text(text, is_safe=is_safe)
        return
    with AtomicFile(output) as file:
        file.write(text)
