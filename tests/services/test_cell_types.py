"""`verify` names cells that hold what their column does not allow, on both drivers."""

import pytest

from desktop.models.meeting import Meeting
from desktop.services import records, verifying
from desktop.services.sessions import Session
from desktop.services.units import unit
from tests.support import rows


def _meeting(session: Session, branch: bytes) -> bytes:
    with unit(session, "记录会议"):
        return records.insert(session, Meeting, {"branch_id": branch, "record_class": "full", "state": "draft"})


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("person", "born_on", "2020-13-45", "不是日期"),
        ("person", "born_on", "2023-02-29", "不是日期"),
        ("person", "born_on", "6508-09-00", "不是日期"),
        ("person", "born_on", "1965-8", "不是日期"),
        ("person", "born_on", "０００１", "不是日期"),
        ("person", "name", b"\x01", "不是文字"),
        ("meeting", "starts_at", "25:00", "不是钟点"),
        ("meeting", "version", "二", "不是整数"),
        ("meeting", "extra", "{", "读不出来"),
    ],
)
def test_a_cell_that_its_column_does_not_allow_is_named(
    either: Session, table: str, column: str, value: object, words: str
) -> None:
    branch = rows.branch(either, "柳溪党支部", "B012")
    key = _meeting(either, branch) if table == "meeting" else rows.person(either, "李明")
    with either.workspace.write.writable():
        either.workspace.write.run(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', (value, key))
    assert verifying.verify(either).problems == (f"表 {table} 的 {column} 有 1 处{words}：编号 {key.hex()}",)


def test_dates_of_every_precision_and_a_leap_day_are_right(either: Session) -> None:
    for date in ("1985", "1985-06", "1985-06-03", "2024-02-29"):
        rows.person(either, "李明", born_on=date)
    assert verifying.verify(either).ok


def test_an_id_of_another_length_and_many_wrong_cells_are_told_with_the_first_ids(either: Session) -> None:
    write = either.workspace.write
    with write.writable():
        write.run("INSERT INTO person (id, name) VALUES (?, '李明')", (b"\x01",))
    assert "表 person 的 id 有 1 处不是 16 字节的编号：编号 01" in verifying.verify(either).problems
    for name in rows.NAMES[:6]:
        rows.person(either, name, joined_on="2020")
    with write.writable():
        write.run("UPDATE person SET joined_on = '2020-13' WHERE joined_on IS NOT NULL")
    (told,) = (line for line in verifying.verify(either).problems if "joined_on" in line)
    assert told.startswith("表 person 的 joined_on 有 6 处不是日期：编号 ")
    assert told.endswith("等")
