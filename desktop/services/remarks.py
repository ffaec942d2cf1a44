"""What people say about a finding: explained, postponed to a day, or not applicable, each with a reason (data.md)."""

from dataclasses import dataclass
from typing import Literal

from desktop.core.calendar import last_day
from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.text import clean_line
from desktop.models.remark import Remark
from desktop.services import findings, records
from desktop.services.sessions import EVERYONE, STAFF, WRITERS, Session, allowed
from desktop.services.units import unit

State = Literal["explained", "postponed", "not_applicable"]
WORDS: dict[str, str] = {"explained": "说明", "postponed": "延期", "not_applicable": "不适用"}


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One word about a finding; it stays when the finding is gone, and speaks again when that comes back."""

    id: bytes
    rule: str
    subject: str
    period: str | None
    state: str
    reason: str
    until_on: str | None


@allowed(EVERYONE)
def list_remarks(session: Session) -> tuple[RemarkRow, ...]:
    """Give every remark, by rule, subject and period; 书记 those about the findings that the account sees."""
    rows = session.db.rows(
        "SELECT id, rule, subject, period, state, coalesce(reason, ''), until_on FROM remark WHERE _deleted IS NULL "
        "ORDER BY rule, subject, period"
    )
    found = tuple(RemarkRow(*row) for row in rows)
    if session.scope is None:
        return found
    seen = {(row.rule, row.subject, row.period) for row in findings.check(session)}
    return tuple(row for row in found if (row.rule, row.subject, row.period) in seen)


@allowed(WRITERS)
def explain(session: Session, *, rule: str, subject: str, period: str | None, reason: str) -> Changes:
    """Explain a finding: it stays in the list with the reason, and no longer among what is to be done."""
    return _say(session, rule, subject, period, "explained", reason)


@allowed(STAFF)
def postpone(
    session: Session, *, rule: str, subject: str, period: str | None, reason: str, until_on: str
) -> Changes:  # fmt: skip
    """Postpone a finding to a day, included; from the next day it stands as it was."""
    try:
        over = last_day(until_on) < session.today
    except ValueError:
        over = True
    if over:
        raise UserError(
            "没有延期。", "延期到的日期没有填对，或早于今天。", "请填今天或以后的日期，如 2026-12-31。",
            "until", "until_on",
        )  # fmt: skip
    return _say(session, rule, subject, period, "postponed", reason, until_on)


@allowed(STAFF)
def rule_out(session: Session, *, rule: str, subject: str, period: str | None, reason: str) -> Changes:
    """Say that a rule does not apply to this subject in this period."""
    return _say(session, rule, subject, period, "not_applicable", reason)


@allowed(WRITERS)
def withdraw(session: Session, *, rule: str, subject: str, period: str | None) -> Changes:
    """Take back what was said about a finding; 书记 an explanation alone."""
    finding = _finding(session, rule, subject, period)
    key = _present(session, rule, subject, period)
    own = session.role in STAFF or finding.state == "explained"
    if key is None or not own:
        why = "这条检查结果没有说明。" if key is None else "它由乡镇延期或定为不适用。"
        raise UserError("没有收回说明。", why, "请刷新列表，再核对一次。", "no-remark")
    with unit(session, f"收回对 {finding.name} {rule} 的说明") as work:
        records.bin_record(session, Remark, key, "收回")
    return work.changes.about(key)


def _say(
    session: Session, rule: str, subject: str, period: str | None, state: State, reason: str,
    until_on: str | None = None,
) -> Changes:  # fmt: skip
    word = WORDS[state]
    said = clean_line(reason)
    if not said:
        raise UserError(f"没有记下{word}。", "没有写理由。", "请写明理由，再保存。", "reason", "reason")
    finding = _finding(session, rule, subject, period)
    key = _present(session, rule, subject, period)
    values = {"state": state, "reason": said, "until_on": until_on}
    with unit(session, f"{word}：{finding.name} {rule} {period or ''}".rstrip()) as work:
        if key is None:
            key = records.insert(session, Remark, {"rule": rule, "subject": subject, "period": period, **values})
        else:
            records.update(session, Remark, key, values)
    return work.changes.about(key)


def _finding(session: Session, rule: str, subject: str, period: str | None) -> findings.Finding:
    """Give the finding that is spoken about, in the account's scope: nothing is said about what is not there."""
    wanted = rule, subject, period
    found = next((row for row in findings.check(session) if (row.rule, row.subject, row.period) == wanted), None)
    if found is None:
        raise UserError(
            "没有找到这条检查结果。", "它可能已经办好，或不归这个账号管。", "请刷新列表后再试。", "not-found"
        )
    return found


def _present(session: Session, rule: str, subject: str, period: str | None) -> bytes | None:
    row = session.db.one(
        "SELECT id FROM remark WHERE rule = ? AND subject = ? AND period IS ? AND _deleted IS NULL ORDER BY id",
        (rule, subject, period),
    )
    return row[0] if row else None
