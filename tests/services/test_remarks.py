"""What people say about findings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.services import audits, remarks, workspaces
from desktop.services.findings import Finding
from desktop.services.sessions import Session
from tests.services.findings_world import found
from tests.support import demo


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Session]:
    session = demo.copy_demo(tmp_path / "w")
    yield session
    workspaces.close(session.workspace)


def one(session: Session) -> Finding:
    return next(row for row in found(session, "MTG-02", "B015") if row.period == "2026-03")


def test_an_explanation_stands_behind_the_sum(town: Session) -> None:
    row = one(town)
    changes = remarks.explain(town, rule=row.rule, subject=row.subject, period=row.period, reason="书记住院。")
    assert (one(town).state, one(town).why) == ("explained", f"{row.why}（说明：书记住院。）")
    assert changes.topics == {"remark"}
    assert changes.label == "说明：澄湾区书画协会党支部 MTG-02 2026-03"
    assert audits.list_lines(town, limit=1)[0].detail == changes.label


def test_only_the_named_period_is_explained(town: Session) -> None:
    row = one(town)
    remarks.explain(town, rule=row.rule, subject=row.subject, period=row.period, reason="书记住院。")
    assert [row.state for row in found(town, "MTG-02", "B015")] == ["explained", "overdue"]


def test_a_second_word_takes_the_place_of_the_first(town: Session) -> None:
    row = one(town)
    about = {"rule": row.rule, "subject": row.subject, "period": row.period}
    first = remarks.explain(town, **about, reason="书记住院。")
    second = remarks.rule_out(town, **about, reason="当月支部暂停活动。")
    assert first.key == second.key
    assert one(town).state == "not_applicable"


def test_a_postponement_ends_with_its_day(town: Session) -> None:
    row = one(town)
    about = {"rule": row.rule, "subject": row.subject, "period": row.period}
    remarks.postpone(town, **about, reason="年底一并补开。", until_on="2026-11-23")
    assert one(town).state == "postponed"
    for until in ("2026-11-22", "年底"):
        with pytest.raises(UserError, match="延期到的日期没有填对，或早于今天"):
            remarks.postpone(town, **about, reason="补开。", until_on=until)


def test_a_word_needs_a_reason(town: Session) -> None:
    row = one(town)
    with pytest.raises(UserError) as refused:
        remarks.rule_out(town, rule=row.rule, subject=row.subject, period=row.period, reason="　")
    assert str(refused.value) == "没有记下不适用。没有写理由。请写明理由，再保存。"


def test_nothing_is_said_about_what_is_not_found(town: Session) -> None:
    row = one(town)
    with pytest.raises(UserError) as refused:
        remarks.explain(town, rule=row.rule, subject=row.subject, period="2026-04", reason="没有这回事。")
    assert str(refused.value) == "没有找到这条检查结果。它可能已经办好，或不归这个账号管。请刷新列表后再试。"


def test_a_word_is_taken_back(town: Session) -> None:
    row = one(town)
    about = {"rule": row.rule, "subject": row.subject, "period": row.period}
    remarks.explain(town, **about, reason="书记住院。")
    remarks.withdraw(town, **about)
    assert one(town).state == "overdue"
    with pytest.raises(UserError, match="这条检查结果没有说明"):
        remarks.withdraw(town, **about)


def test_a_secretary_explains_what_is_the_own_branchs_and_postpones_nothing(tmp_path: Path) -> None:
    session = demo.copy_demo(tmp_path / "w", account="sj")
    row = next(row for row in found(session, "MTG-03") if row.period == "2026-05")
    remarks.explain(session, rule=row.rule, subject=row.subject, period=row.period, reason="组长住院。")
    assert [word.reason for word in remarks.list_remarks(session)] == ["组长住院。"]
    with pytest.raises(UserError, match="没有这项权限"):
        remarks.rule_out(session, rule=row.rule, subject=row.subject, period=row.period, reason="不适用。")
    workspaces.close(session.workspace)


def test_the_demo_has_one_explained_and_one_postponed(town: Session) -> None:
    words = remarks.list_remarks(town)
    assert [(row.rule, row.period, row.state, row.until_on) for row in words] == [
        ("MTG-01", "2026Q2", "postponed", "2026-12-31"), ("MTG-04", "2025Q3", "explained", None),
    ]  # fmt: skip
