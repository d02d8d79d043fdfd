"""Sentences that name specific bodies and give them work: 甲部会同乙部…, 丙局要…, 建立由丁委牵头的…机制."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from policykit.document.model import Document
from policykit.extractors.assignments.bodies import (
    NAME,
    Bodies,
    acting_bodies,
    ends_as_body,
    grammar,
    is_body,
    is_by_fields,
    names_in,
    pieces_of,
    without_others,
    without_repeats,
)
from policykit.findings import Responsibility
from policykit.patterns import compiled
from policykit.text.places import places

#: longest list of bodies looked for in running text, in characters
_LONGEST_LIST = 200
#: how far a sentence is read for those who help
_LONGEST_SENTENCE = 600

#: how far behind 由 a chair is named: 由甲副局长担任组长
_CHAIR_REACH = 20
#: 甲部会同乙部制定了…: what was done, not what is to be done
_DONE = compiled(r"会同[^，,]{0,40}了")
_BY = compiled(r"^(?:由|经|请)")


def assigning_sentences(document: Document, assigned: Sequence[Responsibility]) -> Iterator[Responsibility]:
    """The sentences of a document that assign work, in order, without the full stop.

    Those that hold a bracket or line of `assigned` (in order, none overlapping) are left out.
    """
    words = grammar()
    text = document.text
    for start, end in _with_signs(document):
        if overlaps(assigned, start, end):
            continue
        bodies = _joint_work(text, start, end) or _led_by(text, start, end) or _named_subject(text, start, end)
        if bodies is None or words.not_assigning.search(text, start, end) or _DONE.search(text, start, end):
            continue
        lead, support = bodies
        yield Responsibility(start, end, lead, support or _helping(text, start, end, lead), "responsibilities/sentence")


def overlaps(assigned: Sequence[Responsibility], start: int, end: int) -> bool:
    """Whether a stretch has something in common with one of those assigned, which are in order and do not overlap."""
    index = bisect_right(assigned, start, key=_END)
    return index < len(assigned) and assigned[index].start < end


_END = attrgetter("end")


def _with_signs(document: Document) -> list[tuple[int, int]]:
    """The sentences with something that may assign work: 会同, 牵头, a chair, a word of assignment behind what may be a body's name.

    That word has to stand in the first clause, as the subject does.
    """
    text, ends = document.text, document.sentence_ends
    signs = [place for place in places(text, "同") if text[place - 1 : place] == "会"]
    signs += [place for place in places(text, "牵") if text.startswith("头", place + 1)]
    if "任" in text:
        chaired = grammar().chairing.match
        signs += [
            place
            for place in places(text, "由")
            if text.find("任", place, place + _CHAIR_REACH) > 0 and chaired(text, place)
        ]
    sentences = {_sentence_at(place, ends, len(text)) for place in signs}
    for verb in _verbs_of_subjects(text):
        sentence = _sentence_at(verb, ends, len(text))
        start = sentence[0]
        if verb < start + _LONGEST_LIST and text.find("，", start, verb) < 0:
            sentences.add(sentence)
    return sorted(sentences)


def _sentence_at(place: int, ends: list[int], length: int) -> tuple[int, int]:
    index = bisect_right(ends, place)
    return ends[index - 1] + 1 if index else 0, ends[index] if index < len(ends) else length


def _verbs_of_subjects(text: str) -> list[int]:
    """Where words of assignment begin that stand behind what may be a body's name."""
    return [verb.start() for verb in grammar().acting_behind_body.finditer(text)]


def _helping(text: str, start: int, end: int, lead: tuple[str, ...]) -> tuple[str, ...]:
    """`甲局牵头，乙局、丙委配合`: the bodies of the later clauses that end with a word of help."""
    words = grammar()
    found: list[str] = []
    for clause in text[start : min(end, start + _LONGEST_SENTENCE)].split("，")[1:]:
        verb = words.closing_verb.search(clause)
        if verb is None or words.verb_parts[verb[1]] != "support":
            continue
        names = [name for piece in pieces_of(clause[: verb.start()]) for name in names_in(piece)]
        if all(NAME.fullmatch(name) and is_body(name) for name in names):
            found += (name for name in names if name not in lead)
    return without_repeats(found)


def _joint_work(text: str, start: int, end: int) -> Bodies | None:
    """`甲部会同乙部、丙局…`: the body before 会同 leads, those behind it support."""
    position = text.find("会同", start, end)
    if position < 0:
        return None
    clause = max(start, position - _LONGEST_LIST)
    clause = max(clause, text.rfind("，", clause, position) + 1)
    before = grammar().modal.sub("", text[clause:position])
    if before:
        lead = acting_bodies(_BY.sub("", before), strongly=True)
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
        while body := grammar().first_body.match(piece, begin):
            found.append(body[0])
            begin = body.end() + 1
            if piece[body.end() : begin] not in ("和", "及", "与"):
                break
        if body is None or body.end() < len(piece):
            break
    return without_repeats(found)


def _named_subject(text: str, start: int, end: int) -> Bodies | None:
    """`甲部、乙部要…`: specific bodies as the subject of a sentence that gives them work."""
    words = grammar()
    end = min(end, start + _LONGEST_LIST)
    comma = text.find("，", start, end)
    for verb in words.acting.finditer(text, start, end if comma < 0 else comma):
        subject = text[start : verb.start()]
        # an acting word may be a part of the name: 应急管理部, 组织部
        if ends_as_body(without_others(subject)) or is_by_fields(subject):
            behind = text[verb.start() : verb.start() + 20]
            strongly = behind.lstrip("要应当须将").startswith(words.strong) or behind.startswith("是")
            lead = acting_bodies(subject, strongly=strongly)
            return (lead, ()) if lead else None
    return None


def _led_by(text: str, start: int, end: int) -> Bodies | None:
    """`建立由甲部牵头的…机制`, `由乙任组长，成员包括丙、丁`: the bodies behind 由 lead, members support."""
    first = text.find("由", start, end)
    if first < 0:
        return None
    words = grammar()
    if (verb := text.find("牵头", first, end)) >= 0:
        begin = max(start, verb - _LONGEST_LIST)
        by = max(text.rfind("由", begin, verb), text.rfind("，", begin, verb))
        lead = (
            acting_bodies(text[by + 1 : verb].removesuffix("共同"), strongly=True) if text[by : by + 1] == "由" else ()
        )
        if lead:
            return lead, ()
    chair = words.chairing.search(text, first, end)
    lead = acting_bodies(chair[1], strongly=True) if chair else ()
    if chair is None or not lead:
        return None
    members = words.members.search(text, chair.end(), min(end, chair.end() + _LONGEST_LIST))
    return lead, without_repeats(
        [name for piece in pieces_of(members[1]) for name in names_in(piece)]
    ) if members else ()
