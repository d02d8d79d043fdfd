"""Comparison: what it says of short texts, and what holds for all of them."""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from opencc import OpenCC

import policykit
from policykit.analyses import LoadedAnalysis, as_loaded
from policykit.comparison import SECTIONS, Comparison, compare, known_changes
from policykit.comparison.assignment import assign, worth_weighing
from policykit.comparison.comparing import KINDS, kinds_of
from policykit.comparison.documents import Side
from policykit.comparison.matching import match
from policykit.comparison.passages import is_boilerplate
from policykit.comparison.quantities import measure
from policykit.comparison.references import relations
from policykit.comparison.sections import SectionMap
from policykit.comparison.targets import commitment, target_rows
from policykit.comparison.view import CONTINUED, ChangeTable, comparison_view
from policykit.comparison.words import background, lexicon
from policykit.dictionaries import packaged_dictionary
from policykit.errors import InputError, PolicykitError
from policykit.formats.json import write_json
from policykit.formats.schema import schema
from policykit.formats.yaml import write_yaml
from policykit.quantities.numerals import scale_of
from policykit.quantities.units import split_unit
from policykit.text.normalise import working_text

CASES = Path(__file__).parent / "cases" / "compare"
DOCUMENTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((CASES / "documents").glob("*.txt"))}
CORPUS = {document.id: document.path.read_text(encoding="utf-8-sig") for document in policykit.open_corpus()}
TEXTS = {**CORPUS, **DOCUMENTS}
#: documents of one kind, so that there is something to match
COUPLES = [
    ("2011-beijing", "2023-national"),
    ("harbour-plan", "village-points"),
    ("harbour-plan", "river-plan"),
    ("data-rules", "2023-national"),
]
VALIDATOR = Draft202012Validator(schema("comparison"), format_checker=Draft202012Validator.FORMAT_CHECKER)
#: what a change is called when the documents change places
MIRRORED = {
    "tasks": [("added", "dropped"), ("split", "merged")],
    "targets": [("raised", "lowered"), ("tightened", "loosened"), ("earlier", "later"), ("new", "dropped")],
    "deadlines": [("earlier", "later"), ("shorter", "longer"), ("new", "dropped")],
    "domains": [("new", "gone"), ("more", "less")],
    "responsibilities": [("joined", "left"), ("new", "dropped")],
    "references": [("newly cited", "no longer cited")],
    "vocabulary": [("new", "gone"), ("more", "less")],
    "passages": [],
}


