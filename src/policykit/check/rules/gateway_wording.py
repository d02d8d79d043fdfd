"""PK502: the words of a gateway in place of the issuer's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject

_WORDS = "wording/"
_SHOWN = 5


def _find(subject: Subject) -> Iterator[Hit]:
    if subject.data["source"]["wording"] != "taiwan-gateway":
        return
    normalised = subject.loaded.normalised
    steps = normalised.rewritings if normalised is not None else ()
    edits = [(step, edit) for step in steps for edit in step.edits if edit.rule.startswith(_WORDS)]
    if normalised is None or not edits:
        yield subject.whole("a gateway put other words in place of those of the issuer")
        return
    step, first = edits[0]
    counts = Counter((step.before[edit.start : edit.end], edit.text) for step, edit in edits)
    common = ", ".join(f"{theirs} for {ours} ({count})" for (theirs, ours), count in counts.most_common(_SHOWN))
    message = f"a gateway put other words in place of those of the issuer, {len(edits)} times: {common}"
    start = first.start + sum(
        len(edit.text) - (edit.end - edit.start) for edit in step.edits if edit.start < first.start
    )
    shift = normalised.rewritings.index(step) + 1
    place, end = start, start + len(first.text)
    for later in normalised.rewritings[shift:]:
        place, end = later.target_span(type(later.source_span((0, 0)))(place, end))  # type: ignore[arg-type]
    yield subject.at_text(place, max(end, place), message, "wording")


RULE = Rule(
    code="PK502",
    name="gateway-wording",
    severity="note",
    summary="The words of a gateway (資訊 for 信息) in place of the issuer's.",
    why="Pages of mainland offices shown in Traditional characters are often reworded by a machine into the words of Taiwan. policykit reads the "
    "mainland word, but quotations from such a text are not what was issued: get the Simplified original where the wording matters.",
    bad="某市標準化行動方案\n一、主要任務\n（一）推進資訊化建設。支援企業創新，提高資訊化水準，推動高品質發展。\n（二）最佳化營商環境。透過試點示範，提升服務品質。\n",
    good="某市标准化行动方案\n一、主要任务\n（一）推进信息化建设。支持企业创新，提高信息化水平，推动高质量发展。\n",
    find=_find,
)
