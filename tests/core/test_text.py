"""Normalisation of what people type (package-format.md §1)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import text as texts

ANY = st.text(st.characters(blacklist_categories=()), max_size=60)


@given(ANY)
def test_cleaned_text_may_stand_in_a_record_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = texts.clean(text)
    assert texts.is_clean(once)
    assert texts.clean(once) == once
    assert texts.is_clean(texts.clean_line(text))


@given(st.text(max_size=40))
def test_normal_text_is_only_brought_to_nfc(text: str) -> None:
    if texts.is_clean(text) and not texts._ZERO_WIDTH.search(text):
        assert texts.clean(text) == text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("李　明", "李明"), (" 王 伟 ", "王伟"), ("阿依古丽•买买提", "阿依古丽·买买提"), ("欧阳\t青禾", "欧阳青禾"),
     ("John  Smith", "John Smith"), ("王\u200b𬭎", "王𬭎"), ("\u202e明李", "明李")],
)  # fmt: skip
def test_names_lose_blanks_and_keep_their_dot(typed: str, name: str) -> None:
    assert texts.clean_name(typed) == name


@pytest.mark.parametrize("text", ["a\0b", "a\x1fb", "a\u202eb", "a\ud800b", "e\u0301"])
def test_control_bidi_surrogate_and_loose_marks_are_not_clean(text: str) -> None:
    assert not texts.is_clean(text)


@pytest.mark.parametrize(
    "same",
    ["中共青禾街道（柳溪）党支部", "青禾街道(柳溪)党支部", "中国共产党 青禾街道（柳溪）党支部", "青禾街道〔柳溪〕党支部"],  # noqa: E501
)
def test_names_that_mean_the_same_fold_to_the_same(same: str) -> None:
    assert texts.match_name(same) == "青禾街道(柳溪)党支部"


def test_numbers_are_narrowed() -> None:
    assert texts.narrow("３２９９０１　１９８５。６") == "3299011985.6"
