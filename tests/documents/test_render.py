"""The bytes that are saved are the bytes that are seen."""

import pytest

from desktop.documents.minutes import minutes_pdf
from desktop.documents.render import page_count, page_size, picture
from tests.documents.papers import MINUTES

PDF = minutes_pdf(MINUTES)


def test_pages_are_counted_and_are_a4() -> None:
    assert page_count(PDF) == 2
    assert page_size(PDF, 0) == pytest.approx((595.28, 841.89), abs=0.02)


def test_a_page_is_drawn_in_black_on_white_at_the_asked_size() -> None:
    seen = picture(PDF, 0, 72)
    assert (seen.width, seen.height) == (596, 842)
    assert len(seen.bgra) == seen.stride * seen.height
    assert seen.bgra[:4] == b"\xff\xff\xff\xff"
    assert min(seen.bgra) < 60


def test_there_is_no_picture_of_a_page_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        picture(PDF, 2, 72)
