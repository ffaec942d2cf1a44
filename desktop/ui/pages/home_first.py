"""What 工作台 shows over an empty workspace: where to begin, in order, in place of figures that mean nothing yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.services.sessions import STAFF, Role, Session
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.flow import clear
from desktop.ui.widgets.text import line, plain_label

TITLE = "台账还是空的，先把资料放进来"
LEAD = "放进党组织和党员以后，这里就显示完成情况、到期事项和待补全的资料。三种办法任选一种，可以先后都用。"
OTHERS = "账号没有导入和登记资料的权限。请干事或管理员先导入名册，或接收数据包。"


@dataclass(frozen=True, slots=True)
class Start:
    """One way to begin: what it is called, what it is for, its button, and the page (and form) that it opens."""

    title: str
    note: str
    verb: str
    icon: str
    page: str
    kind: str = ""


_IMPORT = Start(
    "导入名册", "用平时报的表就行，党组织、社会组织和党员都可以成批导入；导入前自动备份，导入后可以整批撤销。",
    "导入名册", "arrow_import", "import",
)  # fmt: skip
_BRANCH = Start(
    "新增党组织", "手头没有名册，就从第一个支部开始逐个登记，再登记它的党员。", "新增党组织", "add", "branches", "new"
)
_MEMBER = Start("新增党员", "党员不多，也可以逐个登记。", "新增党员", "add", "members", "new")
_RECEIVE = Start(
    "接收数据包", "已经登记过；上级或下级交来的数据包（.dpk）从这里接收。", "接收数据包", "usb_stick", "exchange"
)
_ENROL = Start(
    "办理登记", "登记以后才能与上级交换数据包。不与上级交换的，可以以后再办。", "办理登记", "certificate", "exchange"
)
_ISSUE = Start("签发登记", "下级交来登记申请（.dkey）后，在这里核对指纹并签发。", "签发登记", "certificate", "exchange")


def starts(kind: str, *, enrolled: bool) -> tuple[Start, ...]:
    """Give the ways to begin in a workspace of a kind (`county`, `township`, `branch`), the usual one first."""
    packages = _RECEIVE if enrolled else _ISSUE if kind == "county" else _ENROL
    return (_IMPORT, packages, _MEMBER if kind == "branch" else _BRANCH)


def is_enrolled(session: Session) -> bool:
    """Tell whether packages can come in: a partner is known; an account that receives none is told no."""
    if session.role not in STAFF:
        return False
    from desktop.services.exchange import partners  # the first paint over records does not need it

    return bool(partners.list_partners(session))


class FirstSteps(Card):
    """The ways to begin, one below the other, each with its button; `go(page, kind)` opens one."""

    def __init__(self, role: Role, go: Callable[[str, str], object]) -> None:
        super().__init__(TITLE, padding=24, gap=16)
        self._go = go
        self.heading.setWordWrap(True)
        self.body.addWidget(plain_label(LEAD if role in STAFF else OTHERS, "label", wrap=True))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(16)
        self.grid.setColumnStretch(1, 1)
        self.body.addLayout(self.grid)
        self.body.addStretch(1)

    def show_starts(self, ways: Sequence[Start]) -> None:
        """Show the ways to begin; the first has the page's red button."""
        clear(self.grid)
        for at, way in enumerate(ways):
            self.grid.addWidget(line(), 2 * at, 0, 1, 3)
            number = plain_label(str(at + 1), "number")
            number.setFixedWidth(theme().px(32))
            self.grid.addWidget(number, 2 * at + 1, 0)
            said = QWidget()
            words = QVBoxLayout(said)
            words.setContentsMargins(0, 0, 0, 0)
            words.setSpacing(2)
            words.addWidget(plain_label(way.title, "strong"))
            words.addWidget(plain_label(way.note, "label", wrap=True))
            self.grid.addWidget(said, 2 * at + 1, 1)
            make = secondary if at else primary
            button = make(way.verb, way.icon, partial(self._go, way.page, way.kind))
            button.setMinimumWidth(theme().px(132))
            self.grid.addWidget(button, 2 * at + 1, 2, Qt.AlignmentFlag.AlignVCenter)
