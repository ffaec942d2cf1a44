"""Places, offices, divisions, Party groups and masks: the small nouns."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import divisions, management, masking, offices, party_groups, places
from desktop.services.management import ManagementDraft
from desktop.services.offices import OfficeDraft
from desktop.services.party_groups import PartyGroupDraft
from desktop.services.places import PlaceDraft
from desktop.services.sessions import Session
from tests.services import record_world as world


def test_a_place_counts_what_lies_in_it_and_is_not_removed_while_it_does(either: Session) -> None:
    key = world.place(either)
    world.organisation(either, place_id=key)
    (row,) = places.list_places(either)
    assert (row.name, row.kind_name, row.organisations, row.branches) == ("柳溪社区", "社区", 1, 0)
    with pytest.raises(UserError, match="还有社会组织或党组织登记在这里"):
        places.remove(either, place=key, reason="重复")


def test_a_place_opens_as_it_was_saved(either: Session) -> None:
    draft = PlaceDraft("望湖村", kind="village", code="329901001201", sort=2)
    key = world.known(places.save(either, draft=draft).key)
    assert places.open_(either, place=key) == replace(draft, id=key)
    places.remove(either, place=key, reason="误")
    assert places.list_places(either) == ()


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (
            PlaceDraft("望湖村", code="3299"),
            "没有保存村（社区）。代码“3299”不是 12 位数字。请照统计用区划代码填写，或留空。",
        ),
        (PlaceDraft("望湖村", kind="town"), "没有保存村（社区）。没有选是村还是社区。请选一项，再保存。"),
        (PlaceDraft("柳溪社区"), "没有保存村（社区）。已有“柳溪社区”。请打开那一个修改。"),
    ],
)
def test_a_wrong_place_is_refused(township: Session, draft: PlaceDraft, sentence: str) -> None:
    world.place(township)
    with pytest.raises(UserError) as refused:
        places.save(township, draft=draft)
    assert str(refused.value) == sentence


def test_an_office_counts_whom_it_answers_for(either: Session) -> None:
    key = world.known(offices.save(either, draft=OfficeDraft("澄湾区民政局", kind="registry")).key)
    management.save(either, draft=ManagementDraft(world.organisation(either), "2", office_id=key))
    (row,) = offices.list_offices(either)
    assert (row.name, row.level_name, row.kind_name, row.organisations) == ("澄湾区民政局", "县级", "登记管理机关", 1)
    with pytest.raises(UserError, match="还有管理渠道、任职或会议用到它"):
        offices.remove(either, office=key, reason="改名")


def test_an_office_is_not_its_own_superior(township: Session) -> None:
    key = world.known(offices.save(township, draft=OfficeDraft("澄湾区委社会工作部")).key)
    with pytest.raises(UserError, match="上级选的是它自己"):
        offices.save(township, draft=replace(offices.open_(township, office=key), parent_id=key))


def test_a_party_group_stands_once_in_its_branch(either: Session) -> None:
    at = world.branch(either)
    draft = PartyGroupDraft(at, "第一党小组", leader_id=world.member(either, at), sort=1)
    key = world.known(party_groups.save(either, draft=draft).key)
    assert party_groups.open_(either, party_group=key) == replace(draft, id=key)
    assert [(row.name, row.leader) for row in party_groups.list_groups(either, branch=at)] == [("第一党小组", "王伟")]
    with pytest.raises(UserError, match="这个支部已有“第一党小组”"):
        party_groups.save(either, draft=PartyGroupDraft(at, "第一党小组"))


def test_divisions_go_from_cities_to_counties_to_townships(township: Session) -> None:
    assert len(divisions.list_cities(township)) == 13
    counties = divisions.list_below(township, code="320100")
    assert counties[0].path == "南京市 玄武区"
    streets = divisions.list_below(township, code=counties[0].code)
    assert streets[0].path == "南京市 玄武区 梅园新村街道"
    assert divisions.list_below(township, code=streets[0].code) == ()


def test_divisions_are_found_by_name_and_by_code(township: Session) -> None:
    assert divisions.find(township, text="梅园新村")[0].code == "320102002"
    assert [row.name for row in divisions.find(township, text="320102", limit=2)] == ["玄武区", "梅园新村街道"]
    assert divisions.find(township, text=" ") == ()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("329901198506030012", "329901********0012"),
        ("329901850603001", "329901*****3001"),
        ("1234", "****"),
        (None, None),
    ],
)
def test_identity_numbers_keep_six_and_four(number: str | None, shown: str | None) -> None:
    assert masking.identity(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("10000000001", "100****0001"),
        ("10000000001、10000000002", "100****0001、100****0002"),
        ("0512-6555012", "0512-***5012"),
        ("", None),
    ],
)
def test_telephones_keep_three_and_four(number: str | None, shown: str | None) -> None:
    assert masking.phone(number) == shown
