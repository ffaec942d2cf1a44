"""Rule packs in memory: sources, dates and numbers of the rules, and the officer's own values laid over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.core.errors import UserError
from desktop.rules.catalogue import LONGEST_NUMBER, PARAMS

Value = bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: a document and, where there is one, an article."""

    document: str
    article: str = ""

    def __str__(self) -> str:
        """Write `《中国共产党支部工作条例（试行）》第十一条`."""
        return self.document + self.article


@dataclass(frozen=True, slots=True)
class Pack:
    """The header of one pack; `verified_by` is empty until a person has compared it with the official text."""

    id: str
    title: str
    version: int
    effective_from: date
    effective_to: date | None = None
    verified_by: str = ""
    verified_on: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the pack is in force on a day; both ends are included."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one pack; `minor` is the severity of its lesser findings, `local` names the editable parameters."""

    id: str
    statement: str
    sources: tuple[Source, ...]
    severity: str
    scope: str
    applies: str
    fires: str
    pack: Pack
    minor: str = ""
    enabled: bool = True
    kinds: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    params: Mapping[str, Value] = field(default_factory=dict)

    @property
    def clause(self) -> str:
        """The first source, as findings cite it, marked 待核对 until the pack is verified."""
        return f"{self.sources[0]}" if self.pack.verified_by else f"{self.sources[0]}（待核对）"

    def number(self, name: str) -> int:
        """Give a whole-number parameter."""
        value = self.params[name]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a parameter that is a list of texts."""
        value = self.params[name]
        if not isinstance(value, tuple):
            raise TypeError(name)
        return tuple(str(item) for item in value)

    def flag(self, name: str) -> bool:
        """Give a yes-or-no parameter."""
        value = self.params[name]
        if not isinstance(value, bool):
            raise TypeError(name)
        return value


@dataclass(frozen=True, slots=True)
class Packs:
    """All rules of all packs; one rule id may stand in several packs whose dates do not meet."""

    rules: tuple[Rule, ...]

    def find(self, rule_id: str, day: date) -> Rule | None:
        """Give the enabled rule of the pack in force on `day`, or None."""
        found = (rule for rule in self.rules if rule.id == rule_id and rule.pack.in_force(day))
        return next((rule for rule in found if rule.enabled), None)

    def with_local(self, values: Mapping[tuple[str, str], Value]) -> "Packs":
        """Give packs with the officer's own numbers: {(rule id, parameter): value}; only parameters named in `local`.

        A parameter that is not local, or a value of the wrong type or range, is a UserError.
        """
        for rule_id, name in values:
            if not any(rule.id == rule_id and name in rule.local for rule in self.rules):
                raise refusal("地方参数", f"{rule_id} 没有可由本地改动的参数 {name}")
        return Packs(tuple(_localised(rule, values) for rule in self.rules))

    def with_switches(self, switches: Mapping[str, bool]) -> "Packs":
        """Give packs with whole rules switched on or off: {rule id: on}."""
        return Packs(tuple(replace(rule, enabled=switches.get(rule.id, rule.enabled)) for rule in self.rules))


def _localised(rule: Rule, values: Mapping[tuple[str, str], Value]) -> Rule:
    own = {name: value for (rule_id, name), value in values.items() if rule_id == rule.id and name in rule.local}
    raw = {
        name: list(value) if isinstance(value, tuple) else value for name, value in (dict(rule.params) | own).items()
    }
    return replace(rule, params=typed_params("地方参数", rule.id, raw)) if own else rule


def join_packs(parts: Iterable[tuple[Rule, ...]]) -> Packs:
    """Join packs; two that carry one rule for one day are refused."""
    rules = tuple(rule for part in parts for rule in part)
    for index, rule in enumerate(rules):
        for other in rules[index + 1 :]:
            if rule.id == other.id and _meet(rule.pack, other.pack):
                raise refusal(other.pack.id, f"规则 {rule.id} 与规则包 {rule.pack.id} 的有效期重叠")
    return Packs(rules)


def _meet(one: Pack, other: Pack) -> bool:
    return one.in_force(other.effective_from) or other.in_force(one.effective_from)


def typed_params(file: str, rule_id: str, raw: Mapping[str, object]) -> dict[str, Value]:
    """Check parameters against the catalogue: exactly those names, each of its type; else a UserError naming both."""
    wanted = PARAMS[rule_id]
    for name in sorted(set(raw) ^ set(wanted)):
        raise refusal(file, f"规则 {rule_id} {'有不认识的' if name in raw else '缺少'}参数 {name}")
    return {name: _value(file, f"规则 {rule_id} 的参数 {name}", wanted[name], raw[name]) for name in wanted}


def _value(file: str, place: str, kind: str, raw: object) -> Value:
    if kind == "flag" and isinstance(raw, bool):
        return raw
    if kind == "number" and isinstance(raw, int) and not isinstance(raw, bool):
        if 0 <= raw <= LONGEST_NUMBER:
            return raw
        raise refusal(file, f"{place} 应在 0 到 {LONGEST_NUMBER} 之间，实为 {raw}")
    if kind == "texts" and isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(str(item) for item in raw)
    words = {"flag": "是或否（true、false）", "number": "整数（不能是小数、无穷大或非数）", "texts": "文字列表"}
    raise refusal(file, f"{place} 应为{words[kind]}，实为 {raw!r}")


def refusal(file: str, reason: str) -> UserError:
    """Say why a pack or a local value does not come in."""
    return UserError(
        f"规则包没有装入：{file}。",
        f"{reason}。",
        "请改正后重试，或向发放单位要一份完好的；现用的规则没有变动。",
        "bad-rule-pack",
    )
