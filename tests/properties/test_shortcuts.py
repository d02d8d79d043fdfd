"""What is asked first, so that the rest need not be asked, leaves nothing out."""

import re
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policykit.dictionaries import packaged_dictionary
from policykit.document import addresses, markers
from policykit.document.model import Document, Section
from policykit.document.structure import read_document
from policykit.domains import Domain
from policykit.domains.reading import DomainReader, TaskStretch, _charges
from policykit.domains.vocabulary import build_vocabulary
from policykit.extractors import calendar_rules, references, time_expressions
from policykit.extractors.assignments import bodies, brackets, sentences
from policykit.extractors.assignments.bodies import ends_as_body, grammar, is_by_fields, names_in, without_others
from policykit.extractors.calendar_rules import CALENDAR_RULES, is_over
from policykit.extractors.domains import document_domains, domain_vocabulary, extract_domains
from policykit.extractors.length_rules import LENGTH_RULES, is_mere_length
from policykit.extractors.quantities import context
from policykit.extractors.quantities.candidates import find_candidates
from policykit.extractors.targets import _last_base_year, extract_quantities, extract_targets
from policykit.extractors.time_rules import _judge
from policykit.extractors.time_situation import Setting, situation_of
from policykit.patterns import compiled
from policykit.quantities import dates
from policykit.text import characters, punctuation, spaces
from policykit.text import pieces as text_in_pieces
from policykit.text.normalise import NormalisedText, normalise
from policykit.text.pieces import TextInPieces
from policykit.text.places import places
from policykit.text.source import SourceText, source_from_text
from policykit.text.spans import Edits, Span, rewrite_columns

LEADS = st.sampled_from(
    re.split(r"[|(){}?:<!^\[\]\\]+", time_expressions._LEAD) + list("有效施行期限为至到自约大 \n止望一，：是日")
)
TAILS = st.sampled_from(
    re.split(r"[|(){}?:<!^\[\]\\]+", time_expressions._TAIL) + list("年内前后起日施行左右的时间 或及之以会期完，1一的")
)
YEARS = st.sampled_from(
    ["2027", "3", "10", "二〇", "三", "半", "上", "个", " ", "年", "底", "内", "民国", "至", "—", "前", "到"]
)
QUANTITIES = st.sampled_from(
    [
        *"到2027年， 2024年 新建 达到 缩短至 至少 不少于 分别 约 由 从 每 “ ” ， 、 和 至 — 。 ; 一 十五 3 1,200 零 半 余".split(),
        *"个 年 个月 家 % 个百分点 天 以上 企业 5G \n 第一条".split(" "),
        *("3. ", " "),
    ]
)
DATES = st.sampled_from(
    "2027年|2026|2199年|今年|明年|去年|前年|3月|底|末|初|中|中国|度|上半年|第三季度|首季|一季度|—|至|起|年|年底|世纪|2|１|²|.".split(
        "|"
    )
)
RECURRENCES = st.sampled_from(
    "一|两|3|十|半|个|次|届|年|月|季度|季|学年|学期|星期|周|天|日|小时|会期|会议后|隔|每|人|分钟|工作日| ".split("|")
)
BESIDE_LENGTHS = st.sampled_from(
    [
        word
        for name in (
            "once_before",
            "granted_before",
            "deferred_before",
            "shortened_before",
            "granted_after",
            "length_past_before",
        )
        for word in packaged_dictionary("time_words")[name]["words"]
    ]
    + "周期 周期一般 为期 延长 可延长 展期 本法施行后 公布后 至 到 为 在 一次 一周期 修订一次 1次 的 内 前 ， 试点".split()
)
NAMES = st.sampled_from(
    ["财政部", "市", "教育", "局", "等", "有关", "相关", "成员", "部门", "单位", "（单位）", "方面", "和", "、", "各"]
)


def texts_of(area: str) -> list[str]:
    """The texts of the cases of an area."""
    paths = sorted((Path(__file__).parents[1] / "cases" / area).glob("*.yaml"))
    return [case["text"] for path in paths for case in yaml.safe_load(path.read_text(encoding="utf-8"))]


