"""Who is to do it: brackets, labelled lines and sentences that assign work.

Three ways of assigning are read. A bracket (or a labelled line) behind a task lists bodies with what they do: `（甲部牵头，乙部、丙局配合）`.
Where someone is marked as leading, those merely in charge support; where no one is, they all lead. A sentence assigns work where it
names specific bodies as those who act: `甲部会同乙部…`, `丙局要…`. General calls (`各地区要…`) and laws assign nothing here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.findings import Responsibility
from policykit.patterns import compiled
from policykit.text.spans import Span

_Part = Literal["lead", "charge", "support"]

#: a bracket longer than this lists something else; bounds the work on hostile text
_LONGEST_BRACKET = 600
#: longest body name taken from running text, in characters
_LONGEST_NAME = 24
#: longest list of bodies looked for in running text, in characters
_LONGEST_LIST = 200
#: share of articles among the outline entries from which on a document is a law
_LAW_SHARE = 0.5


class _Grammar(NamedTuple):
    """The patterns, compiled from the dictionary once."""

    assigns: re.Pattern[str]
    signs: re.Pattern[str]
    label: re.Pattern[str]
    label_parts: dict[str, _Part]
    labelled_line: re.Pattern[str]
    closing_verb: re.Pattern[str]
    verb_parts: dict[str, _Part]
    suffix: re.Pattern[str]
    first_body: re.Pattern[str]
    acting: re.Pattern[str]
    strong: tuple[str, ...]
    modal: re.Pattern[str]
    chairing: re.Pattern[str]
    members: re.Pattern[str]
    not_assigning: re.Pattern[str]
    names: frozenset[str]
    national: frozenset[str]
    governments: frozenset[str]
    specific: tuple[str, ...]
    generic: tuple[str, ...]
    vague: re.Pattern[str]


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = packaged_dictionary("bodies")
    label_parts: dict[str, _Part] = {label: part for part, labels in data["labels"].items() for label in labels}
    verb_parts: dict[str, _Part] = {verb: part for part, verbs in data["verbs"].items() for verb in verbs}
    suffixes = _alternatives(data["suffixes"])
    known = _alternatives([*data["names"], *data["national"]])
    labels = _alternatives(list(label_parts))
    officers, chairs = _alternatives(data["officers"]), _alternatives(data["chairs"])
    partners = r"(?:国务院|市级|省级)?(?:有关|相关)(?:部门和单位|部门|方面|单位)(?:（单位）)?"
    #: 办 in 办公厅, 部 in 部门, 委 in 委员会 do not end a name
    no_longer = r"(?![公门队员托长政人域级管])"
    assigning = rf"{_alternatives(data['assigning'])}|是[^，。；]{{0,30}}责任主体"
    chairing = rf"([\u4e00-\u9fff]{{2,12}}?(?:{officers}))(?:担)?任(?:{chairs})"
    # what a subject ends in: the name of a body, 等部门, 等有关单位
    ends = "".join(
        sorted(
            {word[-1] for key in ("suffixes", "names", "national", "officers") for word in data[key]}
            | set("等门位面区构）")
        )
    )
    return _Grammar(
        assigns=compiled(rf"{labels}|{_alternatives(list(verb_parts))}|会同"),
        signs=compiled(rf"[会牵由{ends}](?:(?<=会)同|(?<=牵)头|(?<=由){chairing}|(?<=[{ends}])(?={assigning}))"),
        label=compiled(rf"(?:^|[，,；;。\s]\s*)({labels})[:：为]\s*"),
        label_parts=label_parts,
        labelled_line=compiled(rf"[。；\n]((?:{labels})[:：][^\n。（）()]{{2,300}})"),
        closing_verb=compiled(rf"(?:等)?({_alternatives(list(verb_parts))})$"),
        verb_parts=verb_parts,
        suffix=compiled(rf"(?:{known}|{suffixes}|{officers})$"),
        first_body=compiled(rf"{partners}|{known}|[\u4e00-\u9fff“”]{{1,{_LONGEST_NAME}}}?(?:{suffixes}){no_longer}"),
        acting=compiled(assigning),
        strong=tuple(data["strongly_assigning"]),
        modal=compiled(r"(?:要|应当|应|将|须|负责)?(?:积极|主动)?$"),
        chairing=compiled(f"由{chairing}"),
        members=compiled(rf"成员包括([\u4e00-\u9fff、]{{2,80}}(?:{officers}))(?=等|，|$)"),
        not_assigning=compiled(_alternatives(data["not_assigning"])),
        names=frozenset([*data["names"], *data["national"]]),
        national=frozenset(data["national"]),
        governments=frozenset(data["governments"]),
        specific=tuple(data["specific_prefixes"]),
        generic=tuple(data["generic_prefixes"]),
        vague=compiled(_alternatives(data["vague"])),
    )


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
    rows = list(_brackets(text))
    rows = _joined(rows, _labelled_lines(text))
    return tuple(_joined(rows, _sentences(document)))


def _joined(rows: list[Responsibility], further: Iterator[Responsibility]) -> list[Responsibility]:
    """Both in order, without those of `further` that overlap one of `rows`. Neither overlaps within itself."""
    joined = list(rows)
    ends = [row.end for row in rows]
    for row in further:
        index = bisect_right(ends, row.start)
        if index == len(rows) or rows[index].start >= row.end:
            joined.append(row)
    return sorted(joined, key=lambda row: row.start)


def _is_law(document: Document) -> bool:
    articles = sum(section.role == "article" for section in document.sections)
    return articles > 3 and articles >= _LAW_SHARE * sum(section.role != "other" for section in document.sections)


# Brackets

_OPENING = compiled(r"[（(〔\[【]")
_BRACKET = compiled(
    r"[（(〔\[【]([^（()）〔〕\[\]【】]*(?:[（(][^（()）\n]{0,20}[)）][^（()）〔〕\[\]【】]*){0,8})[)）〕\]】]"
)
_FIRST_LEADS = compiled(r"(?:列|排)(?:在)?(?:第一位|首位|最前)(?:者|的)?(?:单位|部门)?(?:为|是)牵头")


def _brackets(text: str) -> Iterator[Responsibility]:
    first_leads = False
    for opening in _OPENING.finditer(text):
        start = opening.start()
        found = _BRACKET.match(text, start, start + _LONGEST_BRACKET)
        if found is None:
            continue
        content = found[1]
        stands_alone = start == 0 or text[start - 1] in "。！；;\n"
        ends_sentence = stands_alone or text[found.end() : found.end() + 1] in ("", "\n", "。")
        parsed = _parse_list(content, ends_sentence, stands_alone)
        if parsed is None:
            continue
        lead, support = parsed
        if _FIRST_LEADS.search(content):
            first_leads = True
        if first_leads and not support and len(lead) > 1 and "牵头" not in content.partition("。")[0]:
            lead, support = lead[:1], lead[1:]
        if lead or support:
            yield Responsibility(start, found.end(), lead, support, "responsibilities/bracket")


def _labelled_lines(text: str) -> Iterator[Responsibility]:
    for found in _grammar().labelled_line.finditer(f"\n{text}"):
        parsed = _parse_list(found[1], True, True)
        if parsed is not None and (parsed[0] or parsed[1]):
            yield Responsibility(found.start(), found.end() - 1, *parsed, "responsibilities/label")


def _parse_list(
    content: str, ends_sentence: bool, stands_alone: bool
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Lead and support of a bracket's content; None where it assigns nothing.

    `ends_sentence`: a sentence ends before or behind the bracket; `stands_alone`: one ends before it, so that it explains no word.
    """
    grammar = _grammar()
    content = content.replace("\n", "").strip().partition("。")[0].rstrip("，,；; ")
    if not stands_alone and not grammar.assigns.search(content):
        return None
    pieces = grammar.label.split(content)
    parts: dict[_Part, list[str]] = {"lead": [], "charge": [], "support": []}
    verbs = 0
    if len(pieces) > 1:
        if pieces[0].strip(" ，,；;"):
            verbs += _sort_names(pieces[0], "charge", parts)
        for label, names in zip(pieces[1::2], pieces[2::2], strict=True):
            _sort_names(names, grammar.label_parts[label], parts)
    else:
        verbs = _sort_names(content, "charge", parts)
        bodies = [name for names in parts.values() for name in names]
        if not bodies or not all(len(name) <= _LONGEST_NAME for name in bodies):
            return None
        like_bodies = sum(_is_body(name) for name in bodies)
        if verbs:
            # (技工院校内由…负责) in the middle of a sentence explains, it does not assign
            if not like_bodies or not ends_sentence or "由" in content[1:]:
                return None
        elif not stands_alone or like_bodies < len(bodies):
            return None
    if parts["lead"]:
        return _once(parts["lead"]), _once(parts["charge"] + parts["support"])
    return _once(parts["charge"]), _once(parts["support"])


