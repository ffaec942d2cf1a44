"""What drawers are made of: headed pairs, small lists with deeds, findings with their clause, the history."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services import record_history
from desktop.services.findings import Finding
from desktop.services.record_history import HistoryEntry
from desktop.ui.context import Context
from desktop.ui.navigation import Navigation
from desktop.ui.widgets.buttons import Button, link
from desktop.ui.widgets.cards import Card, pairs
from desktop.ui.widgets.text import Tag, line, plain_label, set_tip, tag_label

_STATES: dict[str, tuple[str, Tag]] = {
    "overdue": ("逾期", "err"), "due": ("将到期", "warn"), "open": ("待处理", "warn"),
    "unknown": ("无法判断", "neutral"),
}  # fmt: skip
SHOWN = 3


def reminder(text: str, deed: QWidget | None = None) -> QWidget:
    """Give a doubt as a line of its own, with what may be done about it."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(tag_label("提醒", "warn"))
    row.addWidget(plain_label(text, "label", wrap=deed is None), 0 if deed else 1)
    if deed is not None:
        row.addWidget(deed)
        row.addStretch(1)
    return frame


def stack(*, gap: int = 12) -> tuple[QWidget, QVBoxLayout]:
    """Give a widget and its vertical layout without margins."""
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    return content, box


def headed(box: QVBoxLayout, title: str, rows: list[tuple[str, str]]) -> None:
    """Add a heading and label–value rows."""
    box.addWidget(plain_label(title, "strong"))
    box.addWidget(pairs(rows))


def sections(box: QVBoxLayout, parts: Sequence[tuple[str, list[tuple[str, str]]]], needed: Collection[str]) -> None:
    """Add headed label–value rows; a row without text stands only where it is `needed`, a section only with rows."""
    for title, rows in parts:
        shown = [(name, text) for name, text in rows if text or name in needed]
        if shown:
            part, inner = stack(gap=8)
            headed(inner, title, shown)
            box.addWidget(part)


def remarked(box: QVBoxLayout, text: str | None) -> None:
    """Add the remark of a record, where it has one."""
    if text:
        part, inner = stack(gap=6)
        inner.addWidget(plain_label("备注", "strong"))
        inner.addWidget(plain_label(text, wrap=True, selectable=True))
        box.addWidget(part)


def goer(navigate: Navigation, page: str, kind: str, key: bytes | None) -> Callable[[], object] | None:
    """Give the way to a record; none where it is not known."""
    return (lambda: navigate.go(page, kind, key.hex())) if key is not None else None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that may be done with a line: its verb and how."""

    verb: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list in a drawer: a name, a grey note below it, a mark, and its deeds."""

    name: str
    note: str = ""
    tag: tuple[str, Tag] | None = None
    deeds: tuple[Deed, ...] = ()
    go: Callable[[], object] | None = None


def listed(box: QVBoxLayout, title: str, lines: Sequence[Line], *, empty: str, add: Deed | None = None) -> None:
    """Add a heading with a deed beside it, and the lines; or why there are none."""
    head = QHBoxLayout()
    head.addWidget(plain_label(title, "strong"))
    head.addStretch(1)
    if add is not None:
        head.addWidget(inline(add.verb, add.run))
    box.addLayout(head)
    if not lines:
        box.addWidget(plain_label(empty, "note", wrap=True))
    for at, row in enumerate(lines):
        if at:
            box.addWidget(line())
        box.addWidget(_line(row))


def _line(row: Line) -> QWidget:
    content, box = stack(gap=2)
    top = QHBoxLayout()
    top.setSpacing(12)
    if row.go is not None:
        top.addWidget(inline(row.name, row.go))
        top.addStretch(1)
    else:
        top.addWidget(plain_label(row.name, wrap=True, selectable=True), 1)
    if row.tag is not None:
        top.addWidget(tag_label(*row.tag))
    for deed in row.deeds:
        button = inline(deed.verb, deed.run)
        button.setAccessibleName(f"{deed.verb} {row.name}")
        top.addWidget(button)
    box.addLayout(top)
    if row.note:
        box.addWidget(plain_label(row.note, "label", wrap=True))
    return content


def inline(text: str, then: Callable[[], object], *, tip: str = "") -> Button:
    """Give a blue word as tall as a line of text, for the narrow lines of a drawer."""
    button = link(text, then, tip=tip)
    button.setProperty("look", "inline")
    return button


def found_box(found: Sequence[Finding]) -> QWidget:
    """Give the findings of a record: what is wrong, the sum in words, and the clause it rests on."""
    card = Card(padding=12, gap=6)
    card.setProperty("surface", "findings")
    card.setAccessibleName(f"检查结果 {len(found)} 项")
    card.body.addWidget(plain_label(f"检查出 {len(found)} 项", "strong"))
    for row in found[:SHOWN]:
        card.body.addWidget(_finding(row))
    if len(found) > SHOWN:
        rest, box = stack(gap=6)
        for row in found[SHOWN:]:
            box.addWidget(_finding(row))
        rest.hide()
        more = inline(f"还有 {len(found) - SHOWN} 项", rest.show)
        more.clicked.connect(more.hide)
        card.body.addWidget(more)
        card.body.addWidget(rest)
    return card


def _finding(row: Finding) -> QWidget:
    content, box = stack(gap=2)
    word, tag = _STATES.get(row.state, ("待处理", "warn"))
    top = QHBoxLayout()
    top.setSpacing(8)
    top.addWidget(tag_label(word, tag), 0, Qt.AlignmentFlag.AlignTop)
    top.addWidget(plain_label(row.why, wrap=True, selectable=True), 1)
    box.addLayout(top)
    clause = plain_label(row.clause, "caption", wrap=True)
    set_tip(clause, f"{row.rule}　{row.clause}")
    box.addWidget(clause)
    return content


class History(QWidget):
    """The tab 变更记录; reads when it is made."""

    def __init__(self, context: Context, kind: str, key: bytes) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        context.tasks.run_query(
            self, lambda session: record_history.list_history(session, kind=kind, key=key), self._show, key="history"
        )

    def _show(self, entries: Sequence[HistoryEntry]) -> None:
        if not entries:
            self._box.addWidget(plain_label("还没有改动。示例数据和导入前的内容不记在这里。", "note", wrap=True))
        for at, entry in enumerate(entries):
            if at:
                self._box.addWidget(line())
            part, box = stack(gap=4)
            box.addWidget(plain_label(entry.label or "程序外的改动", "strong", wrap=True))
            box.addWidget(plain_label(f"{entry.at}　{entry.account or '不在本程序中'}", "caption"))
            if entry.lines:
                box.addWidget(plain_label("\n".join(entry.lines), "label", wrap=True, selectable=True))
            self._box.addWidget(part)
