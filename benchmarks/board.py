"""Ratios of the check and the work desk over a township of stress size, against one scan of a covering index.

The goal of 4 scans for the board belongs to the work that keeps judged records (performance.md); these are figures.
"""

from datetime import date

from benchmarks.measuring import Line, by_turns, compare, line
from benchmarks.startup import workspace
from desktop.core.clock import SystemClock
from desktop.services import desk, findings, workspaces

_SCAN = "SELECT branch_id, count(*), max(held_on) FROM meeting INDEXED BY meeting_branch GROUP BY branch_id"


def run(long: bool) -> list[Line]:
    """Measure on the township profile (300 branches, 65,000 meetings), encrypted; `long` takes more rounds."""
    folder = workspace("township")
    note = workspaces.demo_of(folder)
    if note is None:
        raise LookupError(folder)
    clock = SystemClock(date.fromisoformat(note.on))
    session = workspaces.unlock(folder, account="gly", password=note.password, clock=clock)
    rounds = 5 if long else 3

    def scan() -> None:
        session.db.rows(_SCAN)

    try:
        whole, least = by_turns(lambda: findings.check(session), scan, rounds)
        return [
            line(
                "check：300 个支部、两年的会议 / 覆盖索引扫描", whole / least,
                note=f"{whole * 1000:,.0f} / {least * 1000:,.1f} ms；看板的目标 4 属后续工作",
            ),
            compare("工作台 / 覆盖索引扫描", lambda: desk.show(session), scan, rounds=rounds),
        ]  # fmt: skip
    finally:
        workspaces.close(session.workspace)
