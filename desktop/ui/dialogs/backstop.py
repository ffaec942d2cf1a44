"""Who answers for an organisation: 兜底 by a village branch and its contact, other channels, and the instructors."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.core.codes import code_set
from desktop.services import instructors, management, offices, posts
from desktop.services.instructors import InstructorDraft
from desktop.services.management import BACKSTOP, ManagementDraft
from desktop.services.posts import PostRow
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.records import form_values
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.pickers import RecordField, backstops_named, branches_named, new_person, persons_named
from desktop.ui.widgets.chips import ChoiceChips
from desktop.ui.widgets.fields import ChoiceField, LineField, TextField


@dataclass(frozen=True, slots=True)
class Opening:
    """What a channel's form needs: the draft, the name of its branch, and the bodies that may be chosen."""

    draft: ManagementDraft
    branch: str
    offices: tuple[tuple[bytes, str], ...]


def opening(session: Session, draft: ManagementDraft, branch: str = "") -> Opening:
    """Read a channel for its form; a draft without id is a new one."""
    return Opening(draft, branch, tuple((row.id, row.name) for row in offices.list_offices(session)))


class BackstopDialog(FormDialog):
    """兜底: the Party organisation of a village or community, and one who is in office there as the contact."""

    def __init__(self, context: Context, parent: QWidget | None, opened: Opening, name: str) -> None:
        title = "修改兜底管理" if opened.draft.id else "登记兜底管理"
        note = f"{name}。新登记一条后，原来的兜底在前一天自动结束，始终只有一个党组织兜底。"
        super().__init__(context, parent, title=title, note=note, keep="backstop",
                         subject=opened.draft.id or opened.draft.organisation_id, width=560)  # fmt: skip
        self._draft = opened.draft
        self.branch = RecordField("兜底的村（社区）党组织", context, backstops_named, key="branch_id", required=True)
        self.contact = ChoiceField[bytes]("联系人", key="contact_post_id", required=True, blank="选一名在任的人")
        self.starts_on = KnownDateField("从哪天起", today=context.session.today, key="starts_on")
        self.ends_on = KnownDateField("到哪天止", today=context.session.today, key="ends_on")
        self.remark = TextField("备注", key="remark", rows=2, most=6, limit=500)
        self.section("", [(self.branch, 2), (self.contact, 2), self.starts_on, self.ends_on, (self.remark, 2)])
        form_values.show(self.fields, opened.draft)
        self.branch.changed.connect(self._read_posts)
        self._asked: bytes | None = None
        self.branch.set_record(opened.draft.branch_id, opened.branch)
        self.begin()

    def _read_posts(self) -> None:
        key = self.branch.key_of()
        if key is None or key == self._asked:
            return
        self._asked = key
        self.context.tasks.run_query(
            self, lambda session: posts.list_posts(session, branch=key), self._show_posts, key="posts"
        )

    def _show_posts(self, rows: tuple[PostRow, ...]) -> None:
        clean = not self.dirty
        here = [row for row in rows if row.ends_on is None or row.id == self._draft.contact_post_id]
        self.contact.set_choices([(row.id, f"{row.person}（{row.title_name}）") for row in here])
        self.contact.set_value(self._draft.contact_post_id)
        self.contact.set_note("" if here else "这个党组织还没有登记班子，请先到党组织页登记任职")
        if self._draft.contact_post_id is None and len(here) == 1:
            self.contact.set_value(here[0].id)
        if clean:
            self.rebase()

    def work(self) -> Work | None:
        """Save the channel."""
        draft = replace(self._draft, mode=BACKSTOP, **form_values.take(self.fields))
        return lambda session: management.save(session, draft=draft)


class ChannelDialog(FormDialog):
    """Another channel: 行业主管, 业务主管, 综合党委托底, 两新工委直管, by a body or a Party organisation."""

    def __init__(self, context: Context, parent: QWidget | None, opened: Opening, name: str) -> None:
        title = "修改管理渠道" if opened.draft.id else "登记管理渠道"
        super().__init__(context, parent, title=title, note=f"{name}。", keep="channel",
                         subject=opened.draft.id or opened.draft.organisation_id, width=560)  # fmt: skip
        self._draft = opened.draft
        modes = [(row.code, row.name) for row in code_set("management_mode").codes if row.code != BACKSTOP]
        self.mode = ChoiceField("管理模式", modes, key="mode", required=True)
        self.office = ChoiceField("机关", opened.offices, key="office_id", blank="不是机关")
        self.branch = RecordField("党组织", context, branches_named, key="branch_id")
        self.dual = ChoiceField("双重管理", ((True, "是"), (False, "否")), key="dual", blank="不清楚")
        self.direct = ChoiceField("直接管理", ((True, "是"), (False, "否")), key="direct", blank="不清楚")
        self.starts_on = KnownDateField("从哪天起", today=context.session.today, key="starts_on")
        self.ends_on = KnownDateField("到哪天止", today=context.session.today, key="ends_on")
        self.section("", [self.mode, self.office, (self.branch, 2), self.dual, self.direct, self.starts_on,
                          self.ends_on])  # fmt: skip
        form_values.show(self.fields, opened.draft)
        self.branch.set_record(opened.draft.branch_id, opened.branch)
        self.begin()

    def work(self) -> Work | None:
        """Save the channel."""
        draft = replace(self._draft, **form_values.take(self.fields))
        return lambda session: management.save(session, draft=draft)


class InstructorDialog(FormDialog):
    """An instructor or liaison officer of an organisation."""

    def __init__(
        self, context: Context, parent: QWidget | None, draft: InstructorDraft, person: str, name: str
    ) -> None:  # fmt: skip
        title = "修改指导员" if draft.id else "选派指导员"
        super().__init__(context, parent, title=title, note=f"{name}。", keep="instructor",
                         subject=draft.id or draft.organisation_id, width=560)  # fmt: skip
        self._draft = draft
        self.person = RecordField("人员", context, persons_named, key="person_id", required=True,
                                  example="姓名或拼音首字母", create=new_person)  # fmt: skip
        kinds = [(code, code_set("post_title").short(code)) for code in instructors.TITLES]
        self.title = ChoiceChips("担任", kinds, key="title", required=True)
        self.starts_on = KnownDateField("选派日期", today=context.session.today, key="starts_on")
        self.ends_on = KnownDateField("结束日期", today=context.session.today, key="ends_on")
        self.remark = LineField("备注", key="remark", limit=200)
        self.section("", [(self.person, 2), (self.title, 2), self.starts_on, self.ends_on, (self.remark, 2)])
        form_values.show(self.fields, draft)
        self.person.set_record(draft.person_id, person)
        self.title.set_value(draft.title or "12")
        self.begin()

    def work(self) -> Work | None:
        """Save the instructor."""
        values = form_values.take(self.fields) | {"title": self.title.value()}
        draft = replace(self._draft, **values)
        return lambda session: instructors.save(session, draft=draft)
