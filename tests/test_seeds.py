"""The two corpus documents, read as a careful analyst reads them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any

import policykit
from policykit.text.source import SourceText


@lru_cache
def source(id: str) -> SourceText:
    return policykit.read_file(policykit.open_corpus().document(id).path, id=id)


@lru_cache
def data(id: str) -> dict[str, Any]:
    return policykit.analyse(source(id)).to_data(all_quantities=True)


def targets(id: str) -> list[tuple[Any, ...]]:
    keys = ("quote", "comparator", "value", "unit", "kind", "deadline", "deadline_inherited")
    return [tuple(row[key] for key in keys) for row in data(id)["targets"]]


def test_every_quote_is_cut_from_the_source() -> None:
    count = 0
    for id in ("2011-beijing", "2023-national"):
        for kind in ("targets", "deadlines", "responsibilities", "quantities"):
            for row in data(id)[kind]:
                assert row["quote"] == source(id).text[row["span"]["start"] : row["span"]["end"]]
                assert source(id).text.count("\n", 0, row["span"]["start"]) + 1 == row["span"]["line"]
                count += 1
    assert count > 20


class Test2023National:
    ID = "2023-national"

    def test_outline(self) -> None:
        outline = data(self.ID)["outline"]
        assert len(outline) == 27
        assert Counter(row["role"] for row in outline) == {
            "principle": 1,
            "objective": 4,
            "chapter": 3,
            "task": 16,
            "safeguard": 3,
        }
        markers = [row["marker"] for row in outline if row["role"] in ("task", "safeguard")]
        assert markers[:2] == ["(一)", "(二)"]
        assert markers[-1] == "(十九)"

    def test_tasks_and_safeguards(self) -> None:
        tasks = data(self.ID)["tasks"]
        assert [row["role"] for row in tasks] == ["task"] * 16 + ["safeguard"] * 3

    def test_targets_take_their_deadline_from_paragraphs_before(self) -> None:
        by_2027 = (date(2027, 12, 31), True)
        assert targets(self.ID) == [
            ("150項", ">=", 150, "项", "count", *by_2027),
            ("5個", ">=", 5, "个", "count", *by_2027),
            ("30個", ">=", 30, "个", "count", *by_2027),
        ]

    def test_one_deadline(self) -> None:
        rows = [(row["relation"], row["from"], row["to"], row["quote"]) for row in data(self.ID)["deadlines"]]
        assert rows == [("by", None, date(2027, 12, 31), "到2027年")]

    def test_document(self) -> None:
        assert data(self.ID)["document"] == {
            "title": "城市标准化行动方案",
            "carrier": None,
            "kind": "行动方案",
            "level": "national",
            "region": None,
            "issuers": [
                "国家标准化管理委员会",
                "工业和信息化部",
                "民政部",
                "生态环境部",
                "住房城乡建设部",
                "应急管理部",
            ],
            "number": None,
            "issued": date(2023, 9, 14),
            "published": None,
        }

    def test_first_domains(self) -> None:
        first = {row["id"].rsplit(".")[-1]: row["domains"][0] for row in data(self.ID)["tasks"]}
        assert first["3"] == "smart-city"
        assert first["8"] == "emergency-management"
        assert first["5"] == "community-governance"
        assert first["9"] == "ecology-environment"

    def test_gateway_wording_is_led_back(self) -> None:
        found = data(self.ID)
        assert (found["source"]["script"], found["source"]["wording"]) == ("traditional", "taiwan-gateway")
        text = policykit.normalise(source(self.ID)).text
        assert not re.search("资讯|水准|高品质发展|智慧财产|全流程式", text)


class Test2011Beijing:
    ID = "2011-beijing"

    def test_page_furniture_stays_out(self) -> None:
        text = policykit.normalise(source(self.ID)).text
        for furniture in (
            "当前位置",
            "www.gov.cn",
            "相关链接",
            "相关链结",
            "图片图表",
            "栏目推荐",
            "网上直播",
            "公租房建设管理标准化系统",
        ):
            assert furniture not in text
        assert text.endswith("在全社会形成学标准、讲标准、用标准的良好氛围。")
        assert not any("公租房" in (row["heading"] or "") for row in data(self.ID)["outline"])

    def test_outline(self) -> None:
        outline = data(self.ID)["outline"]
        assert len(outline) == 44
        assert len({row["level"] for row in outline}) == 4
        roles = Counter(row["role"] for row in data(self.ID)["tasks"])
        assert roles == {"task": 20, "safeguard": 6}

    def test_targets_take_their_deadline_from_the_heading(self) -> None:
        by_2015 = (date(2015, 12, 31), True)
        assert targets(self.ID) == [
            ("百名", ">=", 100, "名", "count", *by_2015),
            ("千名", ">=", 1000, "名", "count", *by_2015),
            ("萬名", ">=", 10000, "名", "count", *by_2015),
            ("首位", "=", 1, "位", "rank", *by_2015),
        ]
        heading = next(row for row in data(self.ID)["outline"] if row["heading"].startswith("阶段目标"))
        governing = {row["deadline_from"] for row in data(self.ID)["targets"]}
        assert [row["section"] for row in data(self.ID)["deadlines"] if row["id"] in governing] == [heading["id"]]

    def test_deadlines(self) -> None:
        assert [row["to"] for row in data(self.ID)["deadlines"]] == [date(2020, 12, 31), date(2015, 12, 31)]

    def test_names_are_no_findings(self) -> None:
        found = [row["quote"] for kind in ("targets", "deadlines") for row in data(self.ID)[kind]]
        for name in ("2008年", "60週年", "六大", "首批10個", "10個", "一刻鐘"):
            assert name in source(self.ID).text
            assert not any(name in quote for quote in found)

    def test_document(self) -> None:
        document = data(self.ID)["document"]
        assert document["title"] == "首都标准化战略纲要"
        assert document["carrier"] == "北京市人民政府印发首都标准化战略纲要的通知"
        assert document["issuers"] == ["北京市人民政府"]
        assert (document["issued"], document["published"]) == (date(2011, 8, 1), date(2011, 9, 15))
