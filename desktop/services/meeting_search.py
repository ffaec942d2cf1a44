"""Search as the palette asks it: records by name, and meetings by 党组织 with 类型 and 日期 (`柳溪 支委会 11月`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.text import narrow
from desktop.rules.codes import KIND_WORDS, Kind
from desktop.services.searching import Hit, search
from desktop.services.sessions import EVERYONE, Session, allowed, branches_in_scope

MOST = 8
_BRANCHES = 20
# Longest first: 支部党员大会 is looked for before 党员大会, so that nothing of it is left for the name.
_WORDS: tuple[tuple[str, Kind], ...] = (
    ("支部委员会会议", Kind.COMMITTEE), ("支部党员大会", Kind.MEMBERS), ("支部委员会", Kind.COMMITTEE),
    ("主题党日", Kind.THEME_DAY), ("党员大会", Kind.MEMBERS), ("党小组会", Kind.GROUP), ("支委会", Kind.COMMITTEE),
    ("小组会", Kind.GROUP), ("党课", Kind.LECTURE),
)  # fmt: skip
_INITIALS = {
    "zbdydh": Kind.MEMBERS, "dydh": Kind.MEMBERS, "zwh": Kind.COMMITTEE, "dxzh": Kind.GROUP, "xzh": Kind.GROUP,
    "dk": Kind.LECTURE, "ztdr": Kind.THEME_DAY,
}  # fmt: skip
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)[年./-])?(?P<month>1[0-2]|0?[1-9])(?:月|[./-](?=\d))"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])日?)?(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年")


@dataclass(frozen=True, slots=True)
class Asked:
    """What words ask of meetings: whose (`rest`, any where empty), of which kinds, and a LIKE pattern of the day."""

    rest: str
    kinds: tuple[str, ...] = ()
    day: str = ""


@allowed(EVERYONE)
def find(session: Session, *, text: str, limit: int = 50) -> tuple[Hit, ...]:
    """Find records as `search` does, and meetings by whose they are, kind and day; those come first where asked for.

    A name that finds only Party organisations gives their last meetings with them, so that initials do too.
    """
    asked, hits = read(text), search(session, text=text, limit=limit)
    met = [bytes.fromhex(hit.id) for hit in hits if hit.kind == "meeting"]
    if asked.kinds or asked.day:
        met = [*_named(session, asked), *met]
    elif not met:
        met = _of([bytes.fromhex(hit.id) for hit in hits if hit.kind == "branch"][:_BRANCHES], session, asked)
    others = tuple(hit for hit in hits if hit.kind != "meeting")
    return (*others, *_hits(session, list(dict.fromkeys(met))[:MOST]))


def read(text: str) -> Asked:
    """Read kinds and a day out of the words typed; what is left is a name."""
    kinds: list[str] = []
    left: list[str] = []
    day = ""
    for piece in (narrow(piece) for piece in text.split()):
        name = piece
        for word, kind in _WORDS:
            if word in name:
                kinds.append(kind)
                name = name.replace(word, " ")
        if name.casefold() in _INITIALS:
            kinds.append(_INITIALS[name.casefold()])
            continue
        found = _DAY.search(name) or _YEAR.search(name)
        if found is not None:
            day = _pattern(**found.groupdict())
            name = name[: found.start()] + " " + name[found.end() :]
        left.append(name)
    return Asked(" ".join(" ".join(left).split()), tuple(dict.fromkeys(kinds)), day)


def _pattern(year: str | None = None, month: str | None = None, day: str | None = None) -> str:
    parts = [year or "____", *([f"{int(month):02}"] if month else []), *([f"{int(day):02}"] if day else [])]
    return "-".join(parts) + "%"


def _named(session: Session, asked: Asked) -> list[bytes]:
    if not asked.rest:
        return _of(None, session, asked)
    hits = search(session, text=asked.rest)
    return _of([bytes.fromhex(hit.id) for hit in hits if hit.kind == "branch"][:_BRANCHES], session, asked)


def _of(branches: Sequence[bytes] | None, session: Session, asked: Asked) -> list[bytes]:
    """Give the newest meetings of branches, of all in the account's scope for None."""
    scope = branches_in_scope(session)
    own = scope if branches is None else branches if scope is None else [key for key in branches if key in scope]
    where, values = ["_deleted IS NULL"], list[object]()
    if own is not None:
        where.append(f"branch_id IN ({', '.join('?' * len(own))})")
        values += own
    if asked.day:
        where.append("held_on LIKE ?")
        values.append(asked.day)
    if asked.kinds:
        marks = ", ".join("?" * len(asked.kinds))
        where.append(f"id IN (SELECT meeting_id FROM meeting_kind WHERE kind IN ({marks}))")
        values += asked.kinds
    sql = f"SELECT id FROM meeting WHERE {' AND '.join(where)} ORDER BY held_on DESC, id DESC LIMIT ?"
    return [row[0] for row in session.db.rows(sql, (*values, MOST))]


def _hits(session: Session, keys: list[bytes]) -> tuple[Hit, ...]:
    """Title meetings by whose and of which kind they are, with their day and topic beside it."""
    rows = session.db.rows(
        "SELECT m.id, b.name, m.held_on, m.topic, "
        "(SELECT group_concat(k.kind, ' ') FROM meeting_kind k WHERE k.meeting_id = m.id) "
        f"FROM meeting m LEFT JOIN branch b ON b.id = m.branch_id WHERE m.id IN ({', '.join('?' * len(keys))})",
        keys,
    )
    found = {}
    for key, branch, day, topic, kinds in rows:
        words = "、".join(KIND_WORDS.get(kind, kind) for kind in sorted((kinds or "").split()))
        title = "　".join(filter(None, (branch, words or "会议")))
        found[key] = Hit("meeting", key.hex(), title, "　".join(filter(None, (day, topic))))
    return tuple(found[key] for key in keys if key in found)
