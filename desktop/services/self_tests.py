"""`self-test`: tries what the program is made of, in a folder of its own; the packager runs it after every build."""

import importlib.util
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.core import codes, pinyin
from desktop.core.clock import SystemClock
from desktop.core.errors import UserError
from desktop.documents import faces, recovery, render
from desktop.models.database import FLOOR, open_connection
from desktop.models.person import Person
from desktop.security import age, minisign
from desktop.security.recovery import new_code
from desktop.security.slots import FLOOR as CHEAPEST
from desktop.services import records, searching, undoing, verifying, workspaces
from desktop.services.units import unit
from desktop.spreadsheets import remote
from desktop.spreadsheets.writing import OutColumn, write_list
from desktop.sync import frames

NAME = "王𬭎"
_PLATFORMS = "*platforms/*q*"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing tried; `note` tells what was found, or why it failed."""

    name: str
    ok: bool
    note: str


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the self-test found."""

    ok: bool
    checks: tuple[Check, ...]


class BrokenError(Exception):
    """A part of the program does not do what it should."""


def run() -> SelfTest:
    """Try every part in a temporary folder, whatever the others did."""
    with tempfile.TemporaryDirectory(prefix="doudi-") as folder:
        checks = tuple(_try(name, check, Path(folder)) for name, check in _CHECKS.items())
    return SelfTest(all(check.ok for check in checks), checks)


def _try(name: str, check: Callable[[Path], str], folder: Path) -> Check:
    try:
        return Check(name, ok=True, note=check(folder))
    except (BrokenError, UserError, OSError, ValueError, RuntimeError, ArithmeticError, LookupError, ImportError,
            AttributeError, TypeError, age.AgeError, minisign.SignatureError) as error:  # fmt: skip
        return Check(name, ok=False, note=f"{type(error).__name__} {error}".strip())


def _expect(what: object, wanted: object) -> None:
    if what != wanted:
        raise BrokenError(f"{what!r} ≠ {wanted!r}")


def _driver(key: bytes | None) -> Callable[[Path], str]:
    def check(folder: Path) -> str:
        connection = open_connection(folder / f"{key is None}.db", key, writer=True)
        try:
            with connection.writable():
                connection.script(("CREATE VIRTUAL TABLE t USING fts5(a)", "INSERT INTO t VALUES ('青 禾')"))
            _expect(connection.rows("SELECT json_object('a', a) FROM t WHERE t MATCH '青'"), [('{"a":"青 禾"}',)])
            row = connection.one("SELECT sqlite_version()")
        finally:
            connection.close()
        return f"SQLite {row[0] if row else ''}（至少 {'.'.join(map(str, FLOOR))}）"

    return check


def _workspace(*, encrypted: bool) -> Callable[[Path], str]:
    def check(folder: Path) -> str:
        created = workspaces.create(
            folder / f"w{encrypted}", kind="township", org_code="329901001", org_name="自检", password="self-test-only",  # noqa: S106 - guards nothing
            clock=SystemClock(date(2026, 11, 23)), encrypted=encrypted, cost=CHEAPEST,
        )  # fmt: skip
        session = created.session
        try:
            with unit(session, "自检"):
                records.insert(session, Person, {"name": NAME})
            _expect(len(searching.search(session, text=NAME)), 1)
            undoing.undo_last(session)
            _expect(len(searching.search(session, text=NAME)), 0)
            _expect(verifying.verify(session).problems, ())
        finally:
            workspaces.close(session.workspace)
        return "新建、登记、搜索、撤销、核对"

    return check


def _workbook(folder: Path) -> str:
    path = folder / "名册.xlsx"
    path.write_bytes(write_list("名册", [OutColumn("姓名"), OutColumn("性别")], [(NAME, "男")], plain=True))
    roster = remote.read_roster(path, "members")
    _expect([row.values.get("name") for row in roster.rows], [NAME])
    return "子进程读回 1 行"


def _paper(_folder: Path) -> str:
    pdf = recovery.recovery_pdf(recovery.RecoverySheet("自检", "自检", new_code()))
    _expect(render.page_count(pdf), 1)
    picture = render.picture(pdf, 0, 40)
    return f"一页 PDF，{len(pdf) // 1024} KiB，转成图片 {picture.width}×{picture.height}"


def _fonts(_folder: Path) -> str:
    for role in faces.Role:
        faces.runs("党组织关系", role)
    pieces = faces.runs(NAME, faces.Role.FANGSONG)
    return f"{len(faces.Role)} 种字体，生僻字用到 {len(pieces)} 种字形文件"


def _age(_folder: Path) -> str:
    key, target = age.new_age_key(), io.BytesIO()
    age.encrypt(io.BytesIO(NAME.encode()), target, [key.public])
    with age.decrypting(io.BytesIO(target.getvalue()), [key.secret]) as source:
        _expect(source.read(100).decode(), NAME)
    return "加密、解密"


def _minisign(_folder: Path) -> str:
    key = minisign.new_signing_key()
    signature = key.sign(NAME.encode(), "self-test").encode()
    minisign.verify(signature, NAME.encode(), key.public, "self-test")
    return "签名、验签"


def _zstd(_folder: Path) -> str:
    packed = b"".join(frames.compress([NAME.encode()] * 1000))
    _expect(b"".join(frames.inflate(io.BytesIO(packed))), NAME.encode() * 1000)
    return "压缩、解压"


def _tables(_folder: Path) -> str:
    _expect(pinyin.initials("单田芳")[0], "stf")
    names = codes.set_names()
    rows = sum(len(codes.code_set(name).codes) for name in names)
    return f"{len(names)} 张代码表共 {rows} 条，区划 {len(codes.divisions())} 条，拼音表可用"


def _window(_folder: Path) -> str:
    """Look for Qt without loading it: its platform plugins are what a packager loses first."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None or importlib.util.find_spec("PySide6.QtWidgets") is None:
        raise BrokenError("PySide6")
    plugins = sorted({path.stem.removeprefix("lib") for path in Path(spec.origin).parent.rglob(_PLATFORMS)})
    if not plugins:
        raise BrokenError("platforms")
    return "、".join(plugins)


_CHECKS: dict[str, Callable[[Path], str]] = {
    "普通数据库": _driver(None),
    "加密数据库": _driver(bytes(range(32))),
    "普通工作区": _workspace(encrypted=False),
    "加密工作区": _workspace(encrypted=True),
    "表格": _workbook,
    "字体": _fonts,
    "打印": _paper,
    "数据包加密": _age,
    "数据包签名": _minisign,
    "数据包压缩": _zstd,
    "代码表": _tables,
    "窗口": _window,
}
