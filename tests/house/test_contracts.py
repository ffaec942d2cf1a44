"""The contracts of the rooms (architecture.md), kept by import-linter in a process of its own."""

import subprocess
import sys

from tests.house.sources import ROOT

_LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_the_rooms_keep_their_contracts() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LINT, "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