CASES = texts_of("deadlines")
TARGET_CASES = texts_of("targets")


ACTING = st.sampled_from(
    "市局 要 应 应当 须 将 负责 具体负责 加强 组织 统筹 会同 牵头 定期 在职责范围内 是 责任主体 ， 。 \n 体 织 企业".split(
        " "
    )
)
BRACKETS = st.sampled_from(
    [
        "财政部",
        "市教育局",
        "牵头",
        "负责",
        "配合",
        "、",
        "，",
        "由",
        "会同",
        "责任单位",
        "牵头单位",
        "：",
        "为",
        "下称",
        "等",
        "各市",
    ]
)


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=6).map("".join)


@given(joined(LEADS))
def test_prepositions(text: str) -> None:
    found = compiled(time_expressions._LEAD).search(text)
    assert time_expressions._lead(text, 0, len(text)) == (found.group() if found else "")


@given(joined(TAILS))
def test_what_stands_behind_a_time(text: str) -> None:
    found = compiled(time_expressions._SITTING + time_expressions._TAIL).match(text)
    assert found is not None
    assert time_expressions._tail(text, 0) == found.group()


@given(joined(YEARS).map(lambda text: f"{text}年"))
def test_a_short_length_is_no_calendar_time(text: str) -> None:
    years = time_expressions.Years(2026, 2026)
    anchor = len(text) - 1
    if not text[anchor - 1 : anchor].strip() or text[anchor - 1] not in time_expressions._NUMERALS:
        return
    full = time_expressions._calendar(text, anchor, 0, years) or time_expressions._length(text, anchor, 0, years)
    assert time_expressions._either(text, anchor, 0, years) == full


@given(joined(DATES), st.sampled_from([None, 1, 2026, 9998]))
def test_a_year_alone_is_read_as_the_pattern_reads_it(text: str, year: int | None) -> None:
    with mock.patch.object(dates, "_year_alone", return_value=None):
        full = dates.read_calendar(text, year=year, near=2030)
    assert dates.read_calendar(text, year=year, near=2030) == full


@given(joined(RECURRENCES))
def test_what_recurs_begins_with_a_letter_that_is_asked_for(text: str) -> None:
    found = time_expressions._recurrence(f"每{text}", 0, 0, time_expressions.Years(2026, 2026))
    assert found is None or text[0] in time_expressions._RECURS


@given(st.text("年月日前起一，"), st.sampled_from(["年", "年前", "，月起"]))
def test_places(text: str, signs: str) -> None:
    assert places(text, signs) == [index for index, letter in enumerate(text) if letter in signs]


@given(st.text("法办案_ （）()〔〕[]2.0版+〉》>”’\"'１²", max_size=12))
def test_titles_without_trailers(title: str) -> None:
    assert references._key(title) == references._NO_LETTERS.sub("", title)
    if title[-1:] not in references._TRAILER_ENDS:
        assert references._TRAILER.sub("", title).rstrip('〉》> ”’"') == title


@given(st.text("《》法办 \n。²\u3000", max_size=14))
def test_titles_between_brackets(text: str) -> None:
    for start in places(text, "《"):
        depths = [
            sum({"《": 1, "》": -1}.get(sign, 0) for sign in text[start : end + 1]) for end in range(start, len(text))
        ]
        assert references._closing(text, start) == (start + depths.index(0) + 1 if 0 in depths else None)
    for title in references._titles(text):
        inner = text[title.start + 1 : title.end - 1].replace("\n", "")
        assert title.text == references._SPACES.sub(" ", inner).strip()


def test_what_is_only_letters_holds_no_mark() -> None:
    letters = "".join(filter(str.isalnum, map(chr, range(0x10000))))
    assert context._MARKS.search(letters) is None


@given(joined(ACTING))
def test_words_of_assignment_behind_what_may_be_a_body(text: str) -> None:
    words = grammar()
    behind = {verb.start() for verb in words.acting_behind_body.finditer(text)}
    each = [place for place in range(1, len(text)) if words.acting.match(text, place)]
    after_body = [place for place in each if text[place - 1] in words.subject_ends]
    # one inside a longer one (具体负责) says nothing new
    assert behind <= set(after_body)
    assert all(any(place - 4 <= first <= place for first in behind) for place in after_body)


