"""One row of an organisations' roster (社会组织台账): the organisation, its head, its branch and who answers for it."""

from typing import Any, Literal

from desktop.services.roster_index import Near
from desktop.services.roster_matching import find_branch
from desktop.services.roster_writing import BACKSTOP, DoubtfulError, Writer, doubt
from desktop.spreadsheets.rosters import Value

Outcome = Literal["new", "changed", "same"]
PLAIN = (
    "name", "short_name", "type", "category", "registration", "uscc", "filing_number", "registered_on", "authority",
    "sponsor", "address", "scope", "phone", "staff_count", "member_count", "survey_full", "survey_probationary",
    "survey_here", "charter_clause", "has_union", "has_youth", "has_women", "decoupled", "state", "remark",
)  # fmt: skip
FILED = "B"
VILLAGE, COMMUNITY = "3", "7"


def write_row(writer: Writer, values: dict[str, Value]) -> Outcome:
    """Match the organisation by number or name and write what differs; DoubtfulError where a person must decide."""
    facts = _facts(values)
    key = _find(writer, facts)
    if key is not None:
        writer.claim(key, "name", "个社会组织")
    writer.probe(writer.index.places, "村（社区）", ("place", values.get("place")))
    branch = find_branch(writer, values)
    named = ("backstop",) if branch else ("branch", "backstop")
    writer.probe(writer.index.branches, "党组织", *((field, values.get(field)) for field in named))
    if values.get("place"):
        facts["place_id"] = writer.place(str(values["place"]))
    fresh = key is None
    if key is None:
        key = writer.insert("organisation", {"state": "1", "sort": writer.next_sort("organisation"), **facts})
        writer.index.organisations.add(
            key, str(facts["name"]), facts.get("short_name"), facts.get("uscc"), facts.get("filing_number")
        )
        writer.claim(key, "name", "个社会组织")
        changed = True
    else:
        changed = _update(writer, key, facts)
    changed |= _head(writer, key, values)
    changed |= _branch(writer, key, branch, values)
    changed |= _backstop(writer, key, values)
    changed |= _instructors(writer, key, values)
    return "new" if fresh else "changed" if changed else "same"


def _facts(values: dict[str, Value]) -> dict[str, Any]:
    facts: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    if "registration" not in facts and "type" in facts:
        facts["registration"] = FILED if facts["type"] == FILED else "A"
    if "type" not in facts and facts.get("registration") == FILED:
        facts["type"] = FILED
    return facts


def _find(writer: Writer, facts: dict[str, Any]) -> bytes | None:
    names = writer.index.organisations
    for field in ("uscc", "filing_number"):
        number = facts.get(field)
        found = names.ids.get(str(number).casefold(), []) if number else []
        if len(found) == 1:
            known = names.find(str(facts["name"]))
            if isinstance(known, bytes) and known != found[0]:
                raise DoubtfulError(
                    field,
                    f"编号属于“{names.titles[found[0]]}”，名称却是“{names.titles[known]}”。",
                    "请核对编号与名称。",
                )
            return found[0]
    found_name = names.find(str(facts["name"]))
    if isinstance(found_name, Near):
        raise doubt("name", "社会组织", found_name)
    return found_name


def _update(writer: Writer, key: bytes, facts: dict[str, Any]) -> bool:
    writer.flush()
    listed = ", ".join(f'"{name}"' for name in facts)
    row = writer.session.db.one(f"SELECT {listed} FROM organisation WHERE id = ?", (key,))
    known = dict(zip(facts, row or (), strict=True))
    changed = {name: value for name, value in facts.items() if known[name] != _stored(value)}
    if changed:
        writer.update("organisation", key, changed)
    return bool(changed)


def _stored(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def _head(writer: Writer, organisation: bytes, values: dict[str, Value]) -> bool:
    if not values.get("head"):
        return False
    writer.flush()
    name = str(values["head"])
    row = writer.session.db.one(
        "SELECT p.name, o.head_id FROM organisation o LEFT JOIN person p ON p.id = o.head_id WHERE o.id = ?",
        (organisation,),
    )
    if row and row[0] == name:
        return False
    person = _person(writer, name, {"political": values.get("head_political"), "phone": values.get("phone")})
    writer.update("organisation", organisation, {"head_id": person})
    return True


def _person(writer: Writer, name: str, facts: dict[str, Any]) -> bytes:
    """Give the one person of this name and telephone, else make one: a head is name, post and office telephone."""
    phone = facts.get("phone")
    same = [key for key in writer.index.by_name.get(name, []) if phone and writer.index.persons[key]["phone"] == phone]
    if len(same) == 1:
        return same[0]
    key = writer.insert("person", {"name": name, **facts})
    writer.index.add_person(key, {"name": name, "born_on": None, "id_number": None, "phone": None, **facts})
    return key


def _branch(writer: Writer, organisation: bytes, known: bytes | None, values: dict[str, Value]) -> bool:
    if not known and not values.get("branch"):
        return False
    kind = "P5" if values.get("branch_form") == "2" else None
    branch = known or writer.branch("branch", str(values["branch"]), kind=kind)
    writer.flush()
    row = writer.session.db.one(
        "SELECT 1 FROM joint_unit WHERE branch_id = ? AND organisation_id = ? AND _deleted IS NULL AND ends_on IS NULL",
        (branch, organisation),
    )
    if row is None:
        writer.insert("joint_unit", {"branch_id": branch, "organisation_id": organisation})
    return row is None


def _backstop(writer: Writer, organisation: bytes, values: dict[str, Value]) -> bool:
    if not values.get("backstop"):
        return False
    text = str(values["backstop"])
    owner = writer.branch("backstop", text, party_field=VILLAGE if "村" in text else COMMUNITY)
    writer.flush()
    rows = writer.session.db.rows(
        "SELECT branch_id FROM management WHERE organisation_id = ? AND mode = ? AND _deleted IS NULL "
        "AND ends_on IS NULL",
        (organisation, BACKSTOP),
    )
    if any(row[0] == owner for row in rows):
        return False
    if rows:
        writer.warn("backstop", "已有另一个兜底管理党组织，没有再添第二个。")
        return False
    writer.insert("management", {"organisation_id": organisation, "mode": BACKSTOP, "branch_id": owner})
    return True


def _instructors(writer: Writer, organisation: bytes, values: dict[str, Value]) -> bool:
    changed = False
    for name in str(values.get("instructor") or "").split("、"):
        if not name:
            continue
        writer.flush()
        held = writer.session.db.rows(
            "SELECT p.name FROM instructor i JOIN person p ON p.id = i.person_id "
            "WHERE i.organisation_id = ? AND i._deleted IS NULL AND i.ends_on IS NULL",
            (organisation,),
        )
        if (name,) in held:
            continue
        same = writer.index.by_name.get(name, [])
        person = same[0] if len(same) == 1 else _person(writer, name, {})
        writer.insert("instructor", {"person_id": person, "organisation_id": organisation, "title": "12"})
        changed = True
    return changed
