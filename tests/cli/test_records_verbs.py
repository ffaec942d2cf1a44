"""The verbs over records: import, list, check, minutes, undo."""

from pathlib import Path

import pytest

from desktop.cli import tables
from desktop.models.registry import MODELS
from desktop.services import records, workspaces
from desktop.services.units import unit
from tests.cli.conftest import Doudi
from tests.support import places, rows, workbooks

IMPORT_KEYS = {
    "kind", "sheet", "header_row", "columns", "new", "changed", "same", "doubtful", "refused", "unit", "created",
    "warned", "rows",
}  # fmt: skip
MEMBERS = workbooks.FOLDER / "members.xlsx"


def test_an_import_answers_with_counts_that_add_up(doudi: Doudi, town: Path, password: Path) -> None:
    said = doudi("import", "members", MEMBERS, "--workspace", town, "--password-file", password, "--json")
    assert (said.code, said.err) == (0, "")
    assert set(said.json) == IMPORT_KEYS
    assert (said.json["kind"], said.json["sheet"], said.json["header_row"]) == ("members", "党员花名册", 3)
    assert sum(said.json[name] for name in ("new", "changed", "same", "doubtful", "refused")) == 6
    assert {frozenset(row) for row in said.json["rows"]} == {frozenset({"row", "column", "text", "why", "do"})}
    assert all(set(row) == {"kind", "name"} for row in said.json["created"])
    assert all(set(row) == {"row", "column", "text", "why"} for row in said.json["warned"])
    assert said.json["columns"]["id_number"] == "公民身份证号码"


def test_the_same_roster_twice_is_all_the_same_and_has_no_unit(doudi: Doudi, town: Path, password: Path) -> None:
    common = ("--workspace", town, "--password-file", password, "--json")
    first = doudi("import", "members", MEMBERS, *common).json
    again = doudi("import", "members", MEMBERS, *common).json
    assert (again["new"], again["changed"], again["same"], again["unit"]) == (0, 0, first["new"], None)


def test_a_preview_writes_nothing(doudi: Doudi, town: Path, password: Path) -> None:
    common = ("--workspace", town, "--password-file", password, "--json")
    preview = doudi("import", "members", MEMBERS, "--dry-run", *common)
    assert (preview.code, preview.json["unit"]) == (0, None)
    kinds = {row["kind"]: row["rows"] for row in doudi("list", *common).json["kinds"]}
    assert kinds["person"] == 0


def test_an_import_is_undone_by_its_number(doudi: Doudi, town: Path, password: Path) -> None:
    common = ("--workspace", town, "--password-file", password, "--json")
    unit = doudi("import", "members", MEMBERS, *common).json["unit"]
    said = doudi("undo", unit, *common)
    assert (said.code, said.json["kept"]) == (0, [])
    assert said.json["cells"] > 0
    again = doudi("undo", unit, *common)
    assert (again.code, again.error["code"]) == (1, "undone")


def test_a_file_that_is_no_roster_is_refused_in_three_parts(doudi: Doudi, town: Path, password: Path) -> None:
    said = doudi("import", "members", password, "--workspace", town, "--password-file", password)
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 3
    assert said.err.splitlines()[0] == "没有导入这个文件。"


def test_a_missing_file_is_said_in_json(doudi: Doudi, town: Path, password: Path, tmp_path: Path) -> None:
    said = doudi("import", "members", tmp_path / "无.xlsx", "--workspace", town, "--password-file", password, "--json")
    assert (said.code, said.error["code"]) == (1, "workbook-missing")


def test_list_counts_the_kinds_and_gives_the_rows_of_one(doudi: Doudi, town: Path, password: Path) -> None:
    common = ("--workspace", town, "--password-file", password, "--json")
    doudi("import", "members", MEMBERS, *common)
    kinds = doudi("list", *common).json["kinds"]
    assert all(set(row) == {"kind", "name", "rows"} for row in kinds)
    for row in kinds:
        listed = doudi("list", row["kind"], *common)
        assert (listed.code, len(listed.json["rows"])) == (0, row["rows"])


def test_a_branch_code_that_is_none_is_refused(doudi: Doudi, town: Path, password: Path) -> None:
    said = doudi("list", "person", "--branch", "B999", "--workspace", town, "--password-file", password, "--json")
    assert said.code == 1
    assert "B999" in said.error["what"] + said.error["why"]


def test_check_tells_the_day_it_judges(doudi: Doudi, town: Path, password: Path) -> None:
    common = ("--workspace", town, "--password-file", password, "--json")
    said = doudi("check", *common, "--on", "2026-03-05")
    assert (said.code, said.json["on"]) == (0, "2026-03-05")
    wanted = {"rule", "severity", "subject", "code", "name", "period", "due", "state", "clause", "why", "go"}
    assert all(set(row) == wanted for row in said.json["findings"])


