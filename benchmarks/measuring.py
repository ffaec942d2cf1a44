"""How a ratio is taken: ours and its limit by turns in one run, CPU time, medians; and how it is written down.

A module of this folder has `run(long: bool) -> list[Line]`; `python -m benchmarks` finds it by its name.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Literal, TypedDict

ROUNDS = 5
Work = Callable[[], object]


class Line(TypedDict):
    """One line of the report: a ratio to its limit, the goal (None where there is no gate) and which side is better."""

    name: str
    ratio: float
    goal: float | None
    better: Literal["less", "more"]
    note: str


def line(
    name: str, ratio: float, goal: float | None = None, *, better: Literal["less", "more"] = "less", note: str = ""
) -> Line:
    """Write one line; `note` carries the bare figures, which count for nothing alone."""
    return Line(name=name, ratio=ratio, goal=goal, better=better, note=note)


def once(work: Work) -> float:
    """Run some work and give its CPU seconds, all threads of this process together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def wall_once(work: Work) -> float:
    """Run some work and give its seconds on the wall: only for what waits for a disk or a child."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def cpu(work: Work, rounds: int = ROUNDS) -> float:
    """Give the median CPU seconds of some work, after one round that does not count."""
    work()
    return statistics.median(once(work) for _ in range(rounds))


def by_turns(
    ours: Work, limit: Work, rounds: int = ROUNDS, measure: Callable[[Work], float] = once
) -> tuple[float, float]:
    """Measure two works by turns, so that a noisy machine troubles both alike, and give both medians in seconds."""
    pairs = [(measure(ours), measure(limit)) for _ in range(rounds + 1)][1:]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def compare(
    name: str, ours: Work, limit: Work, goal: float | None = None, *, rounds: int = ROUNDS, times: int = 1,
    measure: Callable[[Work], float] = once,
) -> Line:  # fmt: skip
    """Measure both and write the line; `times` is how often each work repeats itself, to tell what one costs."""
    mine, least = by_turns(ours, limit, rounds, measure)
    return line(name, mine / least, goal, note=f"{mine / times * 1000:,.4g} / {least / times * 1000:,.4g} ms")


def child(words: Sequence[str], env: dict[str, str] | None = None) -> tuple[float, float, int, str]:
    """Run a child and give its wall seconds, CPU seconds, most memory in KiB and what it wrote on stdout (POSIX)."""
    start = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{words} gave {process.returncode}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss, said
