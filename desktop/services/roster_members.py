"""One row of a members' roster: who it is, what is new about it, and what is written."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

from desktop.core.calendar import add_months, last_day
from desktop.core.text import match_name
from desktop.rules.codes import LEFT
from desktop.services.roster_doubts import Change
from desktop.services.roster_index import Index
from desktop.services.roster_matching import find_branch, only_own
from desktop.services.roster_standings import check_step, leave
from desktop.services.roster_writing import MEMBER, ON_COMMITTEE, DoubtfulError, Made, Writer
from desktop.spreadsheets.numbers import identity_facts
from desktop.spreadsheets.rosters import Value

Outcome = Literal["new", "changed", "same"]
PERSON = (
    "name", "sex", "ethnicity", "born_on", "id_number", "education", "degree", "applied_on", "joined_on", "full_on",
    "workplace", "work_post", "phone", "remark",
)  # fmt: skip
FULL, PROBATIONARY = "50", "40"
SECRETARY = "01"
_OWN_CODE = re.compile(r"B[0-9]{3,}")


def write_row(writer: Writer, values: dict[str, Value]) -> Outcome:
    """Match the row's person and write what differs; DoubtfulError where a person must decide."""
    facts = facts_of(values)
    known_branch = find_branch(writer, values)
    if writer.session.workspace.identity.kind == "branch":
        known_branch = only_own(writer, values, known_branch)
    writer.probe(writer.index.organisations, "社会组织", ("organisation", values.get("organisation")))
    branch_text = values.get("branch")
    placed = bool(branch_text or known_branch)
    person = _decided(writer, facts) if writer.decided else find_person(
        writer.index, facts, known_branch, placed=placed
    )  # fmt: skip
    if person is not None:
        writer.claim(person, "name", "个人")
    standing = str(values.get("standing") or (PROBATIONARY if _is_probationary(facts, writer.session.today) else FULL))
    if person is not None and placed:
        _check_same_branch(writer.index, person, known_branch)
        check_step(writer, person, known_branch, standing, facts)
    branch = known_branch or (_new_branch(writer, values) if branch_text else None)
    fresh = person is None
    if person is None:
        person = writer.insert("person", facts)
        writer.index.add_person(person, dict(facts))
        writer.claim(person, "name", "个人")
        changed = True
    else:
        changed = _update(writer, person, facts)
    if branch is not None:
        changed |= _membership(writer, person, branch, standing, values)
        changed |= _posts(writer, person, branch, values)
    elif fresh:
        writer.warn("branch", "没有写所在党支部，只登记了人员。")
    return "new" if fresh else "changed" if changed else "same"


def _decided(writer: Writer, facts: dict[str, Any]) -> bytes | None:
    """Give the person that somebody has chosen for the row; None where they said that it is somebody new."""
    decision, index = writer.decided, writer.index
    if decision is not None and decision.verdict == "same" and decision.record in index.persons:
        return decision.record
    number = facts.get("id_number")
    if number and number in index.by_number:
        why = f"身份证号与已有的“{index.persons[index.by_number[number]]['name']}”相同。"
        raise DoubtfulError("id_number", why, "请对照证件核对，再在党员页修改。")
    return None


def facts_of(values: dict[str, Value]) -> dict[str, Any]:
    """Give what a row says of its person; the birthday comes from the identity number where the row has none."""
    facts = {name: values[name] for name in PERSON if name in values}
    said = identity_facts(str(facts.get("id_number") or ""))  # a legacy number of 15 digits says nothing for sure
    if said and len(str(facts.get("born_on") or "")) < len("1985-06-03"):
        facts["born_on"] = said[0]
    return facts


def would_change(index: Index, person: bytes, values: dict[str, Value]) -> Iterator[Change]:
    """Give what the row would write of a person, if it is that one: facts, and the stretch in the branch it names."""
    known = index.persons[person]
    for name, value in facts_of(values).items():
        if known.get(name) != value:
            yield Change("person", name, known.get(name), value)
    if values.get("branch"):
        yield from _stretch_changes(index, person, values)
    held = {row["title"] for row in index.posts[person] if row["ends_on"] is None}
    for title in str(values.get("post") or "").split(","):
        if title and title not in held:
            yield Change("post", "title", "", title)


