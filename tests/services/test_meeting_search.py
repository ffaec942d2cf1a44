"""Meetings are found by whose they are, of which kind and when, in any order and with or without blanks."""

from datetime import date

import pytest

from desktop.services import meeting_search
from desktop.services.meeting_search import Asked
from desktop.services.sessions import Session
from tests.ui import meeting_world as world

NAME = "柳溪社区老年协会党支部"


@pytest.fixture
def meetings(township: Session) -> dict[str, str]:
    branch = world.branch(township)
    world.branch(township, "北渚社区党支部", "329901001B013")
    return {
        kind: world.saved(township, world.complete(township, branch, on=on, kinds=(kind,))).hex()
        for kind, on in (("committee", date(2026, 10, 20)), ("members", date(2026, 9, 25)))
    }


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("柳溪 支委会 11月", Asked("柳溪", ("committee",), "____-11%")),
        ("2026年11月18日 柳溪社区党支部支部党员大会", Asked("柳溪社区党支部", ("members",), "2026-11-18%")),
        ("lxsq zwh", Asked("lxsq", ("committee",))),
        ("11-8", Asked("", (), "____-11-08%")),
        ("2026年 党课", Asked("", ("lecture",), "2026%")),
        ("柳溪", Asked("柳溪")),
        ("0018", Asked("0018")),
    ],
)
def test_kinds_and_days_are_read_out_of_the_words(text: str, asked: Asked) -> None:
    assert meeting_search.read(text) == asked


@pytest.mark.parametrize("text", ["柳溪 支委会", f"{NAME}支委会", "lxsq 10月", "支委会 2026-10-20", "10-20"])
def test_a_meeting_is_found_by_branch_kind_and_day(township: Session, meetings: dict[str, str], text: str) -> None:
    found = meeting_search.find(township, text=text)
    assert [(hit.id, hit.title) for hit in found] == [(meetings["committee"], f"{NAME}　支部委员会会议")]
    assert found[0].note.startswith("2026-10-20")


def test_initials_of_a_branch_give_its_last_meetings_after_it(township: Session, meetings: dict[str, str]) -> None:
    found = meeting_search.find(township, text="lxsq")
    assert [hit.kind for hit in found] == ["branch", "meeting", "meeting"]
    assert [hit.id for hit in found[1:]] == [meetings["committee"], meetings["members"]]


def test_a_branch_without_such_a_meeting_gives_none(township: Session, meetings: dict[str, str]) -> None:
    assert meetings
    assert meeting_search.find(township, text="北渚 支委会") == ()
