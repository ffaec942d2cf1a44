"""Members as the page 党员 works with them, and what every drawer is told."""

import pytest

from desktop.core.errors import UserError
from desktop.services import (
    members,
    memberships,
    overview,
    persons,
    posts,
    record_history,
    record_owners,
    terms,
    trash,
    undoing,
)
from desktop.services.memberships import MembershipDraft
from desktop.services.persons import PersonDraft
from desktop.services.sessions import Session
from desktop.services.terms import TermDraft
from tests.services import record_world as world
from tests.support import equality


def _register(session: Session, at: bytes, name: str = "王伟", **more: str) -> bytes:
    relation = MembershipDraft(b"", at, starts_on=more.pop("starts_on", "2020-01-01"))
    draft = PersonDraft(name, **more)  # type: ignore[arg-type]  # text fields only
    return world.known(members.register(session, person=draft, membership=relation).key)


def test_a_member_and_the_relation_are_one_step(either: Session) -> None:
    at = world.branch(either)
    before = equality.state(either)
    _register(either, at)
    done = undoing.undo_last(either)
    assert done is not None
    assert done.changes.label == "撤销：新增党员 王伟"
    assert equality.state(either) == before


def test_nothing_stands_of_a_member_whose_relation_is_refused(either: Session) -> None:
    at = world.branch(either)
    before = equality.state(either)
    with pytest.raises(UserError) as refused:
        _register(either, at, starts_on="2027-01-01")
    assert str(refused.value) == "没有保存组织关系。开始日期 2027-01-01 还没有到。请核对日期，再保存。"
    assert equality.state(either) == before


def test_members_go_to_the_recycle_bin_with_their_relations_and_come_back_with_them(either: Session) -> None:
    at = world.branch(either)
    who = _register(either, at)
    assert members.remove(either, persons_=(who,), reason="").label == "把 1 名党员移到回收站"
    (row,) = trash.list_deleted(either)
    assert (row.title, row.with_it) == ("王伟", 1)
    trash.restore(either, table="person", key=who)
    (stretch,) = memberships.list_history(either, person=who)
    assert stretch.branch_id == at


def test_a_member_with_a_post_stays_and_the_whole_batch_with_him(either: Session) -> None:
    at = world.branch(either)
    first, second = _register(either, at), _register(either, at, "李娜")
    world.secretary(either, at, second)
    with pytest.raises(UserError) as refused:
        members.remove(either, persons_=(first, second), reason="")
    assert str(refused.value) == (
        f"没有把“李娜”移到回收站。还有 1 项任职（{world.BRANCH} 书记）。请先结束任职，再移到回收站。"
    )
    assert persons.open_(either, person=first).name == "王伟"


def test_choosing_nobody_is_said(township: Session) -> None:
    with pytest.raises(UserError) as refused:
        members.remove(township, persons_=(), reason="")
    assert str(refused.value) == "没有移到回收站。没有选人。请先选一名或几名党员。"


def test_the_sheet_of_a_member_masks_the_number_and_names_what_is_missing(either: Session) -> None:
    at = world.branch(either)
    who = _register(either, at, id_number=world.identity())
    found = members.sheet(either, person=who)
    assert found.person.id_number == f"329901********{world.identity()[-4:]}"
    assert found.present is not None
    assert found.present.branch == world.BRANCH
    assert "民族" in found.missing


def test_a_part_is_shown_with_its_owner(either: Session) -> None:
    at = world.branch(either)
    who = _register(either, at)
    post = world.secretary(either, at, who)
    term = world.known(terms.save(either, draft=TermDraft(at, elected_on="2024-03-01")).key)
    (stretch,) = memberships.list_history(either, person=who)
    assert record_owners.owner(either, kind="post", key=post) == ("branch", at)
    assert record_owners.owner(either, kind="term", key=term) == ("branch", at)
    assert record_owners.owner(either, kind="membership", key=stretch.id) == ("person", who)
    assert record_owners.owner(either, kind="person", key=who) == ("person", who)


def test_history_is_told_in_words_with_the_parts_of_the_record(either: Session) -> None:
    at = world.branch(either)
    who = _register(either, at, id_number=world.identity())
    draft = persons.open_(either, person=who)
    persons.save(either, draft=PersonDraft("王炜", who, education="21", id_number=draft.id_number, sex="1"))
    world.secretary(either, at, who)
    newest, edited, *_ = record_history.list_history(either, kind="person", key=who)
    assert (newest.label, newest.lines) == ("登记 王炜 任职", ("登记任职",))
    assert edited.account == "gly"
    assert "姓名：王伟 → 王炜" in edited.lines
    assert "学历：空 → 大学" in edited.lines


def test_history_masks_numbers_and_names_what_is_referred_to(either: Session) -> None:
    at, other = world.branch(either), world.branch(either, "青禾商会党支部")
    who = _register(either, at)
    persons.save(either, draft=PersonDraft("王伟", who, id_number=world.identity()))
    memberships.move(either, persons=(who,), to=other, on="2026-01-01")
    lines = [line for entry in record_history.list_history(either, kind="person", key=who) for line in entry.lines]
    assert f"身份证号：空 → 329901********{world.identity()[-4:]}" in lines
    assert "组织关系 结束日期：空 → 2025-12-31" in lines


def test_the_overview_gives_what_is_found_of_each_record(either: Session) -> None:
    at = world.branch(either, founded_on="2020-01-01")
    who = _register(either, at)
    seen = overview.read(either)
    assert [row.rule for row in seen.of("person", who)] == ["CMP-01"]
    assert seen.progress[at][0] == 0
    assert seen.progress[at][1] > 0


def test_posts_of_a_member_are_on_the_sheet(either: Session) -> None:
    at = world.branch(either)
    who = _register(either, at)
    world.secretary(either, at, who)
    assert [row.title_name for row in members.sheet(either, person=who).posts] == ["书记"]
    assert len(posts.list_posts(either, person=who)) == 1
