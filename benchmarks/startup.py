"""Ratios of the start: from the process's first instruction to a first page with its rows, against a bare Qt window.

Both run as children by turns: `python -m benchmarks.startup bare`, `… ours WORKSPACE`. Opening the password's slot is
left out, for it is made to be slow.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROUNDS, Line, child, line

ROOT = Path(__file__).parents[1]


def workspace(profile: str) -> Path:
    """Give a demo workspace of a profile, made once and kept in the cache."""
    folder = ROOT / ".cache" / f"bench-{profile}"
    if not (folder / "demo.json").exists():
        words = [sys.executable, "-m", "desktop", "demo", str(folder), "--profile", profile]
        subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder


def settled(window: Any, idle: Any) -> None:  # noqa: ANN401 - Qt is imported in the child alone
    """Run the event loop until the window has been shown and nothing is under way."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    window.show()
    quiet = 0
    while quiet < 3:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        quiet = quiet + 1 if idle() else 0
        time.sleep(0.001)


def bare() -> dict[str, float]:
    """Show a window of PySide6 with nothing in it but a word."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("兜底通"))
    settled(window, lambda: True)
    del app
    return {"wall": 0, "cpu": 0}


def ours(folder: Path) -> dict[str, float]:
    """Show the program's window on a workspace, as `desktop.app` does; give what opening it took, to be left out."""
    from desktop import app as wiring
    from desktop.services import workspaces
    from desktop.ui import application
    from desktop.ui.main_window import MainWindow
    from desktop.ui.settings import Settings

    settings = Settings()
    application.create(settings)
    demo = workspaces.demo_of(folder)
    assert demo is not None
    wall, cpu = time.perf_counter(), time.process_time()
    session = workspaces.unlock(folder, account="gly", password=demo.password, clock=wiring.clock_of(None, folder))
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    window = MainWindow(session, settings)
    settled(window, lambda: window.context.tasks.idle)
    return spent


def run(long: bool) -> list[Line]:
    """Measure on the small demo, or when `long` on the township of 65,000 meetings."""
    folder = workspace("township" if long else "small")
    module = [sys.executable, "-m", "benchmarks.startup"]
    found: dict[str, list[tuple[float, float, float]]] = {"bare": [], "ours": []}
    for _ in range(ROUNDS + 1):
        for name, words in (("bare", [*module, "bare"]), ("ours", [*module, "ours", str(folder)])):
            wall, cpu, _, said = child(words, {**os.environ, "QT_QPA_PLATFORM": "offscreen"})
            left_out = json.loads(said)
            found[name].append((wall - left_out["wall"], cpu - left_out["cpu"], left_out["memory"]))
    mine, least = (
        [statistics.median(values) for values in zip(*found[name][1:], strict=True)] for name in ("ours", "bare")
    )
    gates = (("wall", 2.0, "s"), ("CPU", 2.3, "s"), ("memory", 2.5, "MiB"))
    return [
        line(f"start to first page / bare window, {what}", own / limit, goal, note=f"{own:.3g} / {limit:.3g} {unit}")
        for (what, goal, unit), own, limit in zip(gates, mine, least, strict=True)
    ]


def main() -> None:
    """Be one of the children."""
    spent = bare() if sys.argv[1] == "bare" else ours(Path(sys.argv[2]))
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    print(json.dumps({**spent, "memory": pages * os.sysconf("SC_PAGESIZE") / 2**20}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
