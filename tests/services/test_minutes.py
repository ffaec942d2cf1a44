"""Which records print, what they say, and the files that are written, on both drivers where storage is touched."""

import errno
import io
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from desktop.core.errors import UserError
from desktop.core.progress import CancelledError, Progress
from desktop.documents.minutes import minutes_pdf
from desktop.documents.record import Absence, Count, Decision
from desktop.models.branch import Branch
from desktop.models.membership import Membership
from desktop.models.party_group import PartyGroup
from desktop.models.person import Person
from desktop.services import meeting_states, meetings, minutes, minutes_names, minutes_words, records, recovery_sheets
from desktop.services.meeting_drafts import (
    AgendaDraft,
    AttendanceDraft,
    MeetingDraft,
    ResolutionDraft,
    VoteDraft,
    prefill,
)
from desktop.services.sessions import Role, Session
from desktop.services.units import unit
from tests.documents.papers import by_poppler, joined

NAME = "柳溪社区老年协会党支部"
DAY = date(2026, 11, 20)


@pytest.fixture
def branch(township: Session) -> bytes:
    return make_branch(township)


def make_branch(session: Session, code: str = "B101", name: str = NAME) -> bytes:
    with unit(session, "准备"):
        key = records.insert(session, Branch, {"code": code, "name": name})
        for who, standing in (("李秀英", "50"), ("陈𬭎", "50"), ("𠮷田一", "40")):
            person = records.insert(session, Person, {"name": who})
            values = {"person_id": person, "branch_id": key, "standing": standing, "starts_on": "2020-01-01"}
            records.insert(session, Membership, values)
    return key


def form(session: Session, branch: bytes, *kinds: str, **changes: str) -> MeetingDraft:
    draft = prefill(session, branch=branch, kinds=kinds or ("committee",), on=DAY)
    listed = tuple(
        AttendanceDraft(name, None, post, standing, standing == "50", status, reason)
        for name, post, standing, status, reason in (
            ("李秀英", "书记", "50", "1", None),
            ("陈𬭎", None, "50", "2", "出差"),
            ("𠮷田一", None, "40", "5", None),
            ("孙丽", "指导员", None, "6", None),
            ("赵敏", None, "50", "8", "病重卧床"),
        )
    )
    said = {"host": "李秀英", "recorder": "刘芳", "place": "二楼会议室", "topic": "学习党章", "content": "略"} | changes
    return replace(draft, attendance=listed, **said)


def saved(session: Session, draft: MeetingDraft) -> bytes:
    key = meetings.save(session, draft=draft).key
    assert key is not None
    return key


def archived(session: Session, draft: MeetingDraft) -> bytes:
    key = saved(session, replace(draft, record_class="brief"))
    meeting_states.archive(session, meeting=key)
    return key


def test_a_saved_meeting_says_who_was_due_came_and_did_not(township: Session, branch: bytes) -> None:
    made = minutes.of_meeting(township, meeting=saved(township, form(township, branch)))
    assert made.title == f"{NAME}支部委员会会议记录"
    assert made.numbers == "2026年第1次"
    assert made.time == "2026年11月20日14:30—16:00"
    assert (made.due, made.present) == (Count(3, 2, 1, 2), Count(1, 1, None, 1))
    assert made.on_leave == (Absence("陈𬭎", "事假", "出差"),)
    assert made.absent == (Absence("𠮷田一"),)
    assert made.excluded == (Absence("赵敏", "", "病重卧床"),)
    assert (made.observers, made.observers_count) == ("孙丽（指导员）", 1)
    assert (made.host, made.recorder) == ("李秀英（书记）", "刘芳")


def test_the_formula_of_a_vote_is_that_of_the_rules(township: Session, branch: bytes) -> None:
    agenda = (AgendaDraft("讨论转正"), AgendaDraft("其他"))
    votes = (
        VoteDraft(1, due=12, present=7, approve=7, against=0, method="1"),
        VoteDraft(None, due=12, present=7, approve=6, abstain=1),
    )
    draft = replace(form(township, branch, "members"), agenda=agenda, votes=votes)
    first, second = minutes.of_draft(township, draft=draft).votes
    assert (first.about, first.method, first.result) == ("讨论转正", "举手", "通过")
    assert first.numbers == "应到有表决权12人，实到有表决权7人，赞成7票，反对0票。"
    assert first.formula == "实到有表决权 7 ≥ 应到 12 的半数 6 ✓；赞成 7 > 12/2 = 6 ✓"
    assert (second.about, second.result) == ("第2项表决", "未通过")
    assert second.formula.endswith("赞成 6 ≤ 12/2 = 6 ✗")