#: between two names, but not inside 各县（市、区）人民政府
_LIST_SEPARATOR = compiled(r"[、，,；;/／╱](?![^（(<]{0,12}[）)>])")
#: 适用范围：…, 以下除标注外…: what follows says nothing of bodies
_NO_BODY = compiled(r"[^:：]{1,8}[:：]|以下|下同")


def _sort_names(text: str, default: _Part, parts: dict[_Part, list[str]]) -> int:
    """Put the names of a list under what the verb behind them says; returns how many verbs there were."""
    grammar = _grammar()
    waiting: list[str] = []
    verbs = 0
    for piece in _LIST_SEPARATOR.split(text):
        piece = piece.strip()
        if _NO_BODY.match(piece):
            break
        if "会同" in piece:
            first, _, piece = piece.partition("会同")
            parts["lead"].extend([*waiting, *_names(first)])
            waiting, verbs = [], verbs + 1
            closing = grammar.closing_verb.search(piece)
            parts["support"].extend(_names(piece[: closing.start()] if closing else piece))
            default = "support"
            continue
        closing = grammar.closing_verb.search(piece)
        if closing is None or (piece in grammar.names):
            waiting.extend(_names(piece))
            continue
        waiting.extend(_names(piece[: closing.start()]))
        part = grammar.verb_parts[closing[1]]
        parts["support" if default == "support" and part == "charge" else part].extend(waiting)
        waiting, verbs = [], verbs + 1
    parts[default].extend(waiting)
    return verbs


