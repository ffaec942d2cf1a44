"""Papers that were printed (出件登记)."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class DocumentOut(Record):
    """One paper, of what record, when and under which number."""

    branch_id = IdField("branch")
    subject = Text()
    kind = Code(null=False)
    title = Text()
    number = Text()
    printed_on = DateText()
    copies = Whole()
    remark = Text()


DocumentOut.SPEC = define(
    DocumentOut,
    path="by branch_id",
    groups={
        "head": ("branch_id", "subject", "kind", "title", "number", "printed_on"),
    },
)
