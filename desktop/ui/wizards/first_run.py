"""The first start: 单位 → 管理员密码 → 恢复单 → 示例数据 or empty; the workspace is made after the password."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.clock import Clock
from desktop.core.errors import UserError
from desktop.core.paths import WorkspacePaths
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.mark import NAME, Mark
from desktop.ui.tasks import run_detached
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link, primary, secondary
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.steps import StepBar
from desktop.ui.widgets.text import plain_label
from desktop.ui.wizards.begin_step import BeginStep
from desktop.ui.wizards.founding import Founding, demo_at
from desktop.ui.wizards.passwords import NewPassword
from desktop.ui.wizards.recovery import RecoveryPanel
from desktop.ui.wizards.unit_step import UnitStep

STEPS = ("单位", "管理员密码", "恢复单", "开始使用")
UNIT, PASSWORD, RECOVERY, BEGIN = range(4)
VERBS = ("下一步", "建立工作区", "启用恢复单", "开始使用")
DEMO_FOLDER = "兜底通-示例"


class FirstRunWizard(QDialog):
    """`session` is set once it is accepted; left half-way, the unit made so far opens at the next start.

    `waiting` is the folder of the own unit where the example records are looked at first; `existing` is set where it
    was left for a workspace that is there already.
    """

    def __init__(self, folder: Path, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.waiting: Path | None = None
        self.existing: Path | None = None
        self.founding = Founding(clock)
        self.demo_folder = folder.with_name(DEMO_FOLDER)
        self.setWindowTitle(NAME)
        self.setProperty("sheet", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 28, 40, 24)
        box.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Mark())
        head.addWidget(plain_label("开始使用兜底通", "title"), 1)
        box.addLayout(head)
        self.steps = StepBar(STEPS)
        box.addWidget(self.steps)
        self.stack = QStackedWidget()
        self._build_steps(folder)
        box.addWidget(self.stack, 1)
        box.addLayout(self._build_foot())
        room = self.screen().availableGeometry().height() - theme().px(40)
        self.resize(theme().px(720), min(theme().px(660), room))
        self._go(UNIT)

    def _build_steps(self, folder: Path) -> None:
        self.unit = UnitStep(folder)
        self.unit.folder.finish_with(self.next)
        self.password = NewPassword("管理员的密码")
        self.password.again.finish_with(self.next)
        self.begin = BeginStep(self.finish, self.show_demo)
        self.recovery = RecoveryPanel(self._run)
        self.recovery.kept.connect(lambda: self._go(BEGIN))
        self.recovery.ready.connect(self.recovery.field.setFocus)
        for step in (scroll(self.unit), self._password_page(), self._recovery_page(), self.begin):
            self.stack.addWidget(step)

    def _password_page(self) -> QWidget:
        page, box = _page()
        box.addWidget(plain_label(
            "第一个账号是管理员，账号名 gly。以后打开数据要用这个密码；其他人的账号可在“设置”里添加。",
            "label", wrap=True,
        ))  # fmt: skip
        box.addWidget(self.password)
        box.addStretch(1)
        return page

    def _recovery_page(self) -> QWidget:
        page, box = _page()
        box.addWidget(self.recovery)
        box.addStretch(1)
        return page

    def _build_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.back_button = secondary("上一步", then=self.back)
        self.next_button = primary("下一步", then=self.next)
        self.existing_link = link("打开已有的工作区", self.open_existing)
        foot.addWidget(self.existing_link)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        self.leave_button = secondary("退出", then=self.reject)
        for button in (self.leave_button, self.next_button):
            foot.addWidget(button)
        place = self.next_button.sizePolicy()
        place.setRetainSizeWhenHidden(True)  # 退出 never slides under the hand that pressed 下一步
        self.next_button.setSizePolicy(place)
        return foot

    def _go(self, step: int) -> None:
        self.setEnabled(True)
        self.stack.setCurrentIndex(step)
        self.steps.set_step(step)
        self.existing_link.setVisible(step == UNIT)
        self.back_button.setVisible(step in (PASSWORD, RECOVERY))
        self.next_button.setVisible(step != BEGIN)
        self.next_button.set_text(VERBS[step])
        {UNIT: self.unit.search, PASSWORD: self.password.password, RECOVERY: self.recovery.field}.get(
            step, self.begin.own_button
        ).setFocus()
        if step == RECOVERY:
            self.recovery.start()

    def next(self) -> None:
        """Check the step and go on."""
        step = self.stack.currentIndex()
        if step == RECOVERY:
            self.recovery.keep()
            return
        wrong = self.unit.wrong() if step == UNIT else self.password.problem()
        if wrong is not None:
            wrong.setFocus()
        elif step == UNIT:
            self._go(PASSWORD)
        else:
            self._create()

    def back(self) -> None:
        """Go back; a workspace made on the way is taken away again, since nothing is in it."""
        step = self.stack.currentIndex()
        if step == RECOVERY:
            self.founding.discard()
        self._go(step - 1)

    def _create(self) -> None:
        kind, code, name = self.unit.kind.value() or "township", self.unit.code.value(), self.unit.name.value()
        folder, password = Path(self.unit.folder.value()), self.password.value()
        make = partial(self.founding.make, folder, kind=kind, code=code, name=name, password=password,
                       root=self.unit.root.value() if kind == "township" else None)  # fmt: skip
        self._detached(make, self._created)

    def _created(self, session: Session) -> None:
        self.founding.hold(session)
        self._go(RECOVERY)

    def _detached(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self.setEnabled(False)
        run_detached(self, work, done, self._refused, lambda error: messages.crash(self, error))

    def _run(
        self, work: Callable[[Session], Any], done: Callable[[Any], object], failed: Callable[[UserError], object]
    ) -> None:
        """Do what the recovery panel asks with the new workspace."""
        made = self.founding.session
        if made is None:
            return

        def after(result: Any) -> None:  # noqa: ANN401 - what the work gives
            self.setEnabled(True)
            done(result)

        def refused(error: UserError) -> None:
            self.setEnabled(True)
            failed(error)

        self.setEnabled(False)
        run_detached(self, lambda: work(made), after, refused, lambda error: messages.crash(self, error))

    def _refused(self, error: UserError) -> None:
        """Show a refusal under the field that caused it."""
        self.setEnabled(True)
        fields = {"org_code": self.unit.code, "org_name": self.unit.name, "password": self.password.password}
        field = fields.get(error.field or "") or {"not-empty": self.unit.folder}.get(error.code)
        if field is None:
            messages.refusal(self, error)
            return
        if field is not self.password.password:
            self._go(UNIT)
        field.set_error(f"{error.why}{error.do}")
        field.setFocus()

    def finish(self) -> None:
        """Go on with the new workspace."""
        self.session = self.founding.release()
        self.accept()

    def show_demo(self) -> None:
        """Make the example records where they are missing and open them; the new workspace waits closed."""
        self.begin.said.setText("正在准备示例数据…")
        self._detached(partial(demo_at, self.demo_folder), self._shown)

    def _shown(self, session: Session) -> None:
        self.waiting = self.founding.close()
        self.session = session
        self.accept()

    def open_existing(self) -> None:
        """Leave for a workspace that is there already, as after a move to a new computer."""
        chosen = QFileDialog.getExistingDirectory(self, "打开哪个文件夹里的工作区", str(Path.home()))
        if not chosen:
            return
        folder = Path(chosen)
        if not WorkspacePaths(folder).database.is_file():
            messages.refusal(self, UserError(
                "没有打开工作区。", f"“{folder.name}”里没有工作区。",
                "请选工作区所在的文件夹，里面有 workspace.db。", "no-workspace",
            ))  # fmt: skip
            return
        self.existing = folder
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask before Esc throws away what was typed; 退出 and the cross are meant."""
        if not event.matches(QKeySequence.StandardKey.Cancel):
            super().keyPressEvent(event)
        elif not self._typed() or messages.confirm(self, "离开设置？", self._left_behind(), "离开设置", "继续设置"):
            self.reject()

    def _typed(self) -> bool:
        fields = (self.unit.search, self.unit.code, self.unit.name, self.password.password, self.password.again)
        return self.founding.session is not None or not all(field.is_empty() for field in fields)

    def _left_behind(self) -> str:
        """Say what stays when the setup is left here."""
        if self.founding.session is None:
            return "工作区还没有建立，填好的内容不会保留。"
        if self.stack.currentIndex() == RECOVERY:
            return "工作区已经建好，恢复单还没有启用。下次启动输入管理员的密码打开，再做恢复单。"
        return "工作区已经建好。下次启动输入管理员的密码打开。"

    def reject(self) -> None:
        """Leave; a workspace that was made is closed, and its recovery sheet is asked for when it is next opened."""
        self.founding.close()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave by the window's cross."""
        self.reject()
        super().closeEvent(event)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(16)
    return page, box
