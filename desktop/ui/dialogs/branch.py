"""The form of a Party organisation with the organisations that it covers."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.services import branches, organisations, places
from desktop.services.branches import BranchDraft
from desktop.services.joint_units import UnitDraft
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.records import form_values
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.form_values import choices
from desktop.ui.records.pickers import RecordField, branches_named
from desktop.ui.records.units_field import UnitsField
from desktop.ui.widgets.fields import ChoiceField, LineField, TextField


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form needs before it opens: the draft, the superior's name, villages and communities."""

    draft: BranchDraft
    parent: str
    places: tuple[tuple[bytes, str], ...]


def opening(
    session: Session, *, key: bytes | None = None, parent: bytes | None = None, covers: bytes | None = None
) -> Opening:  # fmt: skip
    """Read a Party organisation for its form; of a new one below `parent`, or one that `covers` an organisation."""
    draft = branches.open_(session, branch=key) if key else branches.new(session, parent=parent)
    if covers is not None:
        unit = organisations.open_(session, organisation=covers)
        name = f"{unit.short_name or unit.name}党支部"
        draft = replace(draft, name=name, form="1", place_id=unit.place_id, units=(UnitDraft(covers, unit.name),))
    above = branches.open_(session, branch=draft.parent_id).name if draft.parent_id else ""
    return Opening(draft, above, tuple((row.id, row.name) for row in places.list_places(session)))


class BranchDialog(FormDialog):
    """`draft.id` None is a new Party organisation."""

    def __init__(self, context: Context, parent: QWidget | None, opened: Opening) -> None:
        draft = opened.draft
        title = f"修改 {draft.short_name or draft.name}" if draft.id else "新增党组织"
        super().__init__(context, parent, title=title, keep="branch", subject=draft.id, width=880, columns=3)
        self._draft = draft
        self._make_fields(context, opened.places)
        self._lay_out()
        form_values.show(self.fields, draft)
        self.parent_branch.set_record(draft.parent_id, opened.parent)
        self.units.set_units(draft.units)
        self.begin()

    def _make_fields(self, context: Context, known: tuple[tuple[bytes, str], ...]) -> None:
        today = context.session.today
        self.name = LineField("名称", key="name", required=True, limit=100, example="中共…支部委员会，或…党支部")
        self.short_name = LineField("简称", key="short_name", limit=40, example="列表和报表里用")
        self.kind = ChoiceField("类别", choices("branch_kind"), key="kind", required=True)
        self.field = ChoiceField("领域", choices("branch_field"), key="field", required=True)
        self.form = ChoiceField("组建形式", choices("branch_form"), key="form", blank="未填")
        self.parent_branch = RecordField("上级党组织", context, branches_named, key="parent_id")
        self.place = ChoiceField("所在村（社区）", known, key="place_id", blank="未填")
        self.founded_on = KnownDateField("成立日期", today=today, key="founded_on")
        self.ends_on = KnownDateField("临时支部届满日期", today=today, key="ends_on")
        self.dissolved_on = KnownDateField("撤销日期", today=today, key="dissolved_on")
        self.approval = LineField("批准文号", key="approval", limit=100)
        self.state = ChoiceField("状态", choices("branch_state"), key="state", required=True)
        self.contact = LineField("联系方式", key="contact", limit=60)
        self.address = LineField("地址", key="address", limit=200)
        self.national_code = LineField("全国党组织代码", key="national_code", limit=40)
        self.remark = TextField("备注", key="remark", rows=2, most=6, limit=2000)
        self.units = UnitsField(context)

    def _lay_out(self) -> None:
        self.section("名称和隶属", [
            (self.name, 2), self.short_name, self.kind, self.field, self.form, (self.parent_branch, 2), self.place,
        ])  # fmt: skip
        self.section("成立和状态", [
            self.founded_on, self.approval, self.state, self.ends_on, self.dissolved_on, self.national_code,
        ])  # fmt: skip
        self.section("", [(self.units, 3)])
        self.section("联系", [self.contact, (self.address, 2), (self.remark, 3)])
        self.kind.changed.connect(self._fit)
        self.state.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Show the end of a temporary branch, and the end of a dissolved one, where there is one."""
        self.fit({
            self.ends_on: self.kind.value() == "P6" or not self.ends_on.is_empty(),
            self.dissolved_on: self.state.value() == branches.CLOSED or not self.dissolved_on.is_empty(),
        })  # fmt: skip

    def work(self) -> Work | None:
        """Save it with its units."""
        values = form_values.take([field for field in self.fields if field is not self.units])
        draft = replace(self._draft, **(values | {"name": self.name.value(), "units": self.units.units()}))
        return lambda session: branches.save(session, draft=draft)
