"""The organisations that a branch covers (联合单位), from–to; they are edited with their branch."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.errors import UserError
from desktop.models.joint_unit import JointUnit
from desktop.services import forms, records
from desktop.services.sessions import EVERYONE, Session, allowed, check_scope

NOUN = "联合单位"
_DATES = {"starts_on": "加入日期", "ends_on": "退出日期"}


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """One organisation of a branch as the form holds it; `name` is only shown."""

    organisation_id: bytes
    name: str = ""
    id: bytes | None = None
    starts_on: str | None = None
    ends_on: str | None = None


@allowed(EVERYONE)
def list_units(session: Session, *, branch: bytes) -> tuple[UnitDraft, ...]:
    """Give the organisations of a branch, those that left last, each kind in manual order."""
    check_scope(session, branch)
    rows = session.db.rows(
        "SELECT u.organisation_id, o.name, u.id, u.starts_on, u.ends_on FROM joint_unit u "
        "JOIN organisation o ON o.id = u.organisation_id WHERE u.branch_id = ? AND u._deleted IS NULL "
        "AND o._deleted IS NULL ORDER BY u.ends_on IS NOT NULL, o.sort IS NULL, o.sort, u.starts_on, u.id",
        (branch,),
    )
    return tuple(UnitDraft(*row) for row in rows)


def check(units: Sequence[UnitDraft]) -> None:
    """Refuse dates out of order and one organisation that stands twice at the same time; fields are `units.1`."""
    open_now: dict[bytes, int] = {}
    for number, row in enumerate(units, start=1):
        field = f"units.{number}"
        try:
            forms.check(NOUN, row, dates=_DATES, order=("starts_on", "ends_on"))
        except UserError as error:
            raise UserError(error.what, f"第 {number} 个单位：{error.why}", error.do, error.code, field) from None
        if row.ends_on is None and open_now.setdefault(row.organisation_id, number) != number:
            why = f"第 {number} 个单位与第 {open_now[row.organisation_id]} 个相同。"
            raise forms.refuse(NOUN, why, "请删去重复的一个，再保存。", field, "twice")


def write(session: Session, branch: bytes, units: Sequence[UnitDraft]) -> None:
    """Make the rows of a branch exactly `units`; call it inside a unit."""
    kept = {row.id for row in units}
    for row in list_units(session, branch=branch):
        if row.id is not None and row.id not in kept:
            records.bin_record(session, JointUnit, row.id, "移出")
    for row in units:
        values = {"organisation_id": row.organisation_id, "starts_on": row.starts_on, "ends_on": row.ends_on}
        if row.id is None:
            records.insert(session, JointUnit, values | {"branch_id": branch})
        else:
            records.update(session, JointUnit, row.id, values)
