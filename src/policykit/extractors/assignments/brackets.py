"""Brackets and labelled lines that assign work: （甲部牵头，乙部、丙局配合）, 责任单位：甲局、乙委."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from policykit.extractors.assignments.bodies import (
    LONGEST_NAME,
    Bodies,
    Part,
    grammar,
    is_body,
    names_in,
    without_repeats,
)
from policykit.findings import Responsibility
from policykit.patterns import compiled
from policykit.text.places import places

#: a bracket longer than this lists something else; bounds the work on hostile text
_LONGEST_BRACKET = 600

_OPENINGS = "（(〔[【"
_CLOSINGS = frozenset("）)〕]】")
#: what follows a label
_LABEL_SIGNS = frozenset(":：为")
#: brackets of these alone number something: （一）
_COUNTS = "一二三四五六七八九十0123456789"
_BRACKET = compiled(
    r"[（(〔\[【]([^（()）〔〕\[\]【】]*(?:[（(][^（()）\n]{0,20}[)）][^（()）〔〕\[\]【】]*){0,8})[)）〕\]】]"
)
_FIRST_LEADS = compiled(r"(?:列|排)(?:在)?(?:第一位|首位|最前)(?:者|的)?(?:单位|部门)?(?:为|是)牵头")


def brackets_in(text: str) -> Iterator[Responsibility]:
    """The brackets of a text that assign work, in order, each with its parentheses."""
    first_leads = False
    for start in places(text, _OPENINGS):
        if text[start + 2 : start + 3] in _CLOSINGS and text[start + 1] in _COUNTS:
            continue  # （一）, as most are
        found = _BRACKET.match(text, start, start + _LONGEST_BRACKET)
        if found is None:
            continue
        content = found[1]
        if not content.strip(_COUNTS):
            continue
        stands_alone = start == 0 or text[start - 1] in "。！；;\n"
        ends_sentence = stands_alone or text[found.end() : found.end() + 1] in ("", "\n", "。")
        if not (ends_sentence or _LABEL_SIGNS.intersection(content)):
            continue  # (下称…) in the middle of a sentence: only one with a label would assign
        parsed = _parse_list(content, ends_sentence, stands_alone)
        if parsed is None:
            continue
        lead, support = parsed
        if "牵头" in content and _FIRST_LEADS.search(content):
            first_leads = True
        if first_leads and not support and len(lead) > 1 and "牵头" not in content.partition("。")[0]:
            lead, support = lead[:1], lead[1:]
        if lead or support:
            yield Responsibility(start, found.end(), lead, support, "responsibilities/bracket")


def labelled_lines(text: str) -> Iterator[Responsibility]:
    """Lines that begin with a label, 牵头单位：…, in order."""
    words = grammar()
    end = 0
    for colon in places(text, ":："):
        if text[colon - 1 : colon] not in words.label_ends:
            continue
        floor = max(end, colon - words.longest_label - 1)
        opening = max([text.rfind(sign, floor, colon) for sign in "。；\n"])
        if opening < 0 < floor:
            continue
        start = opening + 1
        found = words.labelled_line.match(text, start)
        if found is None:
            continue
        end = found.end()
        parsed = _parse_list(found[0], True, True)
        if parsed is not None and (parsed[0] or parsed[1]):
            yield Responsibility(start, end, *parsed, "responsibilities/label")


@lru_cache(maxsize=1024)
def _parse_list(content: str, ends_sentence: bool, stands_alone: bool) -> Bodies | None:
    """Lead and support of a bracket's content; None where it assigns nothing.

    `ends_sentence`: a sentence ends before or behind the bracket; `stands_alone`: one ends before it, so that it explains no word.
    Kept: more than half of the brackets of a document say what one before has said.
    """
    words = grammar()
    content = content.replace("\n", "").strip().partition("。")[0].rstrip("，,；; ")
    if not stands_alone and not words.assigns.search(content):
        return None
    has_label = ":" in content or "：" in content or "为" in content
    pieces = words.label.split(content) if has_label else [content]
    parts: dict[Part, list[str]] = {"lead": [], "charge": [], "support": []}
    verbs = 0
    if len(pieces) > 1:
        if pieces[0].strip(" ，,；;"):
            verbs += _sort_names(pieces[0], "charge", parts)
        for label, names in zip(pieces[1::2], pieces[2::2], strict=True):
            _sort_names(names, words.label_parts[label], parts)
    else:
        verbs = _sort_names(content, "charge", parts)
        bodies = parts["lead"] + parts["charge"] + parts["support"]
        if not bodies or max(map(len, bodies)) > LONGEST_NAME:
            return None
        like_bodies = len([name for name in bodies if is_body(name)])
        if verbs:
            # (技工院校内由…负责) in the middle of a sentence explains, it does not assign
            if not like_bodies or not ends_sentence or "由" in content[1:]:
                return None
        elif not stands_alone or like_bodies < len(bodies):
            return None
    if parts["lead"]:
        return without_repeats(parts["lead"]), without_repeats(parts["charge"] + parts["support"])
    return without_repeats(parts["charge"]), without_repeats(parts["support"])


_SEPARATORS = "、，,；;/／╱"
#: between two names, but not inside 各县（市、区）人民政府
_LIST_SEPARATOR = compiled(rf"[{_SEPARATORS}](?![^（(<]{{0,12}}[）)>])")


def _pieces(text: str) -> list[str]:
    """What stands between the separators of a list."""
    if "）" in text or ")" in text or ">" in text:
        return _LIST_SEPARATOR.split(text)
    for sign in _SEPARATORS[1:]:
        if sign in text:
            text = text.replace(sign, "、")
    return text.split("、")


#: 适用范围：…, 以下除标注外…: what follows says nothing of bodies
_NO_BODY = compiled(r"[^:：]{1,8}[:：]|以下|下同")


@lru_cache(maxsize=2048)
def _names_and_part(piece: str) -> tuple[tuple[str, ...], Part | None]:
    """The names in one piece of a list and what its verb says that they and those before them do; None where it has no verb.

    Kept: the same 省发展改革委 and 省商务厅牵头负责 stand in bracket after bracket.
    """
    words = grammar()
    if piece[-1:] in words.verb_ends and piece not in words.names and (verb := words.closing_verb.search(piece)):
        return names_in(piece[: verb.start()]), words.verb_parts[verb[1]]
    return names_in(piece), None


def _sort_names(text: str, default: Part, parts: dict[Part, list[str]]) -> int:
    """Put the names of a list under what the verb behind them says; returns how many verbs there were."""
    words = grammar()
    waiting: list[str] = []
    verbs = 0
    tells_more = ":" in text or "：" in text or "以下" in text or "下同" in text
    is_joint = "会同" in text
    for piece in _pieces(text):
        piece = piece.strip()
        if tells_more and _NO_BODY.match(piece):
            break
        if is_joint and "会同" in piece:
            first, _, piece = piece.partition("会同")
            parts["lead"].extend([*waiting, *names_in(first)])
            waiting, verbs = [], verbs + 1
            closing = words.closing_verb.search(piece)
            parts["support"].extend(names_in(piece[: closing.start()] if closing else piece))
            default = "support"
            continue
        names, part = _names_and_part(piece)
        waiting += names
        if part is not None:
            parts["support" if default == "support" and part == "charge" else part].extend(waiting)
            waiting, verbs = [], verbs + 1
    parts[default].extend(waiting)
    return verbs
