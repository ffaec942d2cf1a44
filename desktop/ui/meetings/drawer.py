"""One record as plain labelled text: who, when, what was said and decided, votes with their sums, what is missing."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.services import meeting_views as views
from desktop.services.meeting_views import MeetingView
from desktop.ui.widgets.buttons import Button, menu_button, secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.drawer import Drawer
from desktop.ui.widgets.text import Tag, plain_label, tag_label

Deed = Callable[[], object]
_STATE_TAGS: dict[str, Tag] = {
    "draft": "neutral", "returned": "err", "submitted": "info", "passed": "warn", "archived": "ok",
}  # fmt: skip
_DEEDS = (
    (views.HAND_IN, "上报", "arrow_upload"), (views.PASS, "通过", "checkmark"), (views.ARCHIVE, "归档", "archive"),
    (views.EDIT, "修改", "edit"), (views.CORRECT, "更正", "edit"), (views.PRINT, "打印", "print"),
    (views.RETURN, "退回", "arrow_undo"), (views.REMOVE, "移到回收站", "delete"),
)  # fmt: skip
SHOWN = 2


def fill(drawer: Drawer, seen: MeetingView, deeds: Mapping[str, Deed], files: Callable[[], QWidget]) -> None:
    """Show a record with what may be done with it; `files` makes the tab of its attachments."""
    said = seen.minutes
    tags: list[tuple[str, Tag]] = [(seen.state_name, _STATE_TAGS.get(seen.state, "neutral"))]
    if seen.brief:
        tags.append(("简略记录", "neutral"))
    if seen.version > 1:
        tags.append((f"第 {seen.version} 版", "info"))
    drawer.show_record(said.title.removeprefix(said.branch) or said.title, tags)
    drawer.set_tabs([
        ("record", "记录", record(seen)), ("votes", f"表决 {len(said.votes)}", votes(seen)), ("files", "附件", files),
    ])  # fmt: skip
    drawer.set_deeds(buttons(seen, deeds))


def buttons(seen: MeetingView, deeds: Mapping[str, Deed]) -> list[QWidget]:
    """Give the first deeds as buttons and the rest in a menu."""
    allowed = [one for one in _DEEDS if one[0] in seen.deeds and one[0] in deeds]
    found: list[QWidget] = [secondary(text, icon, deeds[key]) for key, text, icon in allowed[:SHOWN]]
    if len(allowed) > SHOWN:
        menu = QMenu()
        for key, text, _ in allowed[SHOWN:]:
            menu.addAction(text, deeds[key])
        more: Button = menu_button("", "more_horizontal", menu, tip="更多")
        menu.setParent(more, menu.windowFlags())
        found.append(more)
    return found


def record(seen: MeetingView) -> QWidget:
    """Give the record itself."""
    content, box = _column()
    said = seen.minutes
    if seen.lacks:
        _lacks(box, seen.lacks)
    if seen.state_note:
        _section(box, "退回理由", seen.state_note)
    box.addWidget(pairs(_head(seen)))
    for name, text in (("内容", said.content), ("学习材料", said.documents), ("更正说明", said.correction)):
        if text:
            _section(box, name, text)
    if said.agenda:
        items = ("\n".join(filter(None, (f"{at}. {row.title}", row.content))) for at, row in enumerate(said.agenda, 1))
        _section(box, "议题", "\n".join(items))
    if said.resolutions:
        _section(box, "决议", "\n".join(f"{at}. {_decision(row)}" for at, row in enumerate(said.resolutions, 1)))
    return content


def votes(seen: MeetingView) -> QWidget:
    """Give the votes, each with its sum."""
    content, box = _column()
    if not seen.minutes.votes:
        box.addWidget(plain_label("这次会议没有表决。", "label"))
    for vote in seen.minutes.votes:
        box.addWidget(plain_label(vote.about, "strong", wrap=True))
        if vote.result:
            box.addWidget(tag_label(vote.result, "ok" if vote.result == "通过" else "err"))
        words = [vote.method, vote.numbers, vote.formula]
        box.addWidget(plain_label("\n".join(filter(None, words)), wrap=True, selectable=True))
    return content


def _column() -> tuple[QWidget, QVBoxLayout]:
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    return content, box


def _lacks(box: QVBoxLayout, lacks: tuple[str, ...]) -> None:
    box.addWidget(tag_label(f"缺 {len(lacks)} 项，补全后才能归档", "warn"))
    box.addWidget(plain_label("\n".join(f"· {text}" for text in lacks), "label", wrap=True))


def _section(box: QVBoxLayout, name: str, text: str) -> None:
    box.addWidget(plain_label(name, "strong"))
    box.addWidget(plain_label(text, wrap=True, selectable=True))


def _head(seen: MeetingView) -> list[tuple[str, str]]:
    said = seen.minutes
    rows = [
        ("党支部", said.branch), ("次数", said.numbers), ("时间", said.time),
        ("补开", seen.makes_up.removeprefix("补开")), ("地点", said.place),
        ("主持人", said.host), ("记录人", said.recorder), ("授课人", said.lecturer), ("到会指导", said.guide),
        ("应到", _people(said.due.total, ())), ("实到", _people(said.present.total, said.present_names)),
        ("线上", "、".join(said.online_names)),
        ("请假", "；".join(f"{one.name}（{one.kind}）{one.reason}" for one in said.on_leave)),
        ("缺席", "；".join(f"{one.name} {one.reason}".strip() for one in said.absent)),
        ("列席", said.observers), ("主题", said.topic),
    ]  # fmt: skip
    needed = {"时间", "地点", "主持人", "记录人", "应到", "实到"}
    return [(name, text) for name, text in rows if text or name in needed]


def _people(count: int | None, names: tuple[str, ...]) -> str:
    if count is None:
        return ""
    return f"{count} 人" + (f"：{'、'.join(names)}" if names else "")


def _decision(row: object) -> str:
    text, who, due = (getattr(row, name) for name in ("text", "responsible", "due"))
    tail = "，".join(filter(None, (f"责任人 {who}" if who else "", f"{due}前" if due else "")))
    return f"{text}（{tail}）" if tail else str(text)
