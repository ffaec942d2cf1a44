"""班子与任期 of a branch: a post with its days and source, a term with its end, a Party group with its members."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.core.codes import code_set
from desktop.services import party_groups, posts, terms
from desktop.services.party_groups import PartyGroupDraft
from desktop.services.posts import PostDraft
from desktop.services.terms import TermDraft
from desktop.ui.context import Context
from desktop.ui.records import form_values
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.pickers import RecordField, members_first, new_person
from desktop.ui.widgets.chips import ChoiceChips
from desktop.ui.widgets.fields import ChoiceField, LineField, NumberField

SECRETARY = "01"
_YES = ((True, "是"), (False, "否"))


def term_words(term: TermDraft) -> str:
    """Name a term: `第 2 届 2024-03-01 选举`."""
    number = f"第 {term.number} 届 " if term.number else ""
    return f"{number}{term.elected_on or '日期不详'} 选举"


class PostDialog(FormDialog):
    """Who holds which post from when; the secretary's source is asked for."""

    def __init__(
        self, context: Context, parent: QWidget | None, draft: PostDraft, *, person: str, branch: str,
        known: Sequence[TermDraft],
    ) -> None:  # fmt: skip
        title = "修改任职" if draft.id else "登记任职"
        super().__init__(context, parent, title=title, note=f"{branch}。", keep="post",
                         subject=draft.id or draft.branch_id, width=620)  # fmt: skip
        self._draft = draft
        today = context.session.today
        self.person = RecordField("人员", context, members_first(draft.branch_id), key="person_id", required=True,
                                  example="姓名或拼音首字母", create=new_person)  # fmt: skip
        titles = [(row.code, row.short) for row in code_set("post_title").codes]
        sources = [(row.code, row.name) for row in code_set("secretary_source").codes]
        self.title = ChoiceField("职务", titles, key="title", required=True)
        self.source = ChoiceField("书记来源", sources, key="source", blank="未填")
        self.full_time = ChoiceField("专职", _YES, key="full_time", blank="不清楚")
        listed = [(row.id, term_words(row)) for row in known]
        self.term = ChoiceField("届次", listed, key="term_id", blank="不属于哪一届")
        self.starts_on = KnownDateField("任职日期", today=today, key="starts_on")
        self.ends_on = KnownDateField("离任日期", today=today, key="ends_on")
        self.approval = LineField("批准文号", key="approval", limit=100)
        self.reported_on = KnownDateField("报告日期", today=today, key="reported_on")
        self.section("", [
            self.person, self.title, self.starts_on, self.ends_on, self.source, self.full_time, self.term,
            self.approval, self.reported_on,
        ])  # fmt: skip
        form_values.show(self.fields, draft)
        if draft.id is None and known:
            self.term.set_value(known[0].id)
        self.person.set_record(draft.person_id or None, person)
        self.title.changed.connect(self._fit)
        self._fit()
        self.begin()

    def _fit(self) -> None:
        self.fit({self.source: self.title.value() == SECRETARY or self.source.value() is not None})

    def work(self) -> Work | None:
        """Save the post."""
        draft = replace(self._draft, **form_values.take(self.fields))
        return lambda session: posts.save(session, draft=draft)


class TermDialog(FormDialog):
    """A term: elected on, ends on, seats, an extension with its document."""

    def __init__(self, context: Context, parent: QWidget | None, draft: TermDraft, *, branch: str) -> None:
        title = "修改届次" if draft.id else "登记届次"
        note = f"{branch}。届满日期留空时，按任期年限从选举日期推算。"
        super().__init__(context, parent, title=title, note=note, keep="term", subject=draft.id or draft.branch_id,
                         width=620)  # fmt: skip
        self._draft = draft
        today = context.session.today
        self.elected_on = KnownDateField("选举日期", today=today, key="elected_on", required=True)
        self.number = NumberField("届数", key="number", least=1, most=99)
        self.ends_on = KnownDateField("届满日期", today=today, key="ends_on")
        self.seats = NumberField("委员名额（人）", key="seats", most=99)
        self.extended_to = KnownDateField("延期至", today=today, key="extended_to")
        self.extension_document = LineField("延期批准文号", key="extension_document", limit=100)
        self.remark = LineField("备注", key="remark", limit=200)
        self.section("", [
            self.elected_on, self.ends_on, self.number, self.seats, self.extended_to, self.extension_document,
            (self.remark, 2),
        ])  # fmt: skip
        form_values.show(self.fields, draft)
        self.elected_on.left.connect(self._reckon)
        self.begin()

    def _reckon(self) -> None:
        """Show where the term would end, as soon as it is known when it began."""
        draft = replace(self._draft, elected_on=self.elected_on.held(), ends_on=self.ends_on.held())
        if draft.elected_on and not draft.ends_on:
            self.context.tasks.run_query(
                self, lambda session: terms.with_end(session, draft=draft), self._reckoned, key="end"
            )

    def _reckoned(self, draft: TermDraft) -> None:
        self.ends_on.edit.setPlaceholderText(draft.ends_on or "年-月-日")

    def work(self) -> Work | None:
        """Save the term."""
        draft = replace(self._draft, **form_values.take(self.fields))
        return lambda session: terms.save(session, draft=draft)


class GroupDialog(FormDialog):
    """A Party group: its name, its leader, and the members of the branch who stand in it."""

    def __init__(
        self, context: Context, parent: QWidget | None, draft: PartyGroupDraft, *, leader: str, branch: str,
        people: Sequence[tuple[bytes, str]], inside: Sequence[bytes],
    ) -> None:  # fmt: skip
        title = f"修改{draft.name}" if draft.id else "新增党小组"
        super().__init__(context, parent, title=title, note=f"{branch}。", keep="party_group",
                         subject=draft.id or draft.branch_id, width=620)  # fmt: skip
        self._draft = draft
        self.name = LineField("名称", key="name", required=True, limit=40, example="第一党小组")
        self.leader = RecordField("组长", context, members_first(draft.branch_id), key="leader_id",
                                  example="姓名或拼音首字母")  # fmt: skip
        self.members = ChoiceChips("组员", people, key="members", many=True)
        self.members.set_value(*inside)
        self.section("", [self.name, self.leader, (self.members, 2)])
        form_values.show([self.name], draft)
        self.leader.set_record(draft.leader_id, leader)
        self.begin()

    def work(self) -> Work | None:
        """Save the group with its members."""
        draft = replace(self._draft, name=self.name.value(), leader_id=self.leader.key_of())
        chosen = self.members.values()
        return lambda session: party_groups.arrange(session, draft=draft, members=chosen)
