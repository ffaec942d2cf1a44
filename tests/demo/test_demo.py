"""The demo township: what it holds, what must come of it, and that it is the same each time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.progress import CancelledError, Progress
from desktop.demo import bulk, township
from desktop.demo.numbers import id_check
from desktop.models.registry import PART_SPECS, SPECS, stored_columns
from desktop.rules.packs import Value
from desktop.services import findings, rule_settings, workspaces
from desktop.services.sessions import Role, Session
from tests.support import demo

RULES = {
    "ORG-01", "ORG-02", "ORG-03", "ORG-04", "ORG-05", "ORG-06", "ORG-07", "ORG-10", "ORG-12", "ORG-13", "ORG-14",
    "ORG-16", "BACK-01", "MTG-01", "MTG-02", "MTG-03", "MTG-04", "MTG-06", "MTG-10", "MTG-11", "MTG-12", "MTG-17",
    "ELE-01", "ELE-02", "UNI-01", "UNI-05", "CMP-01", "CMP-02", "CMP-03",
}  # fmt: skip
Key = tuple[str, str, str | None, str, str | None]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = demo.copy_demo(tmp_path_factory.mktemp("demo") / "w")
    yield session
    workspaces.close(session.workspace)


def found(session: Session) -> Counter[Key]:
    return Counter((row.rule, row.subject, row.code, row.name, row.period) for row in findings.check(session))


def expected(made: township.Made) -> Counter[Key]:
    return Counter((row.rule, row.subject, row.code, row.name, row.period) for row in made.planted)


def count(session: Session, sql: str) -> int:
    row = session.db.one(f"SELECT count(*) FROM {sql}")
    assert row is not None
    return int(row[0])


def content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every record and part table, in its order."""
    tables = {name: stored_columns(spec) for name, spec in SPECS.items()}
    tables |= {name: (part.key[0], *(column.name for column in part.columns)) for name, part in PART_SPECS.items()}
    return {
        name: session.db.rows(f"SELECT {', '.join(columns)} FROM {name} ORDER BY 1, 2")
        for name, columns in tables.items()
    }


def test_check_finds_exactly_what_was_planted(town: Session) -> None:
    assert found(town) == expected(demo.made())


def test_every_rule_of_these_records_has_a_finding() -> None:
    assert {row.rule for row in demo.made().planted} == RULES


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [("ORG-16", "min_full", 52), ("MTG-04", "times", 2), ("ELE-01", "years", 2), ("CMP-01", "fields", ("sex",))],
)
def test_another_number_in_a_rule_is_seen_in_the_comparison(
    tmp_path: Path, rule: str, name: str, value: Value
) -> None:
    session = demo.copy_demo(tmp_path / "w")
    settings = replace(rule_settings.read(session), values={(rule, name): value})
    rule_settings.write(session, settings=settings, reason="试一个别的数")
    assert found(session) != expected(demo.made())
    workspaces.close(session.workspace)


def test_the_town_has_the_scale_of_the_recipe(town: Session) -> None:
    assert count(town, "place") == 10
    assert count(town, "branch") == 26
    assert count(town, "branch WHERE field IN ('3', '7')") == 10
    assert count(town, "branch WHERE field IN ('3', '7') AND kind = 'P3'") == 2
    kinds = town.db.rows("SELECT kind, count(*) FROM branch WHERE field = '8' GROUP BY kind ORDER BY kind")
    assert kinds == [("P1", 1), ("P4", 9), ("P5", 3), ("P6", 1), ("P7", 1)]
    types = town.db.rows("SELECT type, count(*) FROM organisation GROUP BY type ORDER BY type")
    assert types == [("A1", 9), ("A2", 5), ("A3", 1), ("A4", 1), ("B", 32)]


def test_the_town_has_the_people_of_the_recipe(town: Session) -> None:
    rows = town.db.rows(
        "SELECT standing, count(DISTINCT person_id) FROM membership WHERE ends_on IS NULL GROUP BY standing"
    )
    assert dict(rows) == {"50": 226, "40": 10, "20": 14, "30": 5, "10": 22}
    assert count(town, "(SELECT DISTINCT person_id FROM instructor)") == 12


def test_half_of_the_organisations_have_no_member(town: Session) -> None:
    rows = town.db.rows(
        "SELECT o.id, count(DISTINCT m.person_id) FROM organisation o LEFT JOIN membership m "
        "ON m.organisation_id = o.id AND m.ends_on IS NULL GROUP BY o.id"
    )
    sizes = [size for _, size in rows]
    assert sizes.count(0) == 26
    assert sizes.count(1) + sizes.count(2) == 12


