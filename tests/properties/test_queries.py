"""What holds for any query: it is read or refused at a place in it; words are found where plain search finds them, with an index or without."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from policykit.analyses import as_loaded
from policykit.corpus import open_corpus
from policykit.placed_text import sentences
from policykit.search import QueryError, parse_query, search
from policykit.search.fields import FIELDS
from policykit.search.index import INDEX_NAME, update_index
from policykit.search.sources import Search
from policykit.search.wording import folded
from policykit.text.normalise import normalise
from policykit.text.source import source_from_text

PARTS = st.one_of(
    st.sampled_from(
        [f"{name}:" for name in FIELDS]
        + [" OR ", "|", " AND ", " NOT ", "(", ")", "（", "）"]
        + ["-", '"', "“", "”", "deadline<", "value>=", ">=", "*", ",", "2028", "5万", " "]
    ),
    st.sampled_from(["smart-city", "数据", "資訊", "國務院", "task", "%", "：", "＜"]),
    st.text(max_size=3),
)
QUERIES = st.lists(PARTS, max_size=8).map("".join)
LETTERS = "数据平台建设资讯的aB1%-，。\n 一二、（）"
TEXTS = st.text(alphabet=LETTERS, min_size=1, max_size=80)
WORDS = st.text(alphabet=LETTERS.replace("\n", "").replace(" ", ""), min_size=1, max_size=4)


@given(QUERIES)
def test_any_query_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert "\n" not in error.problem or "\n" in text
        return
    assert query.text == text
    for one in query.alternatives:
        assert not all(part.negated for part in (*one.words, *one.conditions))
    # whatever can be read can be asked
    list(search(query, [as_loaded("一、主要任务\n（一）建设平台。到2027年，建成数据平台30个。\n")]))


@given(st.lists(st.text(alphabet="数据平台abc:<>-\\", min_size=1, max_size=6), min_size=1, max_size=4), st.booleans())
def test_a_phrase_in_quotes_is_taken_as_it_is(phrases: list[str], negated: bool) -> None:
    text = " ".join(f'{"-" if negated else ""}"{phrase}"' for phrase in phrases)
    query = parse_query(f"平台 {text}")
    assert [word.text for word in query.words[1:]] == phrases
    assert all(word.negated is negated and word.exact for word in query.words[1:])


BOTH = st.sampled_from(["数据", "平台", "建设", "资讯", '"的"', "role:other"])


@given(TEXTS, BOTH, BOTH, BOTH)
def test_or_finds_what_either_finds_and_brackets_keep_together(text: str, one: str, two: str, three: str) -> None:
    loaded = [as_loaded(text)]

    def found(query: str) -> list[tuple[str, frozenset[str]]]:
        return [(row["sentence"], frozenset(word["text"] for word in row["words"])) for row in search(query, loaded)]

    def sentences_of(query: str) -> set[str]:
        return {sentence for sentence, _ in found(query)}

    assert sentences_of(f"{one} OR {two}") == sentences_of(one) | sentences_of(two)
    assert found(f"{one} OR {two}") == found(f"({one} | {two})") == found(f"{one} or ({two})")
    assert found(f"{three} {one} OR {two}") == found(f"({three} {one}) OR ({three} {two})")
    assert found(f"{three} AND -({one} OR {two})") == found(f"{three} -{one} NOT {two}")


@given(TEXTS, WORDS)
def test_a_word_is_found_where_plain_search_finds_it(text: str, word: str) -> None:
    normalised = normalise(source_from_text(text)).text
    wanted = folded(word)
    rows = list(search(f'"{word}"', [as_loaded(text)]))
    lines = [line for line in normalised.split("\n") if wanted in folded(line)]
    assert sum(len(row["words"]) for row in rows) == sum(folded(line).count(wanted) for line in lines)
    assert bool(rows) == bool(lines)
    for row in rows:
        for item in row["words"]:
            assert folded(item["text"]) == wanted
        assert row["sentence"] in [normalised[slice(*span)] for span in sentences(normalised)]


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_the_index_finds_what_is_found_without_it(texts: list[str], words: list[str]) -> None:
    corpus = open_corpus()
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number}.txt").write_text(f"文件{text}", encoding="utf-8", newline="")
        queries = [parse_query(f'"{word}"') for word in words]
        queries.append(parse_query(" OR ".join(f'"{word}"' for word in words)))
        without = [list(Search(query, corpus).rows([folder])) for query in queries]
        update_index(folder, corpus=corpus)
        assert Path(folder, INDEX_NAME).exists()
        assert [list(Search(query, corpus).rows([folder])) for query in queries] == without
        assert [list(Search(query, corpus).rows([f"{folder}/{INDEX_NAME}"])) for query in queries] == without
