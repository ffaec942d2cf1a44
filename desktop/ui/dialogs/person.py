"""The form of a person; of a new member with the first relation. The number is judged when its field is left."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.services import members, person_checks, persons
from desktop.services.memberships import MembershipDraft
from desktop.services.person_checks import Remark
from desktop.services.persons import PersonDraft
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.dialogs.reason import ask_reason
from desktop.ui.records import form_values
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.parts import reminder
from desktop.ui.records.pickers import Found, RecordField, branches_named, organisations_named
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link
from desktop.ui.widgets.fields import ChoiceField, IdField, LineField, TextField
from desktop.ui.widgets.flow import clear
from desktop.ui.widgets.scroll import column

_RELATION = frozenset({"branch_id", "standing", "starts_on", "organisation_id"})
OFFER_HEIGHT = 34
_PRIVATE = range(0xE000, 0xF900)  # where input methods put characters that only their own machine shows


def codes(name: str) -> list[tuple[str, str]]:
    """Give the choices of a code table."""
    return [(row.code, row.short) for row in code_set(name).codes]


def rare_remark(name: str) -> str:
    """Say what cannot be right in a name: a private character, or a sign that stands for one that was not typed."""
    if any(ord(char) in _PRIVATE for char in name):
        return "姓名里有造字，换一台电脑就看不见。请改用标准字；打不出的，把通行的写法填在“替代写法”。"
    if any(char in "?？*＊□〓" for char in name):
        return "姓名里有代替生僻字的符号。请照身份证填写；打不出的，把通行的写法填在“替代写法”。"
    return ""


class PersonDialog(FormDialog):
    """`draft.id` None is a new member, who is registered with the relation; else a person is changed."""

    def __init__(
        self, context: Context, parent: QWidget | None, draft: PersonDraft, *, branch: Found | None = None
    ) -> None:
        title = f"修改 {draft.name} 的资料" if draft.id else "新增党员"
        super().__init__(context, parent, title=title, keep="person", subject=draft.id, width=880, columns=3)
        self._draft, self._confirmed = draft, ""
        self._make_fields(context)
        self._lay_out()
        form_values.show(self.fields, draft)
        self._begin_relation(branch)
        for field in (self.id_number, self.phone, self.born_on, self.name, self.joined_on, self.applied_on):
            field.left.connect(self.look_at)
        self.sex.changed.connect(self.look_at)
        self.begin()

    def _make_fields(self, context: Context) -> None:
        today = context.session.today
        self.name = LineField("姓名", key="name", required=True, limit=50, hint="照身份证填写，少数民族姓名用“·”分隔")
        self.spare_name = LineField("替代写法", key="spare_name", limit=50, hint="曾用名，或打不出的生僻字的通行写法")
        self.id_number = IdField("身份证号", key="id_number")
        self.sex = ChoiceField("性别", codes("sex"), key="sex", blank="未填")
        self.born_on = KnownDateField("出生日期", today=today, key="born_on")
        self.ethnicity = ChoiceField("民族", codes("ethnicity"), key="ethnicity", blank="未填")
        self.education = ChoiceField("学历", codes("education"), key="education", blank="未填")
        self.degree = LineField("学位", key="degree", limit=50)
        self.phone = IdField("联系电话", key="phone")
        self.workplace = LineField("工作单位", key="workplace", limit=200)
        self.work_post = LineField("工作职务", key="work_post", limit=100)
        self.applied_on = KnownDateField("申请入党日期", today=today, key="applied_on")
        self.joined_on = KnownDateField("入党日期", today=today, key="joined_on")
        self.full_on = KnownDateField("转正日期", today=today, key="full_on")
        self.remark = TextField("备注", key="remark", rows=2, most=6, limit=2000)
        self.branch = RecordField("所在支部", context, branches_named, key="branch_id", required=True)
        self.standing = ChoiceField("党员类别", codes("standing"), key="standing", required=True)
        self.starts_on = KnownDateField("组织关系从哪天起", today=today, key="starts_on")
        self.organisation = RecordField("所在社会组织", context, organisations_named, key="organisation_id")

    def _begin_relation(self, branch: Found | None) -> None:
        self.standing.set_value("50")
        if branch is not None:
            self.branch.set_record(branch.id, branch.name)

    def _lay_out(self) -> None:
        self.section("身份信息", [self.name, self.id_number, self.phone])
        self._offer_place, self._offers = column()
        self._offer_place.setMinimumHeight(theme().px(OFFER_HEIGHT))  # always there: what comes moves nothing
        self.box.addWidget(self._offer_place)
        self.section("", [
            self.sex, self.born_on, self.ethnicity, self.education, self.degree, self.spare_name,
        ])  # fmt: skip
        if self._draft.id is None:
            self.section("组织关系", [(self.branch, 2), self.standing, (self.organisation, 2), self.starts_on])
        self.section("党籍", [self.applied_on, self.joined_on, self.full_on])
        self.section("工作", [(self.workplace, 2), self.work_post, (self.remark, 3)])

    def draft(self) -> PersonDraft:
        """Give what the form holds now; what it does not show stays as it was."""
        own = [field for field in self.fields if field.key not in _RELATION]
        values = form_values.take(own) | {"name": self.name.value(), "confirmed_reason": self._confirmed or None}
        return replace(self._draft, **values)

    def relation(self) -> MembershipDraft:
        """Give the first relation of a new member."""
        return MembershipDraft(
            b"", self.branch.key_of(), organisation_id=self.organisation.key_of(),
            standing=self.standing.value() or "50", starts_on=self.starts_on.held(),
        )  # fmt: skip

    def work(self) -> Work | None:
        """Save the person, a new one with the relation."""
        draft, relation = self.draft(), self.relation()
        if draft.id is not None:
            return lambda session: persons.save(session, draft=draft)
        return lambda session: members.register(session, person=draft, membership=relation)

    def refused(self, error: UserError) -> None:
        """Ask for a reason where a number may be right although it does not add up, else show the refusal."""
        super().refused(error)
        if error.code == "confirm":
            self.offer_to_confirm(error)

    def offer_to_confirm(self, error: UserError) -> None:
        """Offer 仍然保存 with a reason, which goes into the audit."""
        reason = ask_reason(self, error.why, "如证件上就是这个号码，写明原因后可以保存，原因记入审计。",
                            "核对情况", "仍然保存")  # fmt: skip
        if reason is not None:
            self._confirmed = reason
            self.save()

    def look_at(self) -> None:
        """Ask what is wrong or doubtful about what is written, without holding anybody up."""
        self._confirmed = ""
        if all(one.is_empty() for one in (self.name, self.id_number, self.phone)):
            self._say_hints((), "")
            return
        draft, rare = self.draft(), rare_remark(self.name.value())

        def ask(session: Session) -> tuple[Remark, ...]:
            return persons.check(session, draft=draft)

        self.context.tasks.run_query(self, ask, lambda found: self._say_hints(found, rare), key="check")

    def _say_hints(self, found: Sequence[Remark], rare: str) -> None:
        by_key = {field.key: field for field in self.fields}
        doubts = []
        for remark in found:
            if remark.refused and remark.field in by_key:
                by_key[remark.field].set_error(f"{remark.why}{remark.do}")
            else:
                doubts.append(f"{remark.why}{remark.do}")
        self.doubt(*doubts, *([rare] if rare else []))
        self._offer_prefill()

    def _offer_prefill(self) -> None:
        """Offer birthday and sex out of the number where they are empty; nothing is written unasked."""
        clear(self._offers)
        number = self.id_number.value()
        born, sex = person_checks.birth(number), person_checks.sex(number)
        wanted = [(self.born_on.is_empty(), born.isoformat() if born else ""),
                  (self.sex.is_empty(), code_set("sex").short(sex))]  # fmt: skip
        words = "、".join(text for empty, text in wanted if empty and text)
        if words and born is not None:
            self._offers.addWidget(reminder(f"按身份证号是 {words}。", link("填入", self.prefill)))

    def prefill(self) -> None:
        """Fill birthday and sex out of the number."""
        born, sex = person_checks.birth(self.id_number.value()), person_checks.sex(self.id_number.value())
        if self.born_on.is_empty():
            self.born_on.set_date(born)
        if self.sex.is_empty():
            self.sex.set_value(sex)
        self.look_at()
