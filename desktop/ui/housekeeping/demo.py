"""示例数据: a made-up township in a folder of its own, one press in and one press out."""

from pathlib import Path

from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.ui import messages
from desktop.ui.housekeeping.section import Section, deeds, leave_for
from desktop.ui.tasks import run_detached
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.text import plain_label

FOLDER = Path.home() / "兜底通-示例"
REAL = "demo.real"


def make_or_find(folder: Path) -> Path:
    """Give the folder of the example records, made where it is not there yet."""
    if workspaces.demo_of(folder) is None:
        from desktop.demo import township  # the generator, of no use to the first paint

        township.make(folder)
    return folder


class DemoSection(Section):
    """Goes to the example records and back; the own records are never touched."""

    folder = FOLDER

    def build(self) -> None:
        """Make the one card."""
        is_demo = self.context.session.workspace.demo
        self.said = plain_label("", "note", wrap=True)
        if is_demo:
            card = self.card("示例数据", "现在打开的就是示例数据，可以随意练习，不会影响真实数据。")
            self.button = secondary("回到真实数据", "arrow_left", self.leave)
            self.button.setVisible(bool(self.context.settings.get(REAL, "")))
        else:
            card = self.card(
                "示例数据",
                "一个虚构的街道，有组织、党员和一年的会议，可以随意练习。它放在另一个文件夹里，不会混进真实数据。",
            )
            self.button = primary("打开示例数据", "hat_graduation", self.enter)
        card.body.addLayout(deeds(self.button))
        card.body.addWidget(self.said)

    def enter(self) -> None:
        """Make the example records where they are missing, and open them."""
        self.button.setEnabled(False)
        self.said.setText("正在准备示例数据，约需半分钟…")
        folder = self.folder
        run_detached(
            self, lambda: make_or_find(folder), self._ready, self._refused, lambda error: messages.crash(self, error)
        )

    def _ready(self, folder: Path) -> None:
        self.context.settings.set(REAL, str(self.context.session.workspace.paths.folder))
        leave_for(self, folder)

    def _refused(self, error: UserError) -> None:
        self.button.setEnabled(True)
        self.said.setText("")
        messages.refusal(self, error)

    def leave(self) -> None:
        """Go back to the own records."""
        leave_for(self, Path(str(self.context.settings.get(REAL, ""))))
