"""Lines hold 28 characters and obey 禁则, whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.lines import HALF, break_lines, gaps, halves, may_break, paragraphs, printable

ALPHABET = "中国共产党支部会议，。、；：！？）》」』】%…—（《「『【“‘”’·2026abcW /-.𠮷㛃"
TEXTS = st.text(alphabet=ALPHABET, max_size=300)
INDENTS = st.integers(min_value=0, max_value=20)


def broken(text: str, width: int = 56, first: int = 4, rest: int = 0) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, width, first, rest)]


@given(TEXTS, INDENTS, INDENTS)
@settings(max_examples=400, deadline=None)
def test_no_character_is_lost_or_moved(text: str, first: int, rest: int) -> None:
    assert "".join(broken(text, 56, first, rest)) == text


@given(TEXTS, INDENTS, INDENTS)
@settings(max_examples=400, deadline=None)
def test_no_line_is_wider_than_the_page(text: str, first: int, rest: int) -> None:
    for line in break_lines(text, 56, first, rest):
        shown = text[line.start : line.end]
        assert halves(shown.rstrip(" ") if not line.last else shown) <= 56 - line.indent
        assert line.halves == halves(shown if line.last else shown.rstrip(" "))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_line_ends_against_the_rules_only_where_it_has_no_legal_place(text: str) -> None:
    for line in break_lines(text, 56, 4):
        if line.last or text[line.end - 1] == " ":
            continue
        if not may_break(text, line.end):
            assert not any(may_break(text, at) for at in range(line.start + 1, line.end))


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_broken_without_loss(text: str) -> None:
    for part in paragraphs(text):
        assert "".join(broken(part)) == part


def test_twenty_eight_characters_fill_a_line() -> None:
    assert [len(line) for line in broken("中" * 60, first=0)] == [28, 28, 4]


def test_the_first_line_begins_two_characters_in() -> None:
    assert [len(line) for line in broken("中" * 60)] == [26, 28, 6]


def test_two_digits_share_a_cell() -> None:
    assert [len(line) for line in broken("1" * 60, first=0)] == [56, 4]


def test_a_comma_takes_the_character_before_it_to_the_next_line() -> None:
    assert broken("中" * 26 + "，党") == ["中" * 25, "中，党"]


def test_an_opening_mark_goes_to_the_next_line() -> None:
    assert broken("中" * 25 + "《党章》") == ["中" * 25, "《党章》"]


def test_a_dash_of_two_is_not_split() -> None:
    assert broken("中" * 25 + "——党") == ["中" * 25, "——党"]


def test_an_ellipsis_of_two_is_not_split() -> None:
    assert broken("中" * 25 + "……党") == ["中" * 24, "中……党"]


def test_a_number_is_not_split() -> None:
    assert broken("中" * 25 + "2026年") == ["中" * 25, "2026年"]


def test_a_percent_sign_stays_with_its_number() -> None:
    assert broken("中" * 24 + "95%中中") == ["中" * 24 + "95%", "中中"]
    assert broken("中" * 25 + "95%中中") == ["中" * 25, "95%中中"]


def test_a_word_longer_than_a_line_is_broken_where_it_must_be() -> None:
    assert broken("a" * 100) == ["a" * 52, "a" * 48]


def test_a_line_of_nothing_but_commas_still_ends() -> None:
    assert [len(line) for line in broken("，" * 60, first=0)] == [28, 28, 4]


def test_names_beyond_the_basic_plane_take_one_cell() -> None:
    assert halves("𠮷𬭎") == 4


def test_control_bidi_and_selectors_have_no_shape() -> None:
    assert printable("李\u202e秀\x07英\ufe00\U000e0100\u200b") == "李秀英"


def test_a_tab_becomes_two_full_blanks() -> None:
    assert printable("甲\t乙") == "甲\u3000\u3000乙"


def test_every_kind_of_line_end_begins_a_paragraph() -> None:
    assert paragraphs("甲\r\n乙\r丙\n丁\u2028戊\u2029己") == ["甲", "乙", "丙", "丁", "戊", "己"]


def test_accented_letters_are_half_and_the_middle_dot_is_full() -> None:
    assert HALF.fullmatch("éü")
    assert halves("·×") == 4


def test_a_line_is_spread_between_words_and_never_inside_one() -> None:
    assert gaps("中文2026年") == 3
    assert gaps("中 3.14% 文") == 4
