"""Who is at work in which workspace, and what that person may do."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from threading import get_ident
from typing import Concatenate, ParamSpec, TypeVar

from desktop.core.clock import Clock
from desktop.core.errors import UserError
from desktop.core.lock import WorkspaceLock
from desktop.core.paths import WorkspacePaths
from desktop.models.database import Connection

P = ParamSpec("P")
T = TypeVar("T")


class Role(StrEnum):
    """The four roles of data.md; the value is stored in `account.role`."""

    OFFICER = "officer"
    CLERK = "clerk"
    SECRETARY = "secretary"
    READER = "reader"

    @property
    def label(self) -> str:
        """Give the role's Chinese name."""
        return {"officer": "管理员", "clerk": "干事", "secretary": "书记", "reader": "查阅"}[self.value]


ADMINS = frozenset({Role.OFFICER})
STAFF = frozenset({Role.OFFICER, Role.CLERK})
WRITERS = frozenset({Role.OFFICER, Role.CLERK, Role.SECRETARY})
EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Identity:
    """What this installation is: its site, its kind, its org path and its name."""

    site: bytes
    epoch: bytes
    db_uuid: bytes
    kind: str
    path: str
    name: str


@dataclass(slots=True)
class Workspace:
    """One open workspace: its two connections, its lock and its keys; `open_unit` is the unit being written."""

    paths: WorkspacePaths
    write: Connection
    read: Connection
    clock: Clock
    lock: WorkspaceLock
    data_key: bytes
    identity: Identity
    new_id: Callable[[], bytes]
    demo: bool = False
    tables: dict[str, int] = field(default_factory=dict)
    open_unit: "object | None" = None
    unit_thread: int | None = None
    writer_thread: int | None = None

    def reader(self) -> Connection:
        """Give the connection to read from: on the writing thread and inside a unit the writing one.

        So no connection is ever shared by two threads, and a unit sees its own rows.
        """
        inside = self.open_unit is not None and self.unit_thread == get_ident()
        return self.write if inside or self.writer_thread == get_ident() else self.read

    def claim_writing(self) -> None:
        """Say that the calling thread is the one that writes; it leaves the reading connection to the others."""
        self.writer_thread = get_ident()

    @property
    def encrypted(self) -> bool:
        """Tell whether the database is encrypted."""
        return self.write.encrypted


@dataclass(frozen=True, slots=True)
class Session:
    """One account in one workspace; every service function takes it first."""

    workspace: Workspace
    account: str
    account_title: str
    role: Role
    scope: bytes | None = None

    @property
    def today(self) -> date:
        """Give the day that rules and defaults see (`--on`, the demo's date, else the clock's)."""
        return self.workspace.clock.today()

    @property
    def db(self) -> Connection:
        """Give the connection to read from."""
        return self.workspace.reader()

    @property
    def masked(self) -> bool:
        """Tell whether numbers and telephones are shown masked without a way to reveal them."""
        return self.role is Role.READER

    def new_id(self) -> bytes:
        """Make the id of a new record."""
        return self.workspace.new_id()


def allowed(
    roles: frozenset[Role],
) -> Callable[[Callable[Concatenate[Session, P], T]], Callable[Concatenate[Session, P], T]]:
    """Mark a service function with the roles that may call it, and refuse all others (a test walks them)."""

    def mark(function: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
        @functools.wraps(function)
        def guarded(session: Session, /, *arguments: P.args, **named: P.kwargs) -> T:
            if session.role not in roles:
                raise not_allowed(session)
            return function(session, *arguments, **named)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the test that walks all functions
        return guarded

    return mark


def not_allowed(session: Session) -> UserError:
    """Give the refusal of a deed that the account's role does not carry."""
    return UserError(
        "没有执行这项操作。",
        f"账号“{session.account}”的角色是{session.role.label}，没有这项权限。",
        "请换有权限的账号，或请管理员办理。",
        "not-allowed",
    )


def branches_in_scope(session: Session) -> frozenset[bytes] | None:
    """Give the ids of the branches a 书记 may touch, the own one and those below; None where there is no limit."""
    if session.scope is None:
        return None
    rows = session.db.rows(
        "WITH RECURSIVE below(id) AS (SELECT ? UNION SELECT b.id FROM branch b JOIN below ON b.parent_id = below.id "
        "WHERE b._deleted IS NULL) SELECT id FROM below",
        (session.scope,),
    )
    return frozenset(row[0] for row in rows)


def check_scope(session: Session, branch: bytes | None) -> None:
    """Refuse a deed about a branch outside the account's scope."""
    scope = branches_in_scope(session)
    if scope is not None and branch not in scope:
        raise UserError(
            "没有执行这项操作。",
            "它属于别的党组织，这个账号只管本支部。",
            "请由乡镇的干事办理。",
            "out-of-scope",
        )