@given(joined(NAMES))
def test_names_in_lists(text: str) -> None:
    assert without_others(text) == bodies._OTHERS.sub("", text)
    assert is_by_fields(text) == bool(re.search(r"、.*(?:等(?:有关|相关)?部门|部门)$", text))
    assert all(names_in(text))


def test_bodies_by_their_last_letters() -> None:
    words = packaged_dictionary("bodies")
    known = [word for key in ("names", "national", "suffixes", "officers") for word in words[key]]
    assert all(ends_as_body(f"某{word}") and word[-1] in grammar().subject_ends for word in known)
    assert not any(map(ends_as_body, ("", "部门人员", "平台", "委员")))


def test_a_chair_is_looked_for_as_far_as_one_can_be_named() -> None:
    longest = max(packaged_dictionary("bodies")["officers"], key=len)
    assert grammar().chairing.match(text := f"由{'某' * 12}{longest}担任组长")
    assert text.index("任", text.index(longest) + len(longest)) < sentences._CHAIR_REACH


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[:24])
def test_rules_that_are_not_asked_would_pass(text: str) -> None:
    document = read_document(normalise(source_from_text(text)))
    setting = Setting(document, date(2021, 1, 4), 2021)
    for expression in time_expressions.find_time_expressions(document.text, year=2021):
        situation = situation_of(expression, setting)
        if is_over(expression, setting):
            assert _judge(situation).relation is None
        shape = bool(expression.lead), bool(expression.tail)
        for rule, shapes in {"calendar": CALENDAR_RULES, "length": LENGTH_RULES}.get(expression.kind, ()):
            assert shape in shapes or rule(situation) is None


@given(
    st.lists(
        st.sampled_from(["(", ")", "（", "）", "含", "a", "3", " ", "；", "\n", "一二三四五六七八九十"]), max_size=20
    )
)
def test_parentheses_around_chinese_letters(parts: list[str]) -> None:
    text = "".join(parts)
    patterns = punctuation._patterns()
    line_by_line = [punctuation._with_parentheses(line, patterns) for line in text.split("\n")]
    assert punctuation._convert_parentheses(text, patterns) == "\n".join(line_by_line)


@given(st.lists(st.sampled_from([*",:;?!", "含", "a", "3", " ", "\n", "www.", "@", "，"]), max_size=20).map("".join))
def test_signs_that_are_left(text: str) -> None:
    patterns = punctuation._patterns()
    assert punctuation._convert_signs(text, patterns) == patterns.signs.sub(punctuation._signs, text)


@given(st.text("一，\n", max_size=12), st.integers(0, 12))
def test_the_paragraph_at_an_offset(text: str, offset: int) -> None:
    document = read_document(normalise(source_from_text(text)))
    holding = [paragraph for paragraph in document.paragraphs if paragraph.start <= offset]
    assert document.paragraph_at(offset) == holding[-1]


def assert_nothing_is_passed_over(text: str) -> None:
    """What is told of a number before it is read takes no target away and changes none."""
    document = read_document(normalise(source_from_text(text)))
    quantities = extract_quantities(document)
    assert extract_targets(document) == tuple(quantity for quantity in quantities if quantity.status == "target")


@given(
    st.sampled_from(["", "2026年政府工作报告\n", "某市条例\n第一条 ", "香港特别行政区\n施政报告\n"]),
    st.lists(QUANTITIES, max_size=14).map("".join),
)
def test_numbers_that_are_passed_over_are_no_targets(head: str, text: str) -> None:
    assert_nothing_is_passed_over(head + text)


@given(
    st.lists(st.sampled_from(TARGET_CASES), min_size=1, max_size=4),
    st.sampled_from(["\n", "", "，", "、"]),
    st.integers(0, 40),
    st.sampled_from(["", "香港特别行政区\n施政报告\n"]),
)
def test_numbers_that_are_passed_over_in_joined_cases(texts: list[str], joint: str, cut: int, head: str) -> None:
    assert_nothing_is_passed_over(head + joint.join(texts)[cut:])


