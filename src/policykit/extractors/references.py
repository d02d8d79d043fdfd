"""The laws, plans, standards and policy documents that a document cites between 《》."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.findings import Reference
from policykit.patterns import compiled

#: longer than any title; an opening bracket that is not closed within it is a slip
_LONGEST = 160


def extract_references(document: Document) -> tuple[Reference, ...]:
    """The cited documents, each distinct title once, in the order of first mention.

    `start`/`end` bound the first mention with its 《》, `number` is the document number that follows one of its mentions, `mentions` counts them,
    those by a short name (以下简称《纲要》) included. Newspapers, books, programmes and forms are left out.
    """
    found: dict[str, Reference] = {}
    short_names: dict[str, str] = {}
    last: str | None = None
    for title in _titles(document.text):
        key = _key(title.text)
        if key in short_names:
            known = short_names[key]
            found[known] = found[known]._replace(mentions=found[known].mentions + 1)
            continue
        if last is not None and _introduces_short_name(document.text, title.start):
            short_names[key] = last
            continue
        if not names_document(title.text):
            continue
        number = _number_behind(document.text, title.end)
        if key in found:
            known_reference = found[key]
            found[key] = known_reference._replace(
                mentions=known_reference.mentions + 1, number=known_reference.number or number
            )
        else:
            found[key] = Reference(title.start, title.end, title.text, number, 1)
        last = key
    return tuple(found.values())


class _Title(NamedTuple):
    start: int
    end: int
    text: str


def _titles(text: str) -> Iterator[_Title]:
    """What stands between 《 and its own 》, inner titles not counted apart."""
    position = text.find("《")
    while position >= 0:
        end = _closing(text, position)
        if end is None:
            position = text.find("《", position + 1)
            continue
        title = text[position + 1 : end - 1]
        yield _Title(position, end, title if title.isalnum() else _SPACES.sub(" ", title.replace("\n", "")).strip())
        position = text.find("《", end)


_NO_LETTERS = compiled(r"[\W_]+")
_ANY_YEAR = compiled("[0-9]{4}")
_SPACES = compiled(r"[ \u3000]+")
_BRACKETS = compiled(r"[《》]")


def _closing(text: str, start: int) -> int | None:
    """Behind the bracket that closes the one at `start`; None where none does within the length of a title."""
    first = text.find("》", start, start + _LONGEST)
    if first < 0:
        return None
    if text.find("《", start + 1, first) < 0:
        return first + 1
    depth = 0
    for match in _BRACKETS.finditer(text, start, start + _LONGEST):
        depth += 1 if match.group() == "《" else -1
        if depth == 0:
            return match.end()
    # 《关于修改《…法》的决定: one bracket too few, the inner title is found by itself
    return None


def _key(title: str) -> str:
    """What two ways of writing one title have in common."""
    return title if title.isalnum() else _NO_LETTERS.sub("", title)


class _Words(NamedTuple):
    """What titles of documents end in, what others end in all the same, and what names no document by itself."""

    endings: tuple[str, ...]
    not_endings: tuple[str, ...]
    generic: frozenset[str]


@lru_cache(maxsize=1)
def _title_words() -> _Words:
    words = packaged_dictionary("reference_titles")
    return _Words(tuple(words["endings"]), tuple(words["not_endings"]), frozenset(words["generic"]))


_TRAILER = compiled(r"(?:[（(〔\[][^（）()〔〕\[\]]{1,24}[）)〕\]]| ?[0-9.]{1,4}[版+]?|[0-9]{4}年版)$")


#: what a trailer ends in, or what is dropped behind a title
_TRAILER_ENDS = frozenset("）)〕]0123456789.版+〉》> ”’\"'")


@lru_cache(maxsize=1024)
def names_document(title: str) -> bool:
    """Whether a title between 《》 names a law, plan, standard or policy document. Kept: the same laws are cited again and again.

    >>> [names_document(title) for title in ("医疗废物管理条例", "人民日报", "纲要", "发展规划（2021—2035年）", "北部都会区发展蓝图2.0")]
    [True, False, False, True, True]
    """
    endings, not_endings, generic = _title_words()
    bare = title
    for _ in range(3 if bare[-1:] in _TRAILER_ENDS else 0):
        shorter = _TRAILER.sub("", bare).rstrip('〉》> ”’"')
        if shorter == bare:
            break
        bare = shorter
    if _key(title) in generic or bare in generic:
        return _key(title) not in generic and _ANY_YEAR.search(title) is not None
    return bare.endswith(endings) and not bare.endswith(not_endings)


_SHORT_NAME = compiled(r"(?:以下(?:统一)?(?:简称|称|并称)|下称|简称)(?:为)?[：:“\"]?$")


def _introduces_short_name(text: str, start: int) -> bool:
    return _SHORT_NAME.search(text, max(0, start - 10), start) is not None


_ISSUER = r"[^\W\d_]{1,20}(?: [^\W\d_]{1,20}){0,3}"
_NUMBER = compiled(
    rf" ?[（(]?({_ISSUER} ?(?:[〔\[［【(（](?:19|20)[0-9]{{2}}[〕\]］】)）]第?|(?:(?:19|20)[0-9]{{2}}年)?第) ?[0-9]{{1,5}} ?号)"
)


def _number_behind(text: str, end: int) -> str | None:
    """The document number right behind a title, in brackets or not: （国发〔2021〕31号）."""
    match = _NUMBER.match(text, end)
    return match[1].replace(" ", "") if match else None
