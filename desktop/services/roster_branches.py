"""One row of a branches' roster (党组织基本情况表): the branch, its units, its term and who holds its posts."""

from typing import Any, Literal

from desktop.core.calendar import add_years, full_day
from desktop.services.roster_matching import find_branch
from desktop.services.roster_writing import MEMBER, Writer, branch_kind
from desktop.spreadsheets.rosters import Value

Outcome = Literal["new", "changed", "same"]
PLAIN = (
    "name", "short_name", "national_code", "kind", "field", "form", "founded_on", "approval", "contact", "address",
    "remark",
)  # fmt: skip
TITLES = {"secretary": "01", "deputy": "02", "committee": "10"}
TERM_YEARS = 3
_COMMITTEES = {"居委会": "社区", "居民委员会": "社区", "村委会": "村", "村民委员会": "村"}
_PLACES = ("村", "社区", *_COMMITTEES)
_FEWEST_SEATS = 3


def write_row(writer: Writer, values: dict[str, Value]) -> Outcome:
    """Match the branch by code, name or short name and write what differs; DoubtfulError where a person must decide."""
    facts: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    name = str(facts.pop("name"))
    found = find_branch(writer, values, name_field="name", code_field="national_code")
    if found is not None:
        writer.claim(found, "name", "个党组织")
        if writer.index.national_codes.get(found) != facts.get("national_code"):
            _drop_own_code(writer, found, facts)
    values = _parted(writer, values)
    writer.probe(writer.index.places, "村（社区）", ("place", values.get("place")))
    own = () if found else (("name", name),)
    writer.probe(writer.index.branches, "党组织", *own, ("parent", values.get("parent")))
    units = str(values.get("units") or "").split("、")
    writer.probe(writer.index.organisations, "社会组织", *(("units", text) for text in units))
    if values.get("place"):
        facts["place_id"] = writer.place(str(values["place"]))
    if values.get("parent"):
        facts["parent_id"] = writer.branch("parent", str(values["parent"]))
    fresh = found is None
    if found is None:
        kind, party_field = str(facts.pop("kind", branch_kind(name))), str(facts.pop("field", "8"))
        short = facts.get("short_name")
        found = writer.new_branch(name, kind=kind, party_field=party_field, short=short)
        writer.claim(found, "name", "个党组织")
        if facts.get("national_code"):
            writer.index.add_national_code(found, str(facts["national_code"]))
    changed = _update(writer, found, facts)
    changed |= _units(writer, found, values)
    changed |= _term(writer, found, values)
    changed |= _posts(writer, found, values)
    changed |= _seats(writer, found, values)
    return "new" if fresh else "changed" if changed else "same"


def _drop_own_code(writer: Writer, branch: bytes, facts: dict[str, Any]) -> None:
    """Leave the code of this workspace, which found the branch, out of the nation's codes."""
    if branch in writer.index.branch_codes.get(str(facts.get("national_code", "")), []):
        del facts["national_code"]


def _parted(writer: Writer, values: dict[str, Value]) -> dict[str, Value]:
    """Take a 所在单位 that is a village or community for the place: it is no social organisation."""
    units: list[str] = []
    values = dict(values)
    for text in filter(None, str(values.get("units") or "").split("、")):
        bare = _place_name(text)
        known = isinstance(writer.index.organisations.find(text), bytes)
        if known or not (text.endswith(_PLACES) or isinstance(writer.index.places.find(bare), bytes)):
            units.append(text)
        elif values.setdefault("place", bare) != bare:
            writer.warn("units", f"“{text}”是村（社区），没有登记为社会组织。")
    return {**values, "units": "、".join(units)}


def _place_name(text: str) -> str:
    """Give the village or community that a committee of residents or villagers is of."""
    for ending, kind in _COMMITTEES.items():
        if text.endswith(ending):
            bare = text.removesuffix(ending)
            return bare if bare.endswith(("村", "社区")) else bare + kind
    return text


def _update(writer: Writer, key: bytes, facts: dict[str, Any]) -> bool:
    if not facts:
        return False
    writer.flush()
    listed = ", ".join(f'"{name}"' for name in facts)
    row = writer.session.db.one(f"SELECT {listed} FROM branch WHERE id = ?", (key,))
    known = dict(zip(facts, row or (), strict=True))
    changed = {name: value for name, value in facts.items() if known[name] != value and value != key}
    if changed:
        writer.update("branch", key, changed)
    return bool(changed)


