"""The lists of pages: members, meetings and the year, every table for `doudi list`."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.core.errors import UserError
from desktop.services import listing, meeting_lists, meeting_states, meetings, member_lists, persons
from desktop.services.joint_units import UnitDraft
from desktop.services.meeting_drafts import MeetingDraft, prefill, with_absent
from desktop.services.sessions import Role, Session
from tests.services import record_world as world


def gathering(session: Session, at: bytes, on: str, *kinds: str, **more: object) -> bytes:
    draft = prefill(session, branch=at, kinds=kinds, on=date.fromisoformat(on))
    return world.known(meetings.save(session, draft=replace(draft, **more)).key)  # type: ignore[arg-type]


def test_members_stand_in_the_order_of_their_branches(either: Session) -> None:
    first, second = world.branch(either, "望湖社区党支部"), world.branch(either)
    world.member(either, second, "王伟")
    world.member(either, first, "李明", standing="40")
    rows = member_lists.list_members(either)
    assert [(row.name, row.standing_name, row.branch) for row in rows] == [
        ("李明", "预备", "望湖社区党支部"),
        ("王伟", "正式", world.BRANCH),
    ]


def test_views_and_their_counts_agree(either: Session) -> None:
    at = world.branch(either)
    world.member(either, at, "王伟")
    world.member(either, at, "李明", standing="40")
    full = {"id_number": world.identity(), "ethnicity": "01", "education": "21", "joined_on": "2005-01-01"}
    who = world.member(either, at, "张静")
    persons.save(either, draft=replace(persons.open_(either, person=who), full_on="2006-01-01", **full))  # type: ignore[arg-type]
    names = {view: [row.name for row in member_lists.list_members(either, view=view)] for view in member_lists.VIEWS}
    assert names == {"all": ["王伟", "李明", "张静"], "probationary": ["李明"], "missing": ["王伟", "李明"]}
    assert member_lists.counts(either) == {"all": 3, "probationary": 1, "missing": 2}


def test_a_member_row_says_what_is_missing_and_masks_numbers(township: Session) -> None:
    at = world.branch(township)
    who = world.member(township, at)
    persons.save(
        township, draft=replace(persons.open_(township, person=who), id_number=world.identity(), phone="10000000001")
    )
    (row,) = member_lists.list_members(township)
    assert (row.id_number, row.phone) == (f"329901********{world.identity()[-4:]}", "100****0001")
    assert member_lists.missing_words(township, person=who) == ("民族", "学历", "入党日期", "转正日期")
    assert row.missing == 4


def test_members_are_filtered_by_branch_standing_and_text(township: Session) -> None:
    top, other = world.branch(township), world.branch(township, "望湖社区党支部")
    below = world.branch(township, "下级党支部", parent_id=top)
    for at, name, standing in ((top, "王伟", "50"), (below, "李明", "40"), (other, "张静", "50")):
        world.member(township, at, name, standing=standing)

    def names(**filters: object) -> list[str]:
        return [row.name for row in member_lists.list_members(township, **filters)]  # type: ignore[arg-type]

    assert names(branch=top) == ["王伟", "李明"]
    assert names(standing="40") == ["李明"]
    assert names(text="zj") == ["张静"]
    at_work = replace(township, role=Role.SECRETARY, scope=other)
    assert [row.name for row in member_lists.list_members(at_work)] == ["张静"]


def test_those_who_left_stand_in_no_list(township: Session) -> None:
    at = world.branch(township)
    world.member(township, at, ends_on="2026-11-22")
    world.member(township, at, "李明", relation="R3")
    world.member(township, at, "张静", standing="30")
    assert member_lists.list_members(township) == ()


def test_a_meeting_row_counts_due_and_present(either: Session) -> None:
    at = world.branch(either)
    absent = world.member(either, at)
    world.member(either, at, "李明")
    draft = prefill(either, branch=at, kinds=("members", "theme_day"), on=date(2026, 11, 20))
    draft = with_absent(draft, {absent: ("2", "出差")})
    meetings.save(either, draft=replace(draft, topic="学习党章"))
    (row,) = meeting_lists.list_meetings(either)
    assert (row.held_on, row.branch, row.kinds_name) == ("2026-11-20", world.BRANCH, "党员大会、主题党日")
    assert (row.due, row.present, row.state_name, row.topic) == (2, 1, "待归档", "学习党章")


def test_meeting_views_hold_their_states_and_the_quarter(either: Session) -> None:
    at = world.branch(either)
    old = gathering(either, at, "2026-03-05", "members", record_class="brief")
    meeting_states.archive(either, meeting=old)
    gathering(either, at, "2026-11-05", "members")
    at_work = replace(either, role=Role.SECRETARY, scope=at)
    gathering(at_work, at, "2026-11-06", "lecture")
    days = {v: [row.held_on for row in meeting_lists.list_meetings(either, view=v)] for v in meeting_lists.VIEWS}
    assert days == {
        "drafts": ["2026-11-06"],
        "to_archive": ["2026-11-05"],
        "quarter": ["2026-11-06", "2026-11-05"],
        "all": ["2026-11-06", "2026-11-05", "2026-03-05"],
    }
    assert meeting_lists.counts(either) == {view: len(found) for view, found in days.items()}


def test_meetings_are_filtered_by_kind_year_and_text(township: Session) -> None:
    at = world.branch(township)
    gathering(township, at, "2025-11-05", "members", topic="学习党章")
    gathering(township, at, "2026-11-05", "lecture", topic="讲党史")

    def days(**filters: object) -> list[str | None]:
        return [row.held_on for row in meeting_lists.list_meetings(township, **filters)]  # type: ignore[arg-type]

    assert days(kind="members") == ["2025-11-05"]
    assert days(year=2026) == ["2026-11-05"]
    assert days(text="党章") == ["2025-11-05"]
    assert days(limit=1) == ["2026-11-05"]
    assert days(limit=1, offset=1) == ["2025-11-05"]
    assert meeting_lists.years(township) == (2026, 2025)


def test_a_correction_hides_what_it_corrects(township: Session) -> None:
    at = world.branch(township)
    old = gathering(township, at, "2026-03-05", "members", record_class="brief")
    meeting_states.archive(township, meeting=old)
    draft: MeetingDraft = meetings.open_(township, meeting=old)
    meeting_states.correct(township, meeting=old, draft=replace(draft, topic="更正"), reason="写错了")
    assert [(row.topic, row.version) for row in meeting_lists.list_meetings(township)] == [("更正", 2)]


def test_the_year_counts_what_passed_by_month_and_kind(either: Session) -> None:
    at, idle = world.branch(either), world.branch(either, "望湖社区党支部")
    gathering(either, at, "2026-03-05", "members", "theme_day")
    gathering(either, at, "2026-03-20", "theme_day")
    gathering(replace(either, role=Role.SECRETARY, scope=at), at, "2026-04-01", "lecture")
    first, second = meeting_lists.year_matrix(either, year=2026)
    assert (first.branch_id, second.branch_id) == (at, idle)
    assert first.months[2] == (1, 0, 0, 0, 2)
    assert (first.total("theme_day"), first.total("lecture"), sum(map(sum, second.months))) == (2, 0, 0)


def test_every_table_is_listed_with_its_chinese(either: Session) -> None:
    world.member(either, world.branch(either))
    found = {row.kind: (row.name, row.rows) for row in listing.kinds(either)}
    assert (found["branch"], found["person"], found["membership"]) == (("党组织", 2), ("人员", 1), ("组织关系", 1))
    assert set(found) == set(listing.SPECS)


@pytest.mark.parametrize("kind", listing.KIND_NAMES)
def test_every_kind_lists_its_rows_for_every_role(township: Session, kind: str) -> None:
    at = world.branch(township, units=(UnitDraft(world.organisation(township)),))
    world.secretary(township, at, world.member(township, at))
    gathering(township, at, "2026-03-05", "members")
    for role in Role:
        session = replace(township, role=role, scope=at if role is Role.SECRETARY else None)
        count = next(row.rows for row in listing.kinds(session) if row.kind == kind)
        assert len(listing.rows(session, kind=kind)) == count


def test_a_row_names_what_it_refers_to_and_puts_words_beside_codes(either: Session) -> None:
    at = world.branch(either)
    who = world.member(either, at)
    (row,) = listing.rows(either, kind="membership")
    wanted = {
        "person": "王伟", "person_id": who.hex(), "branch": world.BRANCH, "branch_id": at.hex(), "standing": "50",
        "standing_name": "正式", "relation_name": "在册", "starts_on": "2020-01-01", "organisation": None,
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert "_deleted" not in row


def test_meetings_are_listed_by_date_with_their_kinds(township: Session) -> None:
    at = world.branch(township)
    gathering(township, at, "2026-05-05", "members", "theme_day")
    gathering(township, at, "2026-03-05", "lecture")
    rows = listing.rows(township, kind="meeting")
    assert [(row["held_on"], row["kinds"], row["kinds_name"]) for row in rows] == [
        ("2026-03-05", ["lecture"], "党课"),
        ("2026-05-05", ["members", "theme_day"], "党员大会、主题党日"),
    ]


def test_persons_are_listed_by_pinyin_with_masked_numbers(township: Session) -> None:
    for name in ("张静", "王伟", "李明"):
        world.person(township, name, id_number=world.identity(serial=f"00{len(name)}") if name == "王伟" else None)
    rows = listing.rows(township, kind="person")
    assert [row["name"] for row in rows] == ["李明", "王伟", "张静"]
    assert str(rows[1]["id_number"]).startswith("329901********")


def test_branches_are_listed_by_manual_order_and_below_one_branch(township: Session) -> None:
    from desktop.services import branches

    top = world.branch(township, "甲党支部")
    below = world.branch(township, "乙党支部", parent_id=top)
    branches.reorder(township, ids=(below, top))
    assert [row["name"] for row in listing.rows(township, kind="branch")] == ["乙党支部", "甲党支部", "青禾街道"]
    assert [row["name"] for row in listing.rows(township, kind="branch", branch=below)] == ["乙党支部"]


def test_an_unknown_kind_is_refused_with_those_there_are(township: Session) -> None:
    with pytest.raises(UserError, match="没有“members”这一类。可用：organisation、branch、person"):
        listing.rows(township, kind="members")


def test_the_cells_for_a_person_leave_codes_and_ids_of_others_out(township: Session) -> None:
    who = world.person(township, sex="1", workplace="柳溪社区")
    (row,) = listing.rows(township, kind="person")
    cells = listing.cells(row)
    assert {name: text for name, text in cells.items() if text} == {
        "id": who.hex(), "name": "王伟", "sex": "男", "workplace": "柳溪社区",
    }  # fmt: skip