@pytest.mark.parametrize(
    "vote", [VoteDraft(due=3, present=3, approve=9), VoteDraft(due=7, present=8, approve=7)], ids=("sum", "present")
)
def test_a_draft_whose_votes_contradict_each_other_prints_no_result(
    township: Session, branch: bytes, vote: VoteDraft
) -> None:
    made = minutes.of_draft(township, draft=replace(form(township, branch, "members"), votes=(vote,)))
    assert (made.votes[0].formula, made.votes[0].result) == ("", "")
    assert "表决结果" not in joined(by_poppler(minutes_pdf(made)))


def test_a_ballot_on_a_person_names_the_person_and_judges_nothing(township: Session, branch: bytes) -> None:
    (person,) = township.db.rows("SELECT id FROM person WHERE name = '𠮷田一'")[0]
    ballot = VoteDraft(person_id=person, due=3, present=2, approve=2)
    draft = replace(form(township, branch, "members"), votes=(ballot,))
    (vote,) = minutes.of_draft(township, draft=draft).votes
    assert (vote.about, vote.formula, vote.result) == ("𠮷田一", "", "")


def test_decisions_say_who_by_when(township: Session, branch: bytes) -> None:
    rows = (ResolutionDraft("走访老人", None, "刘芳", "2026-12", "2026-12-01"), ResolutionDraft("补记录"))
    made = minutes.of_draft(township, draft=replace(form(township, branch), resolutions=rows))
    assert made.resolutions == (Decision("走访老人", "刘芳", "2026年12月", "2026年12月1日"), Decision("补记录"))


@pytest.mark.parametrize(
    ("kinds", "group", "wanted"),
    [
        (("members",), None, "支部党员大会会议记录"),
        (("committee",), None, "支部委员会会议记录"),
        (("lecture",), None, "党课记录"),
        (("theme_day", "lecture"), None, "主题党日暨党课记录"),
        (("members", "theme_day"), None, "支部党员大会暨主题党日会议记录"),
        (("group",), "第一党小组", "第一党小组会议记录"),
        (("group",), None, "党小组会会议记录"),
    ],
)
def test_the_title_names_the_kind_of_record(kinds: tuple[str, ...], group: str | None, wanted: str) -> None:
    assert minutes_words.title("某支部", group, kinds) == f"某支部{wanted}"


def test_a_gathering_of_two_kinds_has_both_numbers(township: Session, branch: bytes) -> None:
    saved(township, form(township, branch, "members"))
    made = minutes.of_meeting(township, meeting=saved(township, form(township, branch, "members", "theme_day")))
    assert made.numbers == "2026年第2次支部党员大会、第1次主题党日"


def test_a_group_meeting_is_named_by_its_group(township: Session, branch: bytes) -> None:
    with unit(township, "准备"):
        group = records.insert(township, PartyGroup, {"branch_id": branch, "name": "第二党小组"})
    draft = replace(form(township, branch, "group"), party_group=group)
    assert minutes.of_draft(township, draft=draft).title == f"{NAME}第二党小组会议记录"


def test_passed_and_archived_records_print_and_drafts_only_when_asked(township: Session, branch: bytes) -> None:
    passed = saved(township, form(township, branch))
    kept = archived(township, form(township, branch, "lecture"))
    secretary = replace(township, role=Role.SECRETARY, scope=branch)
    draft = saved(secretary, form(township, branch, "members"))
    assert set(minutes.select(township, branch=branch)) == {passed, kept}
    assert set(minutes.select(township, branch=branch, drafts=True)) == {passed, kept, draft}
    assert minutes.of_meeting(township, meeting=draft).draft
    assert not minutes.of_meeting(township, meeting=passed).draft


def test_one_draft_asked_for_by_itself_is_refused_with_the_way_out(township: Session, branch: bytes) -> None:
    secretary = replace(township, role=Role.SECRETARY, scope=branch)
    draft = saved(secretary, form(township, branch))
    with pytest.raises(UserError) as refused:
        minutes.select(township, meeting=draft)
    assert str(refused.value) == "没有打印。这份记录还没有通过。请通过后再打印，或选择连同草稿一起打印。"
    assert minutes.select(township, meeting=draft, drafts=True) == (draft,)


