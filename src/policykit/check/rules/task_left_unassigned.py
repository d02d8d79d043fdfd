"""PK202: a task without anyone responsible beside others that have somebody."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.check.tasks import assignments, title_of

#: so many tasks beside it, and this share of them, have somebody: then all are meant to
_LEAST, _MOST = 2, 0.6


def _find(subject: Subject) -> Iterator[Hit]:
    found = assignments(subject)
    siblings = found.siblings()
    for task in found.unassigned():
        assigned, count = siblings[found.parents.get(task["id"])]
        others = count - 1
        if assigned < _LEAST or assigned < _MOST * others:
            continue
        message = (
            f"nobody is named to carry out {title_of(task)}; {assigned} of the {others} tasks beside it have someone"
        )
        yield subject.at_heading(task, message, title_of(task))


RULE = Rule(
    code="PK202",
    name="task-left-unassigned",
    severity="warning",
    summary="A task without anyone responsible, though most tasks beside it have somebody.",
    why="Where the other tasks have their bodies, one without is an oversight, and it is the one that nobody will report on.",
    bad="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。（责任单位：市数据局）\n（二）培育企业。培育龙头企业。（责任单位：市科技局）\n"
    "（三）吸引人才。引进高层次人才。\n",
    good="某市行动方案\n一、主要任务\n（一）建设平台。建设数据平台。（责任单位：市数据局）\n（二）培育企业。培育龙头企业。（责任单位：市科技局）\n"
    "（三）吸引人才。引进高层次人才。（责任单位：市人力资源社会保障局）\n",
    find=_find,
)
