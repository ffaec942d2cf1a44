"""Every public function of the services is guarded: session first, keywords after, a docstring, and roles.

What is not guarded is named here with its reason, so that a new function cannot slip by.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

import desktop.services
from desktop.core.errors import UserError
from desktop.services.sessions import Role

# Whole modules whose functions stand before, below or beside a guarded one.
MODULES = {
    "workspaces": "opens, creates and closes workspaces: there is no session yet",
    "opening": "opens a workspace's files for the above: there is no session yet",
    "key_files": "reads and writes keys.json before there is a session",
    "sessions": "what a session and its guards are",
    "units": "the unit of work that guarded functions open",
    "records": "writes rows inside a unit that a guarded function opened",
    "forms": "fills, checks and writes drafts for guarded functions",
    "spans": "SQL fragments for guarded lists",
    "shelving": "bin and manual order for the guarded functions of each kind",
    "writing_back": "a part of the guarded undo",
    "listing_scope": "SQL conditions for guarded lists",
    "blobs": "files of the guarded attachments",
    "backup_blobs": "a part of the guarded backup, and of the way back",
    "references": "a question about rows, asked inside guarded functions",
    "rulebook": "numbers of rules for guarded functions, no records",
    "stamps": "sync stamps, made at the end of a unit",
    "storage": "a transaction and its refusals",
    "cell_types": "a part of the guarded verify",
    "search_index": "kept by the unit; no content comes out",
    "roster_matching": "a part of the guarded import",
    "roster_standings": "a part of the guarded import",
    "roster_names": "a part of the guarded import",
    "roster_index": "a part of the guarded import",
    "roster_writing": "a part of the guarded import",
    "roster_branches": "a part of the guarded import",
    "roster_members": "a part of the guarded import",
    "roster_organisations": "a part of the guarded import",
    "exchange.admitting": "a part of the guarded apply",
    "exchange.guards": "a part of the guarded apply",
    "snapshots": "a connection for the guarded export and backup",
    "exchange.merging": "a part of the guarded apply",
    "exchange.pending": "a part of the guarded apply",
    "exchange.parents": "what rows refer to, asked inside the guarded apply",
    "exchange.origins": "a part of the guarded export and apply",
    "exchange.outgoing": "a part of the guarded export",
    "exchange.known_rows": "a part of the guarded undo: paths and names of partners",
    "exchange.row_values": "values of rows as packages write them",
    "exchange.staging": "a part of the guarded apply",
    "exchange.taking_back": "a part of the guarded undo of a merge",
    "exchange.titles": "names of rows and paths for the guarded lists of exchange",
}
# Single functions of guarded modules.
HELPERS = {
    "attachments.check": "looks at a file of the person's own, before it is attached",
    "ledgers.rows.name_of": "a part of guarded forms",
    "ledgers.rows.names_of": "a part of guarded lists",
    "audits.append": "writes the line of a deed inside its transaction",
    "audits.append_to": "the same for a file that no session has open",
    "audits.head": "reads a file that no session has open",
    "audits.first_bad": "a part of the guarded verify, and of opening",
    "audits.chain_key": "derives a key for the two above",
    "backups.restore": "works before there is a session",
    "backups.read_head": "works before there is a session",
    "exchange.site_keys.own_keys": "keys for the guarded export and apply",
    "exchange.site_keys.ensure_keys": "keys for the guarded enrolment",
    "exchange.site_keys.documents": "key lists for the guarded export and apply",
    "exchange.site_keys.ring": "key lists for the guarded export and apply",
    "exchange.site_keys.keep_document": "a part of the guarded enrolment and apply",
    "joint_units.write": "a part of the guarded save of a branch",
    "meetings.label": "names the unit of a guarded save",
    "organisations.check_seen": "a part of guarded reads",
    "verifying.is_fresh_search": "a part of the guarded verify: yes or no, no content",
    "verifying.log_hash": "a part of the guarded verify",
    "verifying.table_hash": "a part of the guarded verify",
}
# A function that takes none of these reaches no record: pure words, dates and checks need no guard.
_REACH = ("Session", "Workspace", "Connection", "Path")


def public() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give every public function that a module of the services defines itself, as `module.function`."""
    for found in pkgutil.walk_packages(desktop.services.__path__, "desktop.services."):
        module = importlib.import_module(found.name)
        short = found.name.removeprefix("desktop.services.")
        if short in MODULES:
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and inspect.unwrap(function).__module__ == found.name:
                yield f"{short}.{name}", function


def reaches_records(function: Callable[..., Any]) -> bool:
    """Tell whether a function is handed anything that leads to records."""
    parameters = inspect.signature(inspect.unwrap(function)).parameters.values()
    return any(word in str(row.annotation) for row in parameters for word in _REACH)


GUARDED = [(name, function) for name, function in public() if name not in HELPERS and reaches_records(function)]


@pytest.mark.parametrize(("name", "function"), GUARDED, ids=[name for name, _ in GUARDED])
def test_a_service_function_takes_a_session_and_keywords_and_says_what_it_does(
    name: str, function: Callable[..., Any]
) -> None:
    first, *others = inspect.signature(inspect.unwrap(function)).parameters.values()
    assert (first.name, first.kind) == ("session", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    assert [row.name for row in others if row.kind is not inspect.Parameter.KEYWORD_ONLY] == []
    assert (function.__doc__ or "").strip()
    assert function.roles  # type: ignore[attr-defined]  # set by `allowed`


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("name", "function"), GUARDED, ids=[name for name, _ in GUARDED])
def test_each_role_passes_or_gets_the_refusal(name: str, function: Callable[..., Any], role: Role) -> None:
    """Call with what no function takes: whoever passes the guard fails on the argument, whoever does not is refused."""
    session: Any = SimpleNamespace(role=role, account="cs")
    if role in function.roles:  # type: ignore[attr-defined]  # set by `allowed`
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            function(session, no_such_argument=1)
    else:
        with pytest.raises(UserError) as refused:
            function(session, no_such_argument=1)
        assert str(refused.value) == (
            f"没有执行这项操作。账号“cs”的角色是{role.label}，没有这项权限。请换有权限的账号，或请管理员办理。"
        )


def test_a_write_that_changes_records_is_closed_to_readers() -> None:
    verbs = {"save", "remove", "restore", "move", "change", "end", "reorder", "archive", "hand_in", "import_roster"}
    open_to_readers = [
        name for name, function in GUARDED
        if name.rsplit(".", 1)[1] in verbs and Role.READER in function.roles  # type: ignore[attr-defined]
    ]  # fmt: skip
    assert open_to_readers == []


def test_every_exception_named_here_is_still_there() -> None:
    names = {name for name, _ in public()}
    modules = {
        found.name.removeprefix("desktop.services.")
        for found in pkgutil.walk_packages(desktop.services.__path__, "desktop.services.")
    }
    assert sorted(set(HELPERS) - names) == []
    assert sorted(set(MODULES) - modules) == []
