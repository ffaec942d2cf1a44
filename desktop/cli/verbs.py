"""The verbs of the command line: each opens what it needs, calls one service and words the answer."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict

from desktop.cli import exchange_verbs
from desktop.cli.answers import REFUSED, Answer
from desktop.cli.opening import clock_of, opened, password_of
from desktop.cli.tables import table
from desktop.core import files
from desktop.core.errors import UserError
from desktop.core.ids import from_hex
from desktop.core.recent import remember
from desktop.services import (
    backups,
    branches,
    findings,
    importing,
    listing,
    minutes,
    recovery_sheets,
    self_tests,
    undoing,
    verifying,
    workspaces,
)
from desktop.services.column_words import column_word
from desktop.services.sessions import Session

_SEVERITIES = {"E": "不合规定", "W": "提醒", "I": "提示"}
_STATES = {
    "open": "待处理", "due": "将到期", "overdue": "逾期", "unknown": "无法判断", "explained": "已说明",
    "postponed": "暂缓", "not_applicable": "不适用",
}  # fmt: skip


def init(options: Namespace) -> Answer:
    """`init`: make a workspace with its first account."""
    fresh = not options.dir.exists()
    created = workspaces.create(
        options.dir,
        kind=options.kind,
        org_code=options.org_code,
        org_name=options.org_name,
        password=password_of(options, None, twice=True),
        clock=clock_of(options),
        encrypted=not options.plain,
        with_recovery=options.recovery_out is not None,
    )
    session = created.session
    try:
        workspaces.begin_root(session)
        if created.recovery_code is not None:
            sheet = recovery_sheets.sheet(session, code=created.recovery_code)
            files.write_whole(options.recovery_out, sheet)
    except BaseException:  # a recovery code that nobody holds on paper must not stay
        workspaces.close(session.workspace)
        workspaces.discard(options.dir, fresh=fresh)
        raise
    workspaces.close(session.workspace)
    remember(options.dir)
    folder, path = str(options.dir.resolve()), session.workspace.identity.path
    return Answer({"workspace": folder, "path": path}, (f"已建立工作区：{folder}", f"单位路径：{path}"))


def demo(options: Namespace) -> Answer:
    """`demo`: make the seeded demo township."""
    from desktop.demo import township

    made = township.make(options.dir, profile=options.profile, seed=options.seed, encrypted=not options.plain)
    remember(options.dir)
    data = {
        "workspace": str(options.dir.resolve()),
        "password": made.password,
        "on": made.on,
        "planted": [asdict(fault) for fault in made.planted],
    }
    lines = (
        f"已建立示例工作区：{data['workspace']}",
        f"日期 {made.on}，账号 gly gs sj cy，密码 {made.password}",
        f"已埋下 {len(made.planted)} 处问题，可用 doudi check 查看",
    )
    return Answer(data, lines)


def import_roster(options: Namespace) -> Answer:
    """`import`: read a roster, and write its good rows in one unit."""
    with opened(options) as session:
        result = importing.import_file(
            session, kind=options.kind, file=options.file, sheet=options.sheet, dry_run=options.dry_run
        )
    data = asdict(result)
    del data["skipped"]  # rows are skipped and compared in the window alone
    for row in data["rows"]:
        del row["like"]
    head = "将会导入" if options.dry_run else "已导入"
    lines = [
        (
            f"{head}：新增 {result.new}，更新 {result.changed}，相同 {result.same}，"
            f"存疑 {result.doubtful}，不收 {result.refused}"
        )
    ]
    lines += [f"第 {row.row} 行 {row.column}：{row.why}{row.do}" for row in result.rows]
    lines += [f"第 {row.row} 行 {row.column}：{row.why}" for row in result.warned]
    if result.unit is not None:
        lines.append(f"整批撤销：doudi undo {result.unit}")
    return Answer(data, tuple(lines))


def list_records(options: Namespace) -> Answer:
    """`list`: the kinds and their counts, or the rows of one kind."""
    with opened(options) as session:
        if options.kind is None:
            kinds = [asdict(row) for row in listing.kinds(session)]
            lines = table(("KIND", "类别", "条数"), [(row["kind"], row["name"], str(row["rows"])) for row in kinds])
            return Answer({"kinds": kinds}, lines)
        branch = branch_of(session, options.branch)
        rows = [dict(row) for row in listing.rows(session, kind=options.kind, branch=branch)]
    return Answer({"kind": options.kind, "rows": rows}, _in_words(options.kind, rows) or ("没有记录。",))


def _in_words(kind: str, rows: list[dict[str, object]]) -> tuple[str, ...]:
    """Give the rows under their headings; a column that is empty in all of them is left out."""
    written = [listing.cells(row) for row in rows]
    shown = [name for name in (written[0] if written else ()) if any(row[name] for row in written)]
    headings = [column_word(kind, name) for name in shown]
    return table(headings, [[row[name] for name in shown] for row in written]) if shown else ()


def branch_of(session: Session, code: str | None) -> bytes | None:
    """Give the id of the branch with a code, or None where no code was given."""
    return branches.by_code(session, code=code) if code else None


def print_minutes(options: Namespace) -> Answer:
    """`minutes`: write the minutes of one meeting, of a branch's year, or of all as PDF."""
    try:
        meeting = from_hex(options.meeting) if options.meeting else None
    except ValueError:
        raise UserError(
            "没有打印。", "会议编号应是 32 位十六进制。", "可用 doudi list meeting 查看。", "bad-id"
        ) from None
    with opened(options) as session:
        branch = branch_of(session, options.branch)
        chosen = minutes.select(session, meeting=meeting, branch=branch, year=options.year, drafts=options.drafts)
        written = minutes.write(session, meetings=chosen, out=options.out, combined=options.combined)
        if chosen:
            minutes.note(session, meetings=chosen, deed="save-pdf")
    names = [str(path) for path in written]
    return Answer({"files": names}, tuple(names) or ("没有可打印的会议记录。",))


