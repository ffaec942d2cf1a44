"""Party organisations: codes, tree, refusals, joint units."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import branch_lists, branches, joint_units, meetings, undoing
from desktop.services.joint_units import UnitDraft
from desktop.services.meeting_drafts import prefill
from desktop.services.sessions import Role, Session
from tests.services import record_world as world


def test_a_township_begins_with_its_root(either: Session) -> None:
    row = branch_lists.list_branches(either)[0]
    assert (row.code, row.name, row.kind_name, row.depth, row.parent_id) == ("B001", "青禾街道", "党工委", 0, None)


def test_a_new_branch_is_given_the_next_free_code_and_keeps_it(either: Session) -> None:
    key = world.branch(either)
    assert branches.open_(either, branch=key).code == "B002"
    branches.save(either, draft=replace(branches.open_(either, branch=key), code="X9", name="改名后的党支部"))
    assert branches.open_(either, branch=key).code == "B002"
    branches.remove(either, branch=key, reason="重复")
    assert branches.open_(either, branch=world.branch(either, "望湖社区党支部")).code == "B003"


def test_a_saved_branch_opens_as_it_was_saved(either: Session) -> None:
    unit = UnitDraft(world.organisation(either), "柳溪社区老年协会", starts_on="2021-01-01")
    place = world.place(either)
    fields = {"kind": "P5", "form": "2", "founded_on": "2021-01", "place_id": place, "units": (unit,)}
    draft = replace(branches.new(either), name=world.BRANCH, **fields)  # type: ignore[arg-type]
    key = world.known(branches.save(either, draft=draft).key)
    opened = branches.open_(either, branch=key)
    assert replace(opened, units=()) == replace(draft, id=key, code="B002", units=())
    assert [(row.organisation_id, row.name, row.starts_on) for row in opened.units] == [
        (unit.organisation_id, "柳溪社区老年协会", "2021-01-01")
    ]
    branches.save(either, draft=replace(opened, units=()))
    assert joint_units.list_units(either, branch=key) == ()


def test_the_tree_follows_manual_order_and_then_codes(township: Session) -> None:
    one, two, three = (world.branch(township, f"第{name}党支部") for name in "一二三")
    below = world.branch(township, "下级党支部", parent_id=one)
    branches.reorder(township, ids=(three, one))
    rows = branch_lists.list_branches(township)
    assert [(row.id, row.depth) for row in rows[1:]] == [(three, 1), (one, 1), (below, 2), (two, 1)]


def test_a_row_says_secretary_members_and_end_of_term_on_the_day(township: Session) -> None:
    from desktop.services import terms

    key = world.branch(township)
    who = world.member(township, key)
    world.member(township, key, "李明", standing="40")
    world.member(township, key, "张静", ends_on="2026-11-22")
    world.secretary(township, key, who)
    terms.save(township, draft=terms.new(township, branch=key, elected_on="2024-02-29"))
    row = next(row for row in branch_lists.list_branches(township) if row.id == key)
    assert (row.secretary, row.full, row.probationary, row.term_end) == ("王伟", 1, 1, "2027-02-28")


@pytest.mark.parametrize(
    ("change", "sentence", "field"),
    [
        ({"name": " "}, "没有保存党组织。没有填名称。请填写名称，再保存。", "name"),
        (
            {"founded_on": "2021-02-30"},
            "没有保存党组织。成立日期“2021-02-30”不是日期。请写成 2026-11-23、2026-11 或 2026。",
            "founded_on",
        ),
        (
            {"founded_on": "2022", "dissolved_on": "2021-06"},
            "没有保存党组织。撤销日期 2021-06 早于成立日期 2022。请核对这两个日期，再保存。",
            "dissolved_on",
        ),
        ({"kind": "P9"}, "没有保存党组织。类别“P9”不在代码表里。请从列表里选一项。", "kind"),
        ({"parent_id": None}, "没有保存党组织。没有选上级党组织。请选择上级党组织，再保存。", "parent_id"),
        ({"name": "青禾街道"}, "没有保存党组织。已有同名的党组织（B001）。请核对名称，或打开那一个修改。", "name"),
    ],
)
def test_a_wrong_form_is_refused_at_its_field(
    township: Session, change: dict[str, str], sentence: str, field: str
) -> None:
    draft = replace(branches.new(township), **({"name": world.BRANCH} | change))
    with pytest.raises(UserError) as refused:
        branches.save(township, draft=draft)
    assert (str(refused.value), refused.value.field) == (sentence, field)


def test_a_branch_is_not_put_below_itself(township: Session) -> None:
    top = world.branch(township)
    low = world.branch(township, "下级党支部", parent_id=top)
    with pytest.raises(UserError, match="上级选的是它自己或它的下级"):
        branches.save(township, draft=replace(branches.open_(township, branch=top), parent_id=low))


def test_one_organisation_stands_once_in_a_branch(township: Session) -> None:
    unit = UnitDraft(world.organisation(township))
    with pytest.raises(UserError, match="第 2 个单位与第 1 个相同") as refused:
        branches.save(township, draft=replace(branches.new(township), name=world.BRANCH, units=(unit, unit)))
    assert refused.value.field == "units.2"


def test_a_branch_in_use_is_not_removed_and_says_by_what(either: Session) -> None:
    key = world.branch(either)
    world.member(either, key)
    world.branch(either, "下级党支部", parent_id=key)
    meetings.save(either, draft=prefill(either, branch=key, kinds=("members",), on=either.today))
    with pytest.raises(UserError) as refused:
        branches.remove(either, branch=key, reason="撤并")
    assert str(refused.value) == (
        f"没有删除“{world.BRANCH}”。它还有 1 个下级党组织、1 名成员的组织关系、1 份会议记录。"
        "请先转出或改到别的党组织，再删除。"
    )


def test_the_root_of_a_township_is_not_removed(township: Session) -> None:
    with pytest.raises(UserError, match="它是这个工作区的根"):
        branches.remove(township, branch=world.root(township), reason="误")


def test_a_removed_branch_takes_its_units_along_and_undo_brings_them_back(either: Session) -> None:
    unit = UnitDraft(world.organisation(either))
    key = world.branch(either, units=(unit,))
    branches.remove(either, branch=key, reason="登记错了")
    assert either.db.rows("SELECT count(*) FROM joint_unit WHERE _deleted IS NULL") == [(0,)]
    undoing.undo_last(either)
    assert len(branches.open_(either, branch=key).units) == 1


def test_a_branch_is_found_by_its_code_in_either_case(township: Session) -> None:
    key = world.branch(township)
    assert branches.by_code(township, code="b002 ") == key
    with pytest.raises(UserError) as refused:
        branches.by_code(township, code="B404")
    assert str(refused.value) == "没有找到党组织。没有代码为“B404”的党组织。可用 doudi list branch 查看代码。"


def test_a_secretary_sees_the_own_branch_and_those_below_only(township: Session) -> None:
    own, other = world.branch(township), world.branch(township, "望湖社区党支部")
    below = world.branch(township, "下级党支部", parent_id=own)
    at_work = replace(township, role=Role.SECRETARY, scope=own)
    assert [(row.id, row.depth) for row in branch_lists.list_branches(at_work)] == [(own, 0), (below, 1)]
    with pytest.raises(UserError, match="它属于别的党组织"):
        branches.open_(at_work, branch=other)
    with pytest.raises(UserError, match="没有这项权限"):
        branches.save(at_work, draft=branches.open_(at_work, branch=own))


def test_the_telephone_of_a_branch_is_masked_for_a_reader(township: Session) -> None:
    key = world.branch(township, contact="10000000246")
    assert branches.open_(township, branch=key).contact == "10000000246"
    reader = replace(township, role=Role.READER)
    assert branches.open_(reader, branch=key).contact == "100****0246"
