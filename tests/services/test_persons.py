"""Persons: numbers checked and masked, twins, the audited reveal."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import audits, memberships, persons
from desktop.services.persons import PersonDraft
from desktop.services.sessions import Role, Session
from tests.services import record_world as world

GOOD = world.identity()
BAD = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")


def test_a_saved_person_opens_with_masked_numbers(either: Session) -> None:
    key = world.person(either, id_number=GOOD, phone="10000000001", education="21")
    draft = persons.open_(either, person=key)
    assert (draft.id_number, draft.phone) == (f"329901********{GOOD[-4:]}", "100****0001")
    assert (draft.born_on, draft.sex, draft.education) == ("1985-06-03", "1", "21")


def test_a_mask_that_comes_back_keeps_what_is_stored(either: Session) -> None:
    key = world.person(either, id_number=GOOD, phone="10000000001")
    persons.save(either, draft=replace(persons.open_(either, person=key), workplace="柳溪社区"))
    assert either.db.rows("SELECT id_number, phone, workplace FROM person") == [(GOOD, "10000000001", "柳溪社区")]


def test_a_number_is_tidied_before_it_is_judged(township: Session) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in GOOD[:6]) + " " + GOOD[6:].lower()
    key = world.person(township, id_number=wide)
    assert persons.reveal(township, person=key, reason="核对").id_number == GOOD


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (GOOD[:-1], "没有保存人员。身份证号应为 18 位，现在是 17 位。请对照证件核对。"),
        (world.identity("19850230"), "没有保存人员。身份证号里的出生日期 19850230 不存在。请对照证件核对。"),
        (world.identity("20270101"), "没有保存人员。身份证号里的出生日期 20270101 不存在。请对照证件核对。"),
        ("3.20681E+17", "没有保存人员。身份证号被 Excel 改写，后几位已经丢失。请对照证件核对。"),
        (
            BAD,
            "没有保存人员。身份证号末位对不上，可能输错一位。请对照证件核对；确实无误可点“仍然保存”并写明原因。",
        ),
    ],
)
def test_a_wrong_number_is_refused_at_its_field(township: Session, number: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        persons.save(township, draft=PersonDraft("王伟", id_number=number))
    assert (str(refused.value), refused.value.field) == (sentence, "id_number")


def test_a_check_digit_is_overruled_with_a_reason_that_the_audit_keeps(township: Session) -> None:
    key = world.person(township, id_number=BAD, confirmed_reason="证件即如此")
    assert audits.list_lines(township)[0].detail == "登记人员 王伟：身份证号末位对不上，证件即如此"
    persons.save(township, draft=replace(persons.open_(township, person=key), remark="已核对"))


def test_what_does_not_match_the_number_is_remarked_and_saved(township: Session) -> None:
    draft = PersonDraft("王伟", id_number=GOOD, born_on="1985-06-04", sex="2")
    assert [(row.field, row.why, row.refused) for row in persons.check(township, draft=draft)] == [
        ("born_on", "出生日期 1985-06-04 与身份证号里的 1985-06-03 不一致。", False),
        ("sex", "性别“女”与身份证号不一致，号码里是“男”。", False),
    ]
    persons.save(township, draft=draft)


def test_an_odd_telephone_is_remarked_until_it_stands(township: Session) -> None:
    draft = PersonDraft("王伟", phone="12345678901")
    found = [(row.field, row.why, row.do, row.refused) for row in persons.check(township, draft=draft)]
    assert found == [("phone", "电话“12345678901”不是手机号码。", "请核对；确实无误可以照样保存。", False)]
    key = persons.save(township, draft=draft).key
    assert key is not None
    assert persons.check(township, draft=persons.open_(township, person=key)) == ()


def test_who_joined_before_eighteen_is_remarked(township: Session) -> None:
    found = persons.check(township, draft=PersonDraft("王伟", born_on="2000-05-01", joined_on="2018-04-30"))
    assert [(row.field, row.why) for row in found] == [("joined_on", "入党那天（2018-04-30）还不满 18 周岁。")]


def test_the_same_number_twice_is_refused_and_the_same_name_and_birthday_remarked(township: Session) -> None:
    world.person(township, id_number=GOOD)
    with pytest.raises(UserError, match="已有身份证号相同的人员“王伟”"):
        persons.save(township, draft=PersonDraft("李明", id_number=GOOD))
    found = persons.check(township, draft=PersonDraft("王伟", born_on="1985-06-03"))
    assert [row.why for row in found] == ["已有同名、同生日的人员“王伟”。"]


def test_dates_of_a_party_life_keep_their_order(township: Session) -> None:
    with pytest.raises(UserError, match="转正日期 2006-01-01 早于入党日期 2007-01-01") as refused:
        persons.save(township, draft=PersonDraft("王伟", joined_on="2007-01-01", full_on="2006-01-01"))
    assert refused.value.field == "full_on"


def test_a_reveal_needs_a_reason_and_stands_in_the_audit(either: Session) -> None:
    key = world.person(either, id_number=GOOD)
    with pytest.raises(UserError, match="没有写查看的原因"):
        persons.reveal(either, person=key, reason=" ")
    assert persons.reveal(either, person=key, reason="填写介绍信").id_number == GOOD
    line = audits.list_lines(either)[0]
    assert (line.deed, line.detail, line.account) == ("reveal", f"person:{key.hex()} 填写介绍信", "gly")
    assert audits.first_bad(either.workspace) is None


def test_a_reader_reveals_nothing(township: Session) -> None:
    key = world.person(township, id_number=GOOD)
    reader = replace(township, role=Role.READER)
    with pytest.raises(UserError, match="没有这项权限"):
        persons.reveal(reader, person=key, reason="看看")
    assert persons.open_(reader, person=key).id_number == f"329901********{GOOD[-4:]}"


def test_a_person_is_found_by_initials_and_last_four(either: Session) -> None:
    at = world.branch(either)
    key = world.member(either, at, "张建国")
    persons.save(either, draft=replace(persons.open_(either, person=key), id_number=GOOD))
    for text in ("zjg", "张建", GOOD[-4:]):
        assert [(row.name, row.branch) for row in persons.find(either, text=text)] == [("张建国", world.BRANCH)]
    assert persons.find(either, text="  ") == ()


def test_a_secretary_changes_own_people_and_makes_no_new_ones(township: Session) -> None:
    own, other = world.branch(township), world.branch(township, "望湖社区党支部")
    mine, theirs = world.member(township, own), world.member(township, other, "李明")
    at_work = replace(township, role=Role.SECRETARY, scope=own)
    persons.save(at_work, draft=replace(persons.open_(at_work, person=mine), phone="10000000002"))
    with pytest.raises(UserError, match="这个人的组织关系不在本支部"):
        persons.open_(at_work, person=theirs)
    with pytest.raises(UserError, match="没有这项权限"):
        persons.save(at_work, draft=PersonDraft("赵磊"))
    assert [row.name for row in persons.find(at_work, text="李")] == []


def test_a_person_in_use_is_not_removed_and_says_by_what(either: Session) -> None:
    at = world.branch(either)
    key = world.member(either, at)
    world.secretary(either, at, key)
    with pytest.raises(UserError) as refused:
        persons.remove(either, person=key, reason="重复")
    assert str(refused.value) == (
        f"没有把“王伟”移到回收站。还有 1 段组织关系、1 项任职（{world.BRANCH} 书记）。"
        "请先结束组织关系、结束任职，再移到回收站。"
    )
    (row,) = memberships.list_history(either, person=key)
    memberships.remove(either, membership=row.id, reason="误录")
