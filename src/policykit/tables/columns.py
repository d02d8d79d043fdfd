"""The tables, their columns and keys. Every writer makes what it needs of this one description."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """A column: `kind` is text, integer, number, boolean, date or list (of texts); `is_needed` says that no row goes without."""

    name: str
    kind: str
    description: str
    is_needed: bool = False


class Table(NamedTuple):
    """A table: its primary key, and its foreign keys as (columns, table, columns there)."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()


def _columns(text: str) -> tuple[Column, ...]:
    """Columns out of lines `name kind description`; an exclamation mark behind the kind says that no row goes without."""
    found = []
    for line in filter(None, text.splitlines()):
        name, kind, description = line.split(maxsplit=2)
        found.append(Column(name, kind.rstrip("!"), description, kind.endswith("!")))
    return tuple(found)


_SPAN = """
start integer! First code point in the decoded source, from 0.
end integer! Behind the last code point.
line integer! Line of the first code point, from 1.
"""
_DOCUMENT = (("document",), "documents", ("id",))
_TASK = (("document", "task"), "tasks", ("document", "id"))
_OWN = "document text! The document it stands in."

TABLES = (
    Table(
        "documents",
        _columns("""
id text! Name of the document; a second one of a name is called name-2.
path text Where it was read from.
sha256 text! SHA-256 of the file.
encoding text! Its encoding.
script text! simplified, traditional or mixed.
wording text! mainland, taiwan, hong-kong …
characters integer! Code points of the decoded file.
title text Title.
carrier text Title of the notice that transmits it.
kind text 文种, such as 行动方案.
level text! national, provincial, municipal, county …
region text Province, city or county.
issuers list! The bodies that issued it.
number text 发文字号.
issued date Day of issue.
published date Day of publication.
warnings list! What the reader of the analysis should know.
"""),
        ("id",),
    ),
    Table(
        "tasks",
        _columns(f"""
{_OWN}
id text! Id of the outline entry.
role text! task or safeguard.
heading text Heading.
text text! The normalised body.
main_domain text Id of the weightiest domain.
domains list! Ids of its domains, the main one first.
lead list! Bodies that lead.
support list! Bodies that support.
{_SPAN}"""),
        ("document", "id"),
        (_DOCUMENT, (("document", "main_domain"), "domains", ("document", "id"))),
    ),
    Table(
        "targets",
        _columns(f"""
{_OWN}
id text! Id within the document.
task text The task it stands in.
section text The outline entry it stands in.
indicator text! What is measured.
comparator text! >= > <= < ~ = or range.
value number! The number in base units; the lower end of a range.
value_max number The upper end of a range.
unit text Unit without its scale word.
kind text! level, increase, decrease, count, rank, multiple or coverage.
baseline_value number What it is measured against.
baseline_unit text Unit of that.
baseline_date date Date of that.
binding text 约束性 or 预期性.
deadline date The day by which it is to be reached.
deadline_from text The deadline that the day was taken from.
deadline_inherited boolean! Whether that stands in a heading or lead-in above.
rule text! The rule that found it.
quote text! The number with its unit, from the source.
sentence text! The normalised sentence.
{_SPAN}"""),
        ("document", "id"),
        (_DOCUMENT, _TASK, (("document", "deadline_from"), "deadlines", ("document", "id"))),
    ),
    Table(
        "deadlines",
        _columns(f"""
{_OWN}
id text! Id within the document.
task text The task it stands in.
section text The outline entry it stands in.
relation text! by, during, within, every, effective or until.
from date First day.
to date Last day.
duration text ISO 8601 duration.
rule text! The rule that found it.
quote text! The time expression, from the source.
{_SPAN}"""),
        ("document", "id"),
        (_DOCUMENT, _TASK),
    ),
    Table(
        "domains",
        _columns(f"""
{_OWN}
id text! Id of the domain.
name text! Its Chinese name.
share number! The part of all task characters in tasks of this domain.
mentions integer! How often its terms occur.
tasks list! Ids of the tasks that carry it.
terms list! Its terms that occur, the most frequent first.
"""),
        ("document", "id"),
        (_DOCUMENT,),
    ),
    Table(
        "responsibilities",
        _columns(f"""
{_OWN}
number integer! Counts the rows of a document from 1.
task text The task that is assigned.
role text! lead or support.
body text! The body; a row for each.
quote text! The bracket or sentence, from the source.
{_SPAN}"""),
        ("document", "number"),
        (_DOCUMENT, _TASK),
    ),
    Table(
        "references",
        _columns(f"""
{_OWN}
number integer! Counts the rows of a document from 1.
title text! Title of the document cited.
document_number text Its document number.
mentions integer! How often it is cited.
{_SPAN}"""),
        ("document", "number"),
        (_DOCUMENT,),
    ),
)
