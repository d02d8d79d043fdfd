"""What folders hold beside the documents that are read: a PDF in a folder is no error, but whoever put it there should hear of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

from policykit.cli.console import remark
from policykit.inputs import STANDARD_INPUT, readable

#: files that hold documents, but not as plain text
_NOT_PLAIN = (".pdf", ".doc", ".docx", ".wps", ".odt", ".rtf", ".htm", ".html", ".mht", ".mhtml", ".ofd")


def passed_over(folder: str) -> Counter[str]:
    """How many files below a folder hold documents that are not read, by what their names end in.

    What begins with a dot does not count, nor what Word puts beside a document that is open.
    """
    found: Counter[str] = Counter()
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        endings = (os.path.splitext(name)[1].lower() for name in names if not name.startswith((".", "~$")))
        found.update(ending for ending in endings if ending in _NOT_PLAIN)
    return found


def remark_on_passed_over(arguments: Iterable[str]) -> None:
    """One line on standard error for each folder among some arguments that has such files."""
    folders = [folder for folder in arguments if folder != STANDARD_INPUT and os.path.isdir(folder)]
    for folder in {os.path.realpath(folder): folder for folder in reversed(folders)}.values():
        found = passed_over(folder)
        if found:
            count, endings = found.total(), ", ".join(sorted(found))
            files = "a file" if count == 1 else f"{count} files"
            remark(
                f"policykit: {readable(folder)}: passed over {files} ({endings}); what is saved as text (.txt) is read"
            )