def check(options: Namespace) -> Answer:
    """`check`: the findings of the rules on the day."""
    with opened(options) as session:
        branch = branch_of(session, options.branch)
        found = findings.check(session, branch=branch)
        on = session.today.isoformat()
    rows = [asdict(row) for row in found]
    lines = tuple(
        "  ".join(filter(None, (
            row.rule, _SEVERITIES[row.severity], _STATES[row.state], row.name, row.period,
            f"{row.why}（{row.clause}）",
        )))
        for row in found
    )  # fmt: skip
    return Answer({"on": on, "findings": rows}, lines or ("没有发现问题。",))


def undo(options: Namespace) -> Answer:
    """`undo`: take back one unit, an import or a package as a whole."""
    with opened(options) as session:
        done = undoing.undo_unit(session, number=options.unit)
    data = {
        "unit": done.changes.unit, "cells": done.cells, "kept": list(done.kept), "travels": list(done.travels),
    }  # fmt: skip
    return Answer(data, (f"{done.changes.label or '已撤销'}，写回 {done.cells} 处", *done.notes))


def backup(options: Namespace) -> Answer:
    """`backup`: write one authenticated file."""
    with opened(options) as session:
        made = backups.backup(session, out=options.out)
    return Answer({"file": str(made.file), "sha256": made.sha256}, (f"已备份：{made.file}", f"SHA-256 {made.sha256}"))


def restore(options: Namespace) -> Answer:
    """`restore`: rebuild a workspace in an empty folder."""
    password = password_of(options, None)
    head = backups.restore(
        options.file, into=options.into, account=options.account, password=password, clock=clock_of(options)
    )
    remember(options.into)
    folder = str(options.into.resolve())
    return Answer({"workspace": folder, "path": head.path, "made_at": head.made_at}, (f"已恢复到：{folder}",))


def verify(options: Namespace) -> Answer:
    """`verify`: say whether the workspace is sound; exit 1 where it is not."""
    with opened(options) as session:
        verdict = verifying.verify(session)
    data = {"ok": verdict.ok, "problems": list(verdict.problems)}
    return Answer(data, verdict.problems or ("数据完好。",), 0 if verdict.ok else REFUSED)


def self_test(options: Namespace) -> Answer:
    """`self-test`: try what the program is made of, in a folder of its own."""
    del options
    result = self_tests.run()
    data = {"ok": result.ok, "checks": [asdict(row) for row in result.checks]}
    lines = tuple(f"{'✓' if row.ok else '✗'} {row.name} {row.note}".rstrip() for row in result.checks)
    return Answer(data, lines, 0 if result.ok else REFUSED)


VERBS: dict[str, Callable[[Namespace], Answer]] = {
    "init": init,
    "demo": demo,
    "import": import_roster,
    "list": list_records,
    "minutes": print_minutes,
    "check": check,
    "undo": undo,
    "backup": backup,
    "restore": restore,
    "verify": verify,
    "self-test": self_test,
    **exchange_verbs.VERBS,
}
