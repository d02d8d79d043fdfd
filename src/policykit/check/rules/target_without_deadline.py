"""PK101: a target without a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policykit.check.findings import Hit
from policykit.check.rule import Rule
from policykit.check.subject import Subject
from policykit.dictionaries import packaged_dictionary

#: a title that says for which time the document is: 2025年工作要点, 三年行动方案（2023—2025年）, “十四五”规划
_PERIOD = re.compile(
    r"[12][0-9]{3}(?:年|[—–\-~～至到])|[二一][〇○零一二三四五六七八九]{3}|[一二三四五六七八九十两]{1,3}年(?:行动|计划|规划|工作|实施|攻坚|提升)"
    r"|[“\"]?[一二三四五六七八九十]{1,2}五[”\"]?(?:时期|期间|规划|计划|国家)|第[一二三四五六七八九十]{1,3}个[三五十]年"
)
#: the same in the lines above the outline, where no title was made out; dates of issue stand there too
_PLAN = re.compile(
    r"第[一二三四五六七八九十]{1,3}个[三五]年|[12][0-9]{3}年?[—–\-~～至到][12][0-9]{3}年|[“\"][一二三四五六七八九十]{1,2}五[”\"](?:时期|规划|计划)"
)
#: a time in the sentence, though it was not taken for the target's: no reason to say that there is none
_DATED = re.compile(r"[12][0-9]{3}年|[“\"][一二三四五六七八九十]{1,2}五[”\"]|[今明本]年|当年")


def _find(subject: Subject) -> Iterator[Hit]:
    document = subject.data["document"]
    titles = [title for title in (document["title"], document["carrier"]) if title]
    yearly = tuple(packaged_dictionary("metadata")["yearly"])
    if any(_PERIOD.search(title) or title.endswith(yearly) for title in titles):
        return
    if not titles and subject.has_text and _PLAN.search(_head(subject)):
        return
    for target in subject.data["targets"]:
        sentence = target["sentence"]
        if target["deadline"] is None and not _DATED.search(sentence) and not _standing().search(sentence):
            what = f"{target['indicator']} {target['quote']}" if target["indicator"] else target["quote"]
            message = f"no date by which the target is to be reached: {' '.join(what.split())}"
            yield subject.at_row(target, message, target["quote"], target["sentence"])


def _head(subject: Subject) -> str:
    """What stands above the outline."""
    document = subject.placed.document
    return document.text[: min(document.sections[0].start if document.sections else 400, 400)]


@lru_cache(maxsize=1)
def _standing() -> re.Pattern[str]:
    """Words of a level that holds from now on and always: it needs no date."""
    return re.compile("|".join(map(re.escape, packaged_dictionary("check")["standing"])))


RULE = Rule(
    code="PK101",
    name="target-without-deadline",
    severity="warning",
    summary="A target without a deadline.",
    why="Without a date nobody can say whether the target was missed. A date in the same sentence, in the lead-in or heading above it, or "
    "a period in the document's title counts; levels that are to be kept (守住18亿亩耕地红线) need none.",
    bad="某市关于促进消费的若干措施\n一、主要任务\n（一）发展夜间经济。打造30条夜间消费街区。\n",
    good="某市关于促进消费的若干措施\n一、主要任务\n（一）发展夜间经济。到2027年，打造30条夜间消费街区。\n",
    find=_find,
)
