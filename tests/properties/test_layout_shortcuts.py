"""What is asked of lines first, so that the rest need not be asked, leaves nothing out."""

from hypothesis import example, given
from hypothesis import strategies as st

from policykit.dictionaries import packaged_dictionary
from policykit.text import furniture, layout, spaces
from policykit.text.characters import characters_of, stray_characters
from policykit.text.lines import continuations, lines_of, split_lines
from policykit.text.spans import rewrite_columns

WORDS = packaged_dictionary("furniture")
SIGNS = list("】] |:：【[()（）>。，、-—大小时0123年月日")
PIECES = st.sampled_from([*SIGNS, *(word for key, words in WORDS.items() if key != "examples" for word in words)])
LINES = st.sampled_from(
    """
一、总则|（一）|1.|12|12 – 14|- 3 -|3|专栏|注3：见附件|附件|的工作，|是：|第十四届|打印本页|关于印发《若干措施》的|通知|若干措施|相关链接：|关于|来源：北京日报
ABC|DEF.|（见附|件）为准|，等|加快发展。建设统一的市场，完善有关制度，推动形成新的格局和面貌，提高|保障水平，实现高质量发展的目标和任务。|到2027年达到一定
各地区要结合实际认真贯彻落实，做好组|织实施的各项工作，确保取得实际的成效|并按照规定的程序报送主管部门审查批准
""".strip()
    .replace("\n", "|")
    .split("|")
)
TEXTS = st.lists(LINES, max_size=30)
PATTERNS = {
    "button": "button",
    "breadcrumb": "breadcrumb",
    "page line": "page_line",
    "dateline": "dateline",
    "editor": "editor",
    "caption": "caption",
}


@given(st.lists(PIECES, min_size=1, max_size=5).map("".join))
@example("2026年02月10日 07时41分")
@example("本报记者摄）")
def test_the_page_s_lines(text: str) -> None:
    words = furniture._words()
    rules = [rule for rule, pattern in PATTERNS.items() if getattr(words, pattern).fullmatch(text)]
    assert furniture.rule_of(text) == (rules[0] if rules else None)
    if words.footer.fullmatch(text):
        assert text[0] in words.footer_starts
        assert text[:2] in words.footer_openings
    if words.lede.match(text):
        assert text[0] in words.agency_starts or "讯" in text
    if words.editor.fullmatch(text):
        assert text[0] in words.editor_starts
        assert furniture._ABRIDGED in text


@given(TEXTS, st.lists(st.sampled_from(["\n", "\n", "\n\n", " \n\u3000"]), min_size=31, max_size=31))
def test_the_lines_are_the_text_with_the_edits(texts: list[str], breaks: list[str]) -> None:
    text = "".join(part for pair in zip(breaks, texts, strict=False) for part in pair)
    arranged = layout._arrange_lines(text, split_lines(text), (), None)
    if arranged.edits is None:
        assert text == "\n".join(arranged.texts)
        return
    listed = rewrite_columns(text, arranged.edits.columns())
    assert listed.after == "\n".join(arranged.texts)
    letters = range(-1, len(listed.after) + 1)
    assert arranged.edits.led_back(letters) == listed.first_letters(letters)
    assert arranged.edits.led_back(letters, last=True) == listed.last_letters(letters)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), LINES), max_size=2))
def test_lines_that_did_not_change_do_not_join_later(texts: list[str], changes: list[tuple[int, str]]) -> None:
    text = "\n".join(texts)
    arranged = layout._arrange_lines(text, split_lines(text), {"furniture"}, None)
    rewritten = list(arranged.texts)
    for index, letters in changes:
        if index < len(rewritten):
            rewritten[index] = letters
    lines, changed = layout._split_again("\n".join(rewritten), arranged)
    assert changed is not None
    assert continuations(lines, None, (), changed) == continuations(lines, None)


@given(st.lists(st.text("到2027年 Aé，\u3000\x07", min_size=1, max_size=20), max_size=5))
def test_widths(texts: list[str]) -> None:
    lines = lines_of(texts)
    printed = [sum(1 for letter in text if "!" <= letter <= "~") for text in texts]
    wide = [sum(1 for letter in text if not letter.isascii()) for text in texts]
    controls = [sum(1 for letter in text if letter.isascii() and letter < " ") for text in texts]
    assert lines.half_widths == [
        narrow + 2 * (broad + control) for narrow, broad, control in zip(printed, wide, controls, strict=True)
    ]
    assert lines.among([(1, len(texts))]).half_widths == lines.half_widths[1:]


@given(st.text("城市 A9.,（、”…—·-|\n\r\u3000\u200b和", max_size=30))
@example("1 总则\n ，到 2027 年")
def test_spaces_that_stay(text: str) -> None:
    found = list(spaces._patterns().not_between_han.finditer(text))
    assert spaces._staying(text) == dict(match.span() for match in found if not match.lastindex)
    assert list(spaces._going(text)) == [match.start() for match in found if match.lastindex]


@given(st.text("城市＊#２０２７％・\u3000\u200b㎡\uf9dc\t\x0c\ud800國", max_size=30))
@example("＊城市")
@example("城市１２３４５６７８９０＊＃")
def test_characters_that_were_not_seen(text: str) -> None:
    converted, script, may_be_stray = characters_of(text)
    assert may_be_stray or stray_characters().search(converted) is None
    if script == "simplified" and "國" not in text:
        assert converted == "".join(characters_of(letter).text for letter in text)


def test_a_note_s_number_below_the_page_s_lines_alone() -> None:
    text = "来源：北京日报\n3\n推进城市建设。\n注3：见附件。\n加快发展。"
    arranged = layout._arrange_lines(text, split_lines(text), (), None)
    assert arranged.texts == ["推进城市建设。", "注3：见附件。", "加快发展。"]
