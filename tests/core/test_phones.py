"""Telephones: what people write is kept, and what cannot be one is named."""

import pytest

from desktop.core.phones import read_phones


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"), ("+86 138-1234-5678", "13812345678"),
        ("０５１３－８１２３４５６７", "0513-81234567"),
        ("13812345678/051381234567", "13812345678、051381234567"), ("12345", "12345"), ("", ""),
    ],
)  # fmt: skip
def test_a_telephone_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert read_phones(typed).text == kept
    assert read_phones(typed).fault == ""


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("12345678901", "电话“12345678901”不是手机号码。"), ("1381234567", "电话“1381234567”的位数不对。"),
        ("13812345678、99", "电话“99”的位数不对。"), ("无人接", "电话“无人接”的位数不对。"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_telephone_is_named(typed: str, fault: str) -> None:
    assert read_phones(typed).fault == fault
