"""Local tables of the house: accounts, settings, drafts, and the log of units; none of them travels."""

import peewee

from desktop.models.base import Code, IdField, Instant, Json, KeyText, Table, Text, Whole


class Account(Table):
    """Who may open this workspace; the password lives in `keys.json` under the same name."""

    id = IdField(primary_key=True)
    name = Text(null=False, unique=True)
    title = Text()
    role = Code(null=False)
    branch_id = IdField("branch")
    state = Code(null=False)
    created_at = Instant()


class Setting(Table):
    """One setting of this workspace, as JSON."""

    name = Text(primary_key=True, null=False)
    content = Json()


class Draft(Table):
    """What autosave keeps of a form that was not saved: local, and not the state 草稿 of a meeting."""

    id = IdField(primary_key=True)
    account = Text(null=False)
    kind = Code(null=False)
    subject = Text()
    title = Text()
    content = Json()
    saved_at = Instant()


class SavedView(Table):
    """A view of a list that somebody kept (已存视图): page, name, filters and columns as JSON."""

    id = IdField(primary_key=True)
    account = Text(null=False)
    page = Code(null=False)
    name = Text(null=False)
    content = Json()
    sort = Whole()

    class Meta:
        """Names stand as they are written."""

        table_name = "saved_view"


class Unit(Table):
    """One labelled unit of work: one undo step, one line of the audit."""

    id = peewee.AutoField()
    account = Text()
    made_at = Instant(null=False)
    kind = Code(null=False)
    label = Text(null=False)
    undoes = Whole()
    rows = Whole(null=False, default=0)


class Change(Table):
    """One row written by one unit, recorded by triggers: operation, changed columns, the row as it was.

    `at_row` is the rowid at that moment: what lets the end of the unit read its own rows set-wise.
    """

    id = peewee.AutoField()
    unit = Whole()
    tbl = Code(null=False)
    pk = KeyText(null=False)
    op = Code(null=False)
    at_row = Whole()
    columns = Json()
    image = Json()

    class Meta:
        """Read by unit and by row."""

        indexes = ((("unit",), False), (("tbl", "pk"), False))


class UnitOpen(Table):
    """The number of the unit that is open, for the triggers; empty outside, so a stranger's writes carry null."""

    unit = Whole(primary_key=True, null=False)

    class Meta:
        """One row at most."""

        table_name = "unit_open"


class Audit(Table):
    """The chain of what was done: each line's MAC covers the line before."""

    number = Whole(primary_key=True, null=False)
    unit = Whole()
    made_at = Instant(null=False)
    account = Text()
    deed = Code(null=False)
    detail = Text()
    mac = Text(null=False)


class Migration(Table):
    """One step of the schema, recorded in the transaction that made it."""

    number = Whole(primary_key=True, null=False)
    name = Text(null=False)
    applied_at = Instant(null=False)
