"""The words of a record's minutes: titles, times, counts, leave, votes, made from a meeting as its form holds it."""

from collections.abc import Iterable, Mapping

from desktop.core.calendar import date_words
from desktop.core.codes import code_set
from desktop.documents.record import Absence, AgendaItem, Count, Decision, Minutes, VoteResult
from desktop.rules import codes
from desktop.services import meeting_votes
from desktop.services.meeting_drafts import AttendanceDraft, MeetingDraft, VoteDraft
from desktop.services.meetings import kinds_text

LEAVE = {"2": "事假", "3": "病假", "4": "公假"}  # attendance codes of domain.md §3.1; 5 is absence without leave
_ABSENT = "5"
_ACTIVITIES = frozenset({codes.Kind.LECTURE, codes.Kind.THEME_DAY})
_COUNTS = (
    ("due", "应到有表决权", "人"), ("present", "实到有表决权", "人"), ("written", "书面意见", "份"),
    ("issued", "发票", "张"), ("returned", "收票", "张"), ("valid", "有效票", "张"), ("approve", "赞成", "票"),
    ("against", "反对", "票"), ("abstain", "弃权", "票"), ("other", "另选他人", "票"),
)  # fmt: skip


def minutes_of(
    draft: MeetingDraft, *, branch: str, group: str | None, numbers: Mapping[str, int], persons: Mapping[bytes, str]
) -> Minutes:
    """Give the minutes that a meeting prints; `numbers` by kind, `persons` names those who were voted on."""
    due = [row for row in draft.attendance if row.status not in {codes.OBSERVER, codes.EXCLUDED}]
    present = [row for row in due if row.status == codes.PRESENT]
    observers = [row for row in draft.attendance if row.status == codes.OBSERVER]
    agenda = tuple(AgendaItem(row.title, row.content or "") for row in draft.agenda)
    return Minutes(
        branch=branch,
        title=title(branch, group, draft.kinds),
        date=draft.held_on or "",
        kinds=tuple(codes.KIND_WORDS.get(kind, kind) for kind in draft.kinds),
        numbers=number_words(draft, numbers),
        time=time_words(draft),
        place=draft.place or "",
        host=_with_post(draft.host, draft.attendance),
        recorder=_with_post(draft.recorder, draft.attendance),
        lecturer=_with_post(draft.lecturer, draft.attendance),
        guide=draft.guide or "",
        due=_count(due),
        present=_count(present, known=bool(due)),
        present_names=tuple(row.name for row in present),
        online_names=tuple(row.name for row in due if row.status == codes.ONLINE),
        on_leave=tuple(Absence(row.name, LEAVE[row.status], row.reason or "") for row in due if row.status in LEAVE),
        absent=tuple(Absence(row.name, "", row.reason or "") for row in due if row.status == _ABSENT),
        excluded=tuple(
            Absence(row.name, "", row.reason or "") for row in draft.attendance if row.status == codes.EXCLUDED
        ),
        observers="、".join([_named(row) for row in observers] + ([draft.observers] if draft.observers else [])),
        observers_count=0 if draft.observers else len(observers),
        topic=draft.topic or "",
        documents=draft.documents or "",
        agenda=agenda,
        content=draft.content or "",
        votes=tuple(vote_words(number, vote, agenda, persons) for number, vote in enumerate(draft.votes, start=1)),
        resolutions=tuple(
            Decision(row.text, row.responsible or "", date_words(row.due_on), date_words(row.done_on))
            for row in draft.resolutions
        ),
        brief=draft.record_class == "brief",
    )


def title(branch: str, group: str | None, kinds: tuple[str, ...]) -> str:
    """Name the record: `柳溪社区老年协会党支部支部委员会会议记录`, `…党课记录`, `…第一党小组会议记录`."""
    if group and set(kinds) == {codes.Kind.GROUP}:
        return f"{branch}{group}会议记录"
    words = kinds_text(kinds)
    plain = words.endswith("会议") or (kinds and set(kinds) <= _ACTIVITIES)
    return f"{branch}{words}{'记录' if plain else '会议记录'}"


def number_words(draft: MeetingDraft, numbers: Mapping[str, int]) -> str:
    """Say which meeting of the year it is: `2026年第3次`; each kind by name where there are more."""
    known = [(kind, numbers[kind]) for kind in draft.kinds if kind in numbers]
    if not known or not draft.held_on:
        return ""
    year = f"{draft.held_on[:4]}年"
    if len(draft.kinds) == 1:
        return f"{year}第{known[0][1]}次"
    return year + "、".join(f"第{number}次{codes.KIND_WORDS.get(kind, kind)}" for kind, number in known)


def time_words(draft: MeetingDraft) -> str:
    """Say when it was: `2026年11月20日14:30—16:00`."""
    hours = "—".join(filter(None, (draft.starts_at, draft.ends_at)))
    return f"{date_words(draft.held_on)}{hours}"


def vote_words(
    number: int, vote: VoteDraft, agenda: tuple[AgendaItem, ...], persons: Mapping[bytes, str]
) -> VoteResult:
    """Say what was voted on, the numbers, and the computed result with its formula where the numbers add up."""
    at = (vote.agenda_number or 0) - 1
    about = agenda[at].title if 0 <= at < len(agenda) else f"第{number}项表决"
    if vote.person_id is not None:
        about = persons.get(vote.person_id, about)
    said = ((words, getattr(vote, name), unit) for name, words, unit in _COUNTS)
    numbers = "，".join(f"{words}{count}{unit}" for words, count, unit in said if count is not None)
    verdict = meeting_votes.verdict(vote)
    return VoteResult(
        about,
        code_set("vote_method").short(vote.method),
        f"{numbers}。" if numbers else "",
        verdict.formula if verdict else "",
        ("通过" if verdict.passed else "未通过") if verdict else "",
    )


def _count(rows: list[AttendanceDraft], *, known: bool | None = None) -> Count:
    if not (rows if known is None else known):
        return Count()
    if all(row.standing is None for row in rows):
        return Count(len(rows))
    full = sum(row.standing in codes.FULL for row in rows)
    probationary = sum(row.standing in codes.PROBATIONARY for row in rows)
    return Count(len(rows), full, probationary or None, sum(row.votes for row in rows))


def _with_post(name: str | None, attendance: Iterable[AttendanceDraft]) -> str:
    found = next((row.post for row in attendance if row.name == name and row.post), None)
    return f"{name}（{found}）" if name and found else name or ""


def _named(row: AttendanceDraft) -> str:
    return f"{row.name}（{row.post}）" if row.post else row.name
