"""The page about a document, the matrix of several.

The golden files show the pages of the two corpus documents. `python tests/test_summary.py` writes them anew; read the difference before
committing it.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from growth import assert_grows_linearly
from policykit.analyses import LoadedAnalysis, as_loaded, load_analysis
from policykit.cli.app import run
from policykit.cli.page import write_page
from policykit.dictionaries import packaged_dictionary
from policykit.errors import PolicykitError
from policykit.formats.json import write_json_line
from policykit.formats.page import clip, write_markdown
from policykit.formats.schema import schema, schema_names
from policykit.placed_text import placed_text
from policykit.summary import overview, summarise
from policykit.summary.identity import is_addressees
from policykit.summary.indicators import bare_indicator, indicator_key, is_name
from policykit.summary.length import length
from policykit.summary.overview_view import overview_view
from policykit.summary.telling import _openings, asks, says_that_it_is_issued
from policykit.summary.timeline import announces
from policykit.summary.view import page_view
from terminal import shown_on_terminal

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
CORPUS = ("2011-beijing", "2023-national")
LENGTHS = ("short", "medium", "long", "0", "1", "8")
PLAN = yaml.safe_load((HERE / "cases" / "summary" / "pages.yaml").read_text(encoding="utf-8"))[0]["text"]


def cases() -> list[Any]:
    rows = yaml.safe_load((HERE / "cases" / "summary" / "pages.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in rows]


def without_source(loaded: LoadedAnalysis) -> LoadedAnalysis:
    """The analysis as it comes out of a file whose document has gone."""
    data = json.loads(write_json_line(loaded.data))
    return as_loaded({**data, "source": {**data["source"], "path": None, "id": "gone"}})


def check(data: Any, name: str) -> list[str]:
    """What a JSON Schema finds wrong."""
    plain = json.loads(write_json_line(data))
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(plain)]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    page = summarise(as_loaded(case["text"]), "long")
    expect = case["expect"]
    lists: dict[str, list[Any]] = {
        "objectives": [row["heading"] for row in page["objectives"]],
        "quotes": [row["quote"] for row in page["targets"]],
        "dates": [row["date"] for row in page["timeline"]],
        "work": [row["text"] for row in page["work"]],
        "bodies": [row["body"] for row in page["bodies"]],
        "undated": [row["quote"] for row in page["missing"]["targets_without_deadline"]["rows"]],
        "unassigned": [row["text"] for row in page["missing"]["tasks_without_responsible"]["rows"]],
    }
    for name, value in expect.get("document", {}).items():
        assert page["document"][name] == value, name
    for name, wanted in expect.items():
        if name in lists:
            assert [item for item in lists[name] if item in wanted] == wanted, name
            assert wanted or not lists[name], name
    for text, lead in expect.get("lead", {}).items():
        assert next(row["lead"] for row in page["work"] if row["text"] == text) == lead


class TestPage:
    @pytest.mark.parametrize("id", CORPUS)
    @pytest.mark.parametrize("length", LENGTHS)
    def test_it_follows_its_schema(self, id: str, length: str) -> None:
        for loaded in (load_analysis(id), without_source(load_analysis(id))):
            assert check(summarise(loaded, length), "summary") == []

    @pytest.mark.parametrize("id", CORPUS)
    def test_sentences_are_the_text_at_their_span(self, id: str) -> None:
        loaded = load_analysis(id)
        assert loaded.normalised is not None
        source = loaded.normalised.source
        page = summarise(loaded, "long")
        assert len(page["sentences"]) == 15
        for row in page["sentences"]:
            start, end = row["span"]["start"], row["span"]["end"]
            assert source.text[start:end] == row["quote"]
            assert source.line_at(start) == row["line"] == row["span"]["line"]
            assert row["sentence"] in loaded.normalised.text

    def test_the_best_sentence_has_the_score_one_and_none_is_said_twice(self) -> None:
        rows = summarise(load_analysis("2011-beijing"), "long")["sentences"]
        assert max(row["score"] for row in rows) == 1
        assert len({row["sentence"] for row in rows}) == len(rows)
        assert [row["span"]["start"] for row in rows] == sorted(row["span"]["start"] for row in rows)

    def test_what_is_to_be_reached_by_a_date_is_told(self) -> None:
        told = [row["sentence"] for row in summarise(load_analysis("2023-national"))["sentences"]]
        assert any(sentence.startswith("到2027年，基本建成") for sentence in told)
        assert not any("印发给你们" in sentence for sentence in told)

    @pytest.mark.parametrize(
        "preamble",
        [
            "为深入贯彻落实国家关于数据工作的决策部署，加快推进数据开放共享，结合本省实际，制定本方案。",
            "根据《某省数据条例》，经省政府同意，现就加快数据开放共享工作提出如下意见。",
            "为加快数据开放共享，培育数据企业，建设数据平台，现将有关事项通知如下。",
        ],
    )
    def test_the_first_sentence_is_what_the_document_asks_for(self, preamble: str) -> None:
        text = PLAN.replace("为落实国家要求，制定本方案。", preamble)
        assert preamble in text
        told = [row["sentence"] for row in summarise(as_loaded(text))["sentences"]]
        assert told[0].startswith("到2027年，建成数据平台30个以上")
        assert preamble not in told

    def test_a_law_is_told_by_its_purpose(self) -> None:
        purpose = "为了规范数据处理活动，保护自然人和法人的合法权益，促进数据开放共享，根据有关法律，结合本省实际，制定本条例。"
        articles = "".join(f"第{number}条 数据主管部门应当公布数据目录。\n" for number in "二三四五六")
        [row] = summarise(as_loaded(f"某省数据条例\n第一条 {purpose}\n{articles}"), "1")["sentences"]
        assert row["sentence"] == purpose

    def test_the_timeline_says_what_is_due_and_not_that_something_is(self) -> None:
        text = (
            "某市2026年政府工作报告\n一、2026年工作安排\n今年全市主要预期目标是：地区生产总值增长5%左右。\n今年要重点做好以下工作。\n"
            "（一）扩大就业。新增就业10万人。\n（二）改善住房。改造老旧小区30个。\n"
        )
        [row] = summarise(as_loaded(text))["timeline"]
        assert row["date"] == date(2026, 12, 31)
        said = [(statement["sentence"], statement["line"]) for statement in row["statements"]]
        assert said[0] == ("今年全市主要预期目标是：地区生产总值增长5%左右。", 3)
        assert not [sentence for sentence, _ in said if "以下工作" in sentence or "工作安排" in sentence]
        both = overview([as_loaded(text)])["timeline"][0]["documents"][0]["statement"]
        assert both["sentence"] == said[0][0]

    @pytest.mark.parametrize(
        "unit",
        [
            "（一）2026年工作安排\n新增就业10万人。\n",
            "1.到2026年，要完成以下工作。新增就业10万人。\n",
            "1. 2026年主要目标\n",
        ],
    )
    def test_many_announcements_take_no_more_than_their_number(self, unit: str) -> None:
        def prepare(repeated: str) -> Callable[[], object]:
            loaded = as_loaded(f"某市2026年工作方案\n一、2026年主要目标\n{repeated}")
            return lambda: summarise(loaded)

        assert_grows_linearly(prepare, unit, 40_000)

    def test_what_is_announced_stands_behind_a_colon(self) -> None:
        text = "某省规划\n一、主要目标\n到2030年，数据工作的主要目标是：\n数据流通更加便捷，数据企业明显增多，数据安全得到保障。\n"
        [row] = summarise(as_loaded(text))["timeline"]
        assert [statement["sentence"] for statement in row["statements"]] == [
            "数据流通更加便捷，数据企业明显增多，数据安全得到保障。"
        ]
        # of a heading it is what the objectives below it say
        heading = text.replace("主要目标\n到2030年，数据工作的主要目标是：", "到2030年的主要目标")
        [row] = summarise(as_loaded(heading))["timeline"]
        assert [statement["sentence"][:4] for statement in row["statements"]] == ["数据流通"]
        # where nothing follows, what announces is better than nothing
        [row] = summarise(as_loaded(text.partition("数据流通")[0]))["timeline"]
        assert [statement["sentence"] for statement in row["statements"]] == ["到2030年，数据工作的主要目标是："]

    def test_a_bullet_is_no_part_of_a_sentence(self) -> None:
        text = "某署工作計劃\n附錄：指標\n• 在2027年底前，把公共圖書館的館藏增加至不少於100萬冊；\n• 在2027年底前，舉辦講座不少於30場。\n"
        page = summarise(as_loaded(text))
        assert [row["sentence"][0] for row in page["sentences"]] == ["在", "在"]
        assert [row["sentence"][0] for row in page["timeline"][0]["statements"]] == ["在", "在"]

    def test_an_indicator_that_names_nothing_is_shown_with_its_sentence(self) -> None:
        text = "某市方案\n一、主要目标\n到2027年，面向青年家庭再提供30000个单位，森林覆盖率达到45%。\n"
        page = summarise(as_loaded(text))
        page["targets"][0]["indicator"] = "单位"
        shown = write_markdown(page_view(page, "zh"))
        assert "| …面向青年家庭再提供30000个单位… | 3万个 | 2027 |" in shown
        assert "| 森林覆盖率 | 45% | 2027 |" in shown

    def test_it_is_the_same_each_time_and_in_the_other_script(self) -> None:
        simplified, traditional = summarise(as_loaded(PLAN)), summarise(as_loaded(PLAN))
        assert simplified == traditional
        converted = PLAN.translate(str.maketrans("数据为国业务开发训养设", "數據為國業務開發訓養設"))
        other = summarise(as_loaded(converted))
        assert [row["sentence"] for row in other["sentences"]] == [row["sentence"] for row in simplified["sentences"]]
        assert [row["text"] for row in other["work"]] == [row["text"] for row in simplified["work"]]

    def test_a_saved_analysis_gives_the_same_page_while_its_document_is_there(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.txt"
        path.write_text(PLAN, encoding="utf-8")
        loaded = load_analysis(str(path))
        saved = tmp_path / "plan.json"
        saved.write_text(write_json_line(loaded.data), encoding="utf-8")
        assert summarise(load_analysis(str(saved))) == summarise(loaded)
        path.write_text(f"{PLAN}\n（三）新的任务。", encoding="utf-8")
        page = summarise(load_analysis(str(saved)))
        assert page["sentences"]
        assert all(row["quote"] is None for row in page["sentences"])
        assert page["targets"] == summarise(loaded)["targets"]

    def test_chapters_stand_for_their_tasks_where_there_are_too_many(self) -> None:
        tasks = "".join(f"（{'一二三四五六七八九十'[at % 10]}）建设第{at}平台。建设平台{at}。\n" for at in range(10))
        text = "".join(f"{chapter}、任务{chapter}\n{tasks}" for chapter in "一二三四五六七")
        page = summarise(as_loaded(text), "medium")
        assert [row["role"] for row in page["work"]] == ["chapter"] * 7
        assert sum(row["tasks"] for row in page["work"]) == page["document"]["tasks"] == 70
        assert len(summarise(as_loaded(text), "long")["work"]) == 77

    @pytest.mark.parametrize("wanted", ["huge", "-1", "101", "", "1.5"])
    def test_a_length_that_is_none_is_refused(self, wanted: str) -> None:
        with pytest.raises(PolicykitError, match="no length of a summary"):
            length(wanted)

    def test_the_work_grows_with_the_text(self) -> None:
        def prepare(text: str) -> Any:
            loaded = as_loaded(text)
            return lambda: summarise(loaded)

        assert_grows_linearly(prepare, "一、任务\n（一）建设平台。到2027年，建设数据平台30个，由民政部牵头负责。\n")

    @hypothesis_settings(max_examples=40)
    @given(st.text(alphabet="一二、（）第章条。；：！\n到2027年建成30个平台%由民政部牵头负责目标任务—", max_size=200))
    def test_any_text_has_a_page(self, text: str) -> None:
        loaded = as_loaded(text)
        page = summarise(loaded, "short")
        assert check(page, "summary") == []
        for language in ("zh", "en"):
            write_markdown(page_view(page, language))
        for row in page["sentences"]:
            assert text[row["span"]["start"] : row["span"]["end"]] == row["quote"]
        assert check(summarise(without_source(loaded)), "summary") == []


SAFEGUARDED = """某市方案
一、重点任务
（一）建设平台。建设城市运行平台，提高服务水平。（责任单位：市数据局）
（二）培育企业。培育一批数据企业，形成产业集群。{bodies}
二、保障措施
（三）加强组织领导。建立工作机制，强化统筹协调。
"""


@pytest.mark.parametrize(
    ("bodies", "language", "line"),
    [
        ("", "en", "Tasks (safeguards not counted) without anyone responsible: 1 of 2"),
        ("", "zh", "没有责任单位的任务（保障措施不计）：1/2"),
        ("（责任单位：市科技局）", "en", None),
    ],
)
def test_safeguards_are_not_counted_among_what_is_missing(bodies: str, language: Any, line: str | None) -> None:
    text = SAFEGUARDED.format(bodies=bodies)
    shown = write_markdown(page_view(summarise(as_loaded(text), "long"), language))
    assert (line in shown) if line else ("without anyone" not in shown)
    # a document without safeguards counts all of its tasks
    plain = text[: text.index("二、保障")]
    shown = write_markdown(page_view(summarise(as_loaded(plain), "long"), language))
    assert "not counted" not in shown and "不计" not in shown


class TestOverview:
    def test_it_follows_its_schema(self) -> None:
        documents = [load_analysis(id) for id in CORPUS] + [
            as_loaded(PLAN),
            as_loaded("某市条例\n第一条 为了规范，制定本条例。"),
        ]
        for wanted in ("short", "medium", "long"):
            assert check(overview(documents, wanted), "overview") == []
        assert check(overview([without_source(one) for one in documents]), "overview") == []

    def test_who_promises_how_much_by_when(self) -> None:
        one = as_loaded(
            "甲省2026年政府工作报告\n今年主要预期目标是：全省地区生产总值增长5%左右，城镇新增就业30万人以上。",
        )
        two = as_loaded("乙市行动方案\n一、主要目标\n到2027年，国内生产总值年均增长6%以上，森林覆盖率达到50%。")
        rows = overview([one, two])["indicators"]
        assert rows[0]["indicator"] == "地区生产总值"
        assert rows[0]["documents"] == 2
        assert [(value["comparator"], value["value"]) for value in rows[0]["values"]] == [("~", 5), (">=", 6)]
        assert rows[0]["values"][1]["deadline"] == date(2027, 12, 31)

    def test_what_names_no_indicator_is_no_row_and_a_value_stands_once(self) -> None:
        one = as_loaded(
            "某署報告\n一、目標\n到2027年，輪候時間縮短至4.5年。\n二、工作\n（一）房屋。輪候時間縮短至4.5年。"
        )
        rows = json.loads(write_json_line(one.data))
        rows["targets"] = [{**row, "indicator": "轮候时间", "comparator": "="} for row in rows["targets"]]
        rows["targets"] += [{**rows["targets"][0], "indicator": "单位", "id": "t3"}]
        rows["source"] |= {"path": None, "id": "gone"}
        both = overview([as_loaded(rows), as_loaded({**rows, "source": {**rows["source"], "id": "other"}})])
        assert [(row["indicator"], row["documents"]) for row in both["indicators"]] == [("轮候时间", 2)]
        assert len(both["indicators"][0]["values"]) == 4
        assert "| 轮候时间 | 4.5年 (2027) | 4.5年 (2027) |" in write_markdown(overview_view(both, "zh"))

    def test_an_indicator_has_one_name_in_every_wording(self) -> None:
        target = {"indicator": "公共资料开放率", "unit": "%", "kind": "level"}
        same = {"indicator": "公共数据开放率", "unit": "%", "kind": "level"}
        assert indicator_key(target, None, "taiwan") == indicator_key(same, None)
        assert indicator_key(target, None) != indicator_key(same, None)

    def test_documents_of_one_name_are_told_apart(self) -> None:
        both = overview([load_analysis("2023-national"), load_analysis("2023-national")])
        assert [row["key"] for row in both["documents"]] == ["2023-national", "2023-national (2)"]
        assert set(both["domains"][0]["shares"]) == {"2023-national", "2023-national (2)"}

    def test_a_document_without_tasks_has_no_shares(self) -> None:
        both = overview([load_analysis("2023-national"), as_loaded("某市条例\n第一条 为了规范，制定本条例。")])
        assert {row["shares"]["某市条例"] for row in both["domains"]} == {None}

    def test_no_documents_are_refused(self) -> None:
        with pytest.raises(PolicykitError, match="no documents"):
            overview([])


class TestWords:
    """The dictionaries of the summary, by their own examples."""

    @pytest.mark.parametrize("example", packaged_dictionary("addressees")["examples"], ids=lambda row: row["line"])
    def test_addressees(self, example: dict[str, Any]) -> None:
        assert is_addressees(example["line"]) is example["addressees"]

    @pytest.mark.parametrize("example", packaged_dictionary("indicators")["examples"], ids=lambda row: row["one"])
    def test_indicators(self, example: dict[str, Any]) -> None:
        assert (bare_indicator(example["one"]) == bare_indicator(example["other"])) is example["same"]

    @pytest.mark.parametrize("example", packaged_dictionary("indicators")["names"], ids=lambda row: row["name"])
    def test_names(self, example: dict[str, Any]) -> None:
        assert is_name(example["name"]) is example["is_name"]

    @pytest.mark.parametrize("example", packaged_dictionary("telling")["examples"], ids=lambda row: row["sentence"])
    def test_what_asks_issues_and_announces(self, example: dict[str, Any]) -> None:
        for name, judge in (("asks", asks), ("issues", says_that_it_is_issued), ("announces", announces)):
            if name in example:
                assert judge(example["sentence"]) is example[name], name

    @pytest.mark.parametrize("example", packaged_dictionary("telling")["examples"], ids=lambda row: row["sentence"])
    def test_openings(self, example: dict[str, Any]) -> None:
        leaning, penal, punishing = _openings()
        assert example["sentence"].startswith(leaning) is example.get("leaning", False)
        assert example["sentence"].startswith(penal) is example.get("penal", False)
        assert any(word in example["sentence"] for word in punishing) is example.get("penal", False)

    def test_both_languages_have_the_same_labels(self) -> None:
        def shape(node: Any) -> Any:
            return {key: shape(value) for key, value in node.items()} if isinstance(node, dict) else None

        labels = packaged_dictionary("labels")
        assert shape(labels["zh"]) == shape(labels["en"])

        def fields(node: Any) -> list[str]:
            texts = node.values() if isinstance(node, dict) else [node]
            return sorted(
                f
                for text in texts
                for f in (fields(text) if isinstance(text, dict) else re.findall("{.*?}", str(text)))
            )

        assert fields(labels["zh"]) == fields(labels["en"])


class TestShowing:
    EVIL = "某市方案\n一、主要任务\n（一）建设[bold]平台[/bold]\x1b[31m|*_`<b>。到2027年，建成30个\x1b]0;x\x07平台:smile:。\n"

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_nothing_in_a_document_acts_on_a_terminal_or_as_markup(self, language: Any) -> None:
        page = summarise(as_loaded(self.EVIL))
        text = write_page(page_view(page, language), colour=False)
        assert "[bold]平台[/bold]" in text
        assert not {"\x1b", "\x07"} & set(text)
        coloured = write_page(page_view(page, language), colour=True)
        assert "\x1b[31m|" not in coloured
        assert "\x1b]0" not in coloured
        assert ":smile:" in coloured
        markdown = write_markdown(page_view(page, language))
        assert not {"\x1b", "\x07"} & set(markdown)
        assert "<b>" not in markdown
        assert "\\|\\*\\_" in markdown
        both = overview_view(overview([as_loaded(self.EVIL)] * 2), language)
        assert not {"\x1b", "\x07"} & set(write_page(both, colour=False) + write_markdown(both))

    def test_tables_have_as_many_cells_as_columns(self) -> None:
        for parts in (
            page_view(summarise(load_analysis(CORPUS[0])), "zh"),
            overview_view(overview([load_analysis(id) for id in CORPUS]), "en"),
        ):
            lines = [line for line in write_markdown(parts).splitlines() if line.startswith("|")]
            assert lines
            for block in _blocks(lines):
                assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block}) == 1

    def test_a_clipped_text_keeps_what_it_is_clipped_around(self) -> None:
        assert clip("甲" * 50 + "，到2027年建成", 20, "到2027年") == "…到2027年建成"
        assert clip("短", 20) == "短"
        assert len(clip("甲" * 50, 20)) == 20

    def test_a_wide_matrix_is_split(self) -> None:
        documents = [
            as_loaded(
                PLAN,
            )
            for _ in range(9)
        ]
        text = write_page(overview_view(overview(documents), "zh"), colour=False, width=80)
        assert max(len(line.encode("gb18030")) for line in text.splitlines()) <= 80

    def test_on_a_terminal_a_page_is_shown(self) -> None:
        code, shown = shown_on_terminal("summarise", "2023-national")
        assert code == 0
        assert "城市标准化行动方案" in shown
        assert "█" in shown
        assert "format: policykit" not in shown

    def test_labels_are_chinese_or_english(self) -> None:
        page = summarise(load_analysis("2023-national"))
        assert "政策领域" in write_markdown(page_view(page, "zh"))
        english = write_markdown(page_view(page, "en"))
        assert "Policy domains" in english
        assert "智慧城市 |" not in english


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Tables, each of which begins before its line of dashes."""
    starts = [at - 1 for at, line in enumerate(lines) if set(line) <= set("|-:")] + [len(lines)]
    for start, end in itertools.pairwise(starts):
        yield lines[start:end]