def loaded_yaml(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def changed(comparison: Mapping[str, Any], section: str) -> list[list[str]]:
    """The changes of the rows of a section in which anything changed."""
    return [kinds_of(row) for row in comparison[section] if kinds_of(row) != [KINDS[section][0]]]


def filled(template: str, parts: str | list[str]) -> str:
    for part in [parts] if isinstance(parts, str) else parts:
        template = template.replace("…", part, 1)
    return template


class TestCases:
    @pytest.mark.parametrize("case", loaded_yaml("changes.yaml"), ids=lambda case: case["name"])
    def test_the_change_and_nothing_else_is_reported(self, case: dict[str, Any]) -> None:
        result = compare(filled(case["template"], case["old"]), filled(case["template"], case["new"]))
        for section in ("tasks", "targets", "deadlines", "responsibilities", "references"):
            wanted = [[kinds] if isinstance(kinds, str) else kinds for kinds in case.get(section, [])]
            assert changed(result, section) == wanted, section

    @pytest.mark.parametrize("case", loaded_yaml("documents.yaml")["relations"])
    def test_one_document_implements_or_repeals_the_other(self, case: dict[str, Any]) -> None:
        found = relations(Side(as_loaded(case["old"])), Side(as_loaded(case["new"])))
        assert [[row["by"], row["relation"]] for row in found] == case["relations"]
        for row in found:
            assert row["evidence"] in case[row["by"]]


class TestDictionaries:
    def test_firmness(self) -> None:
        for example in packaged_dictionary("commitment")["examples"]:
            assert commitment(example["sentence"], example["number"])[1] == example["firmness"], example

    def test_conversions(self) -> None:
        for first, relation, second in packaged_dictionary("conversions")["examples"]:
            one, other = (measured(text) for text in (first, second))
            assert one.dimension == other.dimension
            assert {"<": one.value < other.value, "=": one.value == other.value, ">": one.value > other.value}[relation]

    def test_no_unit_is_in_two_families(self) -> None:
        data = packaged_dictionary("conversions")
        units = [unit for family in data["families"].values() for unit in family]
        units += [unit for group in data["counting"] for unit in group]
        assert len(units) == len(set(units))

    def test_ritual_phrases(self) -> None:
        for example in packaged_dictionary("ritual_phrases")["examples"]:
            assert is_boilerplate(example["passage"]) is example["boilerplate"], example

    def test_relations(self) -> None:
        for example in packaged_dictionary("relations")["examples"]:
            other = as_loaded(f"{example['title']}\n一、主要任务\n（一）清点库存。清点仓库。")
            titled = {**other.data, "document": {**other.data["document"], "title": example["title"]}}
            found = relations(Side(as_loaded(titled)), Side(as_loaded(example["text"])))
            assert [row["relation"] for row in found] == [example["relation"]], example

    def test_the_labels_name_all_changes_in_both_languages(self) -> None:
        labels = packaged_dictionary("comparison_labels")
        assert set(labels["zh"]) == set(labels["en"])
        for language in labels.values():
            assert set(language["changes"]) == {CONTINUED, *(kind for kinds in KINDS.values() for kind in kinds)}
            assert set(language["sections"]) == set(SECTIONS)
            # nothing is the same in other words of what is the same anyway
            assert set(language["apart"]["changes"]) == set(language["changes"]) - {"same", "unchanged", "restated"}
            assert set(language["apart"]["columns"]) <= set(language["columns"])

    def test_the_background_list_knows_ritual_from_telling_words(self) -> None:
        assert background().documents > 50
        assert all(background().is_ritual(word) for word in ("推进", "加强", "工作"))
        assert not any(background().is_ritual(word) for word in ("脑机接口", "黑臭水体", "标准箱"))


def measured(text: str) -> Any:
    digits = "".join(itertools.takewhile(lambda character: character.isdigit() or character == ".", text))
    factor, unit = split_unit(text[len(digits) :])
    assert factor == scale_of(text[len(digits) :].removesuffix(unit or ""))
    return measure(float(digits) * factor, unit)


@pytest.fixture(scope="module")
def comparisons() -> dict[tuple[str, str], Comparison]:
    return {(old, new): compare(TEXTS[old], TEXTS[new]) for old, new in COUPLES}


class TestManyTargets:
    """Hundreds of targets that are alike, as in a plan for standards."""

    @staticmethod
    def rows(count: int, shift: int, lengths: tuple[int, int] = (1, 1)) -> list[dict[str, Any]]:
        """The rows of targets of so many numbers; their sentences are of so many lengths in the old and in the new document."""

        def side(first: int, lengths: int) -> Side:
            row = {
                "kind": "quantity", "indicator": "国家标准数量", "comparator": ">=", "value_max": None, "unit": "项",
                "deadline": None, "binding": None, "section": "1",
            }  # fmt: skip
            targets = [
                {
                    **row,
                    "sentence": f"制定{'新' * (number % lengths)}国家标准{number}项以上。",
                    "quote": f"{number}项以上",
                    "value": number,
                }
                for number in range(first, first + count)
            ]
            outline = [{"id": "1", "role": "general", "heading": "总体要求", "parent": None, "number": 1}]
            return Side(LoadedAnalysis({"targets": targets, "outline": outline, "tasks": []}))

        old, new = side(1, lengths[0]), side(1 + shift, lengths[1])
        return target_rows(old, new, SectionMap(old, new, {}))

    def test_those_that_are_the_same_come_together_and_the_others_with_each_other(self) -> None:
        found = self.rows(100, 5)
        assert [row["change"] for row in found] == [["raised"]] * 5 + [["unchanged"]] * 95
        assert sorted(row["new"]["value"] for row in found[:5]) == [101, 102, 103, 104, 105]

    def test_the_work_grows_as_the_pairs_do(self) -> None:
        def lines(count: int) -> int:
            run = 0

            def trace(frame: FrameType, event: str, argument: object) -> Any:
                nonlocal run
                run += 1
                return trace

            before = sys.gettrace()
            sys.settrace(trace)
            try:
                self.rows(count, count, (23, 7))
            finally:
                sys.settrace(before)
            return run

        lines(10)
        assert lines(160) <= 4.8 * lines(80)


class TestProperties:
    @pytest.mark.parametrize("name", TEXTS)
    def test_a_document_does_not_differ_from_itself(self, name: str) -> None:
        result = compare(TEXTS[name], TEXTS[name])
        assert result.changes() == []
        assert all(row["change"] == "same" and row["similarity"] == 1.0 for row in result["tasks"])
        assert (result["vocabulary"], result["passages"], result["relations"]) == ([], [], [])

    @pytest.mark.parametrize("couple", COUPLES, ids="--".join)
    def test_the_mirror_image(self, couple: tuple[str, str], comparisons: dict[tuple[str, str], Comparison]) -> None:
        old, new = couple
        there, back = comparisons[couple], compare(TEXTS[new], TEXTS[old])
        for section in SECTIONS:
            assert sorted(map(repr, signs(there, section))) == sorted(map(repr, signs(back, section, mirrored=True)))

    @pytest.mark.parametrize("couple", COUPLES, ids="--".join)
    def test_text_analysis_or_saved_file_come_to_the_same(
        self,
        couple: tuple[str, str],
        comparisons: dict[tuple[str, str], Comparison],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        from policykit.analyses import load_analysis

        monkeypatch.chdir(tmp_path)
        for name in couple:
            (tmp_path / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
        old, new = couple
        texts = [load_analysis(f"{name}.txt") for name in couple]
        Path("old.yaml").write_text(write_yaml(texts[0].data), encoding="utf-8")
        Path("new.json").write_text(write_json(texts[1].data), encoding="utf-8")
        expected = compare(*texts).to_data()
        assert compare(load_analysis("old.yaml"), load_analysis(f"{new}.txt")).to_data() == expected
        assert compare(load_analysis(f"{old}.txt"), load_analysis("new.json")).to_data() == expected
        assert (
            compare(policykit.analyse(TEXTS[old], id=old), as_loaded(texts[1])).to_data()["summary"]
            == expected["summary"]
        )
        for section in SECTIONS:
            assert comparisons[couple][section] == expected[section]

    @pytest.mark.parametrize("name", sorted(DOCUMENTS))
    def test_the_script_does_not_show(self, name: str) -> None:
        text = TEXTS[name]
        other = OpenCC("t2s" if name == "river-plan" else "s2t").convert(text)
        assert compare(text, other).changes() == []
        against = TEXTS["2023-national"]
        there, here = compare(other, against), compare(text, against)
        for section in ("tasks", "domains", "vocabulary"):
            assert signs(there, section) == signs(here, section)

    def test_every_task_target_and_deadline_stands_in_a_row(
        self, comparisons: dict[tuple[str, str], Comparison]
    ) -> None:
        for (old, new), result in comparisons.items():
            for side, name in (("old", old), ("new", new)):
                data = policykit.analyse(TEXTS[name]).to_data()
                units = {entry["id"] for entry in data["outline"] if entry["role"] in ("task", "safeguard", "article")}
                assert {unit["id"] for row in result["tasks"] for unit in row[side]} == units
                for section in ("targets", "deadlines"):
                    ids = sorted(row[side]["id"] for row in result[section] if row[side])
                    assert ids == sorted(row["id"] for row in data[section])

    def test_rows_have_the_shapes_of_their_changes(self, comparisons: dict[tuple[str, str], Comparison]) -> None:
        shapes = {"split": (1, None), "merged": (None, 1), "added": (0, 1), "dropped": (1, 0)}
        for result in comparisons.values():
            for row in result["tasks"]:
                olds, news = shapes.get(row["change"], (1, 1))
                assert len(row["old"]) == olds if olds is not None else len(row["old"]) > 1
                assert len(row["new"]) == news if news is not None else len(row["new"]) > 1

    def test_the_summary_counts_the_rows(self, comparisons: dict[tuple[str, str], Comparison]) -> None:
        for result in comparisons.values():
            for section in SECTIONS:
                counts = dict.fromkeys(KINDS[section], 0)
                for row in result[section]:
                    for kind in kinds_of(row):
                        counts[kind] += 1
                assert result["summary"][section] == counts

    def test_passages_stand_where_their_spans_say(self, comparisons: dict[tuple[str, str], Comparison]) -> None:
        for couple, result in comparisons.items():
            for row in result["passages"]:
                for side, name in zip(("old", "new"), couple, strict=True):
                    span = row[side]["span"]
                    quote = TEXTS[name][span["start"] : span["end"]]
                    assert working_text(quote) == row["text"]
                    assert TEXTS[name].count("\n", 0, span["start"]) + 1 == span["line"]

    @given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0, 5), max_size=14))
    def test_the_assignment_is_the_best_there_is(self, weights: dict[tuple[int, int], float]) -> None:
        found = assign(weights)
        assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)

        def best(rows: list[int], free: frozenset[int]) -> float:
            if not rows:
                return 0.0
            alone = best(rows[1:], free)
            return max(
                [alone, *(weights.get((rows[0], column), 0.0) + best(rows[1:], free - {column}) for column in free)]
            )

        assert sum(weights[pair] for pair in found) == pytest.approx(
            best(sorted({row for row, _ in weights}), frozenset(range(5)))
        )


