"""Who is to do it: brackets, labelled lines and sentences that assign work.

Three ways of assigning are read. A bracket (or a labelled line) behind a task lists bodies with what they do: `（甲部牵头，乙部、丙局配合）`.
Where someone is marked as leading, those merely in charge support; where no one is, they all lead. A sentence assigns work where it
names specific bodies as those who act: `甲部会同乙部…`, `丙局要…`. General calls (`各地区要…`) and laws assign nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable

from policykit.document.model import Document
from policykit.extractors.assignments.brackets import brackets_in, labelled_lines
from policykit.extractors.assignments.sentences import assigning_sentences, overlaps
from policykit.findings import Responsibility

#: share of articles among the outline entries from which on a document is a law
_LAW_SHARE = 0.5


def extract_responsibilities(document: Document) -> tuple[Responsibility, ...]:
    """The assignments of a document, in order.

    Brackets with their parentheses, labelled lines and sentences (without the full stop). A law or regulation has none.

    >>> from policykit import analyse
    >>> [row] = analyse("(一)推广应用。开展试点。（商务部牵头，财政部、海关总署配合）").responsibilities
    >>> row.lead, row.support
    (('商务部',), ('财政部', '海关总署'))
    """
    if _is_law(document):
        return ()
    text = document.text
    rows = list(brackets_in(text))
    rows = _in_order(rows, [line for line in labelled_lines(text) if not overlaps(rows, line.start, line.end)])
    return tuple(_in_order(rows, assigning_sentences(document, rows)))


def _in_order(rows: list[Responsibility], further: Iterable[Responsibility]) -> list[Responsibility]:
    return sorted([*rows, *further], key=lambda row: row.start)


def _is_law(document: Document) -> bool:
    roles = [section.role for section in document.sections]
    articles = roles.count("article")
    return articles > 3 and articles >= _LAW_SHARE * (len(roles) - roles.count("other"))
