"""The first start: the unit, the first account's password, the workspace's folder; then the window opens."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.clock import Clock
from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.services.workspaces import Created
from desktop.ui import messages
from desktop.ui.mark import NAME, Mark
from desktop.ui.tasks import run_detached
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.fields import ChoiceField, Field, IdField, LineField, SecretField, first_problem
from desktop.ui.widgets.text import plain_label

if TYPE_CHECKING:
    from desktop.services.sessions import Session

KINDS = (("township", "乡镇、街道"), ("county", "县（市、区）"), ("branch", "一个党支部"))


class FirstRunWizard(QDialog):
    """`session` is set once it is accepted."""

    def __init__(self, folder: Path, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._clock = clock
        self.setWindowTitle(NAME)
        self.setProperty("sheet", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 32, 40, 28)
        box.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Mark())
        head.addWidget(plain_label("建立工作区", "title"), 1)
        box.addLayout(head)
        self.kind = ChoiceField("单位层级", KINDS, key="kind", required=True)
        self.name = LineField("单位名称", key="org_name", required=True, limit=60)
        self.code = IdField("单位代码", key="org_code", required=True, hint="乡级 9 位，县级 6 位")
        self.folder = LineField("放在哪个文件夹", key="folder", required=True)
        self.folder.set_value(str(folder))
        self.password = SecretField("管理员（gly）的密码", key="password", required=True)
        self.again = SecretField("再输一次", key="again", required=True)
        self.fields: tuple[Field, ...] = (
            self.kind, self.name, self.code, self.folder, self.password, self.again
        )  # fmt: skip
        for field in self.fields:
            box.addWidget(field)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(secondary("取消", then=self.reject))
        foot.addWidget(primary("建立工作区", then=self._try))
        box.addLayout(foot)
        self.setMinimumWidth(theme().px(480))

    def _try(self) -> None:
        wrong = first_problem(self.fields)
        if wrong is None and self.password.value() != self.again.value():
            self.again.set_error("两次输入不一样。请再输一次。")
            wrong = self.again
        if wrong is not None:
            wrong.setFocus()
            return
        self.setEnabled(False)
        kind, code, name = self.kind.value() or "township", self.code.value(), self.name.value()
        folder, password = Path(self.folder.value()), self.password.value()
        run_detached(
            self,
            lambda: _create(folder, kind, code, name, password, self._clock),
            self._made, self._refused, lambda error: messages.crash(self, error),
        )  # fmt: skip

    def _made(self, created: Created) -> None:
        self.session = created.session
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.setEnabled(True)
        field = next((one for one in self.fields if one.key == error.field), None)
        if field is None:
            messages.refusal(self, error)
        else:
            field.set_error(f"{error.why}{error.do}")
            field.setFocus()


def _create(folder: Path, kind: str, code: str, name: str, password: str, clock: Clock) -> Created:
    made = workspaces.create(folder, kind=kind, org_code=code, org_name=name, password=password, clock=clock)
    workspaces.begin_root(made.session)
    return made
