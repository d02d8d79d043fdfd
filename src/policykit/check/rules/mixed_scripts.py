"""PK501: Simplified and Traditional characters in one text."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.text.characters import script_evidence

#: so many different letters of the other script are no name that keeps its own
_LEAST_LETTERS = 3


def _find(subject: Subject) -> Iterator[Hit]:
    if subject.data["source"]["script"] != "mixed":
        return
    if not subject.has_text:
        yield subject.whole("the document mixes Simplified and Traditional characters")
        return
    text = subject.source_text
    traditional, simplified = script_evidence(text)
    minority = 1 if traditional > simplified else 0
    name = ("Traditional", "Simplified")[minority]
    runs: list[tuple[int, int, int]] = []  # start, end, lines
    goes_on = False
    position = 0
    for line in text.splitlines(keepends=True):
        evidence = script_evidence(line)
        start, end = position + len(line) - len(line.lstrip()), position + len(line.rstrip())
        position += len(line)
        if evidence[minority] > evidence[1 - minority] or _letters(line, minority) >= _LEAST_LETTERS:
            if goes_on:
                runs[-1] = (runs[-1][0], end, runs[-1][2] + 1)
            else:
                runs.append((start, end, 1))
            goes_on = True
        elif any(evidence):
            goes_on = False
    for start, end, lines in runs:
        how_many = "a line has" if lines == 1 else f"{lines} lines have"
        yield subject.at_source(
            start, end, f"{how_many} {name} characters in a text of the other script", text[start : start + 40]
        )


def _letters(line: str, script: int) -> int:
    """How many different letters of a script a line has."""
    return sum(script_evidence(letter)[script] for letter in set(line))


RULE = Rule(
    code="PK501",
    name="mixed-scripts",
    severity="warning",
    summary="Simplified and Traditional characters in one text.",
    why="Parts of a text were pasted from elsewhere or a conversion stopped half-way. policykit reads each line in its own script, but other "
    "programs will not find the words. Names that keep a Traditional character in a Simplified line are not counted.",
    bad="某市发展规划\n一、总体要求\n加快产业转型升级，推动经济高质量发展，优化营商环境。\n二、主要任務\n推進標準體系建設，發揮標準的引領作用，開展國際標準化合作。\n",
    good="某市发展规划\n一、总体要求\n加快产业转型升级，推动经济高质量发展，优化营商环境。\n二、主要任务\n推进标准体系建设，发挥标准的引领作用，开展国际标准化合作。\n",
    find=_find,
)
