"""Every refusal is said in three Chinese sentences."""

from typing import get_args

import pytest

from desktop.sync.errors import Code, PackageError
from desktop.sync.messages import WORDS, user_error


@pytest.mark.parametrize("code", get_args(Code))
def test_every_code_has_words_that_help(code: Code) -> None:
    error = user_error(PackageError(code, "detail"))
    assert error.code == code
    for sentence in (error.what, error.why, error.do):
        assert sentence.endswith("。")
        assert not any(word in sentence for word in ("失败", "非法", "错误操作", "！"))


def test_no_words_stand_for_nothing() -> None:
    assert set(WORDS) == set(get_args(Code))


def test_a_package_of_somebody_else_is_said_exactly() -> None:
    assert str(user_error(PackageError("not-for-us", "path"))) == (
        "这个数据包没有接收，本机的数据没有变动。数据包是发给别的单位或别的密钥的。"
        "请让发件单位选择本单位作为收件单位，重新导出。"
    )
