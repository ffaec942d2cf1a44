"""Attachments (附件): the row of a file that lies in `attachments/` under its hash."""

from desktop.models.base import DateText, Hash, IdField, Record, Text, Whole, define


class Attachment(Record):
    """One file of one record (`subject` is `kind:id`); `size` in bytes."""

    branch_id = IdField("branch")
    subject = Text(null=False)
    sha256 = Hash(null=False)
    size = Whole(null=False)
    type = Text(null=False)
    name = Text(null=False)
    added_on = DateText()
    remark = Text()
    sort = Whole()


Attachment.SPEC = define(
    Attachment,
    path="by branch_id",
    groups={
        "head": ("branch_id", "subject", "sha256", "size", "type"),
    },
)