def signs(comparison: Mapping[str, Any], section: str, *, mirrored: bool = False) -> list[Any]:
    """What a row says, without what is measured from one side: changes and the two ends."""
    return [sign(section, row, mirrored) for row in comparison[section]]


def sign(section: str, row: Mapping[str, Any], mirrored: bool) -> Any:
    ends = [end(section, row, side) for side in ("old", "new")]
    kinds = kinds_of(row)
    if mirrored:
        ends.reverse()
        names = {mine: theirs for couple in MIRRORED[section] for mine, theirs in (couple, couple[::-1])}
        kinds = [names.get(kind, kind) for kind in kinds]
    return sorted(kinds), ends, row.get("similarity"), row.get("boilerplate"), row.get("ritual")


def end(section: str, row: Mapping[str, Any], side: str) -> Any:
    data = row[side]
    if section == "tasks":
        return [unit["id"] for unit in data]
    if section in ("domains", "vocabulary"):
        return row.get("id", row.get("term")), data
    if section == "references":
        return data and data["title"]
    if section == "responsibilities":
        return data
    return data and (data.get("id") or data["section"]), data and data.get("span")


class TestFormat:
    def test_comparisons_are_what_the_schema_says(self, comparisons: dict[tuple[str, str], Comparison]) -> None:
        for result in comparisons.values():
            data = json.loads(write_json(result.to_data()))
            assert [error.message for error in VALIDATOR.iter_errors(data)] == []

    def test_sections_that_are_not_wanted_are_left_out(self) -> None:
        result = compare(TEXTS["harbour-plan"], TEXTS["river-plan"], only=["targets", "domains"])
        assert set(result) & set(SECTIONS) == {"targets", "domains"} == set(result["summary"])
        VALIDATOR.validate(json.loads(write_json(result.to_data())))

    def test_the_schema_has_the_rows_of_analyses(self) -> None:
        ours, theirs = schema("comparison")["$defs"], schema("analysis")
        for name in ("target", "deadline", "reference"):
            assert ours[name] == theirs["properties"][f"{name}s"]["items"]
        for name, definition in theirs["$defs"].items():
            assert ours[name] == definition
        for section, kinds in KINDS.items():
            rows = schema("comparison")["properties"][section]["items"]["properties"]["change"]
            assert rows.get("enum") or rows["items"]["enum"] == list(kinds)

    def test_yaml_reads_back_as_the_same(self, comparisons: dict[tuple[str, str], Comparison]) -> None:
        for result in comparisons.values():
            assert yaml.safe_load(write_yaml(result.to_data())) == result.to_data()

    def test_dates_are_dates(self) -> None:
        result = compare(TEXTS["2011-beijing"], TEXTS["2023-national"])
        assert result["old"]["issued"] == date(2011, 8, 1)
        assert result["horizon"]["new"]["main"] == date(2027, 12, 31)

    def test_a_section_that_does_not_exist(self) -> None:
        with pytest.raises(PolicykitError, match="has no section tasts; it has tasks, targets"):
            compare("", "", only=["tasts"])

    def test_data_that_is_no_analysis(self) -> None:
        with pytest.raises(InputError, match="not an analysis"):
            compare({"format": 3}, "")


