"""PK302: a number that comes twice."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.rules.numbering import jumps
from policykit.check.subject import Subject


def _find(subject: Subject) -> Iterator[Hit]:
    for row, before, missing in jumps(subject):
        if missing or before is None:
            continue
        how = "again behind" if row["number"] == before["number"] else "behind"
        message = f"{row['marker']} stands {how} {before['marker']} (line {before['span']['line']})"
        yield subject.at_heading(row, message, row["marker"], row["heading"] or "")


RULE = Rule(
    code="PK302",
    name="numbering-repeat",
    severity="warning",
    summary="A number that comes twice, or goes back: (二) stands again behind (二).",
    why="People cite tasks and articles by number; with a number twice they mean different ones. It is often a slip of the pen, or two "
    "documents run together.",
    bad="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n（二）培育企业。培育龙头企业。\n（二）吸引人才。引进高层次人才。\n",
    good="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n（二）培育企业。培育龙头企业。\n（三）吸引人才。引进高层次人才。\n",
    find=_find,
)
