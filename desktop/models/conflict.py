"""Recorded conflicts (冲突): the losing value is kept for ever (package-format.md §6)."""

from desktop.models.base import Code, KeyText, Record, Text, define


class Conflict(Record):
    """One conflict; its columns, groups and id are fixed by the package format."""

    tbl = Code(null=False)
    pk = KeyText(null=False)
    grp = Code(null=False)
    kind = Code(null=False)
    lose_stamp = Text(null=False)
    lose_value = Text()
    by = Text()
    note = Text()
    state = Code()


Conflict.SPEC = define(
    Conflict,
    path="as tbl pk",
    groups={
        "head": ("tbl", "pk", "grp", "kind", "lose_stamp", "lose_value"),
        "resolution": ("by", "note", "state"),
    },
)
