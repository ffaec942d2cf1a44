"""The plan of a demo: rows by table, and every finding that must come of them, noted where the fault is planned."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from desktop.demo.names import Names
from desktop.demo.numbers import Numbers

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Planted:
    """One finding that `check` must give; `subject` is `kind:id`, `period` `2026Q2`, `2026-07` or None."""

    rule: str
    subject: str
    code: str | None
    name: str
    period: str | None = None


@dataclass(slots=True)
class Plan:
    """Rows to be loaded and findings to be expected; everything drawn comes from `rng` and `new_id` alone."""

    rng: Random
    new_id: Callable[[], bytes]
    tables: dict[str, list[Row]] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    names: Names = field(init=False)
    numbers: Numbers = field(init=False)

    def __post_init__(self) -> None:
        self.names, self.numbers = Names(self.rng), Numbers(self.rng)

    def add(self, table: str, **values: Any) -> bytes:  # noqa: ANN401 - columns of any table
        """Plan one record and give its id, a new one where none is named."""
        key: bytes = values.pop("id", None) or self.new_id()
        self.tables.setdefault(table, []).append({"id": key, **values})
        return key

    def expect(self, rule: str, kind: str, key: bytes, name: str, code: str | None = None, period: str = "") -> None:
        """Note a finding that must come."""
        self.planted.append(Planted(rule, f"{kind}:{key.hex()}", code, name, period or None))

    def take(self, tables: Iterable[str]) -> dict[str, list[Row]]:
        """Hand over the rows planned so far for some tables, and forget them."""
        return {table: self.tables.pop(table) for table in tables if table in self.tables}
