"""Texts for readers in Taiwan and Hong Kong: the words of the place, none of those for software, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policykit.corpus import open_corpus
from policykit.dictionaries import packaged_dictionary
from policykit.text.normalise import normalise
from policykit.text.readers import Place, for_readers, in_words_of
from policykit.text.source import source_from_text

PLACES: tuple[Place, ...] = ("taiwan", "hong-kong")
LISTED = {place: packaged_dictionary("wording/readers")[place] for place in PLACES}


@pytest.mark.parametrize(
    ("place", "text", "read"), [(place, *example) for place in PLACES for example in LISTED[place]["examples"].items()]
)
def test_example_of_the_dictionary(place: Place, text: str, read: str) -> None:
    assert in_words_of(text, place) == read


@pytest.mark.parametrize(("place", "word"), [(place, word) for place in PLACES for word in LISTED[place]["words"]])
def test_each_word_leads_back(place: Place, word: str) -> None:
    # what the words beside it show of the conversion decides for those that are at home on the mainland too
    text = f"国务院关于信息化的意见。加强幼儿园、芯片、信息建设，推动高质量发展，推进数字化转型、数字经济发展，发展人工智能和智能制造，提高{word}。"
    assert normalise(source_from_text(for_readers(text, place))).text == text


@pytest.mark.parametrize(("place", "phrase"), [(place, phrase) for place in PLACES for phrase in LISTED[place]["keep"]])
def test_phrases_that_stay(place: Place, phrase: str) -> None:
    assert in_words_of(phrase, place) == phrase


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("id", ["2011-beijing", "2023-national"])
def test_documents_lead_back(place: Place, id: str) -> None:
    text = normalise(source_from_text(open_corpus().document(id).path.read_bytes().decode("utf-8-sig"))).text
    read = for_readers(text, place)
    assert not any(word in read for word in ("最佳化", "迴圈", "叢集", "專案", "释出", "釋出"))
    again = normalise(source_from_text(read)).text
    assert (
        sum(one != other for one, other in zip(text, again, strict=True)) <= len(text) / 500
    )  # what is 智慧 or 品質 on both sides


@given(st.text(max_size=60), st.sampled_from(PLACES))
def test_any_text_goes_through(text: str, place: Place) -> None:
    assert for_readers(text, place).count("\n") == text.count("\n")


def test_characters_of_offices() -> None:
    assert for_readers("群众说，税收脱离高峰，内里有床", "hong-kong") == "群眾說，稅收脫離高峰，內裏有床"
    assert for_readers("群众说，税收脱离高峰，内里有床", "taiwan") == "群眾說，稅收脫離高峰，內裡有床"


@pytest.mark.parametrize("place", PLACES)
def test_long_texts_are_read_in_pieces(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from policykit.text.pieces import matches_in_pieces

    text = "".join(LISTED[place]["words"]) + "，" + "".join(LISTED[place]["keep"])
    whole = in_words_of(text, place)
    monkeypatch.setitem(matches_in_pieces.__kwdefaults__, "piece", 7)
    assert in_words_of(text, place) == whole != text
