"""What the meeting form computes and keeps, without a window: turnout, sums of votes, kept forms as text."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.meeting_drafts import AttendanceDraft, MeetingDraft, VoteDraft
from desktop.services.sessions import Session
from desktop.ui.meetings import draft_text, figures
from desktop.ui.meetings.ballots import VoteRow
from desktop.ui.meetings.draft_text import Kept
from desktop.ui.theme import Theme
from tests.ui import meeting_world as world


@pytest.fixture
def branch(township: Session) -> bytes:
    return world.branch(township)


def test_the_turnout_is_said_beside_the_list() -> None:
    rows = [replace(row, status="2", reason="出差") if at == 1 else row for at, row in enumerate(_people(3))]
    assert figures.turnout_words(rows) == "应到 3 人，实到 2 人，请假 1 人（刘芳，事假）"


def test_leave_is_counted_apart_from_absence_without_leave_as_the_print_counts_it() -> None:
    marks = ("1", "4", "5", "2")
    rows = [replace(row, status=mark, reason="出差") for row, mark in zip(_people(4), marks, strict=True)]
    names = world.NAMES
    assert figures.turnout_words(rows) == (
        f"应到 4 人，实到 1 人，请假 2 人（{names[1]}，公假；{names[3]}，事假），缺席 1 人（{names[2]}）"
    )


def _people(count: int) -> list[AttendanceDraft]:
    return [AttendanceDraft(name, standing="50", votes=True) for name in world.NAMES[:count]]


def test_a_motion_without_enough_votes_is_not_passed() -> None:
    words, passed = figures.vote_words(VoteDraft(due=12, present=7, approve=6))
    assert passed is False
    assert words == "实到有表决权 7 ≥ 应到 12 的半数 6 ✓；赞成 6 ≤ 12/2 = 6 ✗"



def test_numbers_that_contradict_each_other_are_said_and_give_no_result() -> None:
    vote = VoteDraft(due=3, present=3, approve=9)
    assert figures.vote_words(vote) == ("", None)
    assert figures.vote_fault(vote) == "这项表决赞成 9，多于实到 3。请核对票数。"


@pytest.mark.parametrize(
    ("vote", "said"),
    [
        (VoteDraft(due=7, present=6, approve=5, against=2, abstain=0), "赞成 5 + 反对 2 + 弃权 0 = 7，多于实到 6"),
        (
            VoteDraft(due=7, present=5, written=1, approve=5, other=2),
            "赞成 5 + 另选他人 2 = 7，多于实到 5 + 书面意见 1 = 6",
        ),
    ],
)  # fmt: skip
def test_a_fault_names_its_numbers_and_their_sum(vote: VoteDraft, said: str) -> None:
    assert figures.vote_fault(vote) == f"这项表决{said}。请核对票数。"


def test_numbers_that_add_up_have_no_fault() -> None:
    assert figures.vote_fault(VoteDraft(due=3, present=3, approve=2, against=1)) == ""


def test_the_row_of_a_vote_that_does_not_add_up_shows_the_fault_in_place_of_the_result(
    look: Theme, qtbot: QtBot
) -> None:
    row = VoteRow()
    qtbot.addWidget(row)
    row.show_value(VoteDraft(due=7, present=8, approve=7))
    assert row.sum.text() == "这项表决实到 8 多于应到 7。请核对票数。"
    assert row.sum.property("role") == "error"
    assert row.result.isHidden()


def test_a_vote_that_is_put_right_shows_its_result_again(look: Theme, qtbot: QtBot) -> None:
    row = VoteRow()
    qtbot.addWidget(row)
    row.show_value(VoteDraft(due=7, present=8, approve=7))
    row.numbers["present"].set_number(7)
    assert row.sum.property("role") == "label"
    assert row.result.text() == "通过"
    assert not row.result.isHidden()


def test_a_form_becomes_text_and_comes_back_equal(township: Session, branch: bytes) -> None:
    kept = Kept(replace(world.complete(township, branch), votes=(VoteDraft(1, due=3),)), "理由", b"\x01" * 16)
    assert draft_text.loads(draft_text.dumps(kept)) == kept


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"draft": {"kinds": 3}}', '{"draft": {"kinds": [], "nonsense": 1}}'])
def test_a_kept_form_that_cannot_be_read_is_not_offered(text: str) -> None:
    assert draft_text.loads(text) is None


def test_a_kept_form_without_day_or_kind_is_asked_about_in_plain_words() -> None:
    assert draft_text.question(MeetingDraft(b"", ())) == "发现未完成的会议记录"
