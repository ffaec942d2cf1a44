"""Random work over a township, for the property tests of undo: every kind of write, each one unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from desktop.models.branch import Branch
from desktop.models.meeting import Agenda, Attendance, Meeting, MeetingKind, Vote
from desktop.models.membership import Membership
from desktop.models.organisation import Organisation
from desktop.models.person import Person
from desktop.models.post import Post
from desktop.services import importing, records
from desktop.services.sessions import Session
from desktop.services.units import unit
from desktop.spreadsheets.rosters import Roster, read_roster
from tests.support import rows, workbooks

_MODELS = {
    "person": Person, "organisation": Organisation, "branch": Branch, "membership": Membership, "post": Post,
    "meeting": Meeting,
}  # fmt: skip


@cache
def _roster(name: str) -> Roster:
    return read_roster(workbooks.FOLDER / f"{name}.xlsx", name)  # type: ignore[arg-type]  # the name is a kind


@dataclass(slots=True)
class Work:
    """A clerk who does random things; the same seed does the same."""

    session: Session
    random: Random
    made: dict[str, list[bytes]] = field(default_factory=lambda: {name: [] for name in _MODELS})

    def do(self, at: int) -> None:
        """Do one thing; a thing that has nothing to work on does nothing."""
        deeds: list[Callable[[], None]] = [
            self.new_person, self.new_place_of_work, self.new_membership, self.new_meeting, self.edit, self.edit,
            self.edit_parts, self.bin, self.many, self.there_and_back, self.import_roster,
        ]  # fmt: skip
        deeds[at % len(deeds)]()

    def _one(self, kind: str) -> bytes | None:
        return self.random.choice(self.made[kind]) if self.made[kind] else None

    def _insert(self, kind: str, values: Mapping[str, Any]) -> bytes:
        key = records.insert(self.session, _MODELS[kind], values)
        self.made[kind].append(key)
        return key

    def new_person(self) -> None:
        """Write a person with a rare name."""
        with unit(self.session, "新增人员"):
            self._insert("person", {"name": self.random.choice(rows.NAMES), "id_number": "329901198506030015"})

    def new_place_of_work(self) -> None:
        """Write a branch and an organisation."""
        with unit(self.session, "新建"):
            self._insert("branch", {"name": f"第{self.random.randint(1, 99)}党支部", "code": "B777", "kind": "P4"})
            self._insert("organisation", {"name": f"柳溪{self.random.randint(1, 99)}协会"})

    def new_membership(self) -> None:
        """Write a membership, and at times a post."""
        person, branch = self._one("person"), self._one("branch")
        if person and branch:
            with unit(self.session, "登记组织关系"):
                where = {"person_id": person, "branch_id": branch}
                self._insert("membership", {**where, "standing": "50", "starts_on": "2020-01-01"})
                if self.random.random() < 0.5:
                    self._insert("post", {**where, "title": "01"})

    def _parts(self, meeting: bytes) -> None:
        count = self.random.randint(0, 4)
        names = [self.random.choice(rows.NAMES) for _ in range(count)]
        people = [{"number": at, "name": name, "status": "1", "person_id": self._one("person")}
                  for at, name in enumerate(names, start=1)]  # fmt: skip
        agenda = [{"number": at, "title": f"议题{self.random.randint(1, 9)}"} for at in range(1, count + 1)]
        votes = [{"number": 1, "approve": self.random.randint(0, 9)}] if self.random.random() < 0.5 else []
        kinds = self.random.sample(["members", "theme_day", "lecture"], self.random.randint(1, 3))
        for model, part in ((Attendance, people), (Agenda, agenda), (Vote, votes)):
            records.replace_parts(self.session, model, meeting, part)
        kinds_rows = [{"kind": kind, "number": at} for at, kind in enumerate(kinds, start=1)]
        records.replace_parts(self.session, MeetingKind, meeting, kinds_rows)

    def new_meeting(self) -> None:
        """Write a meeting with its parts."""
        with unit(self.session, "记录会议"):
            values = {"branch_id": self._one("branch"), "record_class": "full", "state": "draft", "topic": "学习党章"}
            self._parts(self._insert("meeting", values))

    def edit(self) -> None:
        """Change a column or two of anything."""
        kind = self.random.choice([kind for kind in _MODELS if self.made[kind]] or ["person"])
        key = self._one(kind)
        if key:
            with unit(self.session, "修改"):
                records.update(self.session, _MODELS[kind], key, self._new_values(kind))

    def _new_values(self, kind: str) -> dict[str, Any]:
        number = self.random.randint(0, 9)
        match kind:
            case "person":
                return {"name": self.random.choice(rows.NAMES), "phone": f"1000000000{number}", "leading": number > 4}
            case "organisation":
                return {"staff_count": number or None, "head_id": self._one("person")}
            case "branch":
                return {"name": f"第{number}党支部", "parent_id": None}
            case "membership":
                return {"ends_on": f"2026-0{number or 1}-01", "branch_id": self._one("branch")}
            case "post":
                return {"ends_on": f"2026-0{number or 1}-01"}
            case _:
                return {"topic": f"议题{number}", "branch_id": self._one("branch")}

    def edit_parts(self) -> None:
        """Make the parts of a meeting anew."""
        key = self._one("meeting")
        if key:
            with unit(self.session, "修改会议"):
                self._parts(key)

    def bin(self) -> None:
        """Put anything into the recycle bin."""
        kind = self.random.choice(list(_MODELS))
        key = self._one(kind)
        if key and kind in {"post", "membership", "meeting", "organisation"}:
            with unit(self.session, "删除"):
                records.bin_record(self.session, _MODELS[kind], key, "重复")

    def many(self) -> None:
        """Do several things as one unit."""
        with unit(self.session, "一起办"):
            for _ in range(self.random.randint(2, 6)):
                self.do(self.random.randint(0, 8))

    def there_and_back(self) -> None:
        """Change a cell and change it back inside one unit."""
        key = self._one("person")
        if key:
            with unit(self.session, "改了又改回"):
                records.update(self.session, Person, key, {"remark": "一"})
                records.update(self.session, Person, key, {"remark": None})

    def import_roster(self) -> None:
        """Import a roster of the fixtures."""
        name = self.random.choice(["members", "organisations", "branches"])
        importing.import_roster(self.session, roster=_roster(name), name=f"{name}.xlsx")
