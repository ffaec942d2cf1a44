"""First run, step 1: which unit this is; the code is found by name or pinyin and the name made from it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.core import divisions
from desktop.core.divisions import COUNTY, TOWNSHIP, Division
from desktop.core.errors import UserError
from desktop.services import org_paths, workspaces
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.chips import ChoiceChips
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.fields import IdField, LineField, first_problem

KINDS = (("township", "乡镇、街道"), ("county", "县（市、区）"), ("branch", "一个党支部"))
HINTS = {
    "township": "乡级 9 位数字，例如 329901001",
    "county": "县级 6 位数字，例如 329901",
    "branch": "乡级 9 位加支部编码，例如 329901001B012",
}
ROOTS = (("P1", "党委"), ("P2", "党工委"))
FOLDER = "兜底通"
SHOWN = 5
_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def proposed_name(hit: Division, kind: str) -> str:
    """Propose the name of the unit that keeps the ledger in a division."""
    if kind == "county":
        return f"{hit.name}委组织部" if hit.name.endswith(("县", "市", "区")) else hit.name
    return f"{hit.name}党工委" if hit.name.endswith("街道") else f"{hit.name}党委"


class CodeField(IdField):
    """The code of a unit: as many digits as its level has, told when the field is left."""

    def __init__(self) -> None:
        self.kind = "township"
        super().__init__("单位代码", key="org_code", required=True)
        self.left.connect(self._look)

    def set_kind(self, kind: str) -> None:
        """Ask for the code of another level; a code that stands there is looked at anew."""
        self.kind = kind
        self.edit.setPlaceholderText(HINTS[kind])
        self._look()

    def problem(self) -> str:
        """Say which shape the code should have."""
        said = super().problem()
        if said or self.is_empty():
            return said
        try:
            org_paths.parse_code(self.kind, self.value())
        except UserError as error:
            return f"{error.why}{error.do}"
        return ""

    def _look(self) -> None:
        if not self.is_empty():
            self.check()


class UnitStep(QWidget):
    """`kind`, `code`, `name`, `root` and `folder` are the fields; a suggestion fills code and name.

    `root` is what the township's own Party organisation is, told by the name until somebody chooses.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self.kind: ChoiceChips[str] = ChoiceChips("单位层级", KINDS, key="kind", required=True)
        self.kind.set_value("township")
        self.search = LineField("找到本单位", example="输入名称或拼音首字母，例如 青禾街道、qhjd")
        self.found = QListWidget()
        self.found.setAccessibleName("找到的单位")
        self.found.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take)
        self.found.hide()
        self.code = CodeField()
        self.name = LineField("单位名称", key="org_name", required=True, limit=60, example="写全称，会印在会议记录上")
        self.root: ChoiceChips[str] = ChoiceChips("本级党组织", ROOTS, key="root", required=True)
        self._proposed = ""
        self.folder = LineField("数据放在哪个文件夹", key="folder", required=True)
        self.folder.set_value(str(folder))
        for widget in (self.kind, self.search, self.found, self.code, self.name, self.root):
            box.addWidget(widget)
        box.addLayout(self._build_place())
        self.kind.changed.connect(self._again)
        self.search.edit.typed.connect(self._find)
        self.search.edit.installEventFilter(self)
        self.search.finish_with(self._take_current)
        self.name.changed.connect(self._propose)
        self._propose()
        self._again()

    def _build_place(self) -> QHBoxLayout:
        self.browse_button = secondary("浏览…", "folder_open", self.browse, tip="选一个空文件夹，或新建一个")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def browse(self) -> None:
        """Ask for the folder; one that holds other things gets a folder of its own inside."""
        start = next((one for one in Path(self.folder.value()).parents if one.is_dir()), Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "数据放在哪个文件夹", str(start))
        if chosen:
            folder = Path(chosen)
            self.folder.set_value(str(folder / FOLDER if any(folder.iterdir()) else folder))

    def _propose(self) -> None:
        """Tell what the name says of the own Party organisation, until somebody has chosen otherwise."""
        if self.root.value() in (None, self._proposed):
            self._proposed = workspaces.root_kind(self.name.value())
            self.root.set_value(self._proposed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let ↑ and ↓ go through the units found while the hand stays in the search."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.found.isVisible():
            step = _STEPS.get(event.key())
            if step is not None:
                self.found.setCurrentRow((max(self.found.currentRow(), -1) + step) % self.found.count())
                return True
        return super().eventFilter(watched, event)

    def _take_current(self) -> None:
        """Take the unit that is marked, else the first one found; without any go on to the next field."""
        item = self.found.currentItem() or self.found.item(0)
        if self.found.isVisible() and item is not None:
            self._take(item)
        else:
            self.search.focusNextChild()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Give the fields that must be right."""
        return (self.code, self.name, self.folder)

    def _again(self) -> None:
        self.code.set_kind(self.kind.value() or "township")
        self.root.setVisible(self.kind.value() == "township")
        self._find(self.search.edit.typed_text())

    def _find(self, text: str) -> None:
        """Show what fits, also while pinyin is still being composed."""
        length = COUNTY if self.kind.value() == "county" else TOWNSHIP
        hits = divisions.find(text, length=length, limit=SHOWN)
        self.found.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.path}　{hit.code}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.found.addItem(item)
        self.found.setVisible(bool(hits))
        self.found.setFixedHeight(theme().px(36) * max(1, len(hits)))

    def _take(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Division):
            self.choose(hit)

    def choose(self, hit: Division) -> None:
        """Fill code and name from a division; what was typed as a name stays."""
        kind = self.kind.value()
        self.code.set_value(hit.code + ("B" if kind == "branch" else ""))
        if self.name.is_empty() and kind != "branch":
            self.name.set_value(proposed_name(hit, kind or "township"))
        self.search.edit.blockSignals(True)
        self.search.set_value(hit.path)
        self.search.edit.blockSignals(False)
        self.found.hide()
        self.name.setFocus()

    def wrong(self) -> Field | None:
        """Check the fields and give the first that is wrong, or None."""
        return first_problem(self.fields)
