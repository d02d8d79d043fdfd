"""The title of a policy, and of the notice that carries it."""

from collections.abc import Sequence
from typing import NamedTuple

from policykit.document.lines import ATTACHED, ATTACHMENT, FURNITURE, Line, date_of_line, is_issuer_line, words
from policykit.patterns import compiled

# 国发〔2021〕31号; 国家市场监督管理总局令第57号
NUMBER = compiled(r"[\u4e00-\u9fffA-Z]{1,14}[〔\[(（【] ?(?:19|20)\d{2} ?[〕\])）】]第? ?\d{1,5} ?号")
ORDER_NUMBER = compiled(r"[\u4e00-\u9fff]{2,30}(?:令|公告) ?[(（]?第? ?[\d一二三四五六七八九十百]{1,6} ?号[)）]?")

_LONGEST_TITLE = 150
_PROSE = compiled(r"[。；;！!？?，,:：|]|/[^/]{0,60}/")
# brackets on a line of their own that belong to the title above
_TITLE_BRACKET = compiled(
    r"[(（](?:.{0,6}(?:19|20)\d\d.{0,3}[-—–－至~～].{0,10}|试行|暂行|修订|修订版|征求意见稿|送审稿|草案|.{0,6}年版|.{2,8}稿)[)）]"
)
# a title that still lacks its end: 关于… without 的通知, …工作方案 before 的通知
_OPEN = compiled(r"关于|印发|转发|批转")
_CLOSED = compiled(r"的[^的]{0,16}$")
_QUOTED = compiled(r"(?:印发|发布|公布|出台|制定)了?《(?P<title>[^《》]{4,80})》")
_FULL_TEXT = compiled(r"(?:全文|主要内容)(?:如下|公布)|以下为.{0,6}全文")
_PAGE_TITLE = compiled(r"[|_]")


class Titles(NamedTuple):
    """`title` of the policy with the lines it stands on (None where it was only quoted), `carrier` of the notice."""

    title: str | None
    carrier: str | None
    block: Line | None


def read_titles(head: list[Line], furniture: Sequence[str] = ()) -> tuple[Titles, list[Line]]:
    """The titles among the lines before the outline, and every run of lines that looks like one.

    A notice that carries a policy (国务院关于印发…的通知) gives the carrier; the policy's own title is the next one, or the one the notice
    names. `furniture` is what was taken out of the text: a news lede may have gone with it.
    """
    blocks = title_blocks(head)
    if head:  # 附件：… over a text that was cut out of its notice
        attached = ATTACHED.fullmatch(head[0].text)
        if attached and _kind_of(attached["title"]) and not any(block.text == attached["title"] for block in blocks):
            block = Line(head[0].start, head[0].end, attached["title"])
            return Titles(block.text, None, block), blocks
    if not blocks:
        return Titles(_quoted_title([*(line.text for line in head), *furniture]), None, None), blocks
    first = blocks[0]
    if _is_order(first.text):
        policy = next((block for block in blocks[1:] if not _is_order(block.text)), None)
        return (Titles(policy.text, first.text, policy) if policy else Titles(first.text, None, first)), blocks
    if not words().carrier.search(first.text):
        return Titles(_fuller_title(head, first.text), None, first), blocks
    policy = next((block for block in blocks[1:] if not words().carrier.search(block.text)), None)
    if policy is not None:
        return Titles(policy.text, first.text, policy), blocks
    carried = words().carried.search(first.text)
    title = carried["title"].strip("《》 ") if carried else first.text
    return Titles(title, first.text if carried else None, first), blocks


def document_kind(title: str | None) -> str | None:
    """The kind of document (文种) that a title ends with.

    >>> document_kind("某某市城市更新行动计划(2023—2025年)"), document_kind("某某省标准化条例"), document_kind("我们的城市")
    ('行动计划', '条例', None)
    """
    return _kind_of(title.rstrip("》”")) if title else None


def _kind_of(text: str) -> str | None:
    found = words().kind.search(text)
    return found["kind"] if found and not words().not_kind.search(text) else None


def _is_order(text: str) -> bool:
    return text.endswith("令") and "关于" not in text


def title_blocks(head: list[Line]) -> list[Line]:
    """Runs of lines that stand like a title and end with the name of a kind of document, each joined into one."""
    blocks: list[Line] = []
    run: list[Line] = []
    for position, line in enumerate(head):
        text = line.text
        if blocks and not run and blocks[-1].end + 1 == line.start and _TITLE_BRACKET.fullmatch(text):
            blocks[-1] = Line(blocks[-1].start, line.end, blocks[-1].text + text)
            continue
        if not _may_be_title(text):
            run = []
            continue
        run.append(line)
        if _kind_of(text) and not _continues(run, head[position + 1] if position + 1 < len(head) else None):
            joined = _join(run)
            if len(joined.text) <= _LONGEST_TITLE:
                blocks.append(joined)
            run = []
        elif len(run) > 8:
            del run[0]
    return blocks


def _may_be_title(text: str) -> bool:
    return not (
        not text
        or len(text) > 90
        or _PROSE.search(text)
        or text.startswith(("——", "附件", "(", "（", "第"))
        or ATTACHMENT.fullmatch(text)
        or FURNITURE.search(text)
        or words().note.fullmatch(text)
        or date_of_line(text)
        or NUMBER.fullmatch(text)
    )


def _continues(run: list[Line], following: Line | None) -> bool:
    """Whether a title goes on in the next line although this one ends like a title."""
    if following is None or not _may_be_title(following.text):
        return False
    if following.text.startswith("的"):
        return True
    text = _join(run).text
    return bool(
        _OPEN.search(text)
        and not _CLOSED.search(text)
        and _kind_of(following.text)
        and not following.text.startswith(("关于", "印发"))
    )


def _join(run: list[Line]) -> Line:
    """The lines of a title as one. Issuers above it belong to it where it begins with 关于 or 印发."""
    first = len(run) - 1
    while first > 0 and not is_issuer_line(run[first - 1].text) and len(run[first - 1].text) >= 5:
        first -= 1
    text = "".join(line.text for line in run[first:])
    if text.startswith(("关于", "印发", "转发")):
        while first > 0 and is_issuer_line(run[first - 1].text):
            first -= 1
            text = run[first].text + ("" if text.startswith(("关于", "印发", "转发")) else " ") + text
    return Line(run[first].start, run[-1].end, text.replace("*", ""))


def _fuller_title(head: list[Line], title: str) -> str:
    """The title as a page's own title line gives it, where that says more: 施政报告 | 行政长官2025年施政报告."""
    for line in head[:3]:
        if _PAGE_TITLE.search(line.text):
            parts = [part.strip() for part in _PAGE_TITLE.split(line.text)]
            fuller = [part for part in parts if part.endswith(title) and len(part) <= _LONGEST_TITLE]
            if fuller:
                return max(fuller, key=len)
    return title


def _quoted_title(texts: list[str]) -> str | None:
    """The title in a news lede: …印发了《…》，全文如下."""
    if not any(_FULL_TEXT.search(text) for text in texts):
        return None
    for text in texts:
        quoted = _QUOTED.search(text)
        if quoted:
            return quoted["title"]
    return None
