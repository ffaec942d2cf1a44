"""The program's side of the child process: start it, ask, wait no longer than the limit, read the answer."""

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.spreadsheets.fields import RosterKind
from desktop.spreadsheets.refusals import refusal
from desktop.spreadsheets.rosters import Roster
from desktop.spreadsheets.wire import error_from_json, roster_from_json

TIMEOUT = 120.0
WORKER_VERB = "--worker"


@dataclass(frozen=True, slots=True)
class Picture:
    """A foreign image, decoded and encoded anew as PNG or JPEG by the child process; sizes are pixels."""

    content: bytes
    format: str
    width: int
    height: int


def worker_command() -> list[str]:
    """Give the command line of the child process, in a checkout and in a frozen program alike."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_VERB]
    return [sys.executable, "-m", "desktop.worker"]


def read_roster(
    path: Path,
    kind: RosterKind,
    *,
    sheet: str | None = None,
    mapping: dict[str, str] | None = None,
    on: date | None = None,
    timeout: float = TIMEOUT,
    command: Sequence[str] | None = None,
) -> Roster:
    """Read a foreign roster in the child process: `rosters.read_roster` with limits of memory and time (seconds)."""
    request = {
        "do": "read-roster",
        "path": str(path.absolute()),
        "kind": kind,
        "sheet": sheet,
        "mapping": mapping,
        "on": on.isoformat() if on else None,
    }
    return roster_from_json(ask(request, timeout=timeout, command=command))


def list_sheets(path: Path, *, timeout: float = TIMEOUT, command: Sequence[str] | None = None) -> tuple[str, ...]:
    """Name the work sheets of a foreign workbook."""
    request = {"do": "list-sheets", "path": str(path.absolute())}
    return tuple(ask(request, timeout=timeout, command=command)["sheets"])


def decode_image(path: Path, *, timeout: float = TIMEOUT, command: Sequence[str] | None = None) -> Picture:
    """Take in a foreign PNG or JPEG; anything else is a UserError `image-…`."""
    answer = ask({"do": "decode-image", "path": str(path.absolute())}, timeout=timeout, command=command)
    content = base64.b64decode(answer["content"])
    return Picture(content, answer["format"], answer["width"], answer["height"])


def ask(request: dict[str, Any], *, timeout: float, command: Sequence[str] | None = None) -> dict[str, Any]:
    """Send one request to a fresh child process and give its answer; a UserError where it refuses or dies."""
    environment = dict(os.environ)
    home = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (home, environment.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, the request goes through stdin
            list(command or worker_command()),
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise refusal("workbook-slow", f"{timeout:g}") from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise _death(done.returncode) from None
    if "error" in answer:
        raise error_from_json(answer)
    return answer


def _death(code: int) -> UserError:
    """Say why a child gave no answer: killed by a limit, or broken by the file."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return refusal("workbook-slow", f"{TIMEOUT:g}")
    killed = {-getattr(signal, name, 0) for name in ("SIGKILL", "SIGABRT", "SIGSEGV")}
    return refusal("workbook-heavy" if code in killed else "workbook-damaged")
