"""Times as values."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policykit.quantities.dates import (
    financial_year_interval,
    half_year_interval,
    months_interval,
    plan_interval,
    quarters_interval,
    read_calendar,
    read_length,
    ten_days_interval,
    year_interval,
)


def span(text: str, *, year: int | None = None, near: int | None = None) -> tuple[str, str] | None:
    found = read_calendar(text, year=year, near=near)
    assert found is not None and found.end == len(text), text
    return None if found.interval is None else (str(found.interval.start), str(found.last_day))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2027年", "2027-01-01", "2027-12-31"),
        ("二〇三五年", "2035-01-01", "2035-12-31"),
        ("二○一一年", "2011-01-01", "2011-12-31"),
        ("二零三零年", "2030-01-01", "2030-12-31"),
        ("民国112年", "2023-01-01", "2023-12-31"),
        ("中华民国一百一十二年", "2023-01-01", "2023-12-31"),
        ("2023—2025年", "2023-01-01", "2025-12-31"),
        ("2023年至2025年", "2023-01-01", "2025-12-31"),
        ("2021-25年", "2021-01-01", "2025-12-31"),
        ("2023-24年度", "2023-04-01", "2024-03-31"),
        ("2032-33财政年度", "2032-04-01", "2033-03-31"),
        ("2023-24至2027-28年度", "2023-04-01", "2028-03-31"),
        ("2024/25学年", "2024-09-01", "2025-08-31"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025年下半年", "2025-07-01", "2025-12-31"),
        ("2025年第三季度", "2025-07-01", "2025-09-30"),
        ("2024年第一季", "2024-01-01", "2024-03-31"),
        ("2025年二、三季度", "2025-04-01", "2025-09-30"),
        ("2025年前三季度", "2025-01-01", "2025-09-30"),
        ("2025年首季", "2025-01-01", "2025-03-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2025年9月底", "2025-09-01", "2025-09-30"),
        ("2025年6月上旬", "2025-06-01", "2025-06-10"),
        ("2025年2月下旬", "2025-02-21", "2025-02-28"),
        ("2025年12月31日", "2025-12-31", "2025-12-31"),
        ("二〇一一年八月一日", "2011-08-01", "2011-08-01"),
        ("2023年1月1日至6月30日", "2023-01-01", "2023-06-30"),
        ("2026年4月1日起至2027年12月31日", "2026-04-01", "2027-12-31"),
        ("2023年下半年至2024年", "2023-07-01", "2024-12-31"),
        ("2025年底", "2025-01-01", "2025-12-31"),
        ("2023年中", "2023-01-01", "2023-06-30"),
        ("“十四五”时期", "2021-01-01", "2025-12-31"),
        ("十五五期间", "2026-01-01", "2030-12-31"),
        ("“十一五”期末", "2006-01-01", "2010-12-31"),
        ("“十四五”后两年", "2024-01-01", "2025-12-31"),
        ("“十五”期间", "2001-01-01", "2005-12-31"),
        ("“九五”末", "1996-01-01", "2000-12-31"),
        ("第十二个五年规划时期", "2011-01-01", "2015-12-31"),
        ("本世纪中叶", "2050-01-01", "2050-12-31"),
    ],
)
def test_what_names_its_year(text: str, start: str, end: str) -> None:
    assert span(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("今年", "2025-12-31"), ("明年底", "2026-12-31"), ("后年", "2027-12-31"), ("去年", "2024-12-31"), ("全年", "2025-12-31"),
        ("年底", "2025-12-31"), ("年内", "2025-12-31"), ("6月底", "2025-06-30"), ("第三季度", "2025-09-30"), ("上半年", "2025-06-30"),
        ("今年第四季", "2025-12-31"), ("明年3月1日", "2026-03-01"), ("今年年中", "2025-06-30"),
    ],
)  # fmt: skip
def test_what_the_document_resolves(text: str, end: str) -> None:
    resolved, unresolved = span(text, year=2025), span(text)
    assert resolved is not None and resolved[1] == end
    assert unresolved is None


def test_the_year_of_the_sentence_resolves_months_not_this_year() -> None:
    assert span("6月底", year=2025, near=2027) == ("2027-06-01", "2027-06-30")
    assert span("今年", year=2025, near=2027) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "2027",
        "12345年",
        "三月三",
        "年",
        "十五五规划",
        "五年",
        "2025—",
        "青年",
        "2026年2月30日",
        "2026年4月31日",
        "四季",
        "",
    ],
)
def test_what_is_no_calendar_time(text: str) -> None:
    found = read_calendar(text)
    assert found is None or found.end < len(text)


@pytest.mark.parametrize("text", ["2020年初步建成", "2023年中国制造", "2030年末端治理"])
def test_words_that_only_begin_like_an_edge(text: str) -> None:
    found = read_calendar(text)
    assert found is not None and (found.end, found.edge) == (5, "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("三年", "P3Y"), ("两年", "P2Y"), ("十年", "P10Y"), ("30年", "P30Y"), ("5—10年", "P10Y"), ("三至五年", "P5Y"), ("六个月", "P6M"),
        ("3—6个月", "P6M"), ("一个季度", "P3M"), ("半年", "P6M"), ("一年半内", "P18M"), ("两周", "P2W"), ("15个工作日", "P15D"), ("三十日", "P30D"),
        ("30天", "P30D"), ("24小时", "PT24H"), ("半小时", "PT30M"), ("15分钟", "PT15M"), ("4.5年", "P54M"),
    ],
)  # fmt: skip
def test_lengths(text: str, iso: str) -> None:
    found = read_length(text)
    assert found is not None and found.iso == iso


@pytest.mark.parametrize("text", ["年", "0年", "若干年", "数月", "第一年"])
def test_what_is_no_length(text: str) -> None:
    assert read_length(text) is None


@given(st.integers(1950, 2200))
def test_parts_make_up_their_year(year: int) -> None:
    whole = year_interval(year)
    for parts in (
        [half_year_interval(year, half) for half in (1, 2)],
        [quarters_interval(year, quarter) for quarter in range(1, 5)],
        [months_interval(year, month) for month in range(1, 13)],
        [ten_days_interval(year, month, third) for month in range(1, 13) for third in (1, 2, 3)],
    ):
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(parts))


@given(st.integers(11, 40))
def test_plans_follow_one_another(number: int) -> None:
    assert plan_interval(number).end + timedelta(days=1) == plan_interval(number + 1).start
    assert plan_interval(11).start == date(2006, 1, 1)


@given(st.integers(1990, 2100), st.integers(0, 20))
def test_financial_years_end_in_march(first: int, more: int) -> None:
    interval = financial_year_interval(first, first + more)
    assert (interval.start, interval.end) == (date(first, 4, 1), date(first + more + 1, 3, 31))


@given(st.integers(1950, 2200), st.integers(1, 12), st.integers(1, 28))
def test_a_written_day_reads_back(year: int, month: int, day: int) -> None:
    assert span(f"{year}年{month}月{day}日") == (f"{year}-{month:02}-{day:02}",) * 2


@given(
    st.text(alphabet="0123456789年月日季度上下半底末初中前至—“”十五一二三时期", max_size=24), st.integers(2000, 2030)
)
def test_any_text_is_read_without_error(text: str, year: int) -> None:
    for start in range(len(text)):
        found = read_calendar(text, start, year=year)
        assert found is None or start <= found.start < found.end <= len(text)
        assert found is None or found.interval is None or found.interval.start <= found.interval.end
        length = read_length(text, start)
        assert length is None or length.start < length.end <= len(text)
