"""What the rules look at: frozen records that the services fill from SQL, and nothing else.

Ids are 32 hex digits, dates are ISO text of known precision (`1985`, `1985-06`, `1985-06-03`) or None, codes are those
of domain.md §4 and `rules/codes.py`. Rows that are deleted or merged into another are left out by whoever fills them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Organisation:
    """One social organisation; `registration` is `A` 登记 or `B` 备案, `number` its USCC or filing number."""

    id: str
    name: str
    type: str | None = None
    registration: str | None = None
    number: str | None = None
    registered_on: str | None = None
    dissolved_on: str | None = None
    closed: bool = False
    place_id: str | None = None
    head_id: str | None = None
    staff_count: int | None = None
    survey_on: str | None = None
    survey_full: int | None = None
    survey_probationary: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One Party organisation; `kind` P1–P8, `field` ① to ⑨ as `1`–`9`; `switched_on` brings a field other than 8 in."""

    id: str
    code: str
    name: str
    kind: str | None = None
    field: str = "8"
    parent_id: str | None = None
    place_id: str | None = None
    founded_on: str | None = None
    ends_on: str | None = None
    dissolved_on: str | None = None
    approval: str | None = None
    contact: str | None = None
    suspended: bool = False
    closed: bool = False
    switched_on: bool = False


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """One Party group of a branch."""

    id: str
    branch_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a branch; three seats or more are a committee; an extension counts only with its document."""

    id: str
    branch_id: str
    elected_on: str | None = None
    ends_on: str | None = None
    seats: int | None = None
    extended_to: str | None = None
    extension_document: str | None = None


@dataclass(frozen=True, slots=True)
class JointUnit:
    """One organisation covered by one branch, from–to; a single-unit branch has one too."""

    branch_id: str
    organisation_id: str
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, slots=True)
class Management:
    """One management channel of an organisation, from–to; `backstop` marks 属地兜底."""

    organisation_id: str
    backstop: bool
    branch_id: str | None = None
    contact_post_id: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, slots=True)
class Instructor:
    """One instructor or liaison officer of one organisation, from–to."""

    person_id: str
    organisation_id: str
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One post held from–to; `title` is a `codes.Title`."""

    id: str
    person_id: str
    title: str
    branch_id: str | None = None
    organisation_id: str | None = None
    full_time: bool = False
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `identity` is anything that is equal for equal identity numbers (a keyed hash will do)."""

    id: str
    name: str
    sex: str | None = None
    ethnicity: str | None = None
    born_on: str | None = None
    identity: str | None = None
    education: str | None = None
    joined_on: str | None = None
    full_on: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Person × branch, from–to, with one standing and one relation (None is taken for R1 在册)."""

    person_id: str
    standing: str
    branch_id: str | None = None
    party_group_id: str | None = None
    organisation_id: str | None = None
    relation: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """One name on the list of a meeting; `votes` and `standing` are as frozen, `status` a code of domain.md §3.1."""

    name: str
    status: str
    person_id: str | None = None
    standing: str | None = None
    votes: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """One thing decided, of one agenda item or of the whole meeting."""

    text: str
    agenda_number: int | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One count; `person_id` marks a ballot about a person (development, election), judged by other rules."""

    number: int
    agenda_number: int | None = None
    person_id: str | None = None
    due: int | None = None
    present: int | None = None
    written: int | None = None
    approve: int | None = None
    against: int | None = None
    abstain: int | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One gathering of one or more `codes.Kind`; `state` draft|submitted|returned|passed|archived; `brief` is imported.

    Times are `HH:MM`. `version_of` names the meeting that this one corrects; `makes_up` holds (kind, period) pairs of
    closed periods that it makes up for (补开).
    """

    id: str
    kinds: tuple[str, ...]
    branch_id: str | None = None
    party_group_id: str | None = None
    brief: bool = False
    held_on: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    place: str | None = None
    host: str | None = None
    recorder: str | None = None
    lecturer: str | None = None
    topic: str | None = None
    content: str | None = None
    state: str = "passed"
    version: int = 1
    version_of: str | None = None
    agenda: tuple[str, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    votes: tuple[Vote, ...] = ()
    makes_up: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said about a finding: `explained`, `postponed` (until `until_on`) or `not_applicable`."""

    rule: str
    subject: str
    period: str | None
    state: str
    reason: str = ""
    until_on: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one check sees on the day `on`; `go_live` is the day from which the township keeps records."""

    on: date
    go_live: date | None = None
    organisations: tuple[Organisation, ...] = ()
    branches: tuple[Branch, ...] = ()
    groups: tuple[PartyGroup, ...] = ()
    terms: tuple[Term, ...] = ()
    joint_units: tuple[JointUnit, ...] = ()
    management: tuple[Management, ...] = ()
    instructors: tuple[Instructor, ...] = ()
    posts: tuple[Post, ...] = ()
    persons: tuple[Person, ...] = ()
    memberships: tuple[Membership, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result of a check, in its final shape.

    Two fields are not printed: `branch_id` is for filtering by branch, `missing` names the empty fields in Chinese.
    """

    rule: str
    severity: str
    subject: str
    code: str | None
    name: str
    period: str | None
    due: str | None
    state: str
    clause: str
    why: str
    go: str
    branch_id: str | None = None
    missing: tuple[str, ...] = ()
