"""What commands write row by row is the plain data of an analysis, to the byte, and no more of it is made than is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policykit
from policykit.analysis import Analysis
from policykit.analysis_data import data_as_written
from policykit.corpus import open_corpus
from policykit.formats.layout import Layout
from policykit.formats.rows import Rows
from policykit.text import source
from policykit.text.source import SourceText

_LONG = "".join(
    f"（{number}）建设平台。到{2025 + number % 10}年，建成平台{number}个，比上年增长{number % 90 + 1}%（教育局牵头，财政局配合）。\n"
    for number in range(1, 1300)
)
TEXTS = {
    **{document.id: document.path.read_text(encoding="utf-8-sig") for document in open_corpus()},
    "empty": "",
    "blank": " \n",
    "half a pair": "一、任务\n（一）建设\ud800平台。\n",
    "no outline": "到2027年，建成平台5个。",
    "long": f"二、主要任务\n{_LONG}按照《规划》（国发〔2021〕29号）。",
    "set apart": " ".join(f"二、主要任务\n{_LONG[:20_000]}") + "\r\n" + _LONG[:20_000].replace("。", "。\r\n"),
}
#: what the rows of an analysis are in
KINDS = ("outline", "tasks", "targets", "deadlines", "responsibilities", "references")


@pytest.fixture(scope="module", params=TEXTS)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return policykit.analyse(TEXTS[request.param], id=request.param)


@pytest.mark.parametrize("all_quantities", [False, True])
def test_rows_are_the_plain_data(analysis: Analysis, all_quantities: bool) -> None:
    whole = analysis.to_data(all_quantities=all_quantities)
    written = data_as_written(analysis, all_quantities=all_quantities)
    assert list(written) == list(whole)
    kinds = (*KINDS, "quantities") if all_quantities else KINDS
    for key, value in written.items():
        assert isinstance(value, Rows) is (key in kinds)
        assert isinstance(whole[key], list | dict | str)
        assert (list(value) if isinstance(value, Rows) else value) == whole[key]
        if isinstance(value, Rows):
            assert len(value) == len(whole[key])
            assert value[-3:] == whole[key][-3:]
            assert list(value) == whole[key], "a second time"


@pytest.mark.parametrize("kind", ["yaml", "json", "jsonl"])
def test_rows_are_written_as_the_plain_data_is(analysis: Analysis, kind: str) -> None:
    layout = Layout(kind)
    whole = layout.document(analysis.to_data(all_quantities=True))
    written = data_as_written(analysis, all_quantities=True)
    assert "".join(layout.parts(written)) == whole
    assert layout.document(written) == whole
    assert layout.piece(written, 1) == layout.piece(analysis.to_data(all_quantities=True), 1)


@pytest.mark.parametrize("kind", ["yaml", "json", "jsonl"])
def test_rows_are_made_while_they_are_written(kind: str) -> None:
    made: list[int] = []

    def some(start: int, end: int) -> list[dict[str, Any]]:
        made.extend(range(start, end))
        return [{"id": number} for number in range(start, end)]

    count = 10_000
    parts = Layout(kind).parts({"format": "x/1", "outline": Rows(count, some), "tasks": Rows(count, some)})
    most = seen = 0
    for part in parts:
        seen += part.count("id")
        most = max(most, len(made) - seen)
    assert seen == 2 * count
    assert most < 5_000


def test_rows_have_the_indexes_of_a_list() -> None:
    rows = Rows(3, lambda start, end: list(range(start, end)))
    assert [rows[index] for index in (0, 2, -1, -3)] == [0, 2, 2, 0]
    assert (rows[1:], rows[::-1], rows[5:]) == ([1, 2], [2, 1, 0], [])
    for index in (3, -4):
        with pytest.raises(IndexError):
            rows[index]
    assert not Rows(0, lambda start, end: [])


@given(st.text("建\n\n。"), st.lists(st.integers(0, 40), max_size=5), st.integers(1, 12))
def test_lines_far_into_a_text_are_counted_from_nearby(text: str, offsets: list[int], far: int) -> None:
    places = sorted(min(offset, len(text)) for offset in offsets)
    one_by_one = [SourceText(text).line_at(place) for place in places]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(source, "_FAR", far)
        assert SourceText(text).lines_at(places) == one_by_one
