"""What the disk refuses is said in a sentence; what the program does wrong stays a bug."""

import pytest

from desktop.core.errors import UserError
from desktop.models.database import OperationalError
from desktop.services.sessions import Session
from desktop.services.storage import transaction


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("database or disk is full", "磁盘空间不足。"),
        ("attempt to write a readonly database", "数据文件只能读，不能写。"),
        ("disk I/O error", "磁盘读写出错。"),
        ("unable to open database file", "数据文件打不开。"),
        ("database is locked", "另一个程序正在写数据文件。"),
    ],
)
def test_each_refusal_of_the_disk_has_its_sentence(township: Session, said: str, why: str) -> None:
    with pytest.raises(UserError) as refused, transaction(township.workspace.write, "没有写成备份。"):
        raise OperationalError(said)
    assert (refused.value.what, refused.value.why, refused.value.code) == ("没有写成备份。", why, "cannot-write")


def test_a_mistake_of_the_program_stays_a_bug(township: Session) -> None:
    with pytest.raises(OperationalError, match="no such table"), transaction(township.workspace.write):
        township.workspace.write.run("UPDATE absent SET a = 1")
    with transaction(township.workspace.write):
        township.workspace.write.run("DELETE FROM draft")
