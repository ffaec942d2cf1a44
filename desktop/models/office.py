"""Superior and supervising bodies (上级机关) as data: names change, so none is a literal (domain.md §0.1)."""

from desktop.models.base import Code, IdField, Record, Text, Whole, define


class Office(Record):
    """One body: 县委组织部, 社会工作部, 两新工委 or 业务主管单位, for instance."""

    name = Text(null=False)
    level = Code()
    kind = Code()
    parent_id = IdField("office")
    sort = Whole()
    remark = Text()


Office.SPEC = define(Office, path="own")
