"""Social organisations: the form, numbers that stand once, views, the sheet, channels and instructors."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import instructors, management, organisation_lists, organisations, posts
from desktop.services.instructors import InstructorDraft
from desktop.services.joint_units import UnitDraft
from desktop.services.management import ManagementDraft
from desktop.services.organisations import OrganisationDraft
from desktop.services.posts import PostDraft
from desktop.services.sessions import Role, Session
from tests.services import record_world as world

CODE = "51320000509164567A"


def backstop(session: Session, organisation: bytes, village: bytes, **more: object) -> ManagementDraft:
    who = world.person(session, "陈晨", phone="10000000009")
    post = world.known(posts.save(session, draft=PostDraft(who, "02", branch_id=village)).key)
    draft = ManagementDraft(organisation, branch_id=village, contact_post_id=post, starts_on="2024-01-01")
    return replace(draft, **more)  # type: ignore[arg-type]


def test_a_saved_organisation_opens_as_it_was_saved(either: Session) -> None:
    draft = OrganisationDraft(
        "柳溪社区老年协会", short_name="柳溪老协", category="3", filing_number="青社备2021-01",
        registered_on="2021-03-05", place_id=world.place(either), head_id=world.person(either), staff_count=0,
        survey_on="2026-01-05", survey_full=1, charter_clause=True, has_union=False, sponsor="青禾街道办事处",
    )  # fmt: skip
    key = world.known(organisations.save(either, draft=draft).key)
    assert organisations.open_(either, organisation=key) == replace(draft, id=key)


@pytest.mark.parametrize(
    ("change", "sentence", "field"),
    [
        (
            {"type": "A1", "registration": "A", "uscc": "51320000509164567B"},
            "没有保存社会组织。统一社会信用代码的校验码不对，可能写错一位。请对照登记证书核对；备案组织请填备案编号。",
            "uscc",
        ),
        (
            {"type": "A1", "registration": "A", "uscc": "青社备2021"},
            "没有保存社会组织。统一社会信用代码应为 18 位，现在是 7 位。请对照登记证书核对；备案组织请填备案编号。",
            "uscc",
        ),
        (
            {"type": "A1"},
            (
                "没有保存社会组织。备案的社区社会组织与“登记”合不上，类型和登记方式不一致。"
                "备案组织请都选备案，其余请选登记。"
            ),
            "registration",
        ),
        ({"staff_count": -1}, "没有保存社会组织。从业人员数不能是 -1。请填 0 或更大的整数。", "staff_count"),
        (
            {"survey_full": 1, "survey_here": 2},
            "没有保存社会组织。组织关系在本单位的党员 2 名，多于摸底的党员合计 1 名。请核对摸底人数，再保存。",
            "survey_here",
        ),
    ],
)
def test_a_wrong_form_is_refused_at_its_field(
    township: Session, change: dict[str, object], sentence: str, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        organisations.save(township, draft=replace(OrganisationDraft("柳溪商会"), **change))  # type: ignore[arg-type]
    assert (str(refused.value), refused.value.field) == (sentence, field)


def test_names_and_numbers_stand_once(township: Session) -> None:
    world.organisation(township, filing_number="青社备2021-01")
    with pytest.raises(UserError, match="已有同名称的社会组织“柳溪社区老年协会”"):
        organisations.save(township, draft=OrganisationDraft("柳溪社区老年协会"))
    with pytest.raises(UserError, match="已有同备案编号的社会组织“柳溪社区老年协会”") as refused:
        organisations.save(township, draft=OrganisationDraft("望湖合唱队", filing_number="青社备2021-01"))
    assert refused.value.field == "filing_number"


def test_each_view_holds_what_its_rule_finds(either: Session) -> None:
    covered = world.organisation(either, "甲协会", survey_on="2026-01-01", survey_full=3)
    world.branch(either, units=(UnitDraft(covered),))
    world.organisation(either, "乙协会", survey_on="2026-01-01", survey_full=3)
    world.organisation(either, "丙协会", survey_on="2026-01-01", survey_full=2)
    world.organisation(either, "丁协会")
    world.organisation(either, "戊协会", state="5", survey_full=4)
    names = {
        view: [row.name for row in organisation_lists.list_organisations(either, view=view)]
        for view in organisation_lists.VIEWS
    }
    assert names["all"] == ["甲协会", "乙协会", "丙协会", "丁协会", "戊协会"]
    assert (names["uncovered"], names["no_members"]) == (["乙协会"], ["丁协会"])
    assert organisation_lists.counts(either) == {view: len(found) for view, found in names.items()}


def test_members_are_the_greater_of_roll_and_survey(township: Session) -> None:
    key = world.organisation(township, survey_on="2026-01-01", survey_full=1, survey_probationary=1)
    at = world.branch(township)
    for name in ("王伟", "李明"):
        world.member(township, at, name, organisation_id=key)
    (row,) = organisation_lists.list_organisations(township, text="lxsq")
    assert (row.full, row.probationary) == (2, 0)


def test_the_sheet_gathers_who_covers_answers_and_helps(either: Session) -> None:
    key = world.organisation(either)
    village = world.branch(either, "柳溪社区党支部", field="7")
    world.branch(either, units=(UnitDraft(key, starts_on="2021-01-01"),))
    management.save(either, draft=backstop(either, key, village))
    instructors.save(either, draft=InstructorDraft(key, world.person(either, "赵磊")))
    sheet = organisation_lists.sheet(either, organisation=key)
    assert [(name, since) for _, name, since in sheet.branches] == [(world.BRANCH, "2021-01-01")]
    assert [(row.mode_name, row.branch, row.contact) for row in sheet.channels] == [
        ("属地兜底", "柳溪社区党支部", "陈晨（副书记）")
    ]
    assert [(row.person, row.title_name, row.load) for row in sheet.instructors] == [("赵磊", "党建工作指导员", 1)]
    assert (sheet.organisation.backstop, sheet.members) == ("柳溪社区党支部", 0)


def test_the_next_backstop_ends_the_one_before(either: Session) -> None:
    key = world.organisation(either)
    first, second = (world.branch(either, f"{name}社区党支部", field="7") for name in ("柳溪", "望湖"))
    management.save(either, draft=backstop(either, key, first))
    draft = backstop(either, key, second, starts_on=None)
    with pytest.raises(UserError) as refused:
        management.save(either, draft=draft)
    assert str(refused.value) == (
        "没有保存管理渠道。现在由“柳溪社区党支部”兜底，同一时间只能有一个。"
        "请填写晚于它的开始日期；保存后，原来的一条在前一天结束。"
    )
    management.save(either, draft=replace(draft, starts_on="2026-07-01"))
    rows = management.list_channels(either, organisation=key)
    assert [(row.branch, row.ends_on) for row in rows] == [("望湖社区党支部", None), ("柳溪社区党支部", "2026-06-30")]


@pytest.mark.parametrize(
    ("change", "why", "field"),
    [
        ({"branch_id": None}, "没有选兜底的党组织", "branch_id"),
        ({"contact_post_id": None}, "没有选联系人", "contact_post_id"),
    ],
)
def test_a_backstop_names_branch_and_contact(
    township: Session, change: dict[str, object], why: str, field: str
) -> None:
    village = world.branch(township, "柳溪社区党支部", field="7")
    draft = backstop(township, world.organisation(township), village)
    with pytest.raises(UserError, match=why) as refused:
        management.save(township, draft=replace(draft, **change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_only_villages_communities_and_the_township_back_up(township: Session) -> None:
    own = world.branch(township)
    with pytest.raises(UserError, match="不是村、社区或乡镇（街道）的党组织，不能兜底"):
        management.save(township, draft=backstop(township, world.organisation(township), own))


def test_the_only_backstop_of_a_filed_organisation_is_not_just_ended(township: Session) -> None:
    village = world.branch(township, "柳溪社区党支部", field="7")
    key = world.known(management.save(township, draft=backstop(township, world.organisation(township), village)).key)
    with pytest.raises(UserError, match="要一直有一个党组织兜底（BACK-01）"):
        management.end(township, management=key, on="2026-06-30")


def test_an_instructor_stands_once_with_an_organisation(township: Session) -> None:
    key, who = world.organisation(township), world.person(township)
    made = world.known(instructors.save(township, draft=InstructorDraft(key, who, starts_on="2026-01-01")).key)
    with pytest.raises(UserError, match="这个人已是它的指导员或联络员"):
        instructors.save(township, draft=InstructorDraft(key, who, title="13"))
    instructors.end(township, instructor=made, on="2026-06-30")
    instructors.save(township, draft=InstructorDraft(key, who, title="13", starts_on="2026-07-01"))


def test_an_organisation_in_use_is_not_removed(township: Session) -> None:
    key = world.organisation(township)
    world.branch(township, units=(UnitDraft(key),))
    with pytest.raises(UserError) as refused:
        organisations.remove(township, organisation=key, reason="重复")
    assert str(refused.value) == (
        "没有删除“柳溪社区老年协会”。它还连着 1 个党组织。请先改到别的单位；已注销的，请把状态改为注销。"
    )


def test_a_secretary_sees_the_organisations_of_the_own_branch(township: Session) -> None:
    mine, other = world.organisation(township, "甲协会"), world.organisation(township, "乙协会")
    own = world.branch(township, units=(UnitDraft(mine),))
    at_work = replace(township, role=Role.SECRETARY, scope=own)
    assert [row.name for row in organisation_lists.list_organisations(at_work)] == ["甲协会"]
    with pytest.raises(UserError, match="这个社会组织不归本支部"):
        organisations.open_(at_work, organisation=other)


def test_a_reader_sees_telephones_masked(township: Session) -> None:
    key = world.organisation(township, phone="10000000001")
    assert organisations.open_(township, organisation=key).phone == "10000000001"
    reader = replace(township, role=Role.READER)
    assert organisations.open_(reader, organisation=key).phone == "100****0001"
    assert organisation_lists.list_organisations(township)[0].phone == "100****0001"


def test_several_go_to_the_recycle_bin_in_one_step_or_none_does(township: Session) -> None:
    first, second = world.organisation(township), world.organisation(township, "青禾书画社")
    world.branch(township, units=(UnitDraft(second),))
    with pytest.raises(UserError) as refused:
        organisations.remove_many(township, ids=(first, second), reason="")
    assert str(refused.value).startswith("没有删除“青禾书画社”。它还连着 1 个党组织。")
    assert organisations.open_(township, organisation=first).name == "柳溪社区老年协会"
    changes = organisations.remove_many(township, ids=(first,), reason="")
    assert changes.label == "把 1 个社会组织移到回收站"


def test_an_organisation_with_members_enough_and_no_branch_is_marked(township: Session) -> None:
    world.organisation(township, survey_full=3, survey_probationary=0)
    world.organisation(township, "青禾书画社", survey_full=2, survey_probationary=4)
    assert [row.owed for row in organisation_lists.list_organisations(township)] == [True, False]
