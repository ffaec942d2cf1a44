"""The tree of Party organisations at the left of the page: pick one to see it and those below; move one up or down."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)

from desktop.services.branch_lists import BranchRow
from desktop.ui.theme import theme
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.text import plain_label, set_item_tip

WIDTH, NARROW, LEAST = 280, 200, 760
SHARE = 0.28
ALL = "全部党组织"
KEY = Qt.ItemDataRole.UserRole


class _Tree(QTreeWidget):
    """The tree itself; Alt+↑ and Alt+↓ are the page's."""

    shifted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the present one among its sisters with Alt and the arrows."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class BranchTree(Card):
    """`picked(id)` fires when another one is chosen, `ordered(ids)` when the order of one level is to change."""

    picked = Signal(object)
    ordered = Signal(object)

    def __init__(self, *, can_order: bool) -> None:
        super().__init__(padding=1, gap=0)
        self._can_order = can_order
        head = plain_label("隶属关系", "strong")
        head.setContentsMargins(15, 14, 15, 12)
        self.body.addWidget(head)
        self.tree = _Tree()
        self.tree.setAccessibleName("党组织的隶属关系")
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.currentItemChanged.connect(self._chosen)
        self.tree.shifted.connect(self.shift)
        self.body.addWidget(self.tree, 1)
        if can_order:
            note = plain_label("Alt+↑、Alt+↓ 调整次序", "caption")
            note.setContentsMargins(15, 8, 15, 8)
            self.body.addWidget(note)
        theme().changed.connect(self._scale)
        self._scale()

    def _scale(self) -> None:
        self.tree.setIconSize(QSize(0, 0))

    def set_rows(self, rows: Sequence[BranchRow]) -> None:
        """Show the tree; what was chosen and folded stays so."""
        chosen = self.chosen()
        folded = {item.data(0, KEY) for item in self._items() if item.childCount() and not item.isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        made: dict[bytes, QTreeWidgetItem] = {}
        if sum(row.depth == 0 for row in rows) > 1:
            QTreeWidgetItem(self.tree).setText(0, ALL)
        for row in rows:
            above = made.get(row.parent_id) if row.parent_id else None
            item = QTreeWidgetItem(above) if above is not None else QTreeWidgetItem(self.tree)
            item.setText(0, row.short_name or row.name)
            set_item_tip(item, row.name)
            item.setData(0, KEY, row.id)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{row.name} {row.kind_name}")
            made[row.id] = item
        for key, item in made.items():
            item.setExpanded(key not in folded)
        if chosen in made:
            self.tree.setCurrentItem(made[chosen])
        elif made:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self.tree.blockSignals(False)

    def chosen(self) -> bytes | None:
        """Give the one that is chosen; None for the row of all."""
        item = self.tree.currentItem()
        found: bytes | None = item.data(0, KEY) if item is not None else None
        return found

    def choose(self, key: bytes | None) -> None:
        """Choose one without telling; the first where it is None."""
        items = self._items()
        item = next((one for one in items if one.data(0, KEY) == key), items[0] if items else None)
        self.tree.blockSignals(True)
        if item is not None:
            self.tree.setCurrentItem(item)
        self.tree.blockSignals(False)

    def is_all(self) -> bool:
        """Tell whether the list is not narrowed: the row of all is chosen, or the one root."""
        item = self.tree.currentItem()
        return self.chosen() is None or (item.parent() is None and self.tree.topLevelItemCount() == 1)

    def name(self) -> str:
        """Give the name of the one that is chosen."""
        item = self.tree.currentItem()
        return item.text(0) if item is not None else ""

    def _items(self) -> list[QTreeWidgetItem]:
        found, walk = [], QTreeWidgetItemIterator(self.tree)
        while walk.value() is not None:
            found.append(walk.value())
            walk += 1
        return found

    def _chosen(self) -> None:
        self.picked.emit(self.chosen())

    def shift(self, by: int) -> None:
        """Ask for the present one to change places with its neighbour."""
        item = self.tree.currentItem()
        if item is None or item.data(0, KEY) is None or not self._can_order:
            return
        above = item.parent() or self.tree.invisibleRootItem()
        keys = [key for at in range(above.childCount()) if (key := above.child(at).data(0, KEY)) is not None]
        at = keys.index(item.data(0, KEY))
        if 0 <= at + by < len(keys):
            keys[at], keys[at + by] = keys[at + by], keys[at]
            self.ordered.emit(keys)

    def _menu(self, where: QPoint) -> None:
        if not self._can_order or self.tree.currentItem() is None:
            return
        menu = QMenu(self)
        menu.addAction("上移（Alt+↑）", lambda: self.shift(-1))
        menu.addAction("下移（Alt+↓）", lambda: self.shift(1))
        menu.popup(self.tree.viewport().mapToGlobal(where))


class Beside(QWidget):
    """The tree and the list side by side; where there is no room for both, the list alone."""

    def __init__(self, tree: QWidget, card: QWidget) -> None:
        super().__init__()
        self._tree, self._covered = tree, False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(tree)
        row.addWidget(card, 1)
        theme().changed.connect(self._fit)

    def set_covered(self, *, on: bool) -> None:
        """Tell whether a drawer lies over the list: then the list takes the tree's room too."""
        self._covered = on
        self._fit()

    def _fit(self) -> None:
        px, room = theme().px, self.width()
        self._tree.setFixedWidth(max(px(NARROW), min(px(WIDTH), int(room * SHARE))))
        self._tree.setVisible(not self._covered and room >= px(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show or hide the tree by the room there is."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Never keep the drawer from its room."""
        return QSize(0, 0)
