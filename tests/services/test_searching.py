"""Search over a real workspace, on both drivers (ux.md §2)."""

from dataclasses import replace

import pytest

from desktop.models.branch import Branch
from desktop.models.person import Person
from desktop.services import importing, records, searching, undoing
from desktop.services.sessions import Role, Session
from desktop.services.units import unit
from desktop.spreadsheets.rosters import read_roster
from tests.support import rows, workbooks
from tests.support.equality import assert_search_is_fresh


def titles(session: Session, text: str) -> list[str]:
    return [hit.title for hit in searching.search(session, text=text)]


@pytest.mark.parametrize("text", ["青禾", "qh", "q'h", "QH", "ｑｈ", "qinghe", "qing he", "oyqh", "ouyang", "欧阳qh"])
def test_a_name_is_found_by_its_characters_its_pinyin_and_its_initials(either: Session, text: str) -> None:
    rows.person(either, "欧阳青禾")
    assert "欧阳青禾" in titles(either, text)


@pytest.mark.parametrize("text", ["stf", "dtf", "shantianfang", "田芳"])
def test_a_surname_is_found_by_every_likely_reading(either: Session, text: str) -> None:
    rows.person(either, "单田芳")
    assert titles(either, text) == ["单田芳"]


@pytest.mark.parametrize("name", ["王𬭎", "䶮四", "㛃五", "𠮷六", "李\U0002ebf0"])
def test_rare_characters_are_found(either: Session, name: str) -> None:
    rows.person(either, name)
    for text in (name, *name):
        assert titles(either, text) == [name]


def test_a_person_is_found_by_the_last_four_digits_alone(either: Session) -> None:
    rows.person(either, "李明", id_number="32990119850603001X")
    assert titles(either, "001x") == ["李明"]
    assert titles(either, "19850603") == []


def test_an_organisation_is_found_by_its_code_and_short_name(either: Session) -> None:
    rows.organisation(either, "青禾街道柳溪社区老年协会", short_name="老年协", uscc="51329901MJ1234567A")
    assert titles(either, "51329901mj") == titles(either, "lnx") == titles(either, "老年协") != []


def test_full_width_digits_in_a_name_are_found_by_narrow_ones(either: Session) -> None:
    rows.branch(either, "青禾第１２党支部", "B912")
    assert titles(either, "第12") == ["青禾第１２党支部"]
    assert titles(either, "b912") == ["青禾第１２党支部"]


@pytest.mark.parametrize("text", ["", "  ", "'", '"', "*", "OR", "NEAR(", "^", "-", "a:b", "'; DROP TABLE person"])
def test_no_text_breaks_the_query(either: Session, text: str) -> None:
    assert searching.search(either, text=text) == ()


def test_a_renamed_branch_changes_the_note_of_its_people_at_once(either: Session) -> None:
    where, who = rows.branch(either, "第一党支部", "B901"), rows.person(either, "李明")
    rows.membership(either, who, where)
    with unit(either, "改名"):
        records.update(either, Branch, where, {"name": "望湖党支部"})
    assert [hit.note for hit in searching.search(either, text="李明")] == ["望湖党支部"]
    assert_search_is_fresh(either)


def test_what_is_binned_is_found_no_more_and_found_again_after_undo(either: Session) -> None:
    key = rows.person(either, "李明")
    with unit(either, "删除"):
        records.bin_record(either, Person, key, "重复")
    assert titles(either, "lm") == []
    undoing.undo_last(either)
    assert titles(either, "lm") == ["李明"]
    assert_search_is_fresh(either)


def test_an_import_is_found_at_once_and_its_undo_is_too(either: Session) -> None:
    roster = read_roster(workbooks.FOLDER / "members.xlsx", "members")
    importing.import_roster(either, roster=roster, name="members.xlsx")
    assert titles(either, "王𬭎") == ["王𬭎"]
    assert_search_is_fresh(either)
    undoing.undo_last(either)
    assert titles(either, "王𬭎") == []
    assert_search_is_fresh(either)


def test_a_secretary_finds_only_the_own_branch_however_many_others_there_are(either: Session) -> None:
    own, other = rows.branch(either, "甲支部", "B901"), rows.branch(either, "乙支部", "B902")
    with unit(either, "登记"):
        for number in range(60):
            who = records.insert(either, Person, {"name": f"王{number}"})
            values = {"person_id": who, "branch_id": other, "standing": "50"}
            records.insert(either, rows.Membership, values)
    rows.membership(either, rows.person(either, "王好好好好好"), own)
    secretary = replace(either, role=Role.SECRETARY, scope=own)
    assert titles(secretary, "王") == ["王好好好好好"]
