"""First run, step 4: begin with the new workspace, or look at the example records first."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.text import plain_label

OWN = "工作区已经建好。接下来可以导入名册，或记录第一次会议。"
DEMO = "打开一个虚构的街道练练手，约需半分钟准备。它放在另一个文件夹，随时可以回来。"


class BeginStep(QWidget):
    """Two cards with a button each; `said` tells how far the example records are."""

    def __init__(self, own: Callable[[], object], demo: Callable[[], object]) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        self.own_button = primary("从空白开始", "document", own)
        self.demo_button = secondary("先看示例数据", "hat_graduation", demo)
        for title, text, button in (("从空白开始", OWN, self.own_button), ("先看示例数据", DEMO, self.demo_button)):
            card = Card(title)
            card.body.addWidget(plain_label(text, "label", wrap=True))
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            card.body.addLayout(row)
            box.addWidget(card)
        self.said = plain_label("", "note", wrap=True)
        box.addWidget(self.said)
        box.addStretch(1)
