"""设置: the look, accounts, unit and keys, backups, the recycle bin, the log of work, example records, about."""

from PySide6.QtWidgets import QStackedWidget

from desktop.ui.housekeeping.about import AboutSection
from desktop.ui.housekeeping.accounts import AccountsSection
from desktop.ui.housekeeping.backups import BackupsSection
from desktop.ui.housekeeping.demo import DemoSection
from desktop.ui.housekeeping.keys import KeysSection
from desktop.ui.housekeeping.log import LogSection
from desktop.ui.housekeeping.look import LookSection
from desktop.ui.housekeeping.section import Section
from desktop.ui.housekeeping.trash import TrashSection
from desktop.ui.page import Page
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.tabs import Tabs

SECTIONS: tuple[tuple[str, str, type[Section]], ...] = (
    ("look", "显示", LookSection),
    ("accounts", "账号与密码", AccountsSection),
    ("keys", "单位与密钥", KeysSection),
    ("backup", "备份与恢复", BackupsSection),
    ("trash", "回收站", TrashSection),
    ("log", "操作记录", LogSection),
    ("demo", "示例数据", DemoSection),
    ("about", "关于", AboutSection),
)


class SettingsPage(Page):
    """Sections behind tabs, each made when it is first shown; the place `settings/backup` opens one."""

    title = "设置"
    topics = frozenset({"account", "backup"})

    def build(self) -> None:
        """Make the head and the tabs."""
        self.head = PageHead(self.title)
        self.tabs = Tabs([(key, text) for key, text, _ in SECTIONS], name="设置分类")
        self.tabs.picked.connect(self.show_section)
        self.stack = QStackedWidget()
        self._made: dict[str, Section] = {}
        self.body.setSpacing(12)
        self.body.addWidget(self.head)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.show_section(SECTIONS[0][0])

    def show_section(self, key: str) -> None:
        """Show a section."""
        kinds = {name: kind for name, _, kind in SECTIONS}
        if key not in kinds:
            return
        if key not in self._made:
            self._made[key] = kinds[key](self.context)
            self.stack.addWidget(self._made[key])
        self.tabs.set_key(key)
        self.stack.setCurrentWidget(self._made[key])

    def section(self) -> Section | None:
        """Give the section that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Section) else None

    def refresh(self) -> None:
        """Read the section that is shown again."""
        shown = self.section()
        if shown is not None:
            shown.refresh()

    def open_record(self, kind: str, key: str) -> None:  # noqa: ARG002 - a section has no records
        """Open the section that a place names."""
        self.show_section(kind)
