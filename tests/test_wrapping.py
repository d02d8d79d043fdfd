"""Lines of Chinese on a terminal: nothing is torn apart that is read as one, whatever the width."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from policykit.cli.page import console_for, write_page
from policykit.cli.wrapping import WrappedText, breaks
from policykit.formats.page import Items

SENTENCE = "纲要 (2021-01-04)：到2035年，每10万人口高价值发明专利拥有量≥39.4件（“十五五”期末）、GDP增长4.5%—5%。"


def lines(text: str, width: int) -> list[str]:
    starts = [0, *breaks(text, width)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


@given(st.integers(16, 60))
def test_numbers_and_stops_stay_where_they_belong(width: int) -> None:
    for line, following in zip(lines(SENTENCE, width), lines(SENTENCE, width)[1:], strict=False):
        assert not re.match("[，。、）”%—)：]", following)
        assert not re.search("[（“≥(]$", line)
        assert not (line[-1].isascii() and following[0].isascii() and line[-1].isalnum() and following[0].isalnum())


@given(st.text(st.sampled_from("建设 a1（）“”，。%≥\t—"), max_size=80), st.integers(2, 30))
def test_every_letter_is_kept_and_no_line_is_too_wide(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found) == text
    assert all(cell_len(line.rstrip()) <= width for line in found)


def test_nothing_stands_behind_blanks_that_fill_a_line() -> None:
    assert lines("推进共享  开放", 10) == ["推进共享  ", "开放"]
    assert lines("推进共享a  b", 10) == ["推进共享a  ", "b"]


def test_blanks_are_not_where_lines_are_broken_first() -> None:
    """rich breaks at blanks, and so leaves lines half empty in a text like this one."""
    text = "在2024/ 25学年与师范大学合作建立教师研修及交流基地，全年提供培训"
    page = write_page([Items("安排", [(text, "")])], colour=False, width=34)
    assert "在2024/ 25学年与师范大学合作建" in page


def test_marks_stay_with_their_letters() -> None:
    """Colours and bold letters are those of the same words after wrapping."""
    text = WrappedText("推进公共数据共享开放，")
    text.append("建设统一的平台", style="bold")
    console, _ = console_for(colour=True, width=16)
    marked = [line.plain[span.start : span.end] for line in text.wrap(console, 16) for span in line.spans]
    assert "".join(marked) == "建设统一的平台"