def test_records_are_chosen_by_year_and_in_order_of_date(township: Session, branch: bytes) -> None:
    later = saved(township, form(township, branch, held_on="2026-12-01"))
    before = saved(township, form(township, branch, held_on="2025-06-01"))
    first = saved(township, form(township, branch, held_on="2026-01-05"))
    assert minutes.select(township, year=2026) == (first, later)
    assert minutes.select(township) == (before, first, later)


def test_a_correction_and_what_it_corrects_both_print_and_name_each_other(township: Session, branch: bytes) -> None:
    old = archived(township, form(township, branch))
    kept = meetings.open_(township, meeting=old)
    new = meeting_states.correct(township, meeting=old, draft=replace(kept, topic="改"), reason="写错了议题").key
    assert new is not None
    meeting_states.archive(township, meeting=new)
    newest = meeting_states.correct(township, meeting=new, draft=replace(kept, topic="再改"), reason="还是错").key
    for asked in (old, new, newest):
        assert minutes.select(township, meeting=asked) == (old, new, newest)
    assert minutes.select(township, branch=branch) == (old, new, newest)
    first, second = (minutes.of_meeting(township, meeting=key) for key in (old, new))
    assert first.version == "第1版，已由第2版更正"
    assert first.correction == "本版已由第2版更正，以第2版为准。更正理由：写错了议题"
    assert second.version == "第2版，更正第1版，已由第3版更正"
    assert second.correction.startswith("本版更正2026年11月20日会议记录的第1版。更正理由：写错了议题\n")


def test_a_deleted_record_does_not_print(township: Session, branch: bytes) -> None:
    key = saved(township, form(township, branch))
    meetings.remove(township, meeting=key, reason="重复")
    assert minutes.select(township) == ()


def test_a_secretary_prints_the_own_branch_alone(township: Session, branch: bytes) -> None:
    other = make_branch(township, "B102", "望湖社区志愿服务队党支部")
    own, foreign = saved(township, form(township, branch)), saved(township, form(township, other))
    secretary = replace(township, role=Role.SECRETARY, scope=branch)
    assert minutes.select(secretary) == (own,)
    draft = form(township, other)
    for refused in (
        lambda: minutes.select(secretary, branch=other),
        lambda: minutes.select(secretary, meeting=foreign),
        lambda: minutes.of_meeting(secretary, meeting=foreign),
        lambda: minutes.pdf(secretary, meetings=(foreign,)),
        lambda: minutes.preview(secretary, draft=draft),
    ):
        with pytest.raises(UserError, match="它属于别的党组织"):
            refused()


def test_a_reader_prints(township: Session, branch: bytes, tmp_path: Path) -> None:
    key = saved(township, form(township, branch))
    reader = replace(township, role=Role.READER)
    assert minutes.write(reader, meetings=minutes.select(reader), out=tmp_path) == (
        tmp_path / f"2026-11-20_{NAME}_支委会.pdf",
    )
    assert minutes.select(reader, meeting=key) == (key,)


def test_the_preview_is_the_very_file_that_is_written(either: Session, tmp_path: Path) -> None:
    key = saved(either, form(either, make_branch(either)))
    seen = minutes.preview(either, draft=meetings.open_(either, meeting=key))
    (path,) = minutes.write(either, meetings=(key,), out=tmp_path / "新文件夹")
    assert path.read_bytes() == seen
    assert "出席：李秀英" in joined(by_poppler(seen))


def test_the_preview_of_a_new_form_needs_no_saving(township: Session, branch: bytes) -> None:
    text = by_poppler(minutes.preview(township, draft=form(township, branch, topic="谈𠮷祥")))
    assert "谈𠮷祥" in text
    assert "草稿" not in text
    secretary = replace(township, role=Role.SECRETARY, scope=branch)
    assert minutes.of_draft(secretary, draft=form(township, branch)).draft


