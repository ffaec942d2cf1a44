"""What keeps the form from the archive: what the service would refuse, and what in the form cannot be saved as it is.

One list answers the foot (`还差 2 项：更正理由、地点`), the jump to the first, and the save.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter

from desktop.ui.meetings.body import FormBody
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import Field, TextField
from desktop.ui.widgets.text import elide, set_tip

COMPLETE = "已填全，可以归档"
NAMED = 3
_LEAST = 88
_COUNTED = frozenset({"due", "present", "approve"})


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking: the field that is named, the editor to go to, and the sentence."""

    field: Field
    target: Field
    sentence: str


def lacks(body: FormBody, reason: TextField, found: Iterable[tuple[str, str]]) -> tuple[Lack, ...]:
    """Give all that is lacking, in reading order; `found` is what the service's own check says: (field, sentence).

    A fault that both see counts once, in the service's count: it is the one that refuses the archive.
    """
    listed = [reason, *body.fields()]
    asked = [Lack(field, field, _asked(why)) for key, why in found if (field := body.field(key)) is not None]
    named = {lack.field for lack in asked}
    own = [Lack(fault.field, fault.target, fault.sentence) for fault in body.faults()]
    if not reason.isHidden() and (problem := reason.problem()):
        own.append(Lack(reason, reason, problem))
    fresh = [lack for lack in own if not _known(lack, named)]
    return tuple(sorted(asked + fresh, key=lambda lack: listed.index(lack.field)))


def _asked(sentence: str) -> str:
    """Say what the archive asks for: what is not there is filled in, what contradicts itself is looked at again."""
    return f"{sentence}，暂时不能归档。{'请填写。' if '没有' in sentence else '请核对。'}"


def _known(lack: Lack, named: set[Field]) -> bool:
    """Tell whether the service has said the same; of a vote it looks at three numbers, not at the others."""
    return lack.field in named and (lack.target is lack.field or lack.target.key in _COUNTED)


def words(found: tuple[Lack, ...]) -> str:
    """Say what is lacking in a line: `还差 4 项：更正理由、地点、记录人等`."""
    if not found:
        return COMPLETE
    names = list(dict.fromkeys(lack.field.label for lack in found))
    return f"还差 {len(found)} 项：{'、'.join(names[:NAMED])}{'等' if len(names) > NAMED else ''}"


class LackButton(Button):
    """The line at the foot of the form: what is lacking, the sentences in its tooltip; a press goes to the first."""

    def __init__(self) -> None:
        super().__init__(COMPLETE, "link")
        self.found: tuple[Lack, ...] = ()
        self.show_lacks(())

    def show_lacks(self, found: tuple[Lack, ...]) -> None:
        """Show what is lacking now."""
        self.found = found
        self.set_text(words(found))
        self.setEnabled(bool(found))
        set_tip(self, "\n".join(lack.sentence for lack in found))

    def minimumSizeHint(self) -> QSize:
        """Give way where the foot is narrow: the count stays, the names are cut."""
        return QSize(theme().px(_LEAST), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the line as there is room for; what is complete is plain text, not a faint button."""
        painter = QStylePainter(self)
        if not self.found:
            painter.setPen(theme().color("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = elide(self.text(), self.fontMetrics(), self.width())  # type: ignore[attr-defined]  # missing in the stubs
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
