"""What stands of the town while it is planned: what the builder fills and the faults are planted in."""

from collections import deque
from dataclasses import dataclass, field

from desktop.demo import names
from desktop.demo.branches import Branch
from desktop.demo.organisations import Owner


@dataclass(slots=True)
class Town:
    """What stands of the town while it is planned; branches and organisations by the note that faults know."""

    root: Branch
    owners: dict[str, Owner] = field(default_factory=dict)
    villages: list[Branch] = field(default_factory=list)
    branches: dict[str, Branch] = field(default_factory=dict)
    organisations: dict[str, bytes] = field(default_factory=dict)
    offices: list[bytes] = field(default_factory=list)
    rare: deque[str] = field(default_factory=lambda: deque((names.DOTTED, *names.RARE)))
    large: deque[str] = field(default_factory=lambda: deque((*names.SAME, *names.RARE_GIVEN, *names.SPACED)))