def _stretch_changes(index: Index, person: bytes, values: dict[str, Value]) -> Iterator[Change]:
    open_row = next((row for row in index.memberships[person] if row["ends_on"] is None), None)
    if open_row is None:
        yield Change("membership", "branch_id", "", values["branch"])
        return
    if values.get("standing") not in (None, open_row["standing"]):
        yield Change("membership", "standing", open_row["standing"], values["standing"])
    group, key = values.get("party_group"), open_row["party_group_id"]
    if group and index.groups.get((open_row["branch_id"], match_name(str(group))), b"") != key:
        yield Change("membership", "party_group_id", "（原来的党小组）" if key else "", group)
    unit, key = values.get("organisation"), open_row["organisation_id"]
    if unit and (index.organisations.find(str(unit)) or b"") != key:
        yield Change("membership", "organisation_id", index.organisations.titles.get(key, ""), unit)


def _new_branch(writer: Writer, values: dict[str, Value]) -> bytes:
    """Make the branch that a row names; a code beside the name that is not of our own shape is the nation's."""
    branch = writer.branch("branch", str(values["branch"]))
    code = str(values.get("branch_code") or "")
    if code and not _OWN_CODE.fullmatch(code):
        writer.update("branch", branch, {"national_code": code})
        writer.index.add_national_code(branch, code)
    return branch


def _is_probationary(facts: dict[str, Any], today: date) -> bool:
    """Where the sheet has no category: joined within thirteen months and not yet full (domain.md §11.12)."""
    joined = facts.get("joined_on")
    return bool(joined) and not facts.get("full_on") and last_day(str(joined)) > add_months(today, -13)


def find_person(index: Index, facts: dict[str, Any], branch: bytes | None, *, placed: bool) -> bytes | None:
    """Find the person of a row: by number, else by name and birthday; a name alone or with its branch is doubtful.

    `placed` tells that the row names a branch, known or not.

    Who was named as holding a post of the branch, and nothing else is known of, is the row's person.
    """
    name, number, born = str(facts["name"]), facts.get("id_number"), facts.get("born_on")
    if number and number in index.by_number:
        key = index.by_number[number]
        if index.persons[key]["name"] == name:
            return key
        raise DoubtfulError(
            "id_number",
            f"身份证号与已有的“{index.persons[key]['name']}”相同，姓名不同。",
            "请对照证件核对，再在党员页修改。",
        )
    same = [key for key in index.by_name.get(name, []) if _same_birthday(index.persons[key].get("born_on"), born)]
    if born and len(str(born)) == len("1985-06-03") and same:
        return _one(index, same, number)
    if same and born:
        raise DoubtfulError(
            "born_on", f"已有同名、同年月出生的“{name}”。", "请补上身份证号或完整的出生日期，再导入。", tuple(same)
        )
    if branch is not None and len(named := index.named_in_posts(name, branch)) == 1:
        return named[0]
    sure = born or len(str(number or "")) == len("329901198506030018")
    if not sure and not placed and index.by_name.get(name):
        raise DoubtfulError(
            "name", f"已有“{name}”，只凭姓名不能断定是同一人。", "请补上身份证号或出生日期，再导入。",
            tuple(index.by_name[name]),
        )  # fmt: skip
    if not sure and branch is not None and index.in_branch(name, branch):
        raise DoubtfulError(
            "name", f"这个支部已有“{name}”，只凭姓名和支部不能断定是同一人。", "请补上身份证号或出生日期，再导入。",
            tuple(index.in_branch(name, branch)),
        )  # fmt: skip
    return None


def _same_birthday(known: str | None, given: object) -> bool:
    if not known or not given:
        return False
    return known.startswith(str(given)) or str(given).startswith(known)


def _one(index: Index, same: list[bytes], number: object) -> bytes:
    key, name = same[0], index.persons[same[0]]["name"]
    if len(same) > 1:
        raise DoubtfulError(
            "name", f"已有 {len(same)} 个同名、同生日的“{name}”。", "请补上身份证号，再导入。", tuple(same)
        )
    known = index.persons[key]
    if number and known.get("id_number") and known["id_number"] != number:
        raise DoubtfulError(
            "id_number", f"已有同名、同生日的“{name}”，身份证号不同。", "请对照证件核对，再导入。", (key,)
        )
    if len(str(known.get("born_on"))) < len("1985-06-03") and not number:
        raise DoubtfulError(
            "born_on", f"已有同名、同年月出生的“{name}”。", "请补上身份证号，再导入。", (key,)
        )
    return key


def _check_same_branch(index: Index, person: bytes, branch: bytes | None) -> None:
    for row in index.memberships[person]:
        if row["ends_on"] is None and row["branch_id"] not in (None, branch) and row["relation"] in (None, "R1"):
            where = index.branches.titles.get(row["branch_id"], "别的党组织")
            raise DoubtfulError(
                "branch", f"组织关系现在“{where}”，名册里写的是别的支部。", "请先办理组织关系转移，再导入。"
            )