def test_no_identity_number_can_be_anybodys(town: Session) -> None:
    numbers = [row[0] for row in town.db.rows("SELECT id_number FROM person WHERE id_number IS NOT NULL")]
    assert len(numbers) == len(set(numbers)) > 200
    assert all(number.startswith("329901") and number[-1] == id_check(number[:17]) for number in numbers)


def test_no_telephone_can_be_anybodys(town: Session) -> None:
    phones = town.db.rows("SELECT phone FROM person UNION SELECT contact FROM branch")
    assert all(re.fullmatch(r"1000000\d{4}", row[0]) for row in phones if row[0])


def test_names_that_programs_stumble_over_are_there(town: Session) -> None:
    names = Counter(row[0] for row in town.db.rows("SELECT name FROM person"))
    wanted = {"阿依古丽·买买提", "欧阳建国", "万俟红梅", "张䶮", "陈𬭎", "顾𠮷", "王丽 ", "李　明"}
    assert wanted <= names.keys()
    branch = "SELECT p.id FROM person p JOIN membership m ON m.person_id = p.id JOIN branch b ON b.id = m.branch_id"
    assert len(set(town.db.rows(f"{branch} WHERE p.name = '张伟' AND b.code = 'B013'"))) == 3


def test_records_stand_on_every_step_of_their_way(town: Session) -> None:
    states = dict(town.db.rows("SELECT state, count(*) FROM meeting GROUP BY state"))
    assert states.keys() == {"draft", "submitted", "returned", "passed", "archived"}
    assert count(town, "meeting WHERE version_of IS NOT NULL AND version = 2") == 1


def test_the_accounts_open_with_the_password_that_is_shown(tmp_path: Path) -> None:
    note = workspaces.demo_of(demo.template()[0])
    assert note is not None
    assert (note.password, note.on) == ("doudi-demo", "2026-11-23")
    roles = []
    for account, _ in note.accounts:
        session = demo.copy_demo(tmp_path / account, account=account)
        roles.append((account, session.role, session.workspace.demo))
        workspaces.close(session.workspace)
    assert roles == [
        ("gly", Role.OFFICER, True), ("gs", Role.CLERK, True), ("sj", Role.SECRETARY, True), ("cy", Role.READER, True),
    ]  # fmt: skip


def test_two_runs_of_one_seed_are_equal_and_those_of_two_are_not(tmp_path: Path, town: Session) -> None:
    again, other = (township.make(tmp_path / str(seed), seed=seed, encrypted=seed == 1) for seed in (1, 5))
    assert again == demo.made()
    sessions = [demo.open_demo(tmp_path / name) for name in ("1", "5")]
    assert content(sessions[0]) == content(town)
    assert content(sessions[1])["person"] != content(town)["person"]
    assert found(sessions[1]) == expected(other)
    for session in sessions:
        workspaces.close(session.workspace)


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        township.make(tmp_path)
    assert refused.value.code == "not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        township.make(tmp_path / "w", profile="huge")
    assert str(refused.value) == "没有建立示例。没有“huge”这种示例。请选 small、township、roster。"


def test_a_demo_that_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()

    def cancel(done: int, total: int, text: str) -> None:
        progress.cancel()

    progress.report = cancel
    with pytest.raises(CancelledError):
        township.make(tmp_path / "w", encrypted=False, progress=progress)
    assert list((tmp_path / "w").iterdir()) == []


def test_the_stress_township_has_just_its_planted_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BRANCHES", 20)
    made = township.make(tmp_path / "w", profile="township", encrypted=False)
    session = demo.open_demo(tmp_path / "w")
    assert len(made.planted) == 1
    assert found(session) == expected(made)
    assert count(session, "meeting") > 20 * 210
    workspaces.close(session.workspace)


def test_the_roster_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "VILLAGES", 3)
    monkeypatch.setattr(bulk, "PEOPLE", 80)
    made = township.make(tmp_path / "w", profile="roster", encrypted=False)
    session = demo.open_demo(tmp_path / "w")
    assert count(session, "person") == 3 * bulk.PEOPLE
    assert (made.planted, findings.check(session)) == ((), ())
    workspaces.close(session.workspace)


def test_who_takes_the_minutes_was_there_and_is_on_the_list(town: Session) -> None:
    absent = town.db.rows(
        "SELECT m.held_on, m.recorder FROM meeting m WHERE m.record_class = 'full' AND m.recorder IS NOT NULL "
        "AND m.version_of IS NULL AND m.id NOT IN (SELECT version_of FROM meeting WHERE version_of IS NOT NULL) "
        "AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.name = m.recorder "
        "AND a.status = '1')"
    )
    assert absent == []
