"""Memberships: dated stretches that never meet, moves and changes of standing."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import memberships, party_groups, persons, undoing
from desktop.services.memberships import MembershipDraft
from desktop.services.party_groups import PartyGroupDraft
from desktop.services.sessions import Role, Session
from tests.services import record_world as world


def stretches(session: Session, person: bytes) -> list[tuple[str | None, str, str | None, str | None]]:
    rows = memberships.list_history(session, person=person)
    return [(row.branch, row.standing_name, row.starts_on, row.ends_on) for row in rows]


def test_moving_two_members_closes_their_rows_and_opens_the_next_in_one_step(either: Session) -> None:
    here, there = world.branch(either), world.branch(either, "望湖社区党支部")
    two = (world.member(either, here), world.member(either, here, "李明"))
    changes = memberships.move(either, persons=two, to=there, on="2026-07-01")
    assert changes.label == f"移动 2 名党员：{world.BRANCH} → 望湖社区党支部"
    assert stretches(either, two[0]) == [
        ("望湖社区党支部", "正式", "2026-07-01", None),
        (world.BRANCH, "正式", "2020-01-01", "2026-06-30"),
    ]
    undoing.undo_last(either)
    assert stretches(either, two[1]) == [(world.BRANCH, "正式", "2020-01-01", None)]


def test_a_whole_branch_moves(either: Session) -> None:
    here, there = world.branch(either), world.branch(either, "望湖社区党支部")
    people = [world.member(either, here, name) for name in ("王伟", "李明", "张静")]
    changes = memberships.move_branch(either, branch=here, to=there, on="2026-07-01")
    assert changes.label == f"移动 3 名党员：{world.BRANCH} → 望湖社区党支部"
    assert all(stretches(either, who)[0][0] == "望湖社区党支部" for who in people)


def test_one_who_cannot_move_keeps_all_where_they_are(township: Session) -> None:
    here, there = world.branch(township), world.branch(township, "望湖社区党支部")
    first, second = world.member(township, here), world.member(township, here, "李明", starts_on="2026-08-01")
    with pytest.raises(UserError) as refused:
        memberships.move(township, persons=(first, second), to=there, on="2026-07-01")
    assert str(refused.value) == (
        "没有保存组织关系。“李明”现在这段组织关系从 2026-08-01 开始，新的一段不能从 2026-07-01 开始。"
        "请核对日期；登记有误的，请更正原来那一段。"
    )
    assert len(stretches(township, first)) == 1


@pytest.mark.parametrize(("standing", "word"), [("71", "退党"), ("80", "去世")])
def test_who_left_the_party_or_died_is_on_no_roll_from_the_day_after(
    either: Session, standing: str, word: str
) -> None:
    at = world.branch(either)
    who = world.member(either, at)
    memberships.change(either, persons=(who,), on="2026-06-30", standing=standing)
    assert stretches(either, who) == [
        (world.BRANCH, word, "2026-06-30", "2026-06-30"),
        (world.BRANCH, "正式", "2020-01-01", "2026-06-29"),
    ]


def test_becoming_a_full_member_opens_the_next_stretch_and_dates_the_person(either: Session) -> None:
    at = world.branch(either)
    who = world.member(either, at, standing="40", starts_on="2025-06-30")
    memberships.change(either, persons=(who,), on="2026-06-30", standing="50", document="青组〔2026〕7号")
    assert stretches(either, who) == [
        (world.BRANCH, "正式", "2026-06-30", None),
        (world.BRANCH, "预备", "2025-06-30", "2026-06-29"),
    ]
    assert persons.open_(either, person=who).full_on == "2026-06-30"


def test_a_full_member_does_not_become_probationary_again(township: Session) -> None:
    who = world.member(township, world.branch(township))
    with pytest.raises(UserError, match="“王伟”已是正式党员，不能改为预备"):
        memberships.change(township, persons=(who,), on="2026-06-30", standing="40")


def test_a_change_of_relation_keeps_the_standing(township: Session) -> None:
    who = world.member(township, world.branch(township))
    memberships.change(township, persons=(who,), on="2026-06-30", relation="R5")
    row = memberships.list_history(township, person=who)[0]
    assert (row.standing_name, row.relation_name) == ("正式", "流出")


def test_a_second_relation_at_the_same_time_is_refused(township: Session) -> None:
    here, there = world.branch(township), world.branch(township, "望湖社区党支部")
    who = world.member(township, here)
    with pytest.raises(UserError) as refused:
        memberships.join(township, draft=MembershipDraft(who, there, starts_on="2026-01-01"))
    assert str(refused.value) == (
        f"没有保存组织关系。这段时间组织关系已在“{world.BRANCH}”，同一时间只能有一处。请改用“转移”，或先结束原来的一段。"
    )


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-06", "日期没有填到日"),
        ("2026-12-01", "日期 2026-12-01 还没有到"),
        ("2026-02-30", "日期“2026-02-30”不是日期"),
    ],
)
def test_a_change_needs_a_day_that_has_come(township: Session, on: str, why: str) -> None:
    who = world.member(township, world.branch(township))
    with pytest.raises(UserError, match=why) as refused:
        memberships.change(township, persons=(who,), on=on, standing="51")
    assert refused.value.field == "on"


def test_a_relation_does_not_begin_before_birth_or_before_its_branch(township: Session) -> None:
    at = world.branch(township, founded_on="2021-01-01")
    who = world.person(township, born_on="1985-06-03")
    with pytest.raises(UserError, match="早于支部成立日期 2021-01-01"):
        memberships.join(township, draft=MembershipDraft(who, at, starts_on="2020-12-31"))
    with pytest.raises(UserError, match="早于出生日期 1985-06-03"):
        memberships.join(township, draft=MembershipDraft(who, at, starts_on="1985-06-02"))


def test_members_are_put_into_a_group_of_their_branch_alone(township: Session) -> None:
    here, there = world.branch(township), world.branch(township, "望湖社区党支部")
    who = world.member(township, here)
    own = world.known(party_groups.save(township, draft=PartyGroupDraft(here, "第一党小组")).key)
    other = world.known(party_groups.save(township, draft=PartyGroupDraft(there, "第一党小组")).key)
    memberships.set_group(township, persons=(who,), party_group=own)
    assert [row.members for row in party_groups.list_groups(township, branch=here)] == [1]
    with pytest.raises(UserError, match="“王伟”不在这个党小组的支部"):
        memberships.set_group(township, persons=(who,), party_group=other)
    with pytest.raises(UserError, match="还有 1 名党员编在这个党小组"):
        party_groups.remove(township, party_group=own, reason="合并")


def test_a_correction_changes_the_stretch_itself(township: Session) -> None:
    who = world.member(township, world.branch(township))
    (row,) = memberships.list_history(township, person=who)
    memberships.save(township, draft=replace(memberships.open_(township, membership=row.id), starts_on="2019-07-01"))
    assert stretches(township, who) == [(world.BRANCH, "正式", "2019-07-01", None)]


def test_a_secretary_sees_the_stretches_of_the_own_branch(township: Session) -> None:
    here, there = world.branch(township), world.branch(township, "望湖社区党支部")
    who = world.member(township, here)
    memberships.move(township, persons=(who,), to=there, on="2026-07-01")
    at_work = replace(township, role=Role.SECRETARY, scope=there)
    assert [row[0] for row in stretches(at_work, who)] == ["望湖社区党支部"]