@given(joined(st.sampled_from(["，", "（", "）", "——", "—", "。", ".", "3", "甲", ":", "•", "；"])))
def test_where_a_clause_begins(words: str) -> None:
    text = f"{words}5个"
    start = len(words)
    paragraph = Span(0, len(text))
    [candidate] = find_candidates("5个")
    candidate.start, candidate.end = start, len(text)
    sentence = context._Sentence(text, paragraph, candidate, places(text, "。！？；\n"))
    first, found = sentence.span.start, sentence.clause(start, len(text)).start
    marks = list(context._MARKS.finditer(text, first, start + 1))
    assert found == first or found in [mark.end() for mark in marks]
    if not any(mark.group() in "（）——" for mark in marks):
        assert found == (marks[-1].end() if marks else first)


@given(joined(BESIDE_LENGTHS), st.sampled_from(["三年", "10日", "半年", "24小时", "两周"]), joined(BESIDE_LENGTHS))
def test_a_mere_length_is_no_deadline(before: str, length: str, after: str) -> None:
    document = Document(
        NormalisedText(source_from_text(""), text := f"{before}{length}{after}。"), body=Span(0, len(text))
    )
    setting = Setting(document, date(2021, 1, 4), 2021)
    for expression in time_expressions.find_time_expressions(text, year=2021):
        if is_mere_length(expression, text):
            assert _judge(situation_of(expression, setting)).relation is None


@given(joined(BRACKETS))
def test_a_bracket_inside_a_sentence_assigns_only_with_a_label(content: str) -> None:
    if not set(content) & brackets._LABEL_SIGNS:
        assert brackets._parse_list(content, False, False) is None
    rows = list(brackets.brackets_in(f"推进（{content}）建设"))
    assert len(rows) == bool(any(brackets._parse_list(content, False, False) or ()))


@given(joined(st.sampled_from(["比", "由", "以", "相比", "2020", "19", "年", "2", "，", "的"])), st.integers(0, 4))
def test_the_last_year_that_is_compared_with(text: str, start: int) -> None:
    found = [match.start() for match in compiled("[比较由从以](?:19|20)[0-9]{2}年").finditer(text, start)]
    assert _last_base_year(text, start, len(text)) == (found[-1] if found else -1)


SPACED = st.lists(
    st.sampled_from(
        ["发 展 ", "第 一 章", "项", " ", "  ", "\n", "，", "2 0 2 7 ", "1 200", "1,200", "GDP", "- 5", "总"]
    ),
    max_size=20,
).map("".join)


@given(SPACED)
def test_no_space_may_go(text: str) -> None:
    patterns, others = spaces._patterns(), dict[int, tuple[int, str, str]]()
    spaces._wide_gaps(text, others, between_han=False)
    spaces._spaced_words(text, others, with_runs=True)
    if (
        patterns.between_digits.search(text)
        or patterns.space.search(text)
        or patterns.between_han.search(text)
        or others
    ):
        assert patterns.may_go.search(text)


@given(SPACED)
def test_spaces_taken_out_without_a_list(text: str) -> None:
    step = spaces.without_spaces("发 展 规 划 纲 要 目 标 任 务\n" + text)
    assert step is not None
    assert not isinstance(step.made, Edits)
    listed = rewrite_columns(step.before, step.columns)
    assert listed.after == step.after
    letters = range(-1, len(step.after) + 1)
    assert step.first_letters(letters) == listed.first_letters(letters)
    assert step.last_letters(letters) == listed.last_letters(letters)


WHITE = st.sampled_from([*" \n\u3000\x0c", "  ", "   "])