def test_minutes_of_an_empty_township_are_no_file_or_a_refusal(doudi: Doudi, town: Path, password: Path) -> None:
    out = town.parent / "out"
    said = doudi("minutes", "--all", "--out", out, "--workspace", town, "--password-file", password, "--json")
    assert said.code in {0, 1}
    assert (said.json["files"] == []) if said.code == 0 else said.error["code"]


@pytest.mark.parametrize("meeting", ["xyz", "0" * 32])
def test_a_meeting_that_is_none_is_refused(doudi: Doudi, town: Path, password: Path, meeting: str) -> None:
    said = doudi("minutes", "--meeting", meeting, "--out", town.parent / "out", "--workspace", town,
                 "--password-file", password, "--json")  # fmt: skip
    assert said.code == 1
    assert said.error["what"]


def test_a_secretary_may_not_import(doudi: Doudi, tmp_path: Path, password: Path) -> None:
    from desktop.security.slots import Cost
    from desktop.services import accounts
    from desktop.services.sessions import Role

    session = places.open_new(tmp_path / "s", encrypted=False)
    where = rows.branch(session, "第一党支部", "B901")
    accounts.add_account(session, name="sj", title="书记", role=Role.SECRETARY, password=places.PASSWORD, branch=where,
                         cost=Cost())  # fmt: skip
    workspaces.close(session.workspace)
    said = doudi("import", "members", MEMBERS, "--workspace", tmp_path / "s", "--account", "sj", "--password-file",
                 password, "--json")  # fmt: skip
    assert (said.code, said.error["code"]) == (1, "not-allowed")


def test_lists_in_words_line_up_under_chinese_headings(doudi: Doudi, town: Path, password: Path) -> None:
    common = ("--workspace", town, "--password-file", password)
    doudi("import", "members", MEMBERS, *common)
    kinds = doudi("list", *common).out.splitlines()
    assert kinds[0].split() == ["KIND", "类别", "条数"]
    head, *lines = doudi("list", "person", *common).out.splitlines()
    assert head.split()[:2] == ["编号", "姓名"]
    assert not any(word.isascii() for word in head.split())
    at = tables.places(head[: head.index("性别")])
    for line in lines:
        cut = next(n for n in range(len(line) + 1) if tables.places(line[:n]) == at)
        assert line[cut] in "男女 "
    assert doudi("list", "conflict", *common).out == "没有记录。\n"


def test_check_in_words_says_state_and_severity_in_chinese(doudi: Doudi, tmp_path: Path) -> None:
    doudi("demo", tmp_path / "d", "--plain")
    lines = doudi("check").out.splitlines()
    states = {"待处理", "将到期", "逾期", "无法判断", "已说明", "暂缓", "不适用"}
    for line in lines:
        rule, severity, state, *_ = line.split("  ")
        assert rule[:3].isupper()
        assert severity in {"不合规定", "提醒", "提示"}
        assert state in states


def test_columns_of_a_table_count_wide_characters_twice() -> None:
    lines = tables.table(("名", "年"), [("王𬭎", "1985"), ("Ab", ""), ("长" * 30, "2")])
    assert lines == (
        "名" + " " * 37 + "  年", "王𬭎" + " " * 35 + "  1985", "Ab", "长" * 19 + "…  2",
    )  # fmt: skip


def test_a_file_in_the_place_of_the_folder_for_minutes_is_a_sentence(doudi: Doudi, tmp_path: Path) -> None:
    doudi("demo", tmp_path / "d", "--plain")
    (tmp_path / "out").write_text("")
    said = doudi("minutes", "--all", "--year", "2026", "--out", tmp_path / "out", "--json")
    assert (said.code, said.error["why"]) == (1, "那里已经有同名的文件。")


def test_minutes_leave_a_line_in_the_audit(doudi: Doudi, tmp_path: Path, password: Path) -> None:
    session = places.open_new(tmp_path / "m", encrypted=False)
    where = rows.branch(session, "第一党支部", "B901")
    with unit(session, "登记会议"):
        held = {"branch_id": where, "record_class": "brief", "state": "passed", "held_on": "2026-03-05"}
        key = records.insert(session, MODELS["meeting"], held)
    workspaces.close(session.workspace)
    said = doudi("minutes", "--meeting", key.hex(), "--out", tmp_path / "out", "--workspace", tmp_path / "m",
                 "--password-file", password, "--json")  # fmt: skip
    assert (said.code, len(said.json["files"])) == (0, 1)
    session = places.reopen(tmp_path / "m")
    lines = session.db.rows("SELECT deed, detail FROM audit WHERE deed = 'save-pdf'")
    workspaces.close(session.workspace)
    assert lines == [("save-pdf", f"meeting:{key.hex()}")]
