"""Indicator tables: every cell of the target year is a target, its indicator and unit come from the row.

Two layouts are read: one cell a line, as web pages and PDFs leave them (序号 / 指标 / 2020年 / 2025年 / 属性, then the rows), and one row a
line with cells between tabs, bars or spaces.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from policykit.document.model import Document
from policykit.extractors.quantities.cues import CuePattern
from policykit.findings import Baseline, Comparator, Quantity, TargetKind
from policykit.patterns import compiled
from policykit.quantities.numerals import SCALE_CHARACTERS, parse_number, without_exponent
from policykit.quantities.units import plain_unit, split_unit, unit_class, unit_pattern
from policykit.text.spans import Span


class Tables(NamedTuple):
    """The quantities of a document's indicator tables and the stretches that the tables cover."""

    quantities: tuple[Quantity, ...]
    regions: tuple[Span, ...]


class _Column(NamedTuple):
    kind: Literal["number", "name", "unit", "property", "value", "other"]
    year: int | None = None
    is_target: bool = False


#: a header cell that names the indicators; a table is looked for only where one stands
_NAME = CuePattern(r"(?:主要|核心|具体|发展|监测|评价|总体|重点)?指标(?:名称|内容|体系)?|指标项")
#: and no further behind the beginning of its line
_NEAR = 40
_NUMBER = CuePattern(r"序号|编号|No\.?")
_UNIT = CuePattern(r"(?:计量)?单位")
_PROPERTY = CuePattern(r"(?:指标)?(?:属性|性质)")
_GOAL = CuePattern(r"(?:(20[0-9]{2})年?)?(?:预期|规划|发展)?目标值?|预期值|规划值|目标数|(20[0-9]{2})年预期")
_YEAR = CuePattern(
    r"“?(?:(20[0-9]{2})年?|十[一二三四五六七]五)”?(?:末|实际|现状|基期|预计|规划|完成)?(?:目标)?(?:值|情况|数)?(?:（[^（）]{1,8}）)?"
)
_OTHER = CuePattern(
    r"类别|类型|领域|分类|年均(?:增长|增速)?[^，。]{0,8}|累计[^，。]{0,8}|现状值?|基期值?|基准值|备注|责任(?:单位|部门)|牵头(?:单位|部门)|.{0,4}增长率?（%）|\[累计\]"
)
_BINDING = {"约束性": "约束性", "预期性": "预期性", "约束": "约束性", "预期": "预期性"}


def _column(cell: str) -> _Column | None:
    """What a header cell heads; None where the cell is no header."""
    if _NUMBER.fullmatch(cell):
        return _Column("number")
    if _NAME.fullmatch(cell):
        return _Column("name")
    if _UNIT.fullmatch(cell):
        return _Column("unit")
    if _PROPERTY.fullmatch(cell):
        return _Column("property")
    goal = _GOAL.fullmatch(cell)
    if goal is not None:
        return _Column("value", int(year) if (year := goal[1] or goal[2]) else None, True)
    year_match = _YEAR.fullmatch(cell)
    if year_match is not None:
        return _Column("value", int(year_match[1]) if year_match[1] else None)
    return _Column("other") if _OTHER.fullmatch(cell) else None


def read_tables(document: Document) -> Tables:
    """The indicator tables of a document."""
    quantities: list[Quantity] = []
    regions: list[Span] = []
    text = document.text
    reached = 0
    while (position := text.find("指标", reached)) >= 0:
        reached = position + 2
        # no further back: on a line of megabytes that is all of it, for each such word
        if position > _NEAR and text.rfind("\n", position - _NEAR - 1, position) < 0:
            continue
        line = document.paragraph_at(position)
        if _NAME.fullmatch(text, *line):
            table = _read_lines(document, line)
        else:
            table = _read_rows(document, line) if line.end - line.start < 200 else None
        if table is not None:
            quantities += table[0]
            regions.append(table[1])
            reached = table[1].end
    return Tables(tuple(quantities), tuple(regions))