@given(
    st.lists(st.one_of(WHITE, st.sampled_from([*"顯著乾坤藉口憑"])), max_size=9),
    st.lists(st.one_of(WHITE, st.sampled_from([*"坤口著作名覆蓋"])), max_size=9),
)
def test_phrases_set_apart_are_there_without_their_white_space(before: list[str], after: list[str]) -> None:
    tables = characters._tables()
    for letter, shapes in tables.shapes.items():
        text = "".join([*before, letter, *after])
        found = characters._set_apart(text, len("".join(before)), shapes, tables.phrases)
        with mock.patch.object(characters, "_may_be_phrase", return_value=True):
            assert characters._set_apart(text, len("".join(before)), shapes, tables.phrases) == found


@given(st.text("國国发發么與与著", max_size=60))
def test_the_script_of_a_text_is_that_of_its_letters(text: str) -> None:
    traditional, simplified = characters.script_evidence(text)
    is_traditional = traditional > 0 and traditional >= simplified * characters._MANY
    assert (characters.characters_of(text).script == "traditional") == is_traditional


SIGNS = st.sampled_from([*"第一十3条章之、.．（()）-—①㈠ 万i“", "12", "1.1", "部分", "iv", "——", "——", "目标任务\n"])


@given(joined(SIGNS))
def test_a_printed_marker_is_read_by_itself(text: str) -> None:
    found = markers._MARKER.match(text)
    if found:
        forms = "|".join(form + behind for form, behind in markers._FORMS)
        in_place = compiled(f"{markers._BEFORE}(?:{forms})").match(text)
        alone = markers._FORM.fullmatch(found["printed"])
        assert in_place is not None and alone is not None
        assert (alone.lastgroup, alone.groupdict()) == (in_place.lastgroup, in_place.groupdict())


@given(joined(st.sampled_from(["港口", "港", "铁路、公路", "、航运", "养老", "民政局", "、", "和", "\n"])))
def test_terms_amid_enumerations(text: str) -> None:
    words = ("港口", "港", "铁路、公路", "公路", "、航运")
    vocabulary = build_vocabulary([Domain("traffic", "交通", strong_terms=words, bodies=("民政局",))])
    document = Document(NormalisedText(source_from_text(text), text))
    reader = DomainReader(document, vocabulary)
    for place, (index, start, end) in enumerate(vocabulary.matcher.find(text)):
        if vocabulary.evidence[index]:
            assert reader._counts[place] == (text[max(0, start - 1) : start] != "、" or text[end : end + 1] != "、")


CHARGES = st.sampled_from(
    [
        *"（()）〔〕。；;\n：",
        "负责",
        "牵头单位：",
        "配合部门:",
        "责任",
        "单位：",
        "市教育局",
        "委员会",
        "指导",
        "建设港口",
    ]
)


@given(joined(CHARGES))
def test_brackets_and_lines_that_assign_work(text: str) -> None:
    bracket = compiled(r"[（(〔]([^（）()〔〕\n]{2,400})[）)〕]")
    word = compiled(r"负责|牵头|配合|责任单位|责任部门|指导|参与|(?:局|署|厅|委|部|办公室)$")
    line = compiled(r"(?:牵头|责任|配合|主办)(?:单位|部门)[：:][^\n）)〕]{2,300}")
    brackets = [match.span() for match in bracket.finditer(text) if word.search(match[1])]
    assert sorted(_charges(text)) == sorted([*brackets, *[match.span() for match in line.finditer(text)]])


@given(joined(CHARGES), st.integers(0, 20), st.integers(0, 60))
def test_ends_of_sentences_found_by_their_signs(text: str, start: int, end: int) -> None:
    reader = DomainReader(Document(NormalisedText(source_from_text(text), text)), domain_vocabulary())
    found = compiled("[\n。；;]").search(text, start + 1, end)
    assert reader.sentence_end(start, end) == (found.start() if found else end)


