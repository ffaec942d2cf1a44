"""Which face draws which character: five roles, the official faces where installed, and per-glyph fallback.

A face is opened when the first character needs it; the two faces of rare characters cost tens of megabytes of memory
and are opened last (stack.md). A character that no face has is refused by name, never left blank.
"""

import functools
from collections.abc import Iterator
from enum import StrEnum

from desktop.core.errors import UserError
from desktop.core.paths import resources
from desktop.documents import installed
from desktop.documents.font_file import FontFile, FontFileError, read


class Role(StrEnum):
    """What a face is used for (domain.md §5.4)."""

    FANGSONG = "fangsong"  # body
    HEITI = "heiti"  # first level, labels
    KAITI = "kaiti"  # second level
    SONGTI = "songti"  # page numbers
    TITLE = "title"  # 小标宋, or what stands for it


_SANS, _SERIF = "NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf"
_OWN = {
    Role.FANGSONG: "FandolFang-Regular.ttf",
    Role.HEITI: _SANS,
    Role.KAITI: "LXGWWenKai-Regular.ttf",
    Role.SONGTI: _SERIF,
    Role.TITLE: "NotoSerifSC-Black.ttf",
}
_BEHIND = (_SERIF, _SANS, "LXGWWenKai-Regular.ttf", "rare/BabelStoneHan.ttf", "rare/HanaMinB.ttf")


@functools.cache
def own_face(file: str) -> FontFile | None:
    """Open a face of `resources/fonts`, once a process; None where it is not there whole (the rare ones may not be)."""
    try:
        return read(resources() / "fonts" / file)
    except FontFileError:
        return None


@functools.cache
def face_of(role: Role) -> FontFile:
    """Give the face of a role: the official one where this machine has it, else our own."""
    for path in installed.candidates(role.value):
        try:
            face = read(path)
        except FontFileError:
            continue
        if installed.is_complete(face.glyph):
            return face
    own = own_face(_OWN[role])
    if own is None:
        raise UserError(
            "没有生成文件。", f"程序缺少字体 {_OWN[role]}。", "请重新安装程序。", "no-font"
        )
    return own


def chain(role: Role) -> Iterator[FontFile]:
    """Give the faces to ask for a character, in order; each is opened when its turn comes."""
    first = face_of(role)
    yield first
    same = (_SANS, *_BEHIND) if role is Role.HEITI else _BEHIND
    for file in (_OWN[role], *same):
        face = own_face(file)
        if face is not None and face is not first:
            yield face


def runs(text: str, role: Role) -> list[tuple[FontFile, str]]:
    """Split a text into runs of one face each; a UserError that names every character no face has."""
    first = face_of(role)
    if first.has(text):
        return [(first, text)]
    missing = [char for char in dict.fromkeys(text) if _face_for(char, role) is None]
    if missing:
        raise UserError("没有生成文件。", f"{_named(missing)}没有字体可以打印。", _DO, "no-glyph")
    found: list[tuple[FontFile, str]] = []
    for char in text:
        face = _face_for(char, role) or first
        if found and found[-1][0] is face:
            found[-1] = (face, found[-1][1] + char)
        else:
            found.append((face, char))
    return found


@functools.cache
def _face_for(char: str, role: Role) -> FontFile | None:
    return next((face for face in chain(role) if face.glyph(ord(char))), None)


_DO = "请补装生僻字字体，或改用打印得出的字。"
_SHOWN = 10


def _named(chars: list[str]) -> str:
    names = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in chars[:_SHOWN])
    return names if len(chars) <= _SHOWN else f"{names}等 {len(chars)} 个字"
