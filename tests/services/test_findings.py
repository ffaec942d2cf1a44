"""What the check reads from the workspace, and whom it shows what."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.services import findings, rule_settings, workspaces
from desktop.services.sessions import Session
from tests.services.findings_world import branch, found, key, periods, run
from tests.support import demo


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Session]:
    session = demo.copy_demo(tmp_path / "w")
    yield session
    workspaces.close(session.workspace)


def test_a_finding_has_the_keys_that_others_rely_on(town: Session) -> None:
    row = asdict(findings.check(town)[0])
    assert list(row) == [
        "rule", "severity", "subject", "code", "name", "period", "due", "state", "clause", "why", "go",
    ]  # fmt: skip


def test_findings_come_by_rule_and_code(town: Session) -> None:
    rows = findings.check(town)
    assert [row.rule for row in rows][:3] == ["ORG-01", "ORG-02", "ORG-03"]
    codes = [row.code for row in rows if row.rule == "MTG-06"]
    assert codes == sorted(code for code in codes if code)


def test_a_finding_shows_its_sum_and_its_clause(town: Session) -> None:
    (row,) = found(town, "ORG-04")
    assert row.why == "正式党员 51 + 预备党员 2 = 53 > 50，宜划分或升格"
    assert row.clause == "《中国共产党支部工作条例（试行）》第四条（待核对）"
    assert row.go == f"branches/{row.subject}"


def test_a_secretary_sees_the_own_branch_alone(tmp_path: Path) -> None:
    session = demo.copy_demo(tmp_path / "w", account="sj")
    rows = findings.check(session)
    assert {(row.rule, row.period) for row in rows} >= {("MTG-02", "2026-11"), ("MTG-06", "2026-11")}
    own = {"柳溪社区老年协会党支部", "第一党小组", "第二党小组"}
    assert {row.name for row in rows if not row.subject.startswith("meeting:")} <= own
    with pytest.raises(UserError, match="这个账号只管本支部"):
        findings.check(session, branch=branch(session, "B013"))
    workspaces.close(session.workspace)


def test_a_secretary_sees_the_organisation_that_the_branch_covers(tmp_path: Path) -> None:
    session = demo.copy_demo(tmp_path / "w")
    run(session, "UPDATE organisation SET head_id = NULL WHERE name = '柳溪社区老年协会'")
    workspaces.close(session.workspace)
    session = demo.open_demo(tmp_path / "w", account="sj")
    assert [row.name for row in found(session, "CMP-03")] == ["柳溪社区老年协会"]
    workspaces.close(session.workspace)


def test_one_branch_is_asked_for_with_those_below_it(town: Session) -> None:
    rows = findings.check(town, branch=branch(town, "B026"))
    assert {row.code for row in rows if row.rule == "MTG-06"} >= {"B012", "B016", "B017"}
    assert not [row for row in rows if row.rule == "CMP-01" and "身份" in row.why]
    assert {row.code for row in findings.check(town, branch=branch(town, "B018"))} == {"B018"}


def test_a_deleted_meeting_does_not_count(town: Session) -> None:
    assert periods(town, "MTG-01", "B012") == []
    run(
        town,
        "UPDATE meeting SET _deleted = '误录' WHERE branch_id = ? AND held_on LIKE '2025-0%' AND id IN "
        "(SELECT meeting_id FROM meeting_kind WHERE kind = 'members')",
        branch(town, "B012"),
    )
    assert periods(town, "MTG-01", "B012") == [("2025Q1", "overdue"), ("2025Q2", "overdue"), ("2025Q3", "overdue")]


def test_a_meeting_of_a_vague_date_is_read_as_one_of_the_window(town: Session) -> None:
    code = "B018"
    assert periods(town, "MTG-01", code) == [("2026Q2", "postponed")]
    meeting = key(
        town,
        "SELECT m.id FROM meeting m JOIN meeting_kind k ON k.meeting_id = m.id WHERE m.branch_id = ? AND "
        "k.kind = 'members' AND m.held_on LIKE '2025%' ORDER BY m.held_on",
        branch(town, code),
    )
    run(town, "UPDATE meeting SET held_on = '2025', record_class = 'brief' WHERE id = ?", meeting)
    assert ("2025Q1", "unknown") in periods(town, "MTG-01", code)


def test_a_correction_out_of_the_window_takes_the_old_version_with_it(town: Session) -> None:
    code = "B012"
    meeting = key(
        town,
        "SELECT m.id FROM meeting m JOIN meeting_kind k ON k.meeting_id = m.id WHERE m.branch_id = ? AND "
        "k.kind = 'members' AND m.held_on LIKE '2025%' ORDER BY m.held_on",
        branch(town, code),
    )
    run(
        town,
        "INSERT INTO meeting (id, branch_id, record_class, held_on, topic, state, version, version_of) "
        "SELECT ?, branch_id, 'brief', '2024-12-30', topic, 'archived', 2, id FROM meeting WHERE id = ?",
        town.new_id(),
        meeting,
    )
    assert periods(town, "MTG-01", code) == [("2025Q1", "overdue")]


def test_nothing_is_asked_of_the_time_before_the_go_live_date(town: Session) -> None:
    settings = replace(rule_settings.read(town), go_live=date(2026, 10, 1))
    rule_settings.write(town, settings=settings, reason="十月起用本程序记录")
    assert {row.period for row in findings.check(town) if row.rule.startswith("MTG-0")} == {"2026-11"}


def test_a_village_branch_is_looked_at_once_it_is_switched_on(town: Session) -> None:
    assert found(town, "MTG-01", "B003") == []
    settings = replace(rule_settings.read(town), switched_on=frozenset({branch(town, "B003")}))
    rule_settings.write(town, settings=settings, reason="街道决定一并检查")
    assert len(found(town, "MTG-01", "B003")) == 7


def test_a_rule_is_switched_off_and_its_number_set_by_the_officer(town: Session) -> None:
    settings = rule_settings.RuleSettings(values={("ORG-16", "min_full"): 60}, switches={"ORG-14": False})
    rule_settings.write(town, settings=settings, reason="区委文件")
    assert rule_settings.read(town) == settings
    assert found(town, "ORG-14") + found(town, "ORG-16") == []


def test_settings_of_rules_need_a_reason_and_a_number_that_fits(town: Session) -> None:
    with pytest.raises(UserError) as refused:
        rule_settings.write(town, settings=rule_settings.RuleSettings(), reason=" ")
    assert str(refused.value) == "没有改动检查规则。没有写改动的理由。请写明依据，例如本地的文件。"
    wrong = rule_settings.RuleSettings(values={("MTG-01", "times"): 0})
    with pytest.raises(UserError, match="没有可由本地改动的参数"):
        rule_settings.write(town, settings=wrong, reason="试试")


def test_a_closed_branch_and_a_suspended_one_owe_nothing(town: Session) -> None:
    run(town, "UPDATE branch SET state = '5' WHERE code = 'B018'")
    run(town, "UPDATE branch SET state = '2' WHERE code = 'B015'")
    assert found(town, "MTG-01", "B018") == []
    assert found(town, "MTG-02", "B015") == []


def test_either_driver_finds_the_same(either: Session) -> None:
    run(
        either,
        "INSERT INTO branch (id, code, name, kind, field, parent_id, state) "
        "SELECT ?, 'B009', '望湖社区老年协会党支部', 'P4', '8', id, '1' FROM branch",
        either.new_id(),
    )
    assert [(row.rule, row.state) for row in findings.check(either)] == [
        ("MTG-01", "unknown"), ("MTG-04", "unknown"), ("MTG-06", "unknown"), ("ELE-01", "unknown"), ("CMP-02", "open"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("membership", "ends_on"), ("person", "born_on"), ("branch", "founded_on"), ("term", "elected_on"),
        ("post", "starts_on"), ("organisation", "registered_on"), ("management", "starts_on"), ("meeting", "held_on"),
        ("joint_unit", "starts_on"), ("person", "full_on"),
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_unknown_and_stops_no_check(town: Session, table: str, column: str) -> None:
    run(town, f"UPDATE {table} SET {column} = '2020-13-45' WHERE _deleted IS NULL")
    assert findings.check(town)