def _targets(columns: Sequence[_Column]) -> list[_Column]:
    """The header with its target columns marked: what is called a goal, else all years but the first."""
    if any(column.is_target for column in columns):
        return list(columns)
    years = sorted(column.year for column in columns if column.kind == "value" and column.year is not None)
    if not years:
        return list(columns)
    base = years[0] if len(years) > 1 else 0
    return [
        _Column("value", column.year, column.year > base)
        if column.kind == "value" and column.year is not None
        else column
        for column in columns
    ]


def _read_lines(document: Document, name_line: Span) -> tuple[list[Quantity], Span] | None:
    """A table with one cell a line, from the line of its header that says 指标."""
    text, paragraphs = document.text, document.paragraphs
    index = bisect_left(paragraphs, name_line)
    first = index
    while first > 0 and index - first < 3 and _column(text[paragraphs[first - 1].start : paragraphs[first - 1].end]):
        first -= 1
    columns: list[_Column] = []
    position = first
    while position < len(paragraphs) and len(columns) < 10:
        column = _column(text[paragraphs[position].start : paragraphs[position].end])
        if column is None:
            break
        columns.append(column)
        position += 1
    columns = _targets(columns)
    if not any(column.is_target for column in columns):
        return None
    quantities: list[Quantity] = []
    end = paragraphs[position - 1].end
    for row in _rows(document, position, columns):
        found = _read_row(text, row, columns)
        if found is None:
            break
        quantities += found
        end = row[-1].end
    return (quantities, Span(paragraphs[first].start, end)) if quantities else None


def _rows(document: Document, position: int, columns: Sequence[_Column]) -> Iterator[list[Span]]:
    """The cells of each row behind a header: from number to number, or as many as the header has."""
    text, paragraphs = document.text, document.paragraphs
    if columns[0].kind != "number":
        width = len(columns)
        for start in range(position, len(paragraphs) - width + 1, width):
            yield list(paragraphs[start : start + width])
        return
    number = 1
    while position < len(paragraphs):
        # a cell of a category may stand before the row's number
        skipped = 0
        while position < len(paragraphs) and text[paragraphs[position].start : paragraphs[position].end] != str(number):
            position, skipped = position + 1, skipped + 1
            if skipped > 2:
                return
        cells: list[Span] = []
        position += 1
        while position < len(paragraphs) and len(cells) < len(columns) + 1:
            cell = text[paragraphs[position].start : paragraphs[position].end]
            if (cell == str(number + 1) and len(cells) >= len(columns) - 1) or len(cell) > 60:
                break
            cells.append(paragraphs[position])
            position += 1
        # a last cell that is a category of the next row
        del cells[len(columns) - 1 :]
        position = position if not cells else bisect_left(paragraphs, cells[-1]) + 1
        if len(cells) < len(columns) - 1:
            return
        yield cells
        number += 1


#: the cells of a header on one line, whatever is left between them
_HEADER_CELL = CuePattern(
    r"序号|编号|(?:主要|核心|具体)?指标(?:名称|内容)?|(?:计量)?单位|(?:指标)?(?:属性|性质)|(?:20[0-9]{2}年?)?(?:预期|规划)?目标值?|预期值|"
    r"20[0-9]{2}年?(?:末|实际|现状|预计|规划)?(?:值)?|年均(?:增长|增速)[^ |｜]{0,8}|累计[^ |｜]{0,6}|类别|备注|现状值|基期值"
)
_SEPARATORS = CuePattern(r"[ \t|｜]*")
#: a value cell in a row: 45, ≥90, [120], -, 下降15%
_VALUE_CELL = r"(?:[\[［〔]?(?:下降|降低|提高|增长)?[≥≤<>＜＞]?[0-9][0-9,.]*[%％]?[\]］〕]?|[-—–/])"


