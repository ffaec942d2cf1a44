"""Opens a workspace: account and password; in the demo the accounts are buttons."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.clock import Clock
from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.mark import NAME, Mark
from desktop.ui.tasks import run_detached
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link, primary, secondary
from desktop.ui.widgets.fields import IdField, SecretField
from desktop.ui.widgets.text import plain_label


class UnlockDialog(QDialog):
    """`session` is set once it is accepted; rejected means another workspace is wanted (`elsewhere`) or the end."""

    def __init__(self, folder: Path, clock: Clock, account: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.elsewhere = False
        self._folder, self._clock = folder, clock
        self._demo = workspaces.demo_of(folder)
        self.setWindowTitle(NAME)
        self.setProperty("sheet", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 32, 40, 28)
        box.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Mark())
        head.addWidget(plain_label(NAME, "title"), 1)
        box.addLayout(head)
        box.addWidget(plain_label(str(folder), "note", wrap=True, selectable=True))
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        box.addLayout(self._body)
        self._said = plain_label("", "error", wrap=True)
        box.addWidget(self._said)
        self._said.hide()
        if self._demo is None:
            self._build_password(account)
        else:
            self._build_demo()
        box.addWidget(link("打开或新建另一个工作区", self._leave), 0, Qt.AlignmentFlag.AlignLeft)
        self.setMinimumWidth(theme().px(400))

    def _build_password(self, account: str) -> None:
        self.account = IdField("账号", key="account", required=True)
        self.account.value = lambda: self.account.edit.text().strip()  # type: ignore[method-assign]
        self.account.set_value(account)
        self.password = SecretField("密码", key="password", required=True)
        self._open = primary("打开", then=self._try)
        for widget in (self.account, self.password, self._open):
            self._body.addWidget(widget)
        self.password.edit.returnPressed.connect(self._try)
        self.password.edit.setFocus()

    def _build_demo(self) -> None:
        if self._demo is None:
            return
        self._body.addWidget(plain_label("示例数据。点一个账号打开：", "label"))
        for name, title in self._demo.accounts:
            self._body.addWidget(secondary(title, "person", self._with(name, self._demo.password)))

    def _with(self, account: str, password: str) -> Callable[[], None]:
        return lambda: self._unlock(account, password)

    def _try(self) -> None:
        if all([self.account.check(), self.password.check()]):
            self._unlock(self.account.value(), self.password.value())

    def _unlock(self, account: str, password: str) -> None:
        self.setEnabled(False)
        self._say("")
        run_detached(
            self,
            lambda: workspaces.unlock(self._folder, account=account, password=password, clock=self._clock),
            self._opened, self._refused, lambda error: messages.crash(self, error),
        )  # fmt: skip

    def _opened(self, session: Session) -> None:
        self.session = session
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.setEnabled(True)
        self._say(str(error))
        if self._demo is None:
            self.password.edit.selectAll()
            self.password.edit.setFocus()

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _leave(self) -> None:
        self.elsewhere = True
        self.reject()
