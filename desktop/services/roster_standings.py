"""What a roster says about a person's standing: who is full stays full, who has left the Party is on no roll."""

from datetime import date
from typing import Any

from desktop.core.calendar import add_months, last_day
from desktop.core.codes import code_set
from desktop.rules.codes import FULL, PROBATIONARY
from desktop.services.memberships import turned
from desktop.services.roster_writing import DoubtfulError, Writer

_YEAR = 12


def check_step(writer: Writer, person: bytes, branch: bytes | None, standing: str, facts: dict[str, Any]) -> None:
    """Ask about a full member of more than a year whom the sheet calls probationary (党章 第七条: once full, full)."""
    rows = [row for row in writer.index.memberships[person] if row["ends_on"] is None and row["branch_id"] == branch]
    if standing not in PROBATIONARY or not any(row["standing"] in FULL for row in rows):
        return
    known = {**writer.index.persons[person], **facts}
    today = writer.session.today
    since = [known.get("full_on"), *(row["starts_on"] for row in rows)]
    settled = any(text and last_day(str(text)) <= add_months(today, -_YEAR) for text in since)
    joined = known.get("joined_on")
    if settled or (joined and last_day(str(joined)) <= add_months(today, -2 * _YEAR)):
        why = f"“{known['name']}”已是正式党员一年以上，名册里写的是{code_set('standing').short(standing)}。"
        raise DoubtfulError("standing", why, "请核对党员类别；登记有误的，请在党员页更正。")


def leave(writer: Writer, row: dict[str, Any]) -> bool:
    """Close the relation of who has left the Party (or has died) by today; `row` is the stretch as it would open."""
    rows = writer.index.memberships[row["person_id"]]
    here = [each for each in rows if each["branch_id"] == row["branch_id"]]
    open_row = next((each for each in here if each["ends_on"] is None), None)
    if open_row is None and any(each["standing"] == row["standing"] for each in here):
        return False
    today = writer.session.today
    word = code_set("standing").short(row["standing"])
    writer.warn("standing", f"党员类别是{word}，组织关系已按今天结束；实际日期请在党员页更正。")
    before, last = turned(row, today)
    if open_row is not None and _began(open_row) < today:
        _set(writer, open_row, before)
    elif open_row is not None:
        _set(writer, open_row, {"standing": row["standing"], "ends_on": today.isoformat()})
        return True
    else:
        last["starts_on"] = row["starts_on"]
    rows.append({**last, "id": writer.insert("membership", last)})
    return True


def _began(row: dict[str, Any]) -> date:
    return last_day(row["starts_on"]) if row["starts_on"] else date.min


def _set(writer: Writer, row: dict[str, Any], values: dict[str, Any]) -> None:
    writer.update("membership", row["id"], values)
    row.update(values)
