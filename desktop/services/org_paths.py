"""Org codes and org paths (package-format.md §1): `329901001` is `/329901/001`."""

import re

from desktop.core.errors import UserError

_SHAPES = {
    "county": re.compile(r"([0-9]{6})"),
    "township": re.compile(r"([0-9]{6})([0-9]{3})"),
    "branch": re.compile(r"([0-9]{6})([0-9]{3})([A-Z0-9]{1,12})"),
}
_WORDS = {
    "county": "请填写 6 位县级代码，例如 329901。",
    "township": "请填写 9 位乡级代码，例如 329901001。",
    "branch": "请填写乡级代码加支部代码，例如 329901001B012。",
}
_PATH = re.compile(r"/[0-9]{6}(/[0-9]{3}(/[A-Z0-9]{1,12})?)?")


def parse_code(kind: str, code: str) -> str:
    """Give the org path of a code; a UserError where it does not fit the kind of workspace."""
    match = _SHAPES[kind].fullmatch(code)
    if match is None:
        why = f"单位代码“{code}”不合格式。"
        raise UserError("没有建立工作区。", why, _WORDS[kind], "bad-code", "org_code")
    return "/" + "/".join(match.groups())


def is_path(text: str) -> bool:
    """Tell whether a text is an org path."""
    return _PATH.fullmatch(text) is not None


def unit_text(name: str, path: str) -> str:
    """Name the unit at a path as people know it: 澄湾区委组织部（329901）; the code alone where it has no name."""
    return f"{name}（{flat(path)}）" if name else flat(path)


def flat(path: str) -> str:
    """Give the org code of a path: without slashes."""
    return path.replace("/", "")
