"""The conflicts that merges have recorded: what lost, and where; both values are kept for ever (sync.md §1.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from desktop.core.clock import instant_text
from desktop.core.tables import DELETED
from desktop.models.registry import SPECS
from desktop.services.column_words import column_word
from desktop.services.exchange.origins import Origins, stamps_of
from desktop.services.exchange.row_values import read_rows
from desktop.services.exchange.site_keys import list_sites
from desktop.services.exchange.titles import row_title
from desktop.services.listing import KIND_NAMES
from desktop.services.record_history import value_text
from desktop.services.sessions import STAFF, Session, allowed
from desktop.sync.canonical import Raw
from desktop.sync.stamps import Stamp

KIND_WORDS = {"edit/edit": "两处都改过", "edit/delete": "一处改过、一处删除", "fork": "来自恢复过的旧库"}


@dataclass(frozen=True, slots=True)
class Clash:
    """One column of a conflict in words: what lost, and what stands now."""

    name: str
    lost: str
    standing: str


@dataclass(frozen=True, slots=True)
class Writer:
    """The unit that wrote a value (empty where its keys are not known here) and the instant."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict: its record (hex id, and its title), the clash, the columns that lost and those that stand.

    `lost` are the values as stored by column, `clashes` the same in words beside what stands; `lost_by` wrote the
    losing values, `kept_by` what stands, None where the record is not here.
    """

    id: bytes
    table: str
    table_name: str
    record: str
    title: str
    kind: str
    lost: dict[str, object]
    state: str
    clashes: tuple[Clash, ...]
    lost_by: Writer
    kept_by: Writer | None


@allowed(STAFF)
def list_conflicts(session: Session, *, open_only: bool = True) -> tuple[ConflictRow, ...]:
    """Give the conflicts, the open ones or all."""
    reading = _Reading(session)
    rows = session.db.rows(
        "SELECT c.id, c.tbl, c.pk, c.grp, c.kind, c.lose_stamp, c.lose_value, c.state, d.title FROM conflict c "
        "LEFT JOIN search_doc d ON d.kind = c.tbl AND d.pk = c.pk "
        f"WHERE c.{DELETED} IS NULL AND (NOT ? OR c.state = 'open') ORDER BY c.tbl, c.pk, c.id",
        (open_only,),
    )
    return tuple(reading.row(row) for row in rows)


class _Reading:
    """Reads what stands beside each conflict, a record once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._origins = Origins(session.db)
        own = session.workspace.identity
        self._names = {site.site: site.name for site in list_sites(session)} | {own.site.hex(): own.name}
        self._found: dict[tuple[str, str], tuple[Mapping[str, object], Mapping[str, Stamp | None]]] = {}

    def row(self, found: tuple[Any, ...]) -> ConflictRow:
        """Put one conflict together from its columns."""
        key, table, pk, group, kind, stamp, value, state, title = found
        lost: dict[str, object] = json.loads(value) if value else {}
        standing, stamps = self._record(table, pk)
        kept = stamps.get(group)
        _, site, _, clock = stamp.split(".")
        return ConflictRow(
            key, table, KIND_NAMES.get(table) or table, pk, title or row_title(self._session, table, standing),
            KIND_WORDS.get(kind) or kind, lost, state, self._clashes(table, lost, standing),
            Writer(self._names.get(site, ""), _instant(int(clock, 16))),
            Writer(self._names.get(kept.origin.site.hex(), ""), _instant(kept.hlc)) if kept else None,
        )  # fmt: skip

    def _record(self, table: str, pk: str) -> tuple[Mapping[str, object], Mapping[str, Stamp | None]]:
        if (table, pk) not in self._found:
            spec = SPECS.get(table)
            db = self._session.db
            values = read_rows(db, spec, [pk]).get(pk, {}) if spec else {}
            number = self._session.workspace.tables.get(table)
            stamps = stamps_of(db, self._origins, spec, number, [pk]) if spec and number is not None else {}
            self._found[table, pk] = (values, stamps.get(pk, {}))
        return self._found[table, pk]

    def _clashes(self, table: str, lost: Mapping[str, object], standing: Mapping[str, object]) -> tuple[Clash, ...]:
        names = [name for name in lost if not standing or _plain(standing.get(name)) != lost[name]]
        return tuple(self._clash(table, name, lost[name], _plain(standing.get(name))) for name in names or lost)

    def _clash(self, table: str, name: str, lost: object, standing: object) -> Clash:
        if name == DELETED:
            return Clash("记录", *("已删除" if value else "保留" for value in (lost, standing)))
        words = [_words(self._session, table, name, value) for value in (lost, standing)]
        if words[0] == words[1] and not self._session.masked:  # two numbers that differ where they are masked
            words = [str(lost), str(standing)]
        return Clash(column_word(table, name), *words)


def _plain(value: object) -> object:
    return json.loads(bytes(value)) if isinstance(value, Raw) else value


def _words(session: Session, table: str, column: str, value: Any) -> str:  # noqa: ANN401 - any stored value
    if isinstance(value, list | dict):
        return f"{len(value):,} 项" if value else "空"
    return value_text(session, table=table, column=column, value=value)


def _instant(clock: int) -> str:
    return instant_text(datetime.fromtimestamp((clock >> 16) / 1000, UTC))
