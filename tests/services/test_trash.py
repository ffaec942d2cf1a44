"""The recycle bin."""

import pytest

from desktop.core.errors import UserError
from desktop.services import branches, party_groups, persons, trash, undoing
from desktop.services.joint_units import UnitDraft
from desktop.services.party_groups import PartyGroupDraft
from desktop.services.sessions import Session
from tests.services import record_world as world


def test_what_was_deleted_lies_there_with_who_and_why(either: Session) -> None:
    key = world.branch(either, units=(UnitDraft(world.organisation(either)),))
    branches.remove(either, branch=key, reason="登记错了")
    (row,) = trash.list_deleted(either)
    assert (row.table, row.table_name, row.id, row.title) == ("branch", "党组织", key, world.BRANCH)
    assert (row.reason, row.account, row.with_it) == ("登记错了", "gly", 1)
    assert row.deleted_at is not None


def test_a_record_comes_back_with_what_went_with_it(either: Session) -> None:
    key = world.branch(either, units=(UnitDraft(world.organisation(either)),))
    branches.remove(either, branch=key, reason="登记错了")
    assert trash.restore(either, table="branch", key=key).label == "恢复 1 条党组织记录"
    assert len(branches.open_(either, branch=key).units) == 1
    assert trash.list_deleted(either) == ()


def test_a_record_does_not_come_back_before_its_owner(township: Session) -> None:
    at = world.branch(township)
    group = world.known(party_groups.save(township, draft=PartyGroupDraft(at, "第一党小组")).key)
    party_groups.remove(township, party_group=group, reason="合并")
    branches.remove(township, branch=at, reason="撤并")
    with pytest.raises(UserError) as refused:
        trash.restore(township, table="party_group", key=group)
    assert str(refused.value) == f"没有恢复。它所属的党组织“{world.BRANCH}”还在回收站。请先恢复这个党组织。"
    trash.restore(township, table="branch", key=at)
    trash.restore(township, table="party_group", key=group)


def test_what_an_undo_took_back_is_not_in_the_bin(township: Session) -> None:
    world.branch(township)
    undoing.undo_last(township)
    assert trash.list_deleted(township) == ()


def test_only_what_lies_in_the_bin_comes_back(township: Session) -> None:
    for table, key in (("branch", world.branch(township)), ("branch", b"\0" * 16), ("account", b"\0" * 16)):
        with pytest.raises(UserError, match="回收站里没有这条记录"):
            trash.restore(township, table=table, key=key)


def test_several_records_come_back_in_one_step(either: Session) -> None:
    keys = [world.person(either, name) for name in ("王伟", "李娜")]
    for key in keys:
        persons.remove(either, person=key, reason="重复")
    changes = trash.restore_many(either, records_=[("person", key) for key in keys])
    assert changes.label == "从回收站恢复 2 条记录"
    assert trash.list_deleted(either) == ()
    undoing.undo_last(either)
    assert len(trash.list_deleted(either)) == 2
