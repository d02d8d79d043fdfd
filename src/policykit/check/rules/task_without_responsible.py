"""PK201: a task without anyone responsible."""

from __future__ import annotations

from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.check.tasks import assignments, title_of


def _find(subject: Subject) -> Iterator[Hit]:
    for task in assignments(subject).unassigned():
        yield subject.at_heading(task, f"nobody is named to carry out {title_of(task)}", title_of(task))


RULE = Rule(
    code="PK201",
    name="task-without-responsible",
    severity="warning",
    summary="A task without anyone responsible.",
    why="Work that nobody is named for is nobody's. Most national plans leave that to the documents that carry them out, so this rule is off "
    "unless it is selected; PK202 finds the tasks that were left out where a document names bodies for the others.",
    bad="某市发展规划\n一、主要任务\n（一）建设数据平台。统筹建设全市统一的数据平台。\n",
    good="某市发展规划\n一、主要任务\n（一）建设数据平台。统筹建设全市统一的数据平台。（责任单位：市数据局）\n",
    find=_find,
    is_default=False,
)
