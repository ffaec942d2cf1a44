"""The strict reader of rule packs (TOML): what it does not know it refuses.

A pack is a header (schema, id, title, version, effective_from, effective_to, verified_by, verified_on) and tables
`[[rule]]` (id, statement, source, severity, minor, scope, applies, fires, enabled, kinds, local, params). An unknown
key, a wrong type, a negative, fractional or infinite number is refused with file, place (the line, where it is a
matter of syntax) and reason, and the present packs stay.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from desktop.core import paths
from desktop.rules.catalogue import PARAMS
from desktop.rules.packs import Pack, Packs, Rule, Source, join_packs, refusal, typed_params

SCHEMA = 1
SEVERITIES = ("E", "W", "I")
SCOPES = ("organisation", "branch", "party_group", "meeting", "person")
LARGEST_PACK = 1_000_000


def load_packs(folder: Path | None = None) -> Packs:
    """Read every pack of the program (or of `folder`); the first fault is a UserError and nothing is loaded."""
    files = sorted((folder or paths.resources() / "rules").glob("*.toml"))
    return join_packs(read_pack(file.read_bytes(), file.name) for file in files)


def read_pack(content: bytes, file: str) -> tuple[Rule, ...]:
    """Read one pack; whatever it should not hold is a UserError with the file, the place and the reason."""
    table = _Table(file, "文件头", _parse(content, file))
    pack = _read_header(table)
    rules = table.tables("rule")
    table.finish()
    found = tuple(_read_rule(file, pack, number, raw) for number, raw in enumerate(rules, 1))
    ids = [rule.id for rule in found]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise refusal(file, f"规则 {rule_id} 写了两次")
    return found


def _parse(content: bytes, file: str) -> dict[str, object]:
    if len(content) > LARGEST_PACK:
        raise refusal(file, f"文件有 {len(content)} 字节，超过 {LARGEST_PACK} 字节")
    try:
        return dict(tomllib.loads(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(file, f"第 {line} 行不是 UTF-8 文字") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refusal(file, f"语法不对：{error}") from error


def _read_header(table: "_Table") -> Pack:
    schema = table.number("schema")
    if schema != SCHEMA:
        raise refusal(table.file, f"schema 应为 {SCHEMA}，实为 {schema}，本程序不认识这种规则包")
    pack = Pack(
        id=table.text("id"),
        title=table.text("title"),
        version=table.number("version"),
        effective_from=table.needed_day("effective_from"),
        effective_to=table.day("effective_to"),
        verified_by=table.text("verified_by", needed=False),
        verified_on=table.day("verified_on"),
    )
    if pack.version < 1:
        raise refusal(table.file, f"version 应从 1 起，实为 {pack.version}")
    if pack.effective_to is not None and pack.effective_to < pack.effective_from:
        raise refusal(table.file, "effective_to 早于 effective_from")
    if (pack.verified_on is None) == bool(pack.verified_by):
        raise refusal(table.file, "verified_by 与 verified_on 要么都写，要么都不写")
    return pack


def _read_rule(file: str, pack: Pack, number: int, raw: Mapping[str, object]) -> Rule:
    table = _Table(file, f"规则 {raw.get('id', f'（第 {number} 条）')}", raw)
    rule_id = table.text("id")
    if rule_id not in PARAMS:
        raise refusal(file, f"本程序没有编号为 {rule_id} 的规则")
    rule = Rule(
        id=rule_id,
        statement=table.text("statement"),
        sources=tuple(_read_source(file, rule_id, item) for item in table.tables("source")),
        severity=table.choice("severity", SEVERITIES),
        minor=table.choice("minor", ("", *SEVERITIES), needed=False),
        scope=table.choice("scope", SCOPES),
        applies=table.text("applies"),
        fires=table.text("fires"),
        enabled=table.flag("enabled", default=True),
        kinds=table.texts("kinds"),
        local=table.texts("local"),
        params=typed_params(file, rule_id, table.table("params")),
        pack=pack,
    )
    table.finish()
    if not rule.sources:
        raise refusal(file, f"规则 {rule_id} 没有写依据")
    strangers = sorted(set(rule.local) - set(rule.params))
    if strangers:
        raise refusal(file, f"规则 {rule_id} 的 local 里有不存在的参数 {'、'.join(strangers)}")
    return rule


def _read_source(file: str, rule_id: str, raw: Mapping[str, object]) -> Source:
    table = _Table(file, f"规则 {rule_id} 的依据", raw)
    source = Source(table.text("document"), table.text("article", needed=False))
    table.finish()
    return source


@dataclass(slots=True)
class _Table:
    """One table while it is read: it knows what was asked for, so that the rest can be refused."""

    file: str
    place: str
    raw: Mapping[str, object]
    taken: set[str] = field(default_factory=set)

    def _take(self, name: str, kind: type, word: str, *, needed: bool) -> object:
        self.taken.add(name)
        value = self.raw.get(name)
        if value is None:
            if needed:
                raise refusal(self.file, f"{self.place} 缺少 {name}")
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise refusal(self.file, f"{self.place} 的 {name} 应为{word}，实为 {value!r}")
        return value

    def text(self, name: str, *, needed: bool = True) -> str:
        value = self._take(name, str, "文字", needed=needed)
        if needed and value == "":
            raise refusal(self.file, f"{self.place} 的 {name} 是空的")
        return str(value or "")

    def choice(self, name: str, allowed: tuple[str, ...], *, needed: bool = True) -> str:
        value = self.text(name, needed=needed)
        if value not in allowed:
            raise refusal(
                self.file, f"{self.place} 的 {name} 应为 {'、'.join(filter(None, allowed))} 之一，实为 {value}"
            )
        return value

    def number(self, name: str) -> int:
        value = self._take(name, int, "整数", needed=True)
        if not isinstance(value, int) or value < 0:
            raise refusal(self.file, f"{self.place} 的 {name} 不能是负数，实为 {value}")
        return value

    def day(self, name: str) -> date | None:
        value = self._take(name, date, "日期（如 2026-01-01，不加引号）", needed=False)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise refusal(self.file, f"{self.place} 的 {name} 应只到日，实为 {value}")
        return value

    def needed_day(self, name: str) -> date:
        value = self.day(name)
        if value is None:
            raise refusal(self.file, f"{self.place} 缺少 {name}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._take(name, bool, "是或否（true、false）", needed=False)
        return default if value is None else bool(value)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._take(name, list, "文字列表", needed=False) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise refusal(self.file, f"{self.place} 的 {name} 应为文字列表，实为 {value!r}")
        return tuple(value)

    def table(self, name: str) -> dict[str, object]:
        value = self._take(name, dict, "表", needed=False)
        return dict(value) if isinstance(value, dict) else {}

    def tables(self, name: str) -> list[dict[str, object]]:
        value = self._take(name, list, "表的列表", needed=True)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise refusal(self.file, f"{self.place} 的 {name} 应为表的列表，实为 {value!r}")
        return [dict(item) for item in value]

    def finish(self) -> None:
        strangers = sorted(set(self.raw) - self.taken)
        if strangers:
            raise refusal(self.file, f"{self.place} 里有不认识的键 {'、'.join(strangers)}")
