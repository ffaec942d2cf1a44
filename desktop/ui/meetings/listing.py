"""The list of 组织生活: its columns, what is filtered by, and the reading of both in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services import branch_lists, exports, meeting_lists
from desktop.services.exports import ExportColumn
from desktop.services.meeting_lists import MeetingRow, YearRow
from desktop.services.sessions import Session
from desktop.ui.meetings.loading import HOLDING, Choices
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.text import Tag

MOST = 5000
YEAR = "year"
VIEWS = (*meeting_lists.VIEWS.items(), (YEAR, "全年一览"))
_TAGS: dict[str, Tag] = {"draft": "neutral", "returned": "err", "submitted": "info", "passed": "warn"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; `view` is a key of VIEWS."""

    view: str = "quarter"
    branch: bytes | None = None
    kind: str | None = None
    year: int | None = None
    text: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether anything but the view narrows the list."""
        return bool(self.branch or self.kind or self.year or self.text)


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows, the count of each view, and what may be filtered by."""

    rows: tuple[MeetingRow, ...]
    counts: dict[str, int]
    branches: Choices
    years: tuple[int, ...]


def read(session: Session, wanted: Filter) -> Listed:
    """Read the list and its choices."""
    rows = meeting_lists.list_meetings(
        session, view=wanted.view, branch=wanted.branch, kind=wanted.kind, year=wanted.year, text=wanted.text,
        limit=MOST + 1,
    )  # fmt: skip
    branches = tuple(
        (row.id, row.short_name or row.name) for row in branch_lists.list_branches(session) if row.kind in HOLDING
    )
    return Listed(rows, meeting_lists.counts(session), branches, meeting_lists.years(session))


def read_year(session: Session, wanted: Filter) -> tuple[YearRow, ...]:
    """Read the year as branch × month × kind."""
    return meeting_lists.year_matrix(session, year=wanted.year or session.today.year, branch=wanted.branch)


def attendance_words(row: MeetingRow) -> str:
    """Write 应到 and 实到: `12 / 10`."""
    return f"{row.due} / {row.present}" if row.due else ""


def _state_tag(row: MeetingRow) -> Tag | None:
    return _TAGS.get(row.state)


def _state_tip(row: MeetingRow) -> str:
    return f"退回理由：{row.state_note}" if row.state_note else ""


def _marked_topic(row: MeetingRow) -> str:
    marks = ("（更正）" if row.version > 1 else "") + ("（简略）" if row.brief else "")
    marks += "（补开）" if row.makes_up else ""
    return f"{row.topic or ''}{marks}"


def _topic_tip(row: MeetingRow) -> str:
    return "\n".join(filter(None, (_marked_topic(row), row.makes_up)))


COLUMNS = (
    Column("held_on", "日期", 100, bold=True),
    Column("branch", "支部", 216, least=200, pinyin=True, tip=lambda row: row.branch or ""),
    Column("kinds_name", "类型", 188, least=148, tip=lambda row: row.kinds_name),
    Column("topic", "议题", 140, text=_marked_topic, tip=_topic_tip, stretch=True, least=132, gives_way=2),
    Column("due", "应到 / 实到", 92, align="right", text=attendance_words, sort=lambda row: row.due, gives_way=1),
    Column("state_name", "状态", 80, tag=_state_tag, tip=_state_tip),
)


def write(session: Session, *, rows: Sequence[object], columns: Sequence[Column], title: str, out: Path) -> Path:
    """Write the rows as the list shows them."""
    wanted = [ExportColumn(column.title, max(8, column.width // 7)) for column in columns]
    cells = ([column.shown(row) for column in columns] for row in rows)
    return exports.write_rows(session, title=title, columns=wanted, rows=cells, out=out)
