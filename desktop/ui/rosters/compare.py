"""比对: a row of the roster beside the persons it resembles; somebody says whether it is one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.roster_doubts import Decision, Likeness
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.fields import ChoiceField
from desktop.ui.widgets.scroll import column, scroll
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the comparison; `differs` where both say something and not the same."""

    id: str
    row: str
    record: str

    @property
    def differs(self) -> str:
        """Say how the two stand to each other."""
        if not self.row or not self.record:
            return "只有一边有"
        return "相同" if self.row == self.record else "不同"


HEIGHT, ROOM, LEAST, MOST = 620, 48, 180, 132
COLUMNS = (
    Column("id", "栏目", 90),
    Column("row", "名册里的这一行", 190, bold=True, tip=lambda fact: fact.row, stretch=True),
    Column("record", "系统里的记录", 190, tip=lambda fact: fact.record),
    Column("differs", "比对", 100, tag=lambda fact: "warn" if fact.differs == "不同" else None),
)


def writes_text(changes: Sequence[tuple[str, str, str]]) -> str:
    """Say field by field what 是同一人 writes: `电话：100****0001 → 100****0002`."""
    if not changes:
        return "选“是同一人”，系统里的内容不变。"
    lines = (f"{word}：{before or '（空）'} → {after}" for word, before, after in changes)
    return "\n".join((f"选“是同一人”，会改这 {len(changes)} 项，其余不变：", *lines))


class CompareSheet(Sheet):
    """`decided(Decision)` fires with what was said; going away decides nothing."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None, row: int, why: str, like: tuple[Likeness, ...]) -> None:
        super().__init__(parent, f"第 {row} 行是不是同一人", why, width=640)
        self._like = {one.record: one for one in like}
        choices = [(one.record, f"{one.title}（第 {at} 个）") for at, one in enumerate(like, 1)]
        self.which: ChoiceField[bytes] = ChoiceField("与哪一个比对", choices, key="record")
        self.which.set_value(like[0].record)
        self.which.setVisible(len(like) > 1)
        self.which.changed.connect(self._show)
        self.table = Table(COLUMNS, name="比对", checks=False)
        self.table.setMinimumHeight(theme().px(LEAST))
        self.body.addWidget(self.which)
        self.body.addWidget(self.table, 1)
        self.writes = plain_label("", wrap=True)
        content, box = column()
        box.addWidget(self.writes)
        box.addStretch(1)
        area = scroll(content)
        area.setMaximumHeight(theme().px(MOST))
        self.body.addWidget(area)
        self.foot_left.addWidget(secondary("先不定", then=self.reject))
        self.other_button = self.add_button(
            secondary("是另一人", then=lambda: self._decide(Decision("other")))
        )
        self.other_button.set_hint("新登记一个人")
        self.same_button = self.add_button(primary("是同一人", then=self._same))
        self.same_button.set_hint("用这一行更新系统里的记录；空的格不改")
        self._show()

    def open(self) -> None:
        """Show the sheet with room for its lines, but inside the window that it lies over."""
        parent = self.parentWidget()
        room = parent.window().height() - theme().px(ROOM) if parent is not None else theme().px(HEIGHT)
        self.resize(self.width(), min(theme().px(HEIGHT), room))
        super().open()

    def _show(self) -> None:
        like = self._like[self.which.value() or next(iter(self._like))]
        self.table.set_rows([Fact(*fact) for fact in like.facts])
        self.writes.setText(writes_text(like.changes))

    def _same(self) -> None:
        self._decide(Decision("same", self.which.value() or next(iter(self._like))))

    def _decide(self, decision: Decision) -> None:
        self.decided.emit(decision)
        self.accept()
