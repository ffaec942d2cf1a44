"""The few ways a service writes a row: insert, update, put to the recycle bin, replace the parts of a meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from desktop.core.errors import UserError
from desktop.core.tables import DELETED
from desktop.core.text import clean, clean_line, is_clean
from desktop.models.base import Record, Table
from desktop.models.registry import MODELS, PART_SPECS
from desktop.services.sessions import Session

Values = Mapping[str, Any]
LONGEST = 2_000_000


def insert(session: Session, model: type[Record], values: Values, *, key: bytes | None = None) -> bytes:
    """Insert a record and give its id; call it inside a unit."""
    key = key or session.new_id()
    model.insert(id=key, **cleaned(values)).execute(session.workspace.write)
    return key


def update(session: Session, model: type[Record], key: bytes, values: Values) -> None:
    """Write the given columns of a record; columns that are not named stay."""
    if values:
        model.update(**cleaned(values)).where(model.id == key).execute(session.workspace.write)


def bin_record(session: Session, model: type[Record], key: bytes, reason: str) -> None:
    """Put a record into the recycle bin: the row stays, with a reason."""
    model.update(deleted=clean_line(reason) or "删除").where(model.id == key).execute(session.workspace.write)


def replace_parts(session: Session, model: type[Table], parent: bytes, rows: Sequence[Values]) -> None:
    """Make the part rows of one meeting exactly `rows`; rows that stay the same are not touched."""
    part = PART_SPECS[model._meta.table_name]  # noqa: SLF001 - peewee's own way to the name
    names = [column.name for column in part.columns]
    keyed = names.index(part.key[1])
    db = session.workspace.write
    listed = ", ".join(f'"{name}"' for name in names)
    present = {row[keyed]: row for row in db.rows(f"SELECT {listed} FROM {part.name} WHERE meeting_id = ?", (parent,))}
    wanted = {}
    for row in rows:
        tidy = cleaned(row)
        values = tuple(tidy.get(name) for name in names)
        wanted[values[keyed]] = values
    for number in present.keys() - wanted.keys():
        db.run(f"DELETE FROM {part.name} WHERE meeting_id = ? AND {part.key[1]} = ?", (parent, number))
    changed = [values for number, values in wanted.items() if number in present and present[number] != values]
    sets = ", ".join(f'"{name}" = ?' for name in names)
    db.many(
        f"UPDATE {part.name} SET {sets} WHERE meeting_id = ? AND {part.key[1]} = ?",
        [(*values, parent, values[keyed]) for values in changed],
    )
    marks = ", ".join("?" * (len(names) + 1))
    db.many(
        f"INSERT INTO {part.name} (meeting_id, {listed}) VALUES ({marks})",
        [(parent, *values) for number, values in wanted.items() if number not in present],
    )


def cleaned(values: Values) -> dict[str, Any]:
    """Bring every text to what may stand in a record; blank text is null; too long is refused."""
    return {name: _tidy(name, value) for name, value in values.items()}


def _tidy(name: str, value: object) -> object:
    if not isinstance(value, str):
        return int(value) if isinstance(value, bool) else value
    if len(value) > LONGEST:
        raise UserError("没有保存。", "有一栏文字超过 200 万字。", "请删减，或改为附件。", "too-long", name)
    text = value if is_clean(value) else clean(value)
    return text.strip() or None


def get(session: Session, table: str, key: bytes) -> dict[str, Any]:
    """Give the columns of one record that is not deleted; a UserError where there is none."""
    found = find(session, table, key)
    if found is None or found[DELETED] is not None:
        raise UserError("没有找到这条记录。", "它可能已被删除，或已由撤销收回。", "请刷新列表后再试。", "not-found")
    return found


def find(session: Session, table: str, key: bytes) -> dict[str, Any] | None:
    """Give the columns of one record, deleted or not, or None."""
    cursor = session.db.execute_sql(f"SELECT * FROM {MODELS[table].SPEC.name} WHERE id = ?", (key,))
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def as_values(draft: object, *, leave_out: frozenset[str] = frozenset({"id"})) -> dict[str, Any]:
    """Give the fields of a frozen draft as column values."""
    if not is_dataclass(draft):
        raise TypeError(type(draft))
    return {item.name: getattr(draft, item.name) for item in fields(draft) if item.name not in leave_out}
