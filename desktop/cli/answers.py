"""How the command line answers: one JSON object on stdout, or Chinese lines; refusals in three parts on stderr."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError, WorkspaceBusyError

DONE, REFUSED, USAGE, BUSY, BUG = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb gives: the object for `--json`, the lines for a person, and the exit code."""

    data: dict[str, Any]
    lines: tuple[str, ...] = ()
    code: int = DONE


def show(answer: Answer, *, as_json: bool) -> int:
    """Print an answer and give its exit code; a reader that has seen enough (`doudi list | head`) may leave early."""
    text = json.dumps(answer.data, ensure_ascii=False, indent=1) if as_json else "\n".join(answer.lines)
    try:
        print(text, end="\n" if text else "", flush=True)
    except BrokenPipeError:
        _leave_pipe()
    return answer.code


def _leave_pipe() -> None:
    """Let what is still held for a closed pipe go nowhere: the interpreter would complain of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def refuse(error: UserError, *, as_json: bool) -> int:
    """Print a refusal on stderr and give its exit code."""
    if as_json:
        parts = {"code": error.code, "what": error.what, "why": error.why, "do": error.do}
        print(json.dumps({"error": parts}, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"{error.what}\n{error.why}\n{error.do}", file=sys.stderr)
    return BUSY if isinstance(error, WorkspaceBusyError) else REFUSED


def bug(error: Exception, log: Path, *, as_json: bool) -> int:
    """Say that the program itself is wrong, and where the log with the details lies."""
    refusal = UserError("程序内部出错。", f"类型是 {type(error).__name__}。", f"请把日志 {log} 带给维护人员。", "bug")
    refuse(refusal, as_json=as_json)
    return BUG