def _read_rows(document: Document, header: Span) -> tuple[list[Quantity], Span] | None:
    """A table with one row a line: 森林覆盖率 % 40 45 约束性, with bars, tabs or only spaces between."""
    text = document.text
    columns: list[_Column] = []
    position = _SEPARATORS.match(text, header.start).end()  # type: ignore[union-attr]
    while position < header.end:
        cell = _HEADER_CELL.match(text, position, header.end)
        column = _column(cell.group()) if cell is not None else None
        if cell is None or column is None:
            return None
        columns.append(column)
        position = _SEPARATORS.match(text, cell.end(), header.end).end()  # type: ignore[union-attr]
    if not any(column.kind == "name" for column in columns):
        return None
    columns = _targets(columns)
    values = sum(column.kind in ("value", "other") for column in columns)
    if not any(column.is_target for column in columns):
        return None
    row = compiled(
        rf"{'[0-9]{1,3}[.、]?[ |｜]*' if columns[0].kind == 'number' else ''}[|｜]? ?(?P<name>[^|｜\n]{{2,40}}?)[ |｜]*(?P<unit>{unit_pattern_with_scale()})?"
        rf"(?P<values>(?:[ |｜]*{_VALUE_CELL}){{{values}}})[ |｜]*(?P<property>(?:约束|预期)性?)?[ |｜]*"
    )
    quantities: list[Quantity] = []
    paragraphs = document.paragraphs
    end = header.end
    for index in range(bisect_left(paragraphs, header) + 1, len(paragraphs)):
        line = paragraphs[index]
        match = row.fullmatch(text, *line) if line.end - line.start < 160 else None
        if match is None:
            break
        cells = [
            Span(cell.start(), cell.end())
            for cell in compiled(_VALUE_CELL).finditer(text, match.start("values"), match.end("values"))
        ]
        spans = {
            "name": Span(*match.span("name")),
            "unit": Span(*match.span("unit")),
            "property": Span(*match.span("property")),
        }
        listed = iter(cells)
        row_cells = [spans.get(column.kind) or next(listed) for column in columns if column.kind != "number"]
        quantities += _read_row(text, row_cells, columns) or []
        end = line.end
    return (quantities, Span(header.start, end)) if quantities else None


@lru_cache(maxsize=1)
def unit_pattern_with_scale() -> str:
    """A unit with its scale word, as a column of units holds it: 万公顷, %."""
    return rf"[{SCALE_CHARACTERS}]{{0,2}}{unit_pattern()}"


def _read_row(text: str, cells: Sequence[Span], columns: Sequence[_Column]) -> list[Quantity] | None:
    """The targets of a row; None where it is no row of the table."""
    heads = [column for column in columns if column.kind != "number"]
    by_kind = {
        column.kind: text[max(cell.start, 0) : max(cell.end, 0)] for column, cell in zip(heads, cells, strict=False)
    }
    name = by_kind.get("name", "")
    if not name or _VALUE.fullmatch(name):
        return None
    indicator, unit_text = _split_name(name)
    unit_text = by_kind.get("unit") or unit_text
    binding = _BINDING.get(by_kind.get("property", "").strip("性值指标") + "性")
    baseline: Baseline | None = None
    found: list[Quantity] = []
    for column, cell in zip(heads, cells, strict=False):
        if column.kind != "value":
            continue
        value = _read_value(text, cell, unit_text)
        if value is None:
            continue
        if column.is_target:
            kind = _kind(indicator, value)
            found.append(
                Quantity(
                    start=value.start,
                    end=value.end,
                    value=value.value,
                    value_max=None,
                    unit=value.unit,
                    comparator=value.comparator,
                    kind=kind,
                    indicator=indicator,
                    status="target",
                    rule="target/table",
                    baseline=baseline,
                    binding="约束性" if binding == "约束性" else "预期性" if binding == "预期性" else None,
                    deadline=date(column.year, 12, 31) if column.year else None,
                )
            )
        else:
            baseline = Baseline(value.value, value.unit, date(column.year, 12, 31) if column.year else None)
            found.append(
                Quantity(
                    start=value.start,
                    end=value.end,
                    value=value.value,
                    value_max=None,
                    unit=value.unit,
                    comparator=value.comparator,
                    kind="level",
                    indicator=indicator,
                    status="background",
                    rule="background/table",
                )
            )
    return found