class TestCorpus:
    """The two corpus documents: a decade apart, of different levels, in different wordings."""

    @pytest.fixture
    def pairs(self) -> set[tuple[str, str]]:
        rows = compare(TEXTS["2011-beijing"], TEXTS["2023-national"])["tasks"]
        return {(old["id"], new["id"]) for row in rows for old in row["old"] for new in row["new"]}

    def test_fields_of_work_find_their_continuation(self, pairs: set[tuple[str, str]]) -> None:
        """Offices that anyone would pair: safety, ecology, culture, communities, regions, facilities, social services, people, publicity."""
        plain = {
            ("4.3.3", "2.8"),
            ("4.3.1", "2.9"),
            ("4.2.3", "2.10"),
            ("4.4.4", "2.5"),
            ("4.5.2", "2.2"),
            ("4.3.2", "2.11"),
        }
        plain |= {("4.4.1", "2.7"), ("4.5.4", "3.14"), ("5.3", "4.18"), ("5.6", "4.19")}
        assert len(plain & pairs) >= len(plain) - 1

    def test_what_has_no_counterpart_is_left_alone(self, pairs: set[tuple[str, str]]) -> None:
        olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
        assert not {"4.2.4", "4.5.5"} & olds  # agriculture, trade measures
        assert "2.4" not in news  # government services
        assert len(pairs) <= 20

    def test_numbers_alone_do_not_make_pairs(self, pairs: set[tuple[str, str]]) -> None:
        assert not {(id, id) for id, _ in pairs} & pairs


