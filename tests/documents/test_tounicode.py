"""The guard of copied text: values are UTF-16BE, so that names beyond U+FFFF are copied as they are."""

import re

from reportlab.pdfbase.ttfonts import makeToUnicodeCMap

from desktop.documents import tounicode


def test_a_character_beyond_the_basic_plane_is_written_as_two_surrogates() -> None:
    assert b"<0001> <D842DFB7>" in tounicode.cmap([(1, ord("𠮷"))])


def test_a_common_character_is_written_as_it_is() -> None:
    assert b"<0007> <515A>" in tounicode.cmap([(7, ord("党"))])


def test_a_block_holds_a_hundred_lines_at_most_and_none_is_lost() -> None:
    made = tounicode.cmap((number + 1, 0x4E00 + number) for number in range(250))
    assert re.findall(rb"(\d+) beginbfchar", made) == [b"100", b"100", b"50"]
    assert len(re.findall(rb"^<[0-9A-F]{4}> <4E[0-9A-F]{2}>$", made, re.MULTILINE)) == 250


def test_reportlabs_own_map_is_still_wrong_which_is_why_ours_exists() -> None:
    assert "<00> <20BB7>" in makeToUnicodeCMap("x", [ord("𠮷")])