@given(joined(st.one_of(CHARGES, st.sampled_from(["港口、", "、港口", "养老"]))), st.booleans(), st.data())
def test_terms_of_a_task_by_place(text: str, with_lists: bool, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reader = DomainReader(Document(NormalisedText(source_from_text(text), text)), domain_vocabulary())
    task = Section("1", None, 1, "一、", 1, "task", None, start, start, start, start, end, end)
    found = reader.task_evidence(TaskStretch(task, end, (0, 0), (0, 0)), with_lists=with_lists)
    assigning = [(first, last) for first, last in _charges(text) if start <= first < end]
    body, opening, charge = [], 0, []
    for place, (index, at, _) in enumerate(reader.vocabulary.matcher.find(text)):
        if start <= at < end:
            if any(first <= at < last for first, last in assigning):
                charge.append(index)
            elif with_lists or reader._counts[place]:
                body.append(index)
                opening += at < reader.sentence_end(start, end)
    assert (found.body, found.opening, found.charge) == (body, opening, charge)


def test_a_document_without_tasks_has_no_domains() -> None:
    document = read_document(normalise(source_from_text("关于港口和养老服务的说明\n建设港口，发展养老服务。")))
    reader = DomainReader(document, domain_vocabulary())
    assert reader.terms
    assert extract_domains(document, ()) == ({}, document_domains(reader, (), {})) == ({}, ())


@given(st.text("一1。；\n\r\x0c", max_size=20), st.data())
def test_lines_counted_from_one_offset_to_the_next_are_those_of_each(text: str, data: st.DataObject) -> None:
    source = SourceText(text)
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    assert source.lines_at(offsets) == [source.line_at(offset) for offset in offsets]


@given(st.text("一。！？；\n", max_size=20))
def test_sentences_end_at_signs_and_line_ends(text: str) -> None:
    document = Document(NormalisedText(source_from_text(text), text))
    assert document.sentence_ends == places(text, "。！？；\n")


_OPENING_OF_CLAUSE = compiled(r"(?:^|[。；\n]|外，|同时，|此外，)(?:并|亦|也)?$")


@given(
    st.lists(st.sampled_from("。 ； \n 外， 同时， 此外， ， 并 亦 也 此外 我们".split(" ")), max_size=5).map("".join)
)
def test_a_modal_opens_a_clause_behind_what_the_pattern_says(before: str) -> None:
    assert addresses._opens(before) == (_OPENING_OF_CLAUSE.search(before) is not None)


DONE = st.lists(
    st.sampled_from(
        "已 已经 于 在 今 至今 迄今 到目前 目前 ， , 。 并 出台 公布 成立 实施 的 《意见》 四月".split(" ")
    ),
    max_size=8,
).map("".join)


@given(DONE)
def test_what_tells_that_something_is_done_holds_the_letters_asked_for_first(text: str) -> None:
    if calendar_rules._DONE_BEFORE.search(text[-70:]):
        assert "已" in text
    if calendar_rules._UNTIL_NOW.match(text):
        assert "今" in text or "目前" in text
    if calendar_rules._MADE.match(text):
        assert "的" in text[: calendar_rules._LONGEST_MADE]


@given(st.text("建 \n\U00020000"), st.integers(0, 30), st.integers(0, 30), st.integers(1, 9))
def test_a_text_in_pieces(text: str, start: int, end: int, size: int) -> None:
    pieces = TextInPieces(text, size)
    assert str(pieces) == text
    assert pieces.count(" ", start, end) == text.count(" ", start, end)


@given(
    st.lists(
        st.sampled_from(
            ["到 2 0 2 7 年 底,", "建 設 標 準 體 系 (A)", '"甲,乙"', "\n", "\n\n", "\U00020000 ", "第 1 頁\n", "a,b"]
        )
    )
)
def test_long_texts_are_normalised_as_short_ones(parts: list[str]) -> None:
    text = "".join(parts)
    whole = normalise(source_from_text(text))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(punctuation, "_AT_ONCE", 3)
        patched.setattr(text_in_pieces, "_KEPT", 4)
        pieced = normalise(source_from_text(text))
    assert (pieced.text, pieced.furniture) == (whole.text, whole.furniture)
    for start in range(len(whole.text)):
        assert pieced.source_span(start, start + 1) == whole.source_span(start, start + 1)
    ends = range(len(whole.text) + 1)
    assert pieced.source_bounds(ends, ends) == whole.source_bounds(ends, ends)
