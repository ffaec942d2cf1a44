"""Phrases in frequent use (常用语)."""

from desktop.models.base import Code, Record, Text, Whole, define


class Phrase(Record):
    """One phrase for one kind of field."""

    field = Code()
    content = Text(null=False)
    sort = Whole()


Phrase.SPEC = define(
    Phrase,
    path="own",
    groups={
        "head": ("field", "content"),
    },
)
