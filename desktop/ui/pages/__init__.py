"""The pages of the rail, loaded when they are first shown; add a line here for a new page."""

from dataclasses import dataclass
from importlib import import_module

from desktop.services.ledgers.catalogue import LEDGERS
from desktop.ui.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its key in places (`members/person:…`), its word, its icon, and where its class is."""

    key: str
    title: str
    icon: str
    module: str
    name: str
    group: str = ""
    kinds: tuple[str, ...] = ()

    def load(self) -> type[Page]:
        """Import the page's class."""
        found: type[Page] = getattr(import_module(f"desktop.ui.pages.{self.module}"), self.name)
        return found


DATA, FOOT = "数据", "foot"
PAGES: tuple[PageEntry, ...] = (
    PageEntry("home", "工作台", "home", "home", "HomePage"),
    PageEntry("meetings", "组织生活", "clipboard_task", "meetings", "MeetingsPage", kinds=("meeting",)),
    PageEntry(
        "branches", "党组织", "flag", "branches", "BranchesPage",
        kinds=("branch", "post", "term", "party_group", "joint_unit"),
    ),
    PageEntry("members", "党员", "person", "members", "MembersPage", kinds=("person", "membership")),
    PageEntry(
        "organisations", "社会组织", "people_community", "organisations", "OrganisationsPage",
        kinds=("organisation", "management", "instructor"),
    ),
    PageEntry("ledgers", "台账", "book_open", "ledgers", "LedgersPage", kinds=tuple(LEDGERS)),
    PageEntry("import", "导入名册", "arrow_import", "roster_import", "RosterImportPage", DATA),
    PageEntry("exchange", "数据交换", "usb_stick", "exchange", "ExchangePage", DATA),
    PageEntry("settings", "设置", "settings", "settings", "SettingsPage", FOOT),
)


def page_of(kind: str) -> str:
    """Give the key of the page that shows records of a kind (`person` is on `members`), or nothing."""
    return next((entry.key for entry in PAGES if kind in entry.kinds), "")
