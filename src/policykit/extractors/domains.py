"""The policy domains that tasks belong to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policykit.document.model import Document, Section
from policykit.findings import DomainResult


def extract_domains(
    document: Document, tasks: Sequence[Section], dictionaries: Sequence[Path] = ()
) -> tuple[dict[str, tuple[str, ...]], tuple[DomainResult, ...]]:
    """The domains of each task (by task id, the main one first) and of the document as a whole.

    `dictionaries` are folders of the user's own domain files.
    """
    return {}, ()
