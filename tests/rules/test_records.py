"""What keeps a record from the archive (domain.md §3.1, §3.2; MTG-17)."""

from dataclasses import replace

import pytest

from desktop.rules.facts import Attendance, Vote
from desktop.rules.records import meeting_problems
from tests.rules.rules_world import found, full_record, sound


def test_a_whole_record_and_a_brief_one_lack_nothing() -> None:
    assert meeting_problems(full_record()) == []
    assert meeting_problems(replace(full_record(), brief=True, host=None, attendance=())) == []


def absent(status: str, reason: str | None) -> tuple[Attendance, ...]:
    """One who came and one who did not."""
    return (Attendance("甲", "1", standing="50", votes=True), Attendance("李明", status, reason=reason))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"held_on": None}, "held_on", "没有填会议日期"),
        ({"held_on": "2026-03"}, "held_on", "会议日期没有填到日"),
        ({"starts_at": None}, "starts_at", "没有填开始时间"),
        ({"ends_at": None}, "ends_at", "没有填结束时间"),
        ({"ends_at": "09:00"}, "ends_at", "结束时间 09:00 不晚于开始时间 09:00"),
        ({"place": ""}, "place", "没有填地点"),
        ({"host": None}, "host", "没有填主持人"),
        ({"recorder": None}, "recorder", "没有填记录人"),
        ({"content": None}, "content", "没有填议程与发言记录"),
        ({"attendance": ()}, "attendance", "没有应到名单"),
        ({"attendance": (Attendance("甲", "2", reason="事"),)}, "attendance", "名单上无人到会"),
        ({"attendance": absent("2", None)}, "attendance", "李明未到会而没有填原因"),
        ({"attendance": absent("5", "  ")}, "attendance", "李明未到会而没有填原因"),
        ({"agenda": ()}, "agenda", "没有议题"),
        ({"resolutions": ()}, "resolutions", "没有填议定事项（决议）"),
        ({"kinds": ("lecture",)}, "lecturer", "党课没有填授课人"),
        ({"kinds": ("group",)}, "party_group_id", "党小组会没有选党小组"),
        ({"kinds": ("theme_day",), "topic": None, "agenda": ()}, "topic", "没有填主题"),
        ({"kinds": ()}, "kinds", "没有选会议类型"),
        ({"votes": (Vote(1, 1, None, 12, 13, None, 7),)}, "votes", "第 1 项表决实到 13 多于应到 12"),
        ({"votes": (Vote(1, 1, None, 12, None),)}, "votes", "第 1 项表决没有填全应到、实到、赞成数"),
        (
            {"votes": (Vote(1, 1, None, 12, 10, None, 8, 2, 1),)},
            "votes",
            "第 1 项表决赞成、反对、弃权之和 8 + 2 + 1 = 11 多于实到与书面意见 10",
        ),
    ],
)
def test_each_thing_that_is_missing_has_its_field_and_its_sentence(
    changes: dict[str, object], field: str, sentence: str
) -> None:
    problems = meeting_problems(replace(full_record(), **changes))  # type: ignore[arg-type]
    assert [(problem.field, problem.sentence) for problem in problems] == [(field, sentence)]


@pytest.mark.parametrize(
    "changes",
    [
        {"attendance": absent("2", "病")},
        {"attendance": absent("6", None)},
        {"attendance": absent("8", None)},
        {"ends_at": "09:01"},
        {"votes": (Vote(1, 1, None, 12, 10, 1, 8, 2, 1),)},
        {"votes": (Vote(1, 1, None, 12, 12, None, 8, 4, 0),)},
        {"kinds": ("lecture",), "lecturer": "丙", "agenda": (), "resolutions": ()},
        {"kinds": ("group",), "party_group_id": "g1", "resolutions": ()},
        {"kinds": ("theme_day",), "agenda": (), "resolutions": ()},
    ],
)
def test_what_a_kind_does_not_need_is_not_asked_for(changes: dict[str, object]) -> None:
    assert meeting_problems(replace(full_record(), **changes)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "count"), [("archived", 1), ("passed", 1), ("draft", 0), ("returned", 0)])
def test_an_archived_record_with_a_gap_is_a_finding(state: str, count: int) -> None:
    record = replace(full_record(), state=state, host=None, recorder=None)
    rows = found(replace(sound(), meetings=(*sound().meetings, record)), "MTG-17")
    assert [row.why for row in rows] == ["没有填主持人；没有填记录人"] * count


def test_a_meeting_without_a_date_cannot_be_judged_even_if_brief() -> None:
    record = replace(full_record(), brief=True, held_on=None)
    (row,) = found(replace(sound(), meetings=(*sound().meetings, record)), "MTG-17")
    assert row.state == "unknown"
    assert row.why.startswith("无法判断，因为")


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        (9, None), (10, None), (11, "第 1 项表决实到 11 多于名单上到会且有表决权的 10"),
        (13, "第 1 项表决实到 13 多于应到 12"),
    ],
)  # fmt: skip
def test_no_more_vote_than_came_by_name_and_have_a_vote(present: int, sentence: str | None) -> None:
    came = [Attendance(f"党员{n}", "1" if n < 9 else "7", f"m{n}", "50", votes=True) for n in range(10)]
    others = [
        Attendance("请假的", "2", "m10", "50", votes=True, reason="病"),
        Attendance("请假的", "3", "m11", "50", votes=True, reason="病"),
        Attendance("预备党员", "1", "m12", "40"), Attendance("列席", "6", "m13", "50"),
    ]  # fmt: skip
    record = full_record(attendance=(*came, *others), votes=(Vote(1, 1, None, 12, present, None, 7, 0, 0),))
    assert [problem.sentence for problem in meeting_problems(record)] == ([sentence] if sentence else [])
    record = replace(record, id="x9")
    why = [row.why for row in found(replace(sound(), meetings=(*sound().meetings, record)), "MTG-17")]
    assert why == ([sentence] if sentence else [])