def test_no_file_is_overwritten(township: Session, branch: bytes, tmp_path: Path) -> None:
    keys = (saved(township, form(township, branch)), saved(township, form(township, branch)))
    names = [path.name for _ in range(2) for path in minutes.write(township, meetings=keys, out=tmp_path)]
    stem = f"2026-11-20_{NAME}_支委会"
    assert names == [f"{stem}.pdf", f"{stem}（2）.pdf", f"{stem}（3）.pdf", f"{stem}（4）.pdf"]
    one = minutes.write(township, meetings=keys, out=tmp_path / "全部.pdf", combined=True)
    two = minutes.write(township, meetings=keys, out=tmp_path / "全部.pdf", combined=True)
    assert (one[0].name, two[0].name) == ("全部.pdf", "全部（2）.pdf")


def test_a_bound_file_has_a_bookmark_for_each_meeting(township: Session, branch: bytes, tmp_path: Path) -> None:
    keys = tuple(saved(township, form(township, branch, held_on=f"2026-0{month}-05")) for month in (1, 2, 3))
    (path,) = minutes.write(township, meetings=keys, out=tmp_path, combined=True)
    assert path.name == f"{NAME}_2026年会议记录.pdf"
    marks = [mark.title[:10] for mark in pypdf.PdfReader(io.BytesIO(path.read_bytes())).outline]
    assert marks == ["2026-01-05", "2026-02-05", "2026-03-05"]


def test_a_name_of_a_branch_that_no_disk_takes_is_made_safe() -> None:
    name = minutes_names.file_name(("2026-11-20", '../a\\b:c*d?"e<f>g|h\n', "党课"))
    assert name == "2026-11-20_.._a_b_c_d__e_f_g_h_党课.pdf"
    assert len(minutes_names.file_name(("2026-11-20", "𠮷" * 300)).encode()) <= 204
    assert minutes_names.file_name(("未注明日期", "", None)) == "未注明日期.pdf"


def test_a_bound_file_is_named_by_its_branch_and_years(township: Session, branch: bytes) -> None:
    keys = [saved(township, form(township, branch, held_on=day)) for day in ("2025-12-05", "2026-01-05")]
    assert minutes_names.of_meetings(township, meetings=keys) == f"{NAME}_2025—2026年会议记录.pdf"
    assert minutes_names.of_meetings(township, meetings=keys[:1]) == f"2025-12-05_{NAME}_支委会.pdf"


def test_nothing_chosen_writes_nothing(township: Session, tmp_path: Path) -> None:
    assert minutes.write(township, meetings=(), out=tmp_path / "x.pdf", combined=True) == ()
    assert list(tmp_path.glob("*.pdf")) == []
    with pytest.raises(UserError, match="没有选会议记录"):
        minutes.pdf(township, meetings=())


def test_a_full_disk_is_said_in_a_sentence(
    township: Session, branch: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = saved(township, form(township, branch))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="磁盘空间不足"):
        minutes.write(township, meetings=(key,), out=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(township: Session, branch: bytes, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    key = saved(township, form(township, branch))
    with pytest.raises(UserError, match=r"没有建立文件夹 里面。给出的位置不是文件夹。"):
        minutes.write(township, meetings=(key,), out=tmp_path / "文件" / "里面")


def test_cancelling_keeps_what_is_finished(township: Session, branch: bytes, tmp_path: Path) -> None:
    keys = tuple(saved(township, form(township, branch)) for _ in range(3))
    progress = Progress()
    progress.report = lambda done, _total, _text: progress.cancel() if done == 1 else None
    with pytest.raises(CancelledError):
        minutes.write(township, meetings=keys, out=tmp_path / "out", progress=progress)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 2


def test_a_name_that_cannot_be_printed_stops_the_file_by_name(township: Session, branch: bytes, tmp_path: Path) -> None:
    key = saved(township, form(township, branch, recorder="王\U0002ebf0"))
    with pytest.raises(UserError, match=r"U\+2EBF0"):
        minutes.write(township, meetings=(key,), out=tmp_path / "out")


def test_the_recovery_sheet_names_the_workspace_and_is_for_officers_alone(township: Session) -> None:
    text = joined(by_poppler(recovery_sheets.sheet(township, code="4000-0000-0000-0APN-59HK-NHY2-PJX2")))
    assert "单位：青禾街道" in text
    with pytest.raises(UserError, match="没有这项权限"):
        recovery_sheets.sheet(replace(township, role=Role.CLERK), code="x")