_UNIT_IN_NAME = CuePattern(r"(?:（([^（）]{1,14})）|\(([^()]{1,14})\))[0-9①-⑨*]?$")
_FOOTNOTE = CuePattern(r"(?<=[\u4e00-\u9fff）])[0-9①-⑨*]{1,2}$")


def _split_name(name: str) -> tuple[str, str | None]:
    """森林覆盖率（%） -> the indicator and its unit."""
    match = _UNIT_IN_NAME.search(name)
    unit = (match[1] or match[2]) if match is not None else None
    if match is None or unit is None or not _is_unit(unit):
        return _FOOTNOTE.sub("", name), None
    return _FOOTNOTE.sub("", name[: match.start()]), unit


def _is_unit(text: str) -> bool:
    _, unit = split_unit(text)
    return (
        unit is None
        or unit_class(unit) is not None
        or ("〔" in unit and unit_class(unit.partition("〔")[0]) is not None)
    )


class _Value(NamedTuple):
    start: int
    end: int
    value: Decimal
    unit: str | None
    comparator: Comparator
    change: str
    is_total: bool  # in square brackets: the sum over the period


@lru_cache(maxsize=1)
def _value_pattern() -> re.Pattern[str]:
    return compiled(
        rf"(?P<open>[\[［〔【（(]?)(?P<change>下降|降低|减少|增长|提高|增加|新增|累计)?(?P<sign>≥|≤|＞|＜|>=|<=|>|<|约|不低于|不少于|不超过|不高于|超过|达到|大于|小于)?"
        rf" ?(?P<quantity>(?P<number>[0-9]{{1,3}}(?:[, ][0-9]{{3}})+|[0-9]{{1,15}})(?P<fraction>\.[0-9]{{1,6}})?(?P<scale>[{SCALE_CHARACTERS}]{{1,2}})?(?P<unit>{unit_pattern()})?)"
        rf"(?P<behind>以上|以内|以下|左右)?(?P<close>[\]］〕】）)]?)[*①-⑨]?"
    )


_VALUE = CuePattern(r"[\[≥≤<>＜＞]?[0-9.,]+[\]%]?")
_SIGNS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "≤": "<=", "<=": "<=", "不超过": "<=", "不高于": "<=", "＞": ">", ">": ">", "超过": ">",
    "大于": ">", "＜": "<", "<": "<", "小于": "<", "约": "~", "以上": ">=", "以内": "<=", "以下": "<=", "左右": "~",
}  # fmt: skip


def _read_value(text: str, cell: Span, unit_text: str | None) -> _Value | None:
    match = _value_pattern().fullmatch(text, cell.start, cell.end)
    if match is None:
        return None
    number = parse_number(match["number"] + (match["fraction"] or "") + (match["scale"] or ""))
    if number is None:
        return None
    factor, unit = split_unit(match["unit"]) if match["unit"] else split_unit(unit_text) if unit_text else (1, None)
    sign = _SIGNS.get(match["behind"] or "") or _SIGNS.get(match["sign"] or "") or "="
    return _Value(
        match.start("quantity"),
        match.end("quantity"),
        without_exponent(number * factor),
        plain_unit(unit) if unit else None,
        sign,
        match["change"] or "",
        bool(match["open"]) and match["open"] in "[［【〔",
    )


def _kind(indicator: str, value: _Value) -> TargetKind:
    if value.change in ("下降", "降低", "减少") or indicator.endswith(("下降", "降低", "减少", "降幅")):
        return "decrease"
    if (
        value.change in ("增长", "提高", "增加", "新增")
        or "新增" in indicator
        or indicator.endswith(("增长", "增速", "增幅", "增长率"))
    ):
        return "increase"
    if (
        unit_class(value.unit.partition("〔")[0] if value.unit else None) in ("measure_words", "physical")
        and value.is_total
    ):
        return "count"
    return "level"