def _update(writer: Writer, person: bytes, facts: dict[str, Any]) -> bool:
    known = writer.index.persons[person]
    changed = {name: value for name, value in facts.items() if known.get(name) != value}
    if changed:
        writer.update("person", person, changed)
        known.update(changed)
        if "id_number" in changed:
            writer.index.by_number[changed["id_number"]] = person
    return bool(changed)


def _membership(writer: Writer, person: bytes, branch: bytes, standing: str, values: dict[str, Value]) -> bool:
    group = _group(writer, branch, values.get("party_group"))
    organisation = (
        writer.organisation("organisation", str(values["organisation"])) if values.get("organisation") else None
    )
    rows = writer.index.memberships[person]
    if standing in LEFT:
        return leave(
            writer, _stretch(person, branch, standing, values.get("arrived_on"), group, organisation)
        )
    open_row = next((row for row in rows if row["ends_on"] is None and row["branch_id"] == branch), None)
    if open_row is None:
        _open(writer, person, branch, standing, values.get("arrived_on"), group, organisation)
        return True
    changed = {
        name: value
        for name, value in (("party_group_id", group), ("organisation_id", organisation))
        if value is not None and open_row[name] != value
    }
    if "standing" in values and open_row["standing"] != standing:
        _new_standing(writer, person, open_row, standing, values)
        return True
    if changed:
        writer.update("membership", open_row["id"], changed)
        open_row.update(changed)
    return bool(changed)


def _open(
    writer: Writer,
    person: bytes,
    branch: bytes,
    standing: str,
    starts_on: Value | None,
    group: bytes | None,
    organisation: bytes | None,
) -> None:
    row = _stretch(person, branch, standing, starts_on, group, organisation)
    key = writer.insert("membership", row)
    writer.index.memberships[person].append({**row, "id": key, "ends_on": None})


def _stretch(
    person: bytes, branch: bytes, standing: str, starts_on: Value | None, group: bytes | None,
    organisation: bytes | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "person_id": person, "branch_id": branch, "standing": standing, "relation": "R1", "starts_on": starts_on,
        "party_group_id": group, "organisation_id": organisation,
    }  # fmt: skip


def _new_standing(writer: Writer, person: bytes, row: dict[str, Any], standing: str, values: dict[str, Value]) -> None:
    full_on = str(values.get("full_on") or "")
    day = date.fromisoformat(full_on) if standing == FULL and len(full_on) == len("1985-06-03") else None
    day = day or writer.session.today
    ends = (day - timedelta(days=1)).isoformat()
    if row["starts_on"] and last_day(row["starts_on"]) >= day:
        writer.update("membership", row["id"], {"standing": standing})  # it was so from the first day
        row["standing"] = standing
        return
    writer.update("membership", row["id"], {"ends_on": ends})
    row["ends_on"] = ends
    _open(writer, person, row["branch_id"], standing, day.isoformat(), row["party_group_id"], row["organisation_id"])


def _group(writer: Writer, branch: bytes, text: Value | None) -> bytes | None:
    if not text:
        return None
    key = writer.index.groups.get((branch, match_name(str(text))))
    if key is None:
        key = writer.insert("party_group", {"branch_id": branch, "name": str(text)})
        writer.index.groups[branch, match_name(str(text))] = key
        writer.made.append(Made("party_group", str(text)))
    return key


def _posts(writer: Writer, person: bytes, branch: bytes, values: dict[str, Value]) -> bool:
    changed = False
    for title in str(values.get("post") or "").split(","):
        held = [row for row in writer.index.posts[person] if row["branch_id"] == branch and row["ends_on"] is None]
        if not title or any(row["title"] == title for row in held):
            continue
        if title == SECRETARY and (other := _other_secretary(writer.index, branch, person)):
            writer.warn("post", f"支部已有书记“{other}”，没有登记第二个书记。")
            continue
        if title in ON_COMMITTEE and writer.take_seat(person, branch, title):
            changed |= title != MEMBER
            continue
        row: dict[str, Any] = {"person_id": person, "branch_id": branch, "title": title}
        writer.index.posts[person].append({**row, "id": writer.insert("post", row), "ends_on": None})
        changed = True
    return changed


def _other_secretary(index: Index, branch: bytes, person: bytes) -> str | None:
    for holder, rows in index.posts.items():
        if holder != person and any(
            row["branch_id"] == branch and row["title"] == SECRETARY and row["ends_on"] is None for row in rows
        ):
            return str(index.persons[holder]["name"])
    return None
