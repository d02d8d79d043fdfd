"""The domain dictionaries, the matching of their terms and the domains of tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policykit.analysis import analyse
from policykit.domains import describe_domain, load_domains
from policykit.domains.dictionary import domain_files, domain_from_data
from policykit.domains.matching import TermMatcher
from policykit.domains.vocabulary import build_vocabulary
from policykit.domains.weighing import failed_examples, passage_domains
from policykit.errors import DictionaryError
from policykit.extractors.domains import domain_vocabulary
from policykit.resources import data_directory
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

CASES = Path(__file__).parent / "cases" / "domains"
CORPUS = sorted((data_directory() / "corpus").glob("*.txt"))
PACKAGED = sorted((data_directory() / "dictionaries" / "domains").glob("*.yaml"))
MARINE = "id: marine\nname: 海洋经济\nstrong_terms: [蓝色经济, 海洋牧场]\n"


def cases(name: str) -> list[Any]:
    rows: list[Any] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


def test_the_package_has_39_domains() -> None:
    assert len(PACKAGED) == 39
    assert [domain.id for domain in load_domains()] == [path.stem for path in PACKAGED]


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_packaged_dictionary(path: Path) -> None:
    domain = domain_from_data(yaml.safe_load(path.read_text(encoding="utf-8")), path)
    assert domain.id == path.stem
    assert domain.name and domain.english and domain.category and domain.scope
    assert len(domain.strong_terms) + len(domain.terms) + len(domain.weak_terms) >= 40
    assert {example.expect for example in domain.examples} == {"first", "given", "absent"}


def test_examples_of_the_dictionaries() -> None:
    assert failed_examples(domain_vocabulary()) == []


@pytest.mark.parametrize("case", cases("bad_dictionaries.yaml"))
def test_bad_dictionary(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "marine.yaml"
    path.write_text(case["file"], encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        load_domains([tmp_path])
    assert case["problem"] in caught.value.problem
    assert caught.value.line == case["line"]
    assert caught.value.path == str(path)
    assert caught.value.advice


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="no such folder"):
        load_domains([tmp_path / "nowhere"])


def test_one_id_in_two_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(MARINE, encoding="utf-8")
    with pytest.raises(DictionaryError, match="stands in") as caught:
        load_domains([tmp_path])
    assert caught.value.line == 1


def test_a_folder_adds_and_replaces_domains(tmp_path: Path) -> None:
    (tmp_path / "domains").mkdir()
    (tmp_path / "domains" / "marine.yaml").write_text(MARINE, encoding="utf-8")
    (tmp_path / "domains" / "housing.yaml").write_text("id: housing\nname: 安居\nterms: [宜居住区]\n", encoding="utf-8")
    assert [path.name for path in domain_files(tmp_path)] == ["housing.yaml", "marine.yaml"]
    domains = {domain.id: domain for domain in load_domains([tmp_path])}
    assert len(domains) == 40
    assert domains["housing"].terms == ("宜居住区",)
    assert describe_domain(domains["marine"])["source"].endswith("marine.yaml")
    assert describe_domain(domains["health"])["source"] == "package"


def test_a_users_domain_is_extracted(tmp_path: Path) -> None:
    text = "某市工作方案\n一、主要任务\n（一）发展蓝色经济。建设海洋牧场。\n（二）发展养老服务。建设养老机构。"
    assert all("marine" not in task["domains"] for task in analyse(text).to_data()["tasks"])
    path = tmp_path / "marine.yaml"
    path.write_text(MARINE, encoding="utf-8")
    data = analyse(text, dictionaries=[tmp_path]).to_data()
    assert [task["domains"][0] for task in data["tasks"]] == ["marine", "social-security"]
    marine = next(row for row in data["domains"] if row["id"] == "marine")
    assert marine["name"] == "海洋经济"
    assert marine["terms"] == {"海洋牧场": 1, "蓝色经济": 1}
    assert marine["mentions"] == 2
    # a file that changed is read again
    path.write_text(MARINE.replace("海洋牧场", "深远海养殖"), encoding="utf-8")
    again = analyse(text, dictionaries=[tmp_path]).to_data()
    assert next(row for row in again["domains"] if row["id"] == "marine")["terms"] == {"蓝色经济": 1}


def test_a_users_words_may_be_traditional(tmp_path: Path) -> None:
    (tmp_path / "isles.yaml").write_text("id: isles\nname: 離島\nstrong_terms: [離島建設]\n", encoding="utf-8")
    text = "某地工作計畫\n一、主要任務\n（一）推動離島建設。加強離島建設基金運用。"
    assert analyse(text, dictionaries=[tmp_path]).to_data()["tasks"][0]["domains"][0] == "isles"


def test_packaged_words_are_those_of_the_working_text() -> None:
    for domain in load_domains():
        for words in (domain.strong_terms, domain.terms, domain.weak_terms, domain.counter_terms, domain.bodies):
            line = "，".join(words)
            assert normalise(source_from_text(line)).text == line


@pytest.mark.parametrize("case", cases("tasks.yaml"))
def test_tasks(case: dict[str, Any]) -> None:
    found = [task["domains"] for task in analyse(case["text"]).to_data()["tasks"]]
    if "domains" in case:
        assert found == case["domains"]
    if "first" in case:
        assert [domains[0] for domains in found] == case["first"]
    if "given" in case:
        assert len(found) == len(case["given"])
        assert all(domain in domains for domain, domains in zip(case["given"], found, strict=True))
    if "absent" in case:
        assert all(domain not in domains for domain, domains in zip(case["absent"], found, strict=True))


def test_first_domains_of_the_national_plan_for_cities() -> None:
    text = (data_directory() / "corpus" / "2023-national.txt").read_text(encoding="utf-8")
    tasks = analyse(text).to_data()["tasks"]
    first = {task["heading"]: task["domains"][0] for task in tasks}
    for word, domain in {
        "智慧城市": "smart-city",
        "应急": "emergency-management",
        "政务服务": "digital-government",
        "生态环境": "ecology-environment",
        "文化": "culture-tourism",
        "公共设施": "infrastructure",
        "城镇化": "urbanisation",
    }.items():
        assert next(given for heading, given in first.items() if heading and word in heading) == domain
    assert all("standardisation" in task["domains"] for task in tasks)


def test_share_is_the_part_of_the_task_characters() -> None:
    data = analyse("某市方案\n一、任务\n（一）发展养老服务。\n（二）建设港口和铁路。").to_data()
    lengths = {task["id"]: task["span"]["end"] - task["span"]["start"] for task in data["tasks"]}
    for row in data["domains"]:
        assert row["share"] == pytest.approx(sum(lengths[id] for id in row["tasks"]) / sum(lengths.values()), abs=1e-3)
        assert row["mentions"] == sum(row["terms"].values())
    assert [row["share"] for row in data["domains"]] == sorted((row["share"] for row in data["domains"]), reverse=True)


@pytest.mark.parametrize("text", ["", "没有编号的文字。", "一、\n（一）\n1.", "\n\n"])
def test_texts_without_anything_to_find(text: str) -> None:
    data = analyse(text).to_data()
    assert all(task["domains"] == [] for task in data["tasks"])


def test_a_counter_term_silences_its_own_domain_only() -> None:
    vocabulary = domain_vocabulary()
    text = "推动国际消费中心城市建设。"
    assert "consumption-trade" in passage_domains(vocabulary, text)
    assert "urban-governance" not in passage_domains(vocabulary, text)


def test_a_longer_term_shadows_a_shorter_one() -> None:
    matcher = TermMatcher(["农产品", "农产品质量安全", "质量"])
    assert matcher.find("农产品质量安全和质量") == [(1, 0, 7), (2, 8, 10)]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_plain_matching_equals_the_automaton(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    terms = build_vocabulary(load_domains()).matcher.terms
    assert TermMatcher(terms, accelerated=False).find(text) == TermMatcher(terms, accelerated=True).find(text)


@given(st.lists(st.text("城市标准化", min_size=1, max_size=4), unique=True), st.text("城市标准化a", max_size=60))
def test_plain_matching_equals_the_automaton_on_any_terms(terms: list[str], text: str) -> None:
    plain = TermMatcher(terms, accelerated=False).find(text)
    assert plain == TermMatcher(terms, accelerated=True).find(text)
    assert all(text[start:end] == terms[index] for index, start, end in plain)


def test_lone_surrogates_are_read() -> None:
    assert TermMatcher(["城市"], accelerated=True).find("\ud800城市") == [(0, 1, 3)]


def test_a_matcher_that_reads_much_changes_over_with_the_same_result() -> None:
    matcher = TermMatcher(["城市", "城市更新"])
    found = [matcher.find("推进城市更新和城市治理。" * 1000) for _ in range(12)]
    assert all(again == found[0] for again in found)
    assert found[0][:2] == [(1, 2, 6), (0, 7, 9)]


def test_an_empty_term_is_refused() -> None:
    with pytest.raises(ValueError, match="empty term"):
        TermMatcher(["城市", ""])


def test_what_is_shown_can_be_saved_as_a_dictionary(tmp_path: Path) -> None:
    shown = describe_domain(load_domains()[0])
    (tmp_path / "shown.yml").write_text(yaml.safe_dump(shown, allow_unicode=True), encoding="utf-8")
    assert [domain.terms for domain in load_domains([tmp_path])] == [domain.terms for domain in load_domains()]


def test_a_folder_without_domain_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="no domain files in this folder"):
        load_domains([tmp_path])
