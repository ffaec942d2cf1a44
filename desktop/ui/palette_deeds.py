"""What may be done with a record that the palette found: only what the account may do, and what there is a page for."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.services.searching import Hit
from desktop.services.sessions import STAFF, WRITERS
from desktop.ui.actions import Action
from desktop.ui.context import Context
from desktop.ui.pages import page_of

EDIT = "edit"


def deeds_of(hit: Hit, context: Context, window: QWidget) -> tuple[Action, ...]:
    """Give the deeds of one record, 打开 first."""
    key, page, role = hit.id, page_of(hit.kind), context.session.role

    def go(page: str, kind: str) -> Callable[[], object]:
        return lambda: context.navigate.go(page, kind, key)

    found = [Action("open", "打开", go(page, hit.kind), icon="open")]
    if hit.kind == "branch":
        if role in WRITERS:
            found.append(Action("record", "记录会议", go("meetings", "new"), icon="add"))
        found += [
            Action("life", "查看组织生活", go("meetings", "branch"), icon="clipboard_task"),
            Action("members", "查看党员", go("members", "branch"), icon="person"),
        ]
    if hit.kind == "meeting":
        found.append(Action("print", "打印", _printing(bytes.fromhex(key), context, window), icon="print"))
    elif role in STAFF:  # whether a meeting is changed, corrected or sent back hangs on its state: its drawer knows
        found.append(Action("edit", "修改", go(page, EDIT), icon="edit"))
    if hit.kind == "organisation" and role in STAFF:
        found.append(Action("cover", "新增覆盖它的党组织", go("branches", "new"), icon="flag"))
    return tuple(found)


def _printing(key: bytes, context: Context, window: QWidget) -> Callable[[], object]:
    def show() -> None:
        from desktop.ui.meetings.deeds import Deeds  # paper is not needed before something is printed

        Deeds(context, window).print_([key])

    return show
