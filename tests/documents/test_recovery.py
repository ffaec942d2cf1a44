"""The recovery sheet fits one page, and what stands on it opens the workspace."""

from collections.abc import Callable

import pytest

from desktop.documents.recovery import RecoverySheet, recovery_pdf
from desktop.documents.render import page_count
from desktop.security import recovery
from tests.documents.papers import EXTRACTORS, by_mupdf, joined

CODE = recovery.show(2**127 + 12345)
SHEET = RecoverySheet("青禾街道", "青禾台账", CODE)


def test_the_sheet_is_one_page_with_code_place_and_use() -> None:
    made = recovery_pdf(SHEET)
    assert page_count(made) == 1
    found = joined(by_mupdf(made))
    assert found.startswith("恢复单单位：青禾街道工作区：青禾台账恢复码：")
    assert "使用说明1.本页可以重新打开工作区。" in found


@pytest.mark.parametrize("extract", EXTRACTORS)
def test_the_letters_that_no_code_has_are_read_without_blanks(extract: Callable[[bytes], str]) -> None:
    assert "连字符可以不输；没有I、L、O、U。4.换发" in joined(extract(recovery_pdf(SHEET)))


def test_the_code_is_read_back_as_it_was_made() -> None:
    line = next(line for line in by_mupdf(recovery_pdf(SHEET)).splitlines() if line.count("-") == 6)
    assert recovery.parse(line) == 2**127 + 12345


def test_the_same_code_makes_the_same_sheet() -> None:
    assert recovery_pdf(SHEET) == recovery_pdf(SHEET)
