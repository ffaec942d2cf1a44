"""Who took part in a training class, with the own hours and days."""

from desktop.models.base import Code, IdField, Record, Text, Whole, define


class Trained(Record):
    """One person in one class; `days` in half-days, `hours` in tenths."""

    training_id = IdField("training", null=False)
    person_id = IdField("person", null=False)
    days = Whole()
    hours = Whole()
    result = Code()
    certificate = Text()


Trained.SPEC = define(
    Trained,
    path="via training_id training",
    groups={
        "head": ("training_id", "person_id"),
        "length": ("days", "hours"),
    },
)
