"""Rosters in, through the child process, over the workbooks of the domain pack's traps."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.progress import CancelledError, Progress
from desktop.services import importing, undoing, verifying, workspaces
from desktop.services.importing import ImportResult
from desktop.services.roster_names import is_close
from desktop.services.sessions import Session
from desktop.spreadsheets.rosters import read_roster
from tests.support import places, rows, workbooks
from tests.support.equality import assert_search_is_fresh, state

KINDS = ("organisations", "branches", "members")
BRANCH = "中共测试镇老年协会支部委员会"
HEADINGS = ["姓名", "性别", "出生日期", "身份证号", "所在党支部", "手机号码"]


def bring(session: Session, kind: str, file: Path | None = None, *, dry_run: bool = False) -> ImportResult:
    path = file or workbooks.FOLDER / f"{kind}.xlsx"
    return importing.import_file(session, kind=kind, file=path, dry_run=dry_run)  # type: ignore[arg-type]  # a kind


def sheet(folder: Path, *lines: list[object], headings: list[str] | None = None) -> Path:
    path = folder / "名册.xlsx"
    path.write_bytes(workbooks.simple([list(headings or HEADINGS), *lines]))
    return path


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return (result.new, result.changed, result.same, result.doubtful, result.refused)


@pytest.mark.parametrize("kind", KINDS)
def test_the_counts_add_up_to_the_data_rows_and_each_parked_row_is_told(either: Session, kind: str) -> None:
    roster = read_roster(workbooks.FOLDER / f"{kind}.xlsx", kind)  # type: ignore[arg-type]  # a kind
    result = bring(either, kind)
    assert sum(counts(result)) == len(roster.rows)
    assert len({row.row for row in result.rows}) == result.doubtful + result.refused
    assert all(row.column and row.why.endswith("。") and row.do.endswith("。") for row in result.rows)
    assert verifying.verify(either).problems == ()
    assert_search_is_fresh(either)


@pytest.mark.parametrize("order", [KINDS, KINDS[::-1]])
def test_the_same_rosters_twice_change_nothing(either: Session, order: tuple[str, ...]) -> None:
    first = {kind: bring(either, kind) for kind in order}
    before = state(either)
    for kind in order:
        again = bring(either, kind)
        assert (again.new, again.changed, again.unit) == (0, 0, None)
        assert again.same == first[kind].new + first[kind].changed + first[kind].same
        assert (again.doubtful, again.refused) == (first[kind].doubtful, first[kind].refused)
    assert state(either) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_import_is_taken_back_to_equality_and_comes_again(either: Session, kind: str) -> None:
    before = state(either)
    result = bring(either, kind)
    assert result.unit is not None
    after = state(either)
    done = undoing.undo_unit(either, number=result.unit)
    assert done.kept == ()
    assert state(either) == before
    undoing.redo_last(either)
    assert state(either) == after
    assert_search_is_fresh(either)


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_tells_the_same_and_writes_nothing(either: Session, kind: str) -> None:
    before, units = state(either), undoing.list_units(either)
    preview = bring(either, kind, dry_run=True)
    assert (state(either), undoing.list_units(either)) == (before, units)
    assert preview.unit is None
    result = bring(either, kind)
    assert {**asdict(result), "unit": None} == asdict(preview)


def test_what_a_roster_names_and_is_unknown_is_made_as_incomplete_and_listed(either: Session) -> None:
    result = bring(either, "members")
    made = {row.name for row in result.created if row.kind == "branch"}
    assert made == {BRANCH, "测试镇书画社党支部"}
    found = either.db.rows("SELECT name, remark FROM branch WHERE name <> '青禾街道'")
    assert dict(found) == dict.fromkeys(made, "待完善")


def test_the_kind_of_a_branch_that_is_made_follows_its_name(township: Session) -> None:
    bring(township, "organisations")
    kinds = dict(township.db.rows("SELECT name, kind FROM branch"))
    assert kinds["中共测试镇东村总支部委员会"] == kinds["东村党总支"] == "P3"


def test_a_member_is_matched_to_the_post_holder_that_the_branches_roster_named(township: Session) -> None:
    bring(township, "branches")
    bring(township, "members")
    assert township.db.rows("SELECT count(*) FROM person WHERE name = '李明'") == [(1,)]
    posts = township.db.rows("SELECT t.title FROM post t JOIN person p ON p.id = t.person_id WHERE p.name = '李明'")
    assert posts == [("01",)]


def test_an_empty_cell_never_erases(township: Session, tmp_path: Path) -> None:
    full = ["李明", "男", "1985-06-03", "", BRANCH, "10000000001"]
    bring(township, "members", sheet(tmp_path, full))
    result = bring(township, "members", sheet(tmp_path, ["李明", "", "1985-06-03", "", "", ""]))
    assert counts(result) == (0, 0, 1, 0, 0)
    row = township.db.one("SELECT sex, phone FROM person WHERE name = '李明'")
    assert row == ("1", "10000000001")


def test_a_cell_that_differs_changes_only_itself(township: Session, tmp_path: Path) -> None:
    bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", BRANCH, "10000000001"]))
    result = bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", BRANCH, "10000000002"]))
    assert counts(result) == (0, 1, 0, 0, 0)
    changed = township.db.one('SELECT tbl, "columns" FROM "change" WHERE unit = ?', (result.unit,))
    assert changed == ("person", "phone")


@pytest.mark.parametrize(
    "name",
    ["B901", "老年协会支部", "测试镇老年协会支部委员会", "中国共产党" + BRANCH[2:], "测试镇 老年协会　支部委员会"],
)
def test_a_branch_is_matched_by_code_name_and_short_name_after_folding(
    township: Session, tmp_path: Path, name: str
) -> None:
    where = rows.branch(township, BRANCH, "B901", short_name="老年协会支部")
    result = bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", name, ""]))
    assert (counts(result), result.created) == ((1, 0, 0, 0, 0), ())
    assert township.db.rows("SELECT branch_id FROM membership") == [(where,)]


def test_a_name_close_to_one_known_is_doubtful_and_writes_nothing(township: Session, tmp_path: Path) -> None:
    rows.branch(township, "青禾街道柳溪社区老年协会党支部", "B901")
    before = state(township)
    line = ["李明", "男", "1985-06-03", "", "青禾街道柳溪社区老人协会党支部", ""]
    result = bring(township, "members", sheet(tmp_path, line))
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == (
        "党组织“青禾街道柳溪社区老人协会党支部”与已有的“青禾街道柳溪社区老年协会党支部”相近，不能断定是不是同一个。"
    )
    assert state(township) == before


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("青禾街道柳溪社区第一党支部", "青禾街道柳溪社区第二党支部", False),
        ("青禾街道柳溪社区党支部委员会", "青禾街道柳溪社区党总支委员会", False),
        ("青禾街道柳溪社区老年协会党支部", "青禾街道柳溪社区老人协会党支部", True),
        ("青禾街道柳溪社区老年协会党支部", "青禾街道柳溪社区老年协会党支部", False),
        ("老年协会", "书画社", False),
    ],
)
def test_what_counts_as_close(one: str, other: str, close: bool) -> None:  # noqa: FBT001
    assert is_close(one, other) is close


def test_two_rows_about_one_person_are_doubtful(township: Session, tmp_path: Path) -> None:
    line = ["李明", "男", "1985-06-03", "", BRANCH, "10000000001"]
    result = bring(township, "members", sheet(tmp_path, line, [*line[:5], "10000000002"]))
    assert counts(result) == (1, 0, 0, 1, 0)
    assert (result.rows[0].row, result.rows[0].why) == (3, "与第 2 行写的是同一个人。")


def test_a_name_and_a_branch_alone_do_not_tell_who_it_is(township: Session, tmp_path: Path) -> None:
    bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", BRANCH, ""]))
    result = bring(township, "members", sheet(tmp_path, ["李明", "", "", "", BRANCH, "10000000009"]))
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == "这个支部已有“李明”，只凭姓名和支部不能断定是同一人。"


def test_a_member_of_another_branch_is_moved_only_by_a_transfer(township: Session, tmp_path: Path) -> None:
    bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", BRANCH, ""]))
    result = bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", "另一个党支部", ""]))
    assert (counts(result), result.created) == ((0, 0, 0, 1, 0), ())
    assert result.rows[0].why == f"组织关系现在“{BRANCH}”，名册里写的是别的支部。"
    assert township.db.one("SELECT count(*) FROM membership WHERE ends_on IS NULL AND _deleted IS NULL") == (1,)


def test_an_identity_number_of_somebody_else_is_doubtful(township: Session, tmp_path: Path) -> None:
    number = workbooks.identity("329901", "19850603", "001")
    bring(township, "members", sheet(tmp_path, ["李明", "男", "", number, BRANCH, ""]))
    result = bring(township, "members", sheet(tmp_path, ["李鸣", "男", "", number, BRANCH, ""]))
    assert result.rows[0].why == "身份证号与已有的“李明”相同，姓名不同。"


def test_a_cancelled_import_leaves_nothing(township: Session) -> None:
    before, progress = state(township), Progress()
    progress.report = lambda done, _total, _text: progress.cancel() if done == 2 else None
    roster = read_roster(workbooks.FOLDER / "members.xlsx", "members")
    with pytest.raises(CancelledError):
        importing.import_roster(township, roster=roster, name="members.xlsx", progress=progress)
    assert state(township) == before


def test_a_county_takes_no_roster(tmp_path: Path) -> None:
    county = places.open_new(tmp_path / "c", "county", encrypted=False)
    with pytest.raises(UserError, match="县级工作区的名册由乡镇的数据包带来"):
        bring(county, "members")
    workspaces.close(county.workspace)


def _encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


HOSTILE: dict[str, tuple[str, object]] = {
    "encrypted": ("workbook-encrypted", _encrypted),
    "truncated": ("workbook-truncated", lambda: (workbooks.FOLDER / "members.xlsx").read_bytes()[:3000]),
    "html": ("workbook-html", "<html><table><tr><td>姓名</td></tr></table></html>".encode),
    "empty sheet": ("workbook-sheet-empty", lambda: workbooks.simple([])),
    "no header": ("workbook-no-header", lambda: workbooks.simple([[1, 2, 3], [4, 5, 6]])),
    "nothing": ("workbook-empty-file", lambda: b""),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_no_roster_is_refused_and_changes_nothing(township: Session, tmp_path: Path, case: str) -> None:
    code, make = HOSTILE[case]
    file = tmp_path / "名册.xlsx"
    file.write_bytes(make())  # type: ignore[operator]  # a maker
    before, counted = state(township), Counter(row.kind for row in undoing.list_units(township))
    with pytest.raises(UserError) as refused:
        bring(township, "members", file)
    assert (refused.value.code, refused.value.what) == (code, "没有导入这个文件。")
    assert (state(township), Counter(row.kind for row in undoing.list_units(township))) == (before, counted)


def test_a_zip_bomb_is_refused(township: Session, tmp_path: Path) -> None:
    parts = [("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]
    file = workbooks.zipped(tmp_path / "炸.xlsx", [*parts, ("xl/worksheets/sheet1.xml", bytes(8 << 20))])
    with pytest.raises(UserError) as refused:
        bring(township, "members", file)
    assert refused.value.code == "workbook-bomb"


def test_hidden_formulas_stay_text(township: Session, tmp_path: Path) -> None:
    result = bring(township, "members", sheet(tmp_path, ["李明", "男", "1985-06-03", "", BRANCH, "=1+1"]))
    assert result.new + result.refused == 1
