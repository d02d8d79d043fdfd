"""What normalisation says it changed is what it changed: source and working text can be made of each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policykit.text.changes import changes, mapping
from policykit.text.normalise import STEPS, normalise
from policykit.text.source import source_from_text

# fmt: off
pieces = st.sampled_from([
    "一、", "(一)", "標準", "资讯", "資訊化", "网路", "高品質發展", "\n", "\n\n", "  ", "　", "２０２７年", "150项", "，", ",", "。", "——",
    "1,200", "第 3 页", "- 2 -", "为什么", "打印", "相關鏈結", "\u200b", "\r\n", "。\n", "字號: 大 中 小", "水準", "智慧財產權", "全流程式控制制",
])
# fmt: on
texts = st.text(max_size=40) | st.lists(pieces, max_size=30).map("".join)


@given(texts, st.sets(st.sampled_from(STEPS)))
def test_the_working_text_is_the_source_with_its_changes(text: str, keep: set[str]) -> None:
    normalised = normalise(source_from_text(text), keep=keep)
    made, place = [], 0
    for change in changes(normalised):
        assert change.source.start >= place
        assert change.before == text[change.source.start : change.source.end]
        assert change.after == normalised.text[change.working.start : change.working.end]
        assert change.rules
        made += [text[place : change.source.start], change.after]
        place = change.source.end
    assert "".join([*made, text[place:]]) == normalised.text


@given(texts)
def test_the_map_covers_both_texts_in_order(text: str) -> None:
    normalised = normalise(source_from_text(text))
    source_at = working_at = 0
    for source, working in mapping(normalised):
        assert (source.start, working.start) == (source_at, working_at)
        assert source.end > source.start or working.end > working.start
        source_at, working_at = source.end, working.end
    assert (source_at, working_at) == (len(text), len(normalised.text))
