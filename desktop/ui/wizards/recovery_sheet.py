"""The sheet over the window that makes a recovery sheet: at the first unlock, or again from 设置."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.wizards.recovery import RecoveryPanel


class RecoveryDialog(Sheet):
    """Accepted once the new code holds; the sheet before it is then waste paper."""

    def __init__(self, context: Context, parent: QWidget | None, *, again: bool) -> None:
        text = "换发后，原来的恢复单作废，请当场销毁。" if again else "这个工作区还没有恢复单。现在做一张，只要一分钟。"
        super().__init__(parent, "换发恢复单" if again else "做一张恢复单", text, width=560)
        self._context = context
        self.panel = RecoveryPanel(self._run)
        self.body.addWidget(self.panel)
        self.add_button(secondary("先不做", then=self.reject))
        self.keep_button = self.add_button(primary("启用恢复单", then=self.panel.keep))
        self.panel.kept.connect(self._kept)
        self.panel.start()

    def _run(
        self, work: Callable[[Session], Any], done: Callable[[Any], object], failed: Callable[[UserError], object]
    ) -> None:
        self._context.tasks.run_change(self, work, done, failed=failed, title="恢复单", silent=True)

    def _kept(self) -> None:
        self._context.toast.say("恢复单已启用，请把它锁进保险柜")
        self._context.topics.publish({"account"})
        self.accept()