def test_kinds_of_change_have_names_to_fail_on() -> None:
    names = known_changes()
    assert {
        "task-dropped",
        "target-lowered",
        "target-unit-changed",
        "deadline-later",
        "reference-no-longer-cited",
    } <= set(names)
    assert not {"task-same", "target-unchanged", "domain-same"} & set(names)


def test_added_tasks_stand_in_the_order_of_the_new_document() -> None:
    """Between what is in both, in so far as that kept its order; here the sections changed places."""
    kept = [
        "疏浚港池。清除航道淤泥，维护助航标志。",
        "改造茶园。修剪老茶树，推广有机肥料。",
        "保护古村。修缮祠堂戏台，编制传统村落名录。",
    ]
    new = [
        "开放数据。公布目录，举办应用大赛。",
        "发展托育。建设托育园，培训保育员。",
        "治理噪声。划定安静区，检测施工设备。",
        "消防演练。配备灭火器材，排查电气线路。",
    ]
    numbered = [f"（{mark}）" for mark in "一二三四五六七"]
    old = "一、主要任务\n" + "\n".join(map("".join, zip(numbered, kept, strict=False)))
    order = [new[0], kept[2], new[1], kept[0], new[2], kept[1], new[3]]
    result = compare(old, "一、主要任务\n" + "\n".join(map("".join, zip(numbered, order, strict=True))))
    rows = [(row["change"], [unit["id"] for unit in row["new"]]) for row in result["tasks"]]
    assert [ids for change, ids in rows if change == "added"] == [["1.1"], ["1.3"], ["1.5"], ["1.7"]]
    # behind the task that stands before it, of those that kept their order
    assert [ids for _, ids in rows] == [["1.1"], ["1.3"], ["1.4"], ["1.5"], ["1.6"], ["1.2"], ["1.7"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("城镇调查失业率不低于5%", "城镇调查失业率不超过5%"),
        ("城镇调查失业率不低于5%", "城镇调查失业率控制在6%以内"),
        ("电力装机达到1.1亿千瓦", "新增电力装机1800万千瓦"),
        ("数字经济增加值占比达到8%", "数字经济增加值增长7%"),
        ("单位能耗增长5%", "单位能耗下降5%"),
    ],
)
def test_a_floor_is_no_ceiling_and_a_level_no_growth(old: str, new: str) -> None:
    template = "一、主要任务\n（一）稳定增长。到2027年，{}。"
    for couple in ((old, new), (new, old)):
        result = compare(*map(template.format, couple))
        assert changed(result, "targets") == [["dropped"], ["new"]]


