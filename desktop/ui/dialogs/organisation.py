"""The form of a social organisation (一社一档); whether it is registered or filed follows from its type."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.services import organisations, persons, places
from desktop.services.organisations import OrganisationDraft
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.records import form_values
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.form_values import choices
from desktop.ui.records.pickers import RecordField, new_person, persons_named
from desktop.ui.widgets.fields import ChoiceField, IdField, LineField, NumberField, TextField

FILED = "B"
_YES = ((True, "有"), (False, "没有"))


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form needs before it opens: the draft, the head's name, villages and communities."""

    draft: OrganisationDraft
    head: str
    places: tuple[tuple[bytes, str], ...]


def opening(session: Session, key: bytes | None) -> Opening:
    """Read an organisation for its form, or the form of a new one."""
    draft = organisations.open_(session, organisation=key) if key else OrganisationDraft()
    head = persons.open_(session, person=draft.head_id).name if draft.head_id else ""
    return Opening(draft, head, tuple((row.id, row.name) for row in places.list_places(session)))


class OrganisationDialog(FormDialog):
    """`draft.id` None is a new organisation."""

    def __init__(self, context: Context, parent: QWidget | None, opened: Opening) -> None:
        draft = opened.draft
        title = f"修改 {draft.short_name or draft.name}" if draft.id else "登记社会组织"
        super().__init__(context, parent, title=title, keep="organisation", subject=draft.id, width=880, columns=3)
        self._draft = draft
        self._make_who(context, opened.places)
        self._make_numbers(context)
        self._lay_out()
        form_values.show(self.fields, draft)
        self.head.set_record(draft.head_id, opened.head)
        self.type.changed.connect(self._fit)
        self._fit()
        self.begin()

    def _make_who(self, context: Context, known: Sequence[tuple[bytes, str]]) -> None:
        today = context.session.today
        self.name = LineField("名称", key="name", required=True, limit=100, example="与登记证书或备案表一致")
        self.short_name = LineField("简称", key="short_name", limit=40)
        self.type = ChoiceField("类型", choices("organisation_type"), key="type", required=True)
        self.uscc = IdField("统一社会信用代码", key="uscc")
        self.filing_number = LineField("备案编号", key="filing_number", limit=60)
        self.registered_on = KnownDateField("登记（备案）日期", today=today, key="registered_on")
        self.category = ChoiceField("活动类别", choices("activity_class"), key="category", blank="未填")
        self.state = ChoiceField("状态", choices("organisation_state"), key="state", required=True)
        self.dissolved_on = KnownDateField("注销日期", today=today, key="dissolved_on")
        self.authority = LineField("登记管理机关", key="authority", limit=100)
        self.sponsor = LineField("业务主管单位", key="sponsor", limit=100)
        self.place = ChoiceField("所在村（社区）", known, key="place_id", blank="未填")
        self.address = LineField("地址", key="address", limit=200)
        self.scope = LineField("业务范围", key="scope", limit=500)
        self.head = RecordField("负责人", context, persons_named, key="head_id", example="姓名或拼音首字母",
                                create=new_person)  # fmt: skip
        self.phone = LineField("联系电话", key="phone", limit=60)
        self.remark = TextField("备注", key="remark", rows=2, most=6, limit=2000)

    def _make_numbers(self, context: Context) -> None:
        today = context.session.today
        self.staff_count = NumberField("从业人员（人）", key="staff_count")
        self.member_count = NumberField("会员（人）", key="member_count")
        self.survey_on = KnownDateField("摸底日期", today=today, key="survey_on")
        self.survey_full = NumberField("正式党员（人）", key="survey_full")
        self.survey_probationary = NumberField("预备党员（人）", key="survey_probationary")
        self.survey_here = NumberField("组织关系在本单位（人）", key="survey_here")
        self.charter_clause = ChoiceField("党建写入章程", _YES, key="charter_clause", blank="不清楚")
        self.charter_on = KnownDateField("写入章程日期", today=today, key="charter_on")
        self.has_union = ChoiceField("工会", _YES, key="has_union", blank="不清楚")
        self.has_youth = ChoiceField("共青团", _YES, key="has_youth", blank="不清楚")
        self.has_women = ChoiceField("妇联", _YES, key="has_women", blank="不清楚")
        self.decoupled = ChoiceField("与行政机关脱钩", ((True, "已脱钩"), (False, "没有脱钩")), key="decoupled",
                                     blank="不清楚")  # fmt: skip

    def _lay_out(self) -> None:
        self.section("登记或备案", [
            (self.name, 2), self.short_name, self.type, self.uscc, self.filing_number, self.registered_on,
            self.category, self.state, self.dissolved_on, self.authority, self.sponsor,
        ])  # fmt: skip
        self.section("在哪里，谁负责", [
            self.place, (self.address, 2), self.head, self.phone, (self.scope, 3),
        ])  # fmt: skip
        self.section("人员和党员摸底", [
            self.staff_count, self.member_count, self.survey_on, self.survey_full, self.survey_probationary,
            self.survey_here,
        ])  # fmt: skip
        self.section("章程和群团", [
            self.charter_clause, self.charter_on, self.decoupled, self.has_union, self.has_youth, self.has_women,
            (self.remark, 3),
        ])  # fmt: skip

    def _fit(self) -> None:
        """Show a filed organisation's fields, or those of a registered one; what is filled in is always shown."""
        filed = self.type.value() == FILED
        shown = {self.filing_number: filed, self.uscc: not filed, self.authority: not filed, self.sponsor: not filed}
        self.fit({field: on or not field.is_empty() for field, on in shown.items()})
        self.fit({self.category: filed})

    def work(self) -> Work | None:
        """Save the organisation."""
        values = form_values.take(self.fields)
        values |= {"name": self.name.value(), "registration": FILED if values["type"] == FILED else "A"}
        draft = replace(self._draft, **values)
        return lambda session: organisations.save(session, draft=draft)
