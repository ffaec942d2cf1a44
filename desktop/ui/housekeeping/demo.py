"""示例数据: a made-up township in a folder of its own, one press in and one press out."""

from pathlib import Path

from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.ui import messages
from desktop.ui.housekeeping.section import Section, deeds, leave_for
from desktop.ui.tasks import run_detached
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import pairs
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
        """Make the cards."""
        self.said = plain_label("", "note", wrap=True)
        if self.context.session.workspace.demo:
            self._build_inside()
        else:
            self._build_outside()

    def _build_inside(self) -> None:
        paths = self.context.session.workspace.paths
        demo = workspaces.demo_of(paths.folder)
        real = str(self.context.settings.get(REAL, ""))
        card = self.card("示例数据", "现在打开的就是示例数据，可以随意练习，不会影响真实数据。")
        card.body.addWidget(pairs([
            ("单位", f"{self.context.session.workspace.identity.name}（虚构）"),
            ("日期", f"打开时把今天当作 {demo.on}" if demo else ""),
            ("账号", "、".join(f"{title} {name}" for name, title in demo.accounts) if demo else ""),
            ("密码", demo.password if demo else ""),
            ("位置", str(paths.folder)),
        ], width=theme().px(64)))  # fmt: skip
        self.button = primary("回到真实数据", "arrow_left", self.leave)
        self.button.setVisible(bool(real))
        card.body.addLayout(deeds(self.button))
        text = "回到真实数据以后，在这一页可以删除示例数据。" if real else (
            "退出后再打开程序，在登录界面选“打开或新建另一个工作区”。示例数据可以留着，互不影响。"
        )  # fmt: skip
        self.card("换成真实数据", text)

    def _build_outside(self) -> None:
        card = self.card(
            "示例数据",
            "一个虚构的街道，有组织、党员和一年的会议，可以随意练习。它放在另一个文件夹里，不会混进真实数据。",
        )
        demo = workspaces.demo_of(self.folder)
        card.body.addWidget(pairs([
            ("现在", f"已经建好，日期是 {demo.on}" if demo else "还没有建，第一次打开约需半分钟准备"),
            ("位置", str(self.folder)),
        ], width=theme().px(64)))  # fmt: skip
        self.button = primary("打开示例数据", "hat_graduation", self.enter)
        self.remove_button = secondary("删除示例数据", "delete", self.remove, tip="删除那个文件夹和里面练习的内容")
        self.remove_button.setVisible(demo is not None)
        card.body.addLayout(deeds(self.button, self.remove_button))
        card.body.addWidget(self.said)

    def remove(self) -> None:
        """Delete the example records after a question: what was tried out in them is gone."""
        text = "里面练习的内容会一起删除，不能找回；真实数据不受影响。以后可以再建一份新的。"
        if messages.confirm(self, "删除示例数据？", text, "删除示例数据", "先不删"):
            folder = self.folder
            run_detached(
                self, lambda: workspaces.remove_demo(folder), self._removed, self._refused,
                lambda error: messages.crash(self, error),
            )  # fmt: skip

    def _removed(self, _nothing: None) -> None:
        self.remove_button.hide()
        self.said.setText("示例数据已经删除。")

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