def _units(writer: Writer, branch: bytes, values: dict[str, Value]) -> bool:
    changed = False
    for text in str(values.get("units") or "").split("、"):
        if not text:
            continue
        organisation = writer.organisation("units", text)
        writer.flush()
        row = writer.session.db.one(
            "SELECT 1 FROM joint_unit WHERE branch_id = ? AND organisation_id = ? AND _deleted IS NULL "
            "AND ends_on IS NULL",
            (branch, organisation),
        )
        if row is None:
            writer.insert("joint_unit", {"branch_id": branch, "organisation_id": organisation})
            changed = True
    return changed


def _term(writer: Writer, branch: bytes, values: dict[str, Value]) -> bool:
    elected, ends = values.get("term_from"), values.get("term_to")
    if not elected and not ends:
        return False
    writer.flush()
    row = writer.session.db.one(
        "SELECT id, elected_on, ends_on FROM term WHERE branch_id = ? AND _deleted IS NULL "
        "ORDER BY coalesce(elected_on, '') DESC LIMIT 1",
        (branch,),
    )
    day = full_day(str(elected)) if elected else None
    if day and not ends:
        ends = add_years(day, TERM_YEARS).isoformat()
    given = {name: value for name, value in (("elected_on", elected), ("ends_on", ends)) if value}
    if row is None or (elected and row[1] and str(elected) > row[1]):
        writer.insert("term", {"branch_id": branch, **given})
        return True
    known = {"elected_on": row[1], "ends_on": row[2]}
    changed = {name: value for name, value in given.items() if known[name] != value}
    if changed:
        writer.update("term", row[0], changed)
    return bool(changed)


def _seats(writer: Writer, branch: bytes, values: dict[str, Value]) -> bool:
    """Give the term as many seats as the sheet names on the committee, where nobody has said how many there are."""
    named = {name for field in TITLES for name in str(values.get(field) or "").split("、") if name}
    if len(named) < _FEWEST_SEATS:
        return False
    writer.flush()
    row = writer.session.db.one(
        "SELECT id, seats FROM term WHERE branch_id = ? AND _deleted IS NULL "
        "ORDER BY coalesce(elected_on, '') DESC LIMIT 1",
        (branch,),
    )
    if row is None or row[1] is not None:
        return False
    writer.update("term", row[0], {"seats": len(named)})
    return True


def _posts(writer: Writer, branch: bytes, values: dict[str, Value]) -> bool:
    changed = False
    for field, title in TITLES.items():
        for name in str(values.get(field) or "").split("、"):
            if name:
                changed |= _post(writer, branch, field, title, name, values)
    return changed


def _post(writer: Writer, branch: bytes, field: str, title: str, name: str, values: dict[str, Value]) -> bool:
    writer.flush()
    held = writer.session.db.rows(
        "SELECT p.name FROM post t JOIN person p ON p.id = t.person_id WHERE t.branch_id = ? AND t.title = ? "
        "AND t._deleted IS NULL AND t.ends_on IS NULL",
        (branch, title),
    )
    if (name,) in held:
        return False
    if held and field == "secretary":
        writer.warn(field, f"支部已有书记“{held[0][0]}”，没有登记第二个书记。")
        return False
    persons = writer.index.in_branch(name, branch) or writer.index.named_in_posts(name, branch)
    if len(persons) > 1:
        writer.warn(field, f"支部里有 {len(persons)} 个“{name}”，没有登记任职。")
        return False
    if not persons:
        key = writer.insert("person", {"name": name, "phone": values.get("phone") if field == "secretary" else None})
        writer.index.add_person(key, {"name": name, "born_on": None, "id_number": None, "phone": None})
        writer.warn(field, f"支部里还没有“{name}”，已登记为人员，请在党员名册里补全。")
        persons = [key]
    if writer.take_seat(persons[0], branch, title):
        return title != MEMBER
    row: dict[str, Any] = {"person_id": persons[0], "branch_id": branch, "title": title}
    if field == "secretary":
        row |= {"source": values.get("secretary_source"), "starts_on": values.get("secretary_since")}
    writer.index.posts[persons[0]].append({**row, "id": writer.insert("post", row), "ends_on": None})
    return True