def test_deadlines_outside_of_tasks_go_together_by_what_is_due() -> None:
    """Where a whole document is one section, the section says nothing."""
    old = "施政报告\n政府会在2024年内成立数据局。\n医院管理局在2025年内推出电子病历。\n"
    new = "施政报告\n政府会在2025年内成立数据局。\n运输署在2030年内投放电动出租车三千辆。\n"
    rows = compare(old, new)["deadlines"]
    assert [row["change"] for row in rows] == [["later"], ["dropped"], ["new"]]
    assert "数据局" in rows[0]["sentences"]["old"] and "数据局" in rows[0]["sentences"]["new"]
    assert changed(compare("白皮书\n2025年内。\n", "白皮书\n2025年内。\n"), "deadlines") == []


def test_a_number_far_off_in_another_sentence_is_of_something_else() -> None:
    old = "施政报告\n政府会落实200000个中医药门诊服务名额。\n到2030年提供约3370公顷新平整土地。\n"
    new = "施政报告\n明年起把课余托管的服务名额增加一倍至约2000个。\n到2030年提供约3000公顷新平整土地，其中某人工岛会提供约300公顷新平整土地。\n"
    rows = [row for row in compare(old, new)["targets"] if row["old"] and row["new"]]
    assert [(row["old"]["value"], row["new"]["value"]) for row in rows] == [(3370, 3000)]
    typo = compare("到2030年建成平台200个。\n", "到2030年建成平台2000个。\n")["targets"]
    assert [row["change"] for row in typo] == [["raised"]]


def test_a_domain_that_is_still_mentioned_is_not_gone() -> None:
    result = compare(TEXTS["2011-beijing"], TEXTS["2023-national"])
    rows = {row["id"]: row for row in result["domains"]}
    # no task of the national plan carries either, and it has words of education only
    assert rows["education"]["new"] is None and rows["health"]["new"] is None
    assert (rows["education"]["change"], rows["health"]["change"]) == ("less", "gone")
    mirror = {row["id"]: row for row in compare(TEXTS["2023-national"], TEXTS["2011-beijing"])["domains"]}
    assert (mirror["education"]["change"], mirror["health"]["change"]) == ("more", "new")


