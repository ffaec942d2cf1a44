"""What the minutes of one meeting say, in words ready for print; what is empty is left out."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Count:
    """How many were due or came; `full`, `probationary` and `votes` are parts of `total`, None where not known."""

    total: int | None = None
    full: int | None = None
    probationary: int | None = None
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """One person who did not come, with the kind of leave and the reason."""

    name: str
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of business and what was said on it."""

    title: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing decided, with who does it by when; dates are words (`2026年12月31日`)."""

    text: str
    responsible: str = ""
    due: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class VoteResult:
    """One count: what was voted on, how, the numbers in words, and the formula with its result where there is one."""

    about: str
    method: str = ""
    numbers: str = ""
    formula: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that the minutes of one meeting print; empty fields are left out, save those a record must have.

    `kinds` are words, `numbers` the words of their number in the year (`2026年第3次`). `observers_count` is 列席.
    """

    branch: str
    title: str
    date: str
    kinds: tuple[str, ...] = ()
    numbers: str = ""
    time: str = ""
    place: str = ""
    host: str = ""
    recorder: str = ""
    lecturer: str = ""
    guide: str = ""
    due: Count = field(default_factory=Count)
    present: Count = field(default_factory=Count)
    present_names: tuple[str, ...] = ()
    online_names: tuple[str, ...] = ()
    on_leave: tuple[Absence, ...] = ()
    absent: tuple[Absence, ...] = ()
    excluded: tuple[Absence, ...] = ()
    observers: str = ""
    observers_count: int = 0
    topic: str = ""
    documents: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    content: str = ""
    votes: tuple[VoteResult, ...] = ()
    resolutions: tuple[Decision, ...] = ()
    version: str = ""
    correction: str = ""
    brief: bool = False
    draft: bool = False
