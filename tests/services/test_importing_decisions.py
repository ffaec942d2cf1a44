"""What a person decides about a doubtful row of a roster goes into the one batch, and comes back with it."""

from pathlib import Path
from typing import Literal

import pytest

from desktop.services import importing, undoing
from desktop.services.roster_doubts import Decision, likeness
from desktop.services.sessions import Session
from desktop.spreadsheets.rosters import Roster, read_roster
from tests.support import workbooks
from tests.support.equality import state

BRANCH = "望湖社区老年协会党支部"
HEADINGS = ["姓名", "性别", "出生日期", "身份证号", "所在党支部", "手机号码"]


def read(folder: Path, *cells: str) -> Roster:
    path = folder / "名册.xlsx"
    path.write_bytes(workbooks.simple([HEADINGS, list(cells)]))
    return read_roster(path, "members")


def bring(session: Session, folder: Path, *cells: str) -> None:
    importing.import_roster(session, roster=read(folder, *cells), name="名册")


@pytest.fixture
def doubted(township: Session, tmp_path: Path) -> tuple[Session, Roster, bytes]:
    """A township that knows 王伟 of a branch, and a roster that names a 王伟 of it with no number."""
    bring(township, tmp_path, "王伟", "男", "1985-06-03", "", BRANCH, "10000000001")
    row = township.db.one("SELECT id FROM person WHERE name = '王伟'")
    assert row is not None
    roster = read(tmp_path, "王伟", "", "", "", BRANCH, "10000000002")
    return township, roster, row[0]


def test_a_doubtful_row_comes_with_the_person_it_resembles_side_by_side(
    doubted: tuple[Session, Roster, bytes],
) -> None:
    session, roster, person = doubted
    (parked,) = importing.import_roster(session, roster=roster, name="名册", dry_run=True).rows
    (like,) = parked.like
    assert (like.record, like.title) == (person, "王伟")
    assert like.facts == (
        ("姓名", "王伟", "王伟"), ("性别", "", "男"), ("出生日期", "", "1985-06-03"),
        ("电话", "100****0002", "100****0001"), ("党支部", BRANCH, BRANCH),
    )  # fmt: skip
    assert like.changes == (("电话", "100****0001", "100****0002"),)


def test_all_that_the_same_person_would_be_given_is_told_before(township: Session, tmp_path: Path) -> None:
    bring(township, tmp_path, "王伟", "男", "1985-06-03", "", BRANCH, "")
    path = tmp_path / "再来.xlsx"
    heads = ["姓名", "所在党支部", "手机号码", "学历", "人员类别", "党小组", "党内职务", "所在社会组织"]
    path.write_bytes(workbooks.simple([
        heads, ["王伟", BRANCH, "10000000002", "大学", "预备党员", "第一党小组", "书记", "望湖老年协会"],
    ]))  # fmt: skip
    (parked,) = importing.import_roster(
        township, roster=read_roster(path, "members"), name="名册", dry_run=True
    ).rows
    (like,) = parked.like
    assert like.changes == (
        ("学历", "", "大学"), ("电话", "", "100****0002"), ("党员状态", "正式", "预备"),
        ("党小组", "", "第一党小组"), ("社会组织", "", "望湖老年协会"), ("职务", "", "书记"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "new", "changed", "skipped", "phones"),
    [
        ("same", 0, 1, 0, ["10000000002"]), ("other", 1, 0, 0, ["10000000001", "10000000002"]),
        ("skip", 0, 0, 1, ["10000000001"]),
    ],
)  # fmt: skip
def test_what_a_person_decides_about_a_row_is_part_of_the_one_batch(
    doubted: tuple[Session, Roster, bytes], verdict: Literal["skip", "same", "other"], new: int, changed: int,
    skipped: int, phones: list[str],
) -> None:
    session, roster, person = doubted
    before = state(session)
    decisions = {roster.rows[0].number: Decision(verdict, person if verdict == "same" else None)}
    seen = importing.import_roster(session, roster=roster, name="名册", dry_run=True, decisions=decisions)
    assert state(session) == before
    done = importing.import_roster(session, roster=roster, name="名册", decisions=decisions)
    for result in (seen, done):
        assert (result.new, result.changed, result.doubtful, result.skipped) == (new, changed, 0, skipped)
    assert [row[0] for row in session.db.rows("SELECT phone FROM person WHERE name = '王伟' ORDER BY phone")] == phones
    if done.unit is not None:
        undoing.undo_unit(session, number=done.unit)
        live = session.db.rows("SELECT phone FROM person WHERE name = '王伟' AND _deleted IS NULL")
        assert [row[0] for row in live] == ["10000000001"]


def test_a_number_that_somebody_has_is_no_other_persons_whatever_is_decided(township: Session, tmp_path: Path) -> None:
    number = "329901198506030018"
    bring(township, tmp_path, "王伟", "男", "1985-06-03", number, BRANCH, "")
    roster = read(tmp_path, "陆建国", "男", "1985-06-03", number, BRANCH, "")
    decisions = {roster.rows[0].number: Decision("other")}
    result = importing.import_roster(township, roster=roster, name="名册", decisions=decisions)
    assert (result.new, [row.why for row in result.rows]) == (0, ["身份证号与已有的“王伟”相同。"])


def test_numbers_that_only_look_alike_when_masked_are_compared_in_full() -> None:
    row, known = {"phone": "10012340002"}, {"name": "王伟", "phone": "10099990002"}
    assert likeness(b"1", known, row, "").facts[1] == ("电话", "10012340002", "10099990002")
