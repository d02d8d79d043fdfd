"""PK301: a gap in the numbering."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.rules.numbering import jumps
from policykit.check.subject import Subject


def _find(subject: Subject) -> Iterator[Hit]:
    for row, before, missing in jumps(subject):
        if not missing:
            continue
        if before is None:
            message = f"the numbering begins with {row['marker']}"
        else:
            message = f"{row['marker']} follows {before['marker']} (line {before['span']['line']})"
        left_out = f"{missing[0]} is missing" if len(missing) == 1 else f"{missing[0]} to {missing[-1]} are missing"
        yield subject.at_heading(row, f"{message}: {left_out}", row["marker"], row["heading"] or "")


RULE = Rule(
    code="PK301",
    name="numbering-gap",
    severity="warning",
    summary="A gap in the numbering: (三) follows (一).",
    why="Either a passage was lost when the text was copied or converted, or it was struck out and what follows was not renumbered. A number "
    "that stands within a line, and a list that goes on from the chapter before, are no gaps.",
    bad="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n（三）培育企业。培育龙头企业。\n",
    good="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。\n（二）培育企业。培育龙头企业。\n",
    find=_find,
)
