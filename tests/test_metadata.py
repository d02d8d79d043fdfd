"""Title, carrier, issuers, number, dates and region: the cases under tests/cases/metadata and the examples of the dictionaries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from policykit.dictionaries import packaged_dictionary
from policykit.document.model import Document
from policykit.document.regions import level_and_region
from policykit.document.structure import read_document
from policykit.document.titles import document_kind
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "metadata" / "documents.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Document:
    return read_document(normalise(source_from_text(text)))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_metadata(case: dict[str, Any]) -> None:
    document = read(case["text"])
    metadata = document.metadata
    wanted = {key: tuple(value) if isinstance(value, list) else value for key, value in case["expect"].items()}
    assert {key: getattr(metadata, key) for key in wanted} == wanted
    body = document.text[document.body.start : document.body.end].strip()
    assert body.startswith(case.get("body_starts", ""))
    assert body.endswith(case.get("body_ends", ""))


def test_kinds_of_document() -> None:
    examples = packaged_dictionary("metadata")["examples"]
    assert {title: document_kind(title) for title in examples["kind"]} == examples["kind"]
    assert not [title for title in examples["no_kind"] if document_kind(title)]


@pytest.mark.parametrize(
    ("title", "issuers", "number", "expected"),
    [
        ("南京市城市更新办法", (), None, ("municipal", "南京市")),
        ("吉林省科技条例", (), None, ("provincial", "吉林省")),
        ("关于加强管理的通知", ("内蒙古自治区人民政府",), None, ("provincial", "内蒙古自治区")),
        ("关于加强管理的通知", ("昆山市人民政府",), "苏政发〔2020〕1号", ("provincial", "江苏省")),
        ("关于加强管理的通知", ("上海市杨浦区人民政府",), None, ("county", "杨浦区")),
        ("关于加强管理的通知", ("教育部",), None, ("national", None)),
        ("关于加强管理的通知", (), None, ("unknown", None)),
        ("澳门特别行政区发展规划", (), None, ("macau", "澳门特别行政区")),
    ],
)
def test_level_and_region(
    title: str, issuers: tuple[str, ...], number: str | None, expected: tuple[str, str | None]
) -> None:
    assert level_and_region(title, None, issuers, number) == expected


def test_documents_in_their_own_wording_keep_their_place() -> None:
    assert level_and_region("国家发展委员会补助办法", None, (), None, "taiwan") == ("taiwan", "台湾")


def test_traditional_text_gives_the_same_metadata() -> None:
    simplified = read(
        "某某市关于加强标准化工作的意见\n（2024年7月8日）\n为加强工作，提出意见。\n一、总体要求\n坚持统筹。"
    )
    traditional = read(
        "某某市關於加強標準化工作的意見\n（2024年7月8日）\n為加強工作，提出意見。\n一、總體要求\n堅持統籌。"
    )
    assert simplified.metadata == traditional.metadata
