"""`keys.json` on disk: two generations, and the wait after wrong passwords (security.md)."""

import json
import math
from datetime import datetime, timedelta

from desktop.core import files
from desktop.core.clock import Clock, instant_text
from desktop.core.errors import UserError
from desktop.core.paths import WorkspacePaths
from desktop.security import slots

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=30)
SHORTEST = 8
FAILURES_FILE = "unlock.json"
LAST_ASCII = 127


def check_password(password: str) -> None:
    """Refuse a password that is too short to guard anything."""
    if len(password) < SHORTEST:
        why = f"密码少于 {SHORTEST} 个字符。"
        raise UserError("没有设置密码。", why, "请换一个更长的密码。", "weak-password", "password")


def strength(password: str) -> str:
    """Say in a sentence what a password is worth, while it is typed; nothing for none."""
    kinds = sum(any(test(char) for char in password) for test in (str.isdigit, str.isalpha, lambda c: not c.isalnum()))
    if not password:
        return ""
    if len(password) < SHORTEST:
        return f"还差 {SHORTEST - len(password)} 个字符，至少 {SHORTEST} 个。"
    if len(set(password)) <= SHORTEST // 2 or (kinds == 1 and password.isdigit()):
        return "容易猜到：只有数字，或重复太多。请再加几个字。"
    if len(password) >= SHORTEST * 2 or any(ord(char) > LAST_ASCII for char in password):
        return "很难猜到。"
    return "够用。再长几个字更好。" if kinds > 1 else "够用。加上数字或标点更好。"


def wait_left(paths: WorkspacePaths, now: datetime) -> int:
    """Give the seconds until the next try is taken after wrong passwords; 0 where there is no wait."""
    _, until = _failures(paths, now)
    return max(0, math.ceil((until - now).total_seconds())) if until is not None else 0


def save(paths: WorkspacePaths, kept: slots.KeyFile) -> None:
    """Write `keys.json`; what stood there becomes the generation before."""
    if is_readable(paths):
        files.write_whole(paths.keys_before, paths.keys.read_bytes())
    files.write_whole(paths.keys, slots.dump(kept))


def is_readable(paths: WorkspacePaths) -> bool:
    """Tell whether the present generation can be read."""
    try:
        slots.parse(paths.keys.read_bytes())
    except (OSError, slots.SlotError):
        return False
    return True


def load(paths: WorkspacePaths) -> slots.KeyFile:
    """Read `keys.json`, or the generation before where it is damaged."""
    for path in (paths.keys, paths.keys_before):
        try:
            return slots.parse(path.read_bytes())
        except (OSError, slots.SlotError):
            continue
    raise _damaged("口令文件已损坏。")


def _damaged(why: str) -> UserError:
    return UserError("没有打开工作区。", why, "请用最近的备份恢复到一个新文件夹。", "damaged-keys")


def open_recovery(paths: WorkspacePaths, name: str, secret: str) -> bytes:
    """Unwrap the data key by the recovery sheet: its 128 bits need no wait, and a lost password must not bar it."""
    try:
        key = slots.open_slot(load(paths), name, secret)
    except slots.ChangedError as error:
        raise _damaged("口令文件被改动过。") from error
    except slots.SlotError as error:
        raise UserError(
            "没有打开工作区。", "这张恢复单打不开它。", "请用最后换发的那一张恢复单。", "wrong-recovery", "code"
        ) from error
    (paths.folder / FAILURES_FILE).unlink(missing_ok=True)
    return key


def open_slot(paths: WorkspacePaths, name: str, password: str, clock: Clock) -> bytes:
    """Unwrap the data key; after five wrong passwords each further try waits, at most half an hour.

    A clock set back does not lengthen the wait: the last failure then counts from now.
    """
    now = clock.now()
    failures, until = _failures(paths, now)
    if until is not None and now < until:
        minutes = int((until - now).total_seconds() // 60) + 1
        raise UserError(
            "没有打开工作区。", f"密码连续输错 {failures} 次。", f"请过 {minutes} 分钟再试，或用恢复单。", "wait"
        )
    kept = load(paths)
    try:
        key = slots.open_slot(kept, name, password)
    except slots.ChangedError as error:
        raise _damaged("口令文件被改动过。") from error
    except slots.SlotError as error:
        _note_failure(paths, failures + 1, now)
        raise UserError(
            "没有打开工作区。", "账号或密码不对。", "请重新输入；忘记密码请用恢复单。", "wrong-password", "password"
        ) from error
    (paths.folder / FAILURES_FILE).unlink(missing_ok=True)
    return key


def _failures(paths: WorkspacePaths, now: datetime) -> tuple[int, datetime | None]:
    try:
        note = json.loads((paths.folder / FAILURES_FILE).read_text(encoding="utf-8"))
        count, last = int(note["count"]), datetime.fromisoformat(note["last"])
        ahead = last - now > timedelta(minutes=1)
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
    if count < FREE_TRIES:
        return count, None
    if ahead:
        _note_failure(paths, count, now)
        last = now
    return count, last + min(timedelta(seconds=30) * 2 ** min(count - FREE_TRIES, 10), LONGEST_WAIT)


def _note_failure(paths: WorkspacePaths, count: int, now: datetime) -> None:
    note = json.dumps({"count": count, "last": instant_text(now)})
    files.write_whole(paths.folder / FAILURES_FILE, note.encode())
