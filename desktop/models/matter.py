"""Matters (事项): processes of many steps: development, re-election, appointment, set-up, dissolution."""

import peewee

from desktop.models.base import Code, DateText, Flag, IdField, Record, Table, Text, Whole, define, define_part


class Matter(Record):
    """One matter; `pack` names the rule pack that gave its steps, before `live_from` a missing step is history."""

    kind = Code(null=False)
    pack = Code()
    title = Text()
    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    person_id = IdField("person")
    year = Whole()
    state = Code(null=False)
    opened_on = DateText()
    closed_on = DateText()
    live_from = DateText()
    reason = Text()
    remark = Text()


class Elector(Table):
    """One name on the frozen list of those with the right to vote; not counted (不计入应到) only for a reason."""

    matter_id = IdField("matter", null=False)
    number = Whole(null=False)
    person_id = IdField("person")
    name = Text(null=False)
    counts = Flag()
    reason = Code()

    class Meta:
        """Numbered inside its matter."""

        primary_key = peewee.CompositeKey("matter_id", "number")


class Candidate(Table):
    """One candidate for one post, in stroke order."""

    matter_id = IdField("matter", null=False)
    number = Whole(null=False)
    person_id = IdField("person")
    name = Text(null=False)
    post = Code()

    class Meta:
        """Numbered inside its matter."""

        primary_key = peewee.CompositeKey("matter_id", "number")


class BallotCount(Table):
    """What one name got in one round, and whether that elected it."""

    matter_id = IdField("matter", null=False)
    number = Whole(null=False)
    round = Whole()
    candidate_number = Whole()
    name = Text(null=False)
    post = Code()
    approve = Whole()
    against = Whole()
    abstain = Whole()
    elected = Flag()

    class Meta:
        """Numbered inside its matter."""

        table_name = "ballot_count"
        primary_key = peewee.CompositeKey("matter_id", "number")


ELECTION: dict[type[Table], str] = {Elector: "electorate", Candidate: "candidates", BallotCount: "ballots"}

Matter.SPEC = define(
    Matter,
    path="by branch_id",
    groups={
        "head": ("kind", "pack", "branch_id", "organisation_id", "person_id"),
        "state": ("state", "opened_on", "closed_on", "reason"),
    },
    parts=tuple(define_part(model, parent="matter", group=group) for model, group in ELECTION.items()),
)
