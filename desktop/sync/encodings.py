"""Small encodings of package-format.md §1, §2 and §4: names, org paths, clocks and the name of a file."""

import re
from collections.abc import Callable, Mapping

from desktop.sync.errors import SetAsideError

MAX_HLC = 2**64 - 1
FUTURE_MS = 26 * 3600 * 1000
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_HEX16 = re.compile(r"[0-9a-f]{16}")
_KEY_ID = re.compile(r"[0-9A-F]{16}")
_PATH = re.compile(r"/[0-9]{6}(?:/[0-9]{3}(?:/[A-Z0-9]{1,12})?)?")
_TOWNSHIP = re.compile(r"/[0-9]{6}/[0-9]{3}")
_BRANCH_CODE = re.compile(r"[A-Z0-9]{1,12}")
_ORG_CODE = re.compile(r"([0-9]{6})([0-9]{3})?")


def _is(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        return isinstance(value, str) and pattern.fullmatch(value) is not None

    return check


is_code = _is(_CODE)
is_name = _is(_NAME)
is_id = _is(_ID)
is_hash = _is(_HASH)
is_hex16 = _is(_HEX16)
is_key_id = _is(_KEY_ID)
is_org_path = _is(_PATH)
is_branch_code = _is(_BRANCH_CODE)


def is_count(value: object) -> bool:
    """Tell whether a value is an integer from 0 (a bool is none)."""
    return type(value) is int and value >= 0


def org_path(org_code: str) -> str:
    """Give the org path of `init --org-code`: six digits are a county, nine a township; else a ValueError."""
    match = _ORG_CODE.fullmatch(org_code)
    if match is None:
        raise ValueError(org_code)
    return "/".join(("", *(part for part in match.groups() if part)))


def under(path: str, scope: str) -> bool:
    """Tell whether a path lies in a scope: the same, or below it at a stroke."""
    return path == scope or path.startswith(f"{scope}/")


def lower_scope(sender: str, recipient: str) -> str:
    """Give `state.scope`: the lower of the two org paths."""
    return recipient if recipient.count("/") > sender.count("/") else sender


def file_name(sender: str, recipient: str, number: int, package_id: str) -> str:
    """Name a package file; the name means nothing to a reader."""
    names = (sender.replace("/", ""), recipient.replace("/", ""))
    return f"{names[0]}_{names[1]}_{number:06d}_{package_id[-6:]}.dpk"


def hlc(milliseconds: int, counter: int = 0) -> int:
    """Make a hybrid clock value: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16."""
    return (milliseconds << 16) + counter


def hlc_text(value: int) -> str:
    """Write a clock value as 16 hex digits."""
    return f"{value:016x}"


def tick(last: int, now_ms: int) -> int:
    """Give the next clock value after `last`, the greatest that this installation has written or accepted."""
    return max(last + 1, hlc(now_ms))


def latest_allowed(now_ms: int) -> int:
    """Give the greatest clock value that a package may carry: 26 hours from now."""
    return hlc(now_ms + FUTURE_MS)


def row_path(
    rule: str,
    columns: Mapping[str, object],
    own: str,
    path_of: Callable[[str, str], str | None],
    now: str | None = None,
) -> str:
    """Compute where a row belongs by its table's rule (package-format.md §4).

    `own` is the path of the workspace that made the row, `path_of(table, key text)` that of another row, `now` the
    path that the row has: an erased row keeps it. A SetAsideError where no path can be made.
    """
    if is_erased(columns.get("_deleted")) and now is not None:
        return now
    words = rule.replace("own/", "own ").split(" ")
    values = [columns.get(word) for word in words[1:]]
    match words:
        case ["own"]:
            return own
        case ["own", _]:
            if not _TOWNSHIP.fullmatch(own) or not is_branch_code(values[0]):
                raise SetAsideError("path", "only a township's workspace and a branch code make such a path")
            return f"{own}/{values[0]}"
        case ["by", _]:
            found = None if values[0] is None else path_of("branch", str(values[0]))
        case ["via", _, table]:
            found = None if values[0] is None else path_of(table, str(values[0]))
        case ["as", _, _]:
            found = path_of(str(values[0]), str(values[1]))
        case _:
            raise ValueError(rule)
    return own if found is None else found


def is_erased(reason: object) -> bool:
    """Tell whether a value of `_deleted` is that of physical erasure."""
    return isinstance(reason, str) and (reason == "erased" or reason.startswith("erased:"))
