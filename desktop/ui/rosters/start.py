"""Step 1 of the roster wizard: which kind of roster, which file; below, what was imported before, with 整批撤销."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.clock import local_text
from desktop.services import undoing
from desktop.services.undoing import UnitRow
from desktop.ui.context import Context
from desktop.ui.rosters.words import ENDINGS, FILES, KINDS, RosterKind, written
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.chips import ChoiceChips
from desktop.ui.widgets.dropzone import DropZone
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

FOLDER = "roster.folder"
COLUMNS = (
    Column("made_at", "时间", 150, text=lambda row: local_text(row.made_at)),
    Column("label", "导入", 360, text=lambda row: row.label, stretch=True),
    Column("rows", "写入", 190, align="right", text=lambda row: written(row.label, row.rows),
           sort=lambda row: row.rows),
    Column("account", "账号", 90, text=lambda row: row.account or ""),
    Column("undone", "状态", 100, text=lambda row: "已撤销" if row.undone else "在用",
           tag=lambda row: "neutral" if row.undone else None),
)  # fmt: skip


class StartStep(QWidget):
    """`chosen(kind, path)` fires when a file was chosen or dropped; `undo_wanted(unit)` for 整批撤销."""

    chosen = Signal(str, object)
    undo_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self._build_file())
        box.addWidget(self._build_recent(), 1)

    def _build_file(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(12)
        self.kind: ChoiceChips[RosterKind] = ChoiceChips("导入哪一种名册", KINDS)
        self.kind.set_value("members")
        left.addWidget(self.kind)
        for text in (
            "用各支部平时报的表就行，不必改成模板；标题行和列会自动认出来。",
            "导入前先给出结果，认可了才写入；有疑问的行留在外面，不影响其他行。",
            "导入前自动备份，导入后可以整批撤销。",
        ):
            left.addWidget(plain_label(text, "label", wrap=True))
        left.addStretch(1)
        self.choose_button = primary("选择文件", "folder_open", tip="选择文件", shortcut="F2")
        self.zone = DropZone(
            "把名册文件拖到这里", "", self.choose, "支持 xlsx、xls、et、ods、csv；加密的表请先在 WPS 中去掉密码",
            button=self.choose_button,
        )  # fmt: skip
        self.zone.dropped.connect(self.take)
        row.addLayout(left, 2)
        row.addWidget(self.zone, 3)
        card.body.addLayout(row)
        return card

    def _build_recent(self) -> Card:
        card = Card("导入记录", gap=8)
        card.body.setContentsMargins(1, 12, 1, 1)
        card.head.setContentsMargins(16, 0, 16, 0)
        self.undo_button = secondary("整批撤销", "arrow_undo", self._undo, tip="撤销选中的这次导入")
        card.head.addWidget(self.undo_button)
        self.table = Table(COLUMNS, name="导入记录", settings=self._context.settings, page="imports", checks=False)
        self.table.set_empty("还没有导入过名册。", "在上面选择文件，导入第一份。")
        self.table.current_changed.connect(self._current)
        self.table.set_menu(self._menu)
        self._current(None)
        card.body.addWidget(self.table, 1)
        return card

    def refresh(self) -> None:
        """Read the imports of the past again."""
        self._context.tasks.run_query(
            self, lambda session: undoing.list_units(session, kind="import"), self._show, key="imports"
        )

    def _show(self, rows: tuple[UnitRow, ...]) -> None:
        self.table.set_rows(rows)
        self._current(self.table.current())

    def _current(self, row: object) -> None:
        chosen = row if isinstance(row, UnitRow) else None
        undone = chosen is not None and chosen.undone
        self.undo_button.allow("先在下面选一次导入" if chosen is None else "这次导入已经撤销过" if undone else "")

    def _menu(self, menu: QMenu, rows: list[object]) -> None:
        if isinstance(rows[0], UnitRow) and not rows[0].undone:
            menu.addAction("整批撤销", self._undo)

    def _undo(self) -> None:
        row = self.table.current()
        if isinstance(row, UnitRow) and not row.undone:
            self.undo_wanted.emit(row.number)

    def choose(self) -> None:
        """Ask for a file in the folder of last time."""
        folder = self._context.settings.get(FOLDER, str(Path.home()))
        chosen, _ = QFileDialog.getOpenFileName(self, "选择名册文件", folder, FILES)
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Go on with a file; a package is led to where packages are taken in."""
        if path.suffix.lower() in (".dpk", ".dkey", ".dcert"):
            self._context.toast.say("这是数据包，请到“数据交换”接收", "去数据交换", self._to_exchange)
        elif path.suffix.lower() not in ENDINGS:
            self._context.toast.say(f"“{path.name}”不是表格文件，请选 xlsx、xls、et、ods 或 csv")
        else:
            self._context.settings.set(FOLDER, str(path.parent))
            self.chosen.emit(self.kind.value() or "members", path)

    def _to_exchange(self) -> None:
        self._context.navigate.go("exchange")
