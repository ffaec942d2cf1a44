"""Papers of superiors and rules of the own house (上级文件、本级制度), 苏组发〔2017〕8号 第6条."""

from desktop.models.base import Code, DateText, Record, Text, define


class SuperiorNotice(Record):
    """One paper, by when it asks for something, and when that was done."""

    kind = Code()
    title = Text(null=False)
    number = Text()
    issuer = Text()
    issued_on = DateText()
    received_on = DateText()
    due_on = DateText()
    done_on = DateText()
    remark = Text()


SuperiorNotice.SPEC = define(
    SuperiorNotice,
    path="own",
    groups={
        "head": ("kind", "title", "number", "issuer"),
        "dates": ("issued_on", "received_on", "due_on", "done_on"),
    },
)