class TestCommand:
    def call(self, capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
        code = run(["summarise", *arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    def test_data_is_the_same_in_both_formats(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        code, out, err = self.call(capfdbinary, "2023-national")
        assert (code, err) == (0, "")
        from_yaml = json.loads(write_json_line(yaml.safe_load(out)))
        assert from_yaml == json.loads(self.call(capfdbinary, "2023-national", "-f", "json")[1])

    def test_several_are_put_side_by_side(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        code, out, _ = self.call(capfdbinary, *CORPUS, "-f", "json", "-l", "short")
        assert code == 0
        assert [row["key"] for row in json.loads(out)["documents"]] == list(CORPUS)

    def test_what_cannot_be_read_costs_a_line(self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
        code, out, err = self.call(capfdbinary, "2023-national", str(tmp_path / "missing.txt"))
        assert code == 3
        assert "format: policykit/overview/1" in out
        assert len(err.splitlines()) == 2
        code, out, err = self.call(capfdbinary, str(tmp_path / "missing.txt"))
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1

    @pytest.mark.parametrize("arguments", [["-l", "huge"], ["--language", "fr"], ["-f", "pdf"]])
    def test_wrong_usage(self, capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str]) -> None:
        code, out, err = self.call(capfdbinary, "2023-national", *arguments)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1

    def test_a_file_and_a_folder_of_analyses(self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
        analyses = tmp_path / "analyses"
        assert run(["extract", *CORPUS, "-o", f"{analyses}/"]) == 0
        page = tmp_path / "page.md"
        assert self.call(capfdbinary, str(analyses), "-f", "markdown", "--language", "en", "-o", str(page))[:2] == (
            0,
            "",
        )
        assert page.read_text(encoding="utf-8").startswith("# Policy documents side by side\n")


class TestSchemas:
    @pytest.mark.parametrize("name", ["summary", "overview", "search"])
    def test_they_are_strict_and_explain_themselves(self, name: str) -> None:
        assert name in schema_names()
        Draft202012Validator.check_schema(schema(name))
        assert schema(name)["title"] == f"policykit/{name}/1"

        def objects(node: Any) -> Iterator[dict[str, Any]]:
            if isinstance(node, dict):
                if node.get("type") == "object" and "properties" in node:
                    yield node
                for value in node.values():
                    yield from objects(value)

        for node in objects(schema(name)):
            assert node["additionalProperties"] is False
            assert list(node["properties"]) == node["required"]
            for key, value in node["properties"].items():
                assert "description" in value or "$ref" in value, key


class TestPlacedText:
    @pytest.mark.parametrize("id", CORPUS)
    def test_the_outline_lies_where_it_was(self, id: str) -> None:
        from policykit.analysis import analyse
        from policykit.corpus import open_corpus
        from policykit.text.reading import read_file

        analysis = analyse(read_file(open_corpus().document(id).path))
        again = placed_text(as_loaded(analysis)).document.sections
        wanted = [(one.id, one.start, one.own_end, one.end) for one in analysis.document.sections]
        assert [(one.id, one.start, one.own_end, one.end) for one in again] == wanted

    def test_without_the_document_tasks_and_targets_are_there(self) -> None:
        placed = placed_text(without_source(load_analysis("2023-national")))
        assert not placed.is_source
        assert "150项以上" in placed.text
        for task in placed.data["tasks"]:
            assert task["text"] in placed.text
            section = placed.document.section(task["id"])
            assert placed.text[section.start : section.end].rstrip("\n").endswith(task["text"])


def golden_pages() -> dict[str, str]:
    """The golden files by name."""
    page = summarise(load_analysis("2023-national"), "short")
    both = overview([load_analysis(id) for id in CORPUS], "short")
    return {
        "summary.md": write_markdown(page_view(page, "en")),
        "overview.md": write_markdown(overview_view(both, "zh")),
    }


@pytest.mark.parametrize("name", ["summary.md", "overview.md"])
def test_pages_are_as_the_golden_files_show(name: str) -> None:
    assert (GOLDEN / name).read_text(encoding="utf-8") == golden_pages()[name]


def test_a_sentence_that_lost_its_full_stop_can_tell_and_a_call_hardly() -> None:
    text = (
        "临海市海洋发展规划\n一、主要任务\n"
        "（一）发展渔业\n到2027年，建成深水网箱养殖基地5个，海水养殖产量达到12万吨，渔业产值年均增长6%\n"
        "（二）建设港口\n疏浚主航道，新建万吨级泊位3个，港口货物吞吐量达到8000万吨，集装箱班轮航线增加到20条\n"
        "全市上下要同心同德、开拓进取，为建设海洋强市、实现渔业和港口的高质量发展而努力奋斗！\n"
    )
    told = [row["sentence"] for row in summarise(as_loaded(text), "2")["sentences"]]
    assert told[0].startswith("到2027年") and told[1].startswith("疏浚主航道")


if __name__ == "__main__":
    for name, text in golden_pages().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")