_AND_OTHERS_AND = compiled(r"等(?:有关|相关)?(?:部门|单位)?和(?!单位)(?=.)")
_AND = compiled(r"以及|[和及]")
_OTHERS = compiled(
    r"等?(?:有关|相关)?(?:部门和单位|地方和部门)$|等(?:有关|相关|成员)?(?:部门|单位|方面|地区|机构)?(?:（单位）)?$"
)
#: 财政、教育等部门: bodies named by their field alone
_FIELDS = compiled(r"、.*(?:等(?:有关|相关)?部门|部门)$")


def _names(piece: str) -> list[str]:
    """The names in a piece without separators: 等 dropped, 和 split where both sides are bodies."""
    found: list[str] = []
    for part in _AND_OTHERS_AND.split(piece.strip()):
        name = part if part in _grammar().names or part.startswith("各") else _OTHERS.sub("", part)
        name = name.removeprefix("由").strip()
        while (split := _split_at_and(name)) is not None:
            found.append(split[0])
            name = split[1]
        if name:
            found.append(name)
    return found


def _split_at_and(name: str) -> tuple[str, str] | None:
    """`国家发展改革委和科技部` in two; `工业和信息化部` stays whole."""
    suffix = _grammar().suffix
    for joint in _AND.finditer(name):
        left, right = name[: joint.start()], name[joint.end() :]
        if left and right != "单位" and suffix.search(left) and suffix.search(right):
            return left, right
    return None


def _is_body(name: str) -> bool:
    return _grammar().suffix.search(name) is not None or name.startswith("各")


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


# Sentences

#: 甲部会同乙部制定了…: what was done, not what is to be done
_DONE = compiled(r"会同[^，,]{0,40}了")
#: 由 or a bracket inside shows that more than a name was cut out
_NAME = compiled(rf"[\u4e00-\u4eff\u4f00-\u7530\u7532-\u9fff“”A-Za-z]{{2,{_LONGEST_NAME}}}")
_BY = compiled(r"^(?:由|经|请)")
_PLACE = compiled(r"[\u4e00-\u9fff]{2,3}(?:省|市|自治区|特区)")

_Bodies = tuple[tuple[str, ...], tuple[str, ...]]


def _sentences(document: Document) -> Iterator[Responsibility]:
    grammar = _grammar()
    text = document.text
    for start, end in _with_signs(document):
        bodies = _joint_work(text, start, end) or _led_by(text, start, end) or _named_subject(text, start, end)
        if bodies is None or grammar.not_assigning.search(text, start, end) or _DONE.search(text, start, end):
            continue
        lead, support = bodies
        yield Responsibility(start, end, lead, support or _helping(text, start, end, lead), "responsibilities/sentence")


def _with_signs(document: Document) -> Iterator[Span]:
    """The sentences with something that may assign work: 会同, 牵头, a chair, a word of assignment behind what may be a body's name."""
    text, ends = document.text, document.sentence_ends
    end = -1
    for sign in _grammar().signs.finditer(text):
        if sign.start() >= end:
            index = bisect_right(ends, sign.start())
            end = ends[index] if index < len(ends) else len(text)
            yield Span(ends[index - 1] + 1 if index else 0, end)


