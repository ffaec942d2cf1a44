"""How the meeting form stands on its page: head, question about a draft, fields, A4 page, a foot that never scrolls."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.context import Context
from desktop.ui.meetings.banner import KeptBanner
from desktop.ui.meetings.beforehand import Beforehand
from desktop.ui.meetings.body import FormBody
from desktop.ui.meetings.lacking import LackButton
from desktop.ui.meetings.live import LivePreview
from desktop.ui.widgets.buttons import Button, link, primary, quiet, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import plain_label


@dataclass(frozen=True, slots=True)
class Parts:
    """What the form works with."""

    head: PageHead
    again: Button
    refreeze: Button
    open_preview: Button
    banner: KeptBanner
    reason: TextField
    scroll: QScrollArea
    preview: LivePreview
    missing: LackButton
    anyway: Button
    keep: Button
    save_print: Button
    save: Button


class FormDeeds(Protocol):
    """What the parts call: the form's deeds; `body`, `known` and `context` stand before `build` is called."""

    context: Context
    body: FormBody
    known: Beforehand

    def show_preview(self) -> None:
        """Open the page in a window of its own."""

    def leave(self) -> None:
        """Go back to the list."""

    def keep_and_close(self) -> None:
        """Keep the form as a draft."""

    def save(self, *, then_print: bool = False, anyway: bool = False) -> None:
        """Save the form."""


def build(widget: QWidget, form: FormDeeds) -> Parts:
    """Make the form's parts and lay them out on its widget."""
    again = secondary("沿用上次会议", "history", form.known.take_over, tip="照上次会议填好类型、时间、地点和人员")
    renew = secondary("重取应到名单", "arrow_clockwise", form.known.refreeze, tip="按会议当天的党员重新列出应到名单")
    look = secondary("预览", "eye", form.show_preview, tip="看打印出来的样子")
    back = quiet("返回列表", "arrow_left", form.leave, tip="回到会议列表", shortcut="Esc")
    keep = secondary("存为草稿", "save", form.keep_and_close, tip="不检查，先存着，以后接着填")
    anyway = link("仍然保存，以后补全", lambda: form.save(anyway=True), tip="缺的项补全后才能归档")
    both = secondary("保存并打印", "print", lambda: form.save(then_print=True))
    done = primary("保存", then=form.save, tip="保存", shortcut="Ctrl+Enter")
    parts = Parts(
        PageHead("记录会议", [back, look, again, renew]), again, renew, look, KeptBanner(),
        TextField("更正理由", key="reason", required=True, rows=1, most=4, limit=200),
        scroll(_card(form)), LivePreview(form.context), LackButton(), anyway, keep, both, done,
    )  # fmt: skip
    _lay_out(widget, form.body, parts)
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(form.save)
    return parts


def _card(form: FormDeeds) -> Card:
    card = Card(padding=20)
    card.body.addWidget(form.body)
    return card


def _lay_out(widget: QWidget, body: FormBody, parts: Parts) -> None:
    whole = QVBoxLayout(widget)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(12)
    whole.addWidget(parts.head)
    whole.addWidget(parts.banner)
    body.box.insertWidget(0, parts.reason)
    middle = QHBoxLayout()
    middle.setSpacing(16)
    middle.addWidget(parts.scroll, 1)
    middle.addWidget(parts.preview)
    whole.addLayout(middle, 1)
    foot = QHBoxLayout()
    foot.setSpacing(8)
    foot.addWidget(parts.keep)
    foot.addStretch(1)
    foot.addWidget(parts.anyway)
    foot.addWidget(parts.missing)
    foot.addWidget(plain_label("Ctrl+Enter 保存", "note"))
    foot.addWidget(parts.save_print)
    foot.addWidget(parts.save)
    whole.addLayout(foot)