def test_a_page_says_how_many_rows_it_leaves_to_the_data() -> None:
    result = compare(TEXTS["2011-beijing"], TEXTS["2023-national"])
    for language, said in (("en", r"Key terms \((\d+) more in the data\)"), ("zh", r"关键词（数据中另有(\d+)项）")):
        tables = [part for part in comparison_view(result, language) if isinstance(part, ChangeTable)]
        [(table, found)] = [(table, found) for table in tables if (found := re.fullmatch(said, table.heading))]
        assert len(table.rows) + int(found[1]) == len(result["vocabulary"])
        # one passage, so nothing is left out
        assert not re.search("more|另有", tables[-1].heading)


@pytest.mark.parametrize(
    ("old", "new", "points"),
    [("60%", "65%", 5), ("6成", "65%", 5), ("6‰", "5‰", -0.1), ("3个百分点", "3.5个百分点", 0.5)],
)
def test_a_share_changes_by_points_and_not_by_percent(old: str, new: str, points: float) -> None:
    template = "一、主要任务\n（一）扩大共享。到2027年，公共数据共享率提高到{}。"
    template = template.replace("提高到", "提高") if old.endswith("点") else template
    [row] = compare(template.format(old), template.format(new))["targets"]
    assert (row["difference"]["points"], row["difference"]["percent"]) == (points, None)


def test_the_words_that_make_a_target_firmer_are_named() -> None:
    template = "一、主要任务\n（一）稳定生产。{}到2027年，粮食产量达到600万吨。"
    [row] = compare(template.format("力争"), template.format("确保"))["targets"]
    assert row["difference"]["commitment"] == {"old": "力争", "new": "确保"}
    [row] = compare(template.format("确保"), template.format(""))["targets"]
    assert (row["change"], row["difference"]["commitment"]) == (["loosened"], {"old": "确保", "new": None})


def test_of_a_very_long_task_the_sentences_that_changed_are_named() -> None:
    sentences = [f"第{number}座码头疏浚航道，配套仓库，改造道路。" for number in range(700)]
    changed = [
        "第300座码头整治航道，配套仓库，改造道路。" if number == 300 else each for number, each in enumerate(sentences)
    ]
    template = "一、主要任务\n（一）建设港口。{}"
    [row] = compare(template.format("".join(sentences)), template.format("".join(changed)))["tasks"]
    assert row["words"] == {"removed": [sentences[300].strip("。")], "added": [changed[300].strip("。")]}
    few = compare(template.format("".join(sentences[295:305])), template.format("".join(changed[295:305])))["tasks"]
    assert few[0]["words"] == {"removed": ["疏浚"], "added": ["整治"]}


def test_articles_are_compared_without_numbers() -> None:
    """Articles of laws are paired by what they say, wherever they stand."""
    old = TEXTS["data-rules"]
    result = compare(
        old, old.replace("第三条 公共数据工作应当遵循统筹规划、依法收集、按需共享、分类开放、保障安全的原则。\n", "")
    )
    assert [row["old"][0]["id"] for row in result["tasks"] if row["change"] == "dropped"] == ["3"]
    assert not {row["change"] for row in result["tasks"]} - {"same", "dropped"}


def test_articles_without_headings_are_named_by_their_first_words() -> None:
    [row] = compare("第一条 为了管理数据，制定本办法。", "第一条 为了管理数据，制定本办法。")["tasks"]
    assert (row["old"][0]["heading"], row["old"][0]["opening"]) == (None, "为了管理数据，制定本办法。")
    assert row["evidence"] is None


def test_what_a_pair_explains_is_not_taken_up_again() -> None:
    """An article about what a pair speaks of anyway is new; one that says the second half of the old article makes a split."""
    old = "第一条 标准化技术委员会承担地方标准的起草和技术审查，任期五年。信用档案由市场监管部门建立，每年向社会公布。\n第二条 渔港每年疏浚一次。"
    kept = "第一条 标准化技术委员会承担地方标准的起草和技术审查，任期五年。\n"
    split = compare(old, kept + "第二条 信用档案由市场监管部门建立，每年向社会公布。\n第三条 渔港每年疏浚一次。")
    assert next(row["change"] for row in split["tasks"]) == "split"
    whole = old.partition("\n")[0] + "\n"
    more = compare(old, whole + "第二条 标准化技术委员会起草地方标准逾期的，责令改正。\n第三条 渔港每年疏浚一次。")
    assert [row["change"] for row in more["tasks"]] == ["same", "added", "renumbered"]


