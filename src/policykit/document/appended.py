"""What is appended to a policy (附件, 附表): lists of work and of indicators that bind as its own text does."""

from __future__ import annotations

from itertools import pairwise

from policykit.document.model import Document
from policykit.patterns import compiled
from policykit.text.spans import Span

#: a line that opens an appended part, or one that opens matter for reference (附录) or notes, which explain and set nothing
_OPENING = compiled(
    r"\n(?:(?P<part>附 ?[件表] ?[0-9一二三四五六七八九十A-Z]{0,2} ?(?=[:：\n]))"
    r"|附 ?录 ?[0-9一二三四五六七八九十A-Z]{0,2} ?(?=[:：\n])"
    r"|[【\[（(]?(?:[^\n，。]{0,12}名词(?:术语)?|用语|术语|相关|有关)(?:解释|说明|注释|释义)[】\])）]?[:：]?(?=\n)"
    r"|[【\[（(]?(?:注释|附注|注解|词汇)[】\])）]?[:：]?(?=\n))"
)


def appended_parts(document: Document) -> tuple[Span, ...]:
    """The appended parts behind a document's own text, each from its opening line to the next; notes are left out.

    >>> from policykit.document.structure import read_document
    >>> from policykit.text.normalise import normalise
    >>> from policykit.text.source import source_from_text
    >>> text = "一、总则\\n全文。\\n二、任务\\n完成。\\n附件\\n任务清单\\n1.建库。\\n注释\\n[1]库：指仓库。"
    >>> document = read_document(normalise(source_from_text(text)))
    >>> [document.text[part.start : part.end] for part in appended_parts(document)]
    ['附件\\n任务清单\\n1.建库。']
    """
    text = document.text
    first = max(0, document.body.end - 1)
    if first + 1 >= len(text):
        return ()
    found = [(match.start() + 1, match["part"] is not None) for match in _OPENING.finditer(text, first)]
    bounded = pairwise([*found, (len(text) + 1, False)])
    return tuple(Span(start, end - 1) for (start, is_part), (end, _) in bounded if is_part)
