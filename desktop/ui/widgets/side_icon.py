"""An icon at an end of a line, as large as the scale wants it: Qt's own (`QLineEdit.addAction`) stays at 16 px."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.text import set_tip

SIDE, EDGE, GAP = 16, 8, 4


class SideIcon(QToolButton):
    """Stands in a line; with an `action` a press triggers it, and it is there where the action is visible."""

    def __init__(
        self, edit: QLineEdit, name: str, colour: str = "text2", *, leading: bool = False, action: QAction | None = None
    ) -> None:
        super().__init__(edit)
        self._edit, self._name, self._colour, self._leading, self._action = edit, name, colour, leading, action
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if action else Qt.CursorShape.IBeamCursor)
        if action is None:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        else:
            QWidget.addAction(edit, action)  # QLineEdit's own would draw it too
            set_tip(self, action.text())
            self.setAccessibleName(action.text())
            self.clicked.connect(action.trigger)
            action.changed.connect(self.place)
        theme().changed.connect(self.place)
        self.place()

    def place(self) -> None:
        """Stand at the end of the line as it is now, and keep the text clear of it."""
        side, edge, gap = map(theme().px, (SIDE, EDGE, GAP))
        shown = self._action is None or self._action.isVisible()
        self.setVisible(shown)
        margins = self._edit.textMargins()
        room = side + gap if shown else 0
        if self._leading:
            margins.setLeft(room)
        else:
            margins.setRight(room)
        self._edit.setTextMargins(margins)
        left = edge - gap if self._leading else self._edit.width() - side - edge - gap
        self.setGeometry(QRect(left, 0, side + 2 * gap, self._edit.height()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon alone, in the colours of the theme."""
        side = theme().px(SIDE)
        colour = self._colour if self.isEnabled() else "disabled"
        at = self.rect().center()
        picture = icons.pixmap(self._name, colour, size=side)
        QPainter(self).drawPixmap(at.x() + 1 - side // 2, at.y() + 1 - side // 2, picture)
