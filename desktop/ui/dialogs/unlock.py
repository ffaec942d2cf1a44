"""Opens a workspace: account and password; in the demo the accounts are buttons."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.clock import Clock
from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.mark import NAME, Mark
from desktop.ui.tasks import run_detached
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button, link, primary, secondary
from desktop.ui.widgets.fields import IdField, SecretField
from desktop.ui.widgets.text import plain_label
from desktop.ui.wizards.passwords import NewPassword
from desktop.ui.wizards.recovery import CodeField

FIRST, SECOND, MINUTE = workspaces.FIRST_ACCOUNT, 1000, 60


def wait_words(seconds: int) -> str:
    """Say how long the next try must wait."""
    minutes, rest = divmod(seconds, MINUTE)
    left = f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
    return f"密码连续输错多次，还要等 {left}。可以用恢复单打开。"


class UnlockDialog(QDialog):
    """`session` is set once it is accepted; rejected means another workspace is wanted (`elsewhere`) or the end."""

    def __init__(self, folder: Path, clock: Clock, account: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.elsewhere = False
        self.recover_button: Button | None = None
        self._ticks = QTimer(self, interval=SECOND)
        self._ticks.timeout.connect(self._wait)
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
        self.open_button = primary("打开", then=self._try)
        for widget in (self.account, self.password, self.open_button):
            self._body.addWidget(widget)
        self.recover_link = link("忘了密码，用恢复单打开", self.use_recovery)
        self._body.addWidget(self.recover_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._wait()
        self.password.finish_with(self._try)
        self.password.edit.setFocus()

    def use_recovery(self) -> None:
        """Ask for the code of the recovery sheet and a new password instead of the old one."""
        self.code = CodeField("恢复单上的恢复码", key="code", required=True)
        self.fresh = NewPassword()
        self.fresh.again.finish_with(self.recover)
        self._say("")
        for widget in (self.password, self.open_button, self.recover_link):
            widget.hide()
        self.recover_button = primary("设新密码并打开", then=self.recover)
        self.back_link = link("想起密码了，用密码打开", self.use_password)
        for new in (self.code, self.fresh, self.recover_button):
            self._body.addWidget(new)
        self._body.addWidget(self.back_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._ticks.stop()
        self.code.setFocus()

    def use_password(self) -> None:
        """Go back from the recovery sheet to the password; what was typed of the sheet is forgotten."""
        if self.recover_button is None:
            return
        for gone in (self.code, self.fresh, self.recover_button, self.back_link):
            self._body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.recover_button = None
        self._say("")
        for widget in (self.password, self.open_button, self.recover_link):
            widget.show()
        self._wait()
        self.password.setFocus()

    def recover(self) -> None:
        """Open by the code and give the account a new password."""
        wrong = self.code if not self.code.check() else self.fresh.problem()
        if wrong is not None:
            wrong.setFocus()
            return
        account, code, password = self.account.value() or FIRST, self.code.value(), self.fresh.value()
        self._detached(lambda: workspaces.recover(
            self._folder, code=code, password=password, clock=self._clock, account=account
        ))  # fmt: skip

    def _wait(self) -> None:
        """Count down after too many wrong passwords; the button comes back by itself."""
        left = workspaces.seconds_to_wait(self._folder, self._clock)
        self.open_button.setEnabled(not left)
        if left and self.recover_button is None:
            self._say(wait_words(left))
            self._ticks.start()
        elif self._ticks.isActive():
            self._ticks.stop()
            self._say("")

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
        self._detached(
            lambda: workspaces.unlock(self._folder, account=account, password=password, clock=self._clock)
        )

    def _detached(self, work: Callable[[], Session]) -> None:
        self.setEnabled(False)
        self._say("")
        run_detached(self, work, self._opened, self._refused, lambda error: messages.crash(self, error))

    def _opened(self, session: Session) -> None:
        self.session = session
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.setEnabled(True)
        self._say(str(error))
        if self.recover_button is not None:
            {"code": self.code, "password": self.fresh}.get(error.field or "", self.code).setFocus()
        elif self._demo is None:
            self._wait()
            self.password.edit.selectAll()
            self.password.edit.setFocus()

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc pass: a slip while a password is typed must not end the program; the window's cross does."""
        if not event.matches(QKeySequence.StandardKey.Cancel):
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.elsewhere = True
        self.reject()