def _helping(text: str, start: int, end: int, lead: tuple[str, ...]) -> tuple[str, ...]:
    """`甲局牵头，乙局、丙委配合`: the bodies of the later clauses that end with a word of help."""
    grammar = _grammar()
    found: list[str] = []
    for clause in text[start : min(end, start + _LONGEST_BRACKET)].split("，")[1:]:
        verb = grammar.closing_verb.search(clause)
        if verb is None or grammar.verb_parts[verb[1]] != "support":
            continue
        names = [name for piece in _pieces(clause[: verb.start()]) for name in _names(piece)]
        if all(_NAME.fullmatch(name) and _is_body(name) for name in names):
            found += (name for name in names if name not in lead)
    return _once(found)


def _joint_work(text: str, start: int, end: int) -> _Bodies | None:
    """`甲部会同乙部、丙局…`: the body before 会同 leads, those behind it support."""
    position = text.find("会同", start, end)
    if position < 0:
        return None
    clause = max(start, position - _LONGEST_LIST)
    clause = max(clause, text.rfind("，", clause, position) + 1)
    before = _grammar().modal.sub("", text[clause:position])
    if before:
        lead = _acting(_BY.sub("", before), strongly=True)
    else:
        # 甲部要发挥牵头作用，会同乙部…: the subject stands in an earlier clause
        subject = _named_subject(text, start, end) if clause > start else None
        lead = subject[0] if subject else ()
    return (lead, _leading_bodies(text[position + 2 : min(end, position + _LONGEST_LIST)])) if lead else None


def _leading_bodies(text: str) -> tuple[str, ...]:
    """The bodies that a text begins with: `乙部、丙局等部门筛选确定` gives 乙部 and 丙局."""
    found: list[str] = []
    for piece in text.partition("，")[0].split("、"):
        begin = 0
        while body := _grammar().first_body.match(piece, begin):
            found.append(body[0])
            begin = body.end() + 1
            if piece[body.end() : begin] not in ("和", "及", "与"):
                break
        if body is None or body.end() < len(piece):
            break
    return _once(found)


def _named_subject(text: str, start: int, end: int) -> _Bodies | None:
    """`甲部、乙部要…`: specific bodies as the subject of a sentence that gives them work."""
    grammar = _grammar()
    end = min(end, start + _LONGEST_LIST)
    comma = text.find("，", start, end)
    for verb in grammar.acting.finditer(text, start, end if comma < 0 else comma):
        subject = text[start : verb.start()]
        # an acting word may be a part of the name: 应急管理部, 组织部
        if grammar.suffix.search(_OTHERS.sub("", subject)) or _FIELDS.search(subject):
            behind = text[verb.start() : verb.start() + 20]
            strongly = behind.lstrip("要应当须将").startswith(grammar.strong) or behind.startswith("是")
            lead = _acting(subject, strongly=strongly)
            return (lead, ()) if lead else None
    return None


def _led_by(text: str, start: int, end: int) -> _Bodies | None:
    """`建立由甲部牵头的…机制`, `由乙任组长，成员包括丙、丁`: the bodies behind 由 lead, members support."""
    first = text.find("由", start, end)
    if first < 0:
        return None
    grammar = _grammar()
    if (verb := text.find("牵头", first, end)) >= 0:
        begin = max(start, verb - _LONGEST_LIST)
        by = max(text.rfind("由", begin, verb), text.rfind("，", begin, verb))
        lead = _acting(text[by + 1 : verb].removesuffix("共同"), strongly=True) if text[by : by + 1] == "由" else ()
        if lead:
            return lead, ()
    chair = grammar.chairing.search(text, first, end)
    lead = _acting(chair[1], strongly=True) if chair else ()
    if chair is None or not lead:
        return None
    members = grammar.members.search(text, chair.end(), min(end, chair.end() + _LONGEST_LIST))
    return lead, _once([name for piece in _pieces(members[1]) for name in _names(piece)]) if members else ()


def _pieces(bodies: str) -> list[str]:
    return [piece for piece in bodies.split("、") if piece]


def _acting(bodies: str, *, strongly: bool) -> tuple[str, ...]:
    """The names of a subject, or nothing where it is a general call.

    `strongly`: the verb leaves no doubt that work is handed out (会同, 牵头, 负责); then a body need not be known by name.
    """
    grammar = _grammar()
    names = [name for piece in _pieces(bodies) for name in _names(piece)]
    if not names or names[0].startswith(grammar.generic) or any(grammar.vague.search(name) for name in names):
        return ()
    if any(name in grammar.governments or not _NAME.fullmatch(name) for name in names):
        return ()
    if not all(_is_body(name) for name in names) and not _FIELDS.search(bodies):
        return ()
    if strongly or any(
        name in grammar.national or name.startswith(grammar.specific) or len(names) > 2 or _PLACE.match(name)
        for name in names
    ):
        return _once(names)
    return ()