def test_terms_of_several_words_and_counts_below_the_least() -> None:
    both = "一、主要任务\n（一）发展产业。" + "疏浚港池，清除淤泥，修剪茶树，编制渔业目录。" * 20
    term = "支持脑机接口临床试验。"
    result = compare(both + term, both + term * 12)
    terms = {row["term"]: row for row in result["vocabulary"]}
    longest = max(terms, key=len)
    assert "脑机接口" in longest
    assert terms[longest]["old"]["count"] == 1
    assert terms[longest]["change"] == "more"


def test_the_name_of_a_document_is_no_citation() -> None:
    notice = "关于印发《临海市渔港建设方案》的通知\n各县区：\n现将《临海市渔港建设方案》印发给你们。\n临海市渔港建设方案\n一、主要任务\n（一）疏浚港池。清除淤泥。"
    result = compare(notice, "临海市茶园改造方案\n一、主要任务\n（一）改造茶园。修剪茶树。")
    assert result["references"] == []


def test_an_analysis_without_its_document_says_so() -> None:
    data = policykit.analyse(TEXTS["data-rules"]).to_data()
    assert any("articles are compared without their text" in warning for warning in compare(data, data)["warnings"])


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 5))
def test_of_very_many_pairs_those_nearby_and_those_that_say_the_same_are_weighed(
    rows: int, columns: int, reach: int
) -> None:
    found = list(
        worth_weighing(range(rows), range(columns), lambda row: row, lambda column: columns - column, 0, reach)
    )
    assert len(found) == len(set(found)) <= rows * (2 * reach + 2)
    assert {row for row, _ in found} == set(range(rows))
    wanted = {(row, columns - row) for row in range(rows) if 0 <= columns - row < columns}
    assert wanted <= set(found)
    everything = list(worth_weighing(range(rows), range(columns), str, str, rows * columns, reach))
    assert everything == list(itertools.product(range(rows), range(columns)))


def test_a_task_with_very_many_deadlines_is_compared_by_those_nearby() -> None:
    """One that moved to the other end is found all the same."""
    lines = [f"第{number}号平台到{2025 + number % 9}年底前建成第{number * 7919 % 997}项功能。" for number in range(640)]
    old, new = ("一、主要任务\n1." + "".join(order) for order in (lines, [*lines[1:], lines[0]]))
    changes = [row["change"] for row in compare(as_loaded(old).data, as_loaded(new).data)["deadlines"]]
    assert changes == [["unchanged"]] * 640


def many_tasks(seed: int) -> Iterator[str]:
    words = lexicon().words
    yield "一、主要任务"
    for number in range(400):
        chosen = [words[(seed * 7919 + number * 613 + place * place * 31) % len(words)] for place in range(60)]
        yield f"{number + 1}.{''.join(chosen)}。"


def test_four_hundred_tasks_are_matched_in_a_few_times_their_analysis() -> None:
    from time import process_time

    def seconds(run: Callable[[], object]) -> float:
        start = process_time()
        run()
        return process_time() - start

    texts = ["\n".join(many_tasks(seed)) for seed in (1, 2)]
    sides = [Side(as_loaded(text)) for text in texts]
    assert min(len(side.units) for side in sides) > 390
    matching = min(seconds(lambda: match(*sides)) for _ in range(3))
    analysing = min(seconds(lambda: [policykit.analyse(text) for text in texts]) for _ in range(3))
    assert matching < 12 * analysing  # three times, where nothing else runs
