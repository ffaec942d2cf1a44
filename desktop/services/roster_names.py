"""Names as rosters write them: one body spelled in several ways is one, and two that are close are doubtful."""

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from desktop.core.text import match_name
from desktop.services.roster_closeness import CLOSE, Closeness

_NUMERALS = frozenset("0123456789一二三四五六七八九十")
# The words for one kind of Party body; the first of each line stands for all of them. 总支 is looked for before 支部.
_ENDINGS: tuple[tuple[str, ...], ...] = (
    ("总支", "党总支部委员会", "党总支委员会", "总支部委员会", "总支委员会", "党总支部", "总支部", "党总支"),
    ("支部", "党支部委员会", "支部委员会", "党支部"),
    ("党工委", "党工作委员会", "工作委员会", "工委"),
    ("党组",),
    ("党委", "党委员会", "委员会"),
)
_NO_BODY = ("居民委员会", "村民委员会", "业主委员会", "管理委员会")
_KIND_WORDS = {"P1": "党委", "P2": "党工委", "P3": "总支"}
_ROOTS = frozenset({"党委", "党工委"})
_LEAST = 4  # 青禾街道党支部 is not 党支部


@dataclass(frozen=True, slots=True)
class Near:
    """A name that is close to one known, but not equal."""

    text: str
    known: str


@dataclass(slots=True)
class Names:
    """The names, short names and codes of one kind, folded; `find` gives an id, a near name or None.

    With `party` they are names of Party bodies: 中共某某支部委员会, 某某党支部 and 某某支部 are one. `ids` are by the
    folded text as it stands, `bodies` by what it comes to. `owner` is the folded name of the place that keeps the
    records: with and without it in front, two names are doubtful (青禾街道柳溪社区老年协会, 柳溪社区老年协会).
    """

    party: bool = False
    owner: str = ""
    ids: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[bytes, str] = field(default_factory=dict)
    spellings: dict[bytes, list[str]] = field(default_factory=lambda: defaultdict(list))
    closeness: Closeness = field(default_factory=Closeness)

    def add(self, key: bytes, title: str, *others: str | None, kind: str | None = None) -> None:
        """Know one more record by its name, short name and code; a Party body's kind completes a name without one."""
        self.titles[key] = title
        for text in dict.fromkeys(match_name(text) for text in (title, *others) if text):
            _note(self.ids, text, key)
            self._note_body(self._body(text), key)
            if self.party and kind and not split(text)[1]:
                self._note_body(text + _KIND_WORDS.get(kind, "支部"), key)

    def _note_body(self, body: str, key: bytes) -> None:
        if body not in self.bodies:
            self.closeness.add(body)
        _note(self.bodies, body, key)
        self.spellings[key].append(body)

    def find(self, text: str) -> bytes | Near | None:
        """Look a name up: one equal is it, two equal or one close are doubtful, else it is unknown."""
        folded = match_name(text)
        equal = self.ids.get(folded) or self.bodies.get(self._body(folded)) or []
        if len(equal) == 1:
            return equal[0]
        if equal:
            return Near(text, f"已有的 {len(equal)} 个同名的“{self.titles[equal[0]]}”")
        near = next((key for twin in self._twins(folded) for key in self.bodies.get(twin, [])), None)
        near = near or self._closest(folded)
        return Near(text, f"已有的“{self.titles[near]}”") if near else None

    def means(self, key: bytes, text: str) -> bool:
        """Tell whether a name may well be that of a record whose code stands beside it: equal or close."""
        folded = match_name(text)
        if key in (self.ids.get(folded) or self.bodies.get(self._body(folded)) or []):
            return True
        return any(self.close(folded, known) for known in self.spellings.get(key, ()))

    def close(self, one: str, other: str) -> bool:
        """Tell whether two names that differ may mean the same, so that a person must decide."""
        one, other = match_name(one), match_name(other)
        if self._body(one) != self._body(other) and self._body(self._bare(one)) == self._body(self._bare(other)):
            return True
        return is_close(one, other) if self.party else _alike(one, other)

    def is_same(self, one: str, other: str) -> bool:
        """Tell whether two names are one after folding."""
        return self._body(match_name(one)) == self._body(match_name(other))

    def _body(self, folded: str) -> str:
        return canonical(folded) if self.party else folded

    def _bare(self, folded: str) -> str:
        """Leave the owner's name out in front, where a name of its own is left."""
        bare = folded.removeprefix(self.owner)
        return bare if len(bare) >= _LEAST else folded

    def _twins(self, folded: str) -> tuple[str, ...]:
        """Give the bodies that a name may mean too: with or without the owner in front, and those of its kinds."""
        bare = self._bare(folded)
        found = (bare if bare != folded else self.owner + folded,) if self.owner else ()
        if not self.party:
            return found
        return (*map(canonical, found), *_kinds(folded))

    def _closest(self, folded: str) -> bytes | None:
        likely = (known for known in self.closeness.like(self._body(folded)) if self.close(folded, known))
        return next((self.bodies[known][0] for known in likely), None)


def _kinds(folded: str) -> tuple[str, ...]:
    """Give the bodies of any kind for a name without one, and of the 党工委 of the same name for a 党委."""
    body, kind = split(folded)
    if not kind:
        return tuple(body + words[0] for words in _ENDINGS)
    return tuple(body + other for other in _ROOTS if kind in _ROOTS)


def _note(where: dict[str, list[bytes]], text: str, key: bytes) -> None:
    if key not in where[text]:
        where[text].append(key)


def split(folded: str) -> tuple[str, str]:
    """Part a folded name into the body and the word for its kind of Party body, which is empty where none stands."""
    if folded.endswith(_NO_BODY):
        return folded, ""
    for words in _ENDINGS:
        ending = max((word for word in words if folded.endswith(word)), key=len, default="")
        if ending and ending != folded:
            return folded.removesuffix(ending), words[0]
    return folded, ""


def canonical(folded: str) -> str:
    """Write a folded name of a Party body in the one way that all its spellings come to."""
    return "".join(split(folded))


def is_close(one: str, other: str) -> bool:
    """Tell whether two folded names of Party bodies that differ may mean the same, so that a person must decide.

    第一党支部 and 第二党支部 are two, and so are 某社区党支部 and 某社区党总支.
    """
    return split(one)[1] == split(other)[1] and _alike(canonical(one), canonical(other))


def _alike(one: str, other: str) -> bool:
    return one != other and fuzz.ratio(one, other) >= CLOSE and not _only_numerals_differ(one, other)


def _only_numerals_differ(one: str, other: str) -> bool:
    """Tell apart 第一党支部 and 第二党支部: one letter differs from one, and both are numerals."""
    if len(one) != len(other):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return all(left in _NUMERALS and right in _NUMERALS for left, right in differing)
