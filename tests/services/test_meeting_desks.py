"""What the page 组织生活 asks of the services: deeds by state, batches, what is taken over, lists as workbooks."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.documents.minutes import minutes_pdf
from desktop.models.branch import Branch
from desktop.models.membership import Membership
from desktop.models.party_group import PartyGroup
from desktop.models.person import Person
from desktop.services import (
    exports,
    meeting_batches,
    meeting_drafts,
    meeting_states,
    meeting_views,
    meetings,
    page_images,
    records,
)
from desktop.services.exports import ExportColumn
from desktop.services.meeting_drafts import AgendaDraft, MeetingDraft, ResolutionDraft
from desktop.services.sessions import Role, Session
from desktop.services.units import unit
from tests.documents.papers import MINUTES

DAY = date(2026, 11, 20)


@pytest.fixture
def branch(township: Session) -> bytes:
    with unit(township, "准备"):
        key = records.insert(township, Branch, {"code": "B012", "name": "柳溪社区老年协会党支部"})
        for name in ("王伟", "李明"):
            person = records.insert(township, Person, {"name": name})
            values = {"person_id": person, "branch_id": key, "standing": "50", "starts_on": "2020-01-01"}
            records.insert(township, Membership, values)
    return key


def complete(session: Session, branch: bytes) -> MeetingDraft:
    made = meeting_drafts.prefill(session, branch=branch, kinds=("committee",), on=DAY)
    listed = meeting_drafts.due_list(session, branch=branch, kinds=("members",), on=DAY)
    return MeetingDraft(
        branch, ("members",), DAY.isoformat(), starts_at=made.starts_at, ends_at=made.ends_at, place="活动室",
        host="王伟", recorder="李明", content="通报工作。", topic="研究工作", attendance=listed,
        agenda=(AgendaDraft("研究工作"),), resolutions=(ResolutionDraft("同意。"),),
    )  # fmt: skip


def saved(session: Session, draft: MeetingDraft) -> bytes:
    key = meetings.save(session, draft=draft).key
    assert key is not None
    return key


@pytest.mark.parametrize(
    ("role", "state", "wanted"),
    [
        (Role.SECRETARY, "draft", {"print", "edit", "hand_in", "remove"}),
        (Role.SECRETARY, "submitted", {"print"}),
        (Role.CLERK, "submitted", {"print", "edit", "pass", "return", "remove"}),
        (Role.CLERK, "passed", {"print", "edit", "archive", "return", "remove"}),
        (Role.OFFICER, "archived", {"print", "correct"}),
        (Role.READER, "passed", {"print"}),
    ],
)
def test_each_role_may_do_what_fits_the_state(role: Role, state: str, wanted: set[str]) -> None:
    assert meeting_views.deeds(role, state) == wanted


def test_a_corrected_version_is_only_printed() -> None:
    assert meeting_views.deeds(Role.OFFICER, "archived", newest=False) == {"print"}


def test_the_drawer_says_the_record_and_what_it_lacks(township: Session, branch: bytes) -> None:
    key = saved(township, MeetingDraft(branch, ("members",), DAY.isoformat(), place="活动室"))
    seen = meeting_views.view(township, meeting=key)
    assert seen.minutes.place == "活动室"
    assert seen.state_name == "待归档"
    assert "没有填主持人" in seen.lacks


def test_a_group_meeting_with_its_group_lacks_no_group(township: Session, branch: bytes) -> None:
    with unit(township, "编组"):
        group = records.insert(township, PartyGroup, {"branch_id": branch, "name": "第一党小组"})
    draft = MeetingDraft(branch, ("group",), DAY.isoformat(), party_group=group)
    found = {problem.field for problem in meeting_states.gaps(township, draft=draft)}
    assert "party_group_id" not in found


def test_a_batch_archives_the_complete_and_names_the_rest(township: Session, branch: bytes) -> None:
    good = saved(township, complete(township, branch))
    bad = saved(township, MeetingDraft(branch, ("members",), DAY.isoformat(), topic="缺项"))
    found = meeting_batches.archive(township, meetings=[good, bad])
    assert found.done == 1
    assert found.changes.label == "归档 1 份会议记录"
    assert [row.name for row in found.left] == ["2026-11-20 缺项"]
    assert records.get(township, "meeting", bad)["state"] == "passed"


def test_the_last_gathering_is_taken_over_without_what_was_said(township: Session, branch: bytes) -> None:
    saved(township, complete(township, branch))
    taken = meeting_drafts.repeat(township, branch=branch, on=date(2026, 11, 23))
    assert taken is not None
    assert (taken.kinds, taken.place, taken.host, taken.recorder) == (("members",), "活动室", "王伟", "李明")
    assert (taken.content, taken.agenda, taken.resolutions) == (None, (), ())
    assert len(taken.attendance) == 2


def test_a_branch_without_gatherings_has_nothing_to_take_over(township: Session, branch: bytes) -> None:
    assert meeting_drafts.repeat(township, branch=branch, on=DAY) is None


def test_places_are_suggested_the_latest_first(township: Session, branch: bytes) -> None:
    saved(township, MeetingDraft(branch, ("members",), "2026-01-20", place="旧礼堂"))
    saved(township, MeetingDraft(branch, ("members",), "2026-05-20", place="活动室"))
    assert meeting_drafts.places(township, branch=branch) == ("活动室", "旧礼堂")


def test_a_list_is_written_as_text_with_its_day(township: Session, tmp_path: Path) -> None:
    columns = [ExportColumn("日期", 12), ExportColumn("编号", 20)]
    rows = [("2026-11-20", "329901198506030015")]
    out = exports.write_rows(township, title="会议记录", columns=columns, rows=rows, out=tmp_path / "a.xlsx")
    sheet = load_workbook(out).active
    assert sheet is not None
    assert sheet["B3"].value == "329901198506030015"
    assert sheet["A4"].value == "青禾街道 2026-11-23 导出"


def test_pages_come_as_pixels_without_padding(township: Session) -> None:
    pdf = minutes_pdf(MINUTES)
    found = page_images.pages(township, pdf=pdf, dpi=36)
    assert found[0].stride == found[0].width * 4
    assert len(found) == page_images.count(township, pdf=pdf) == 2
