"""Heart-to-heart talks (谈心谈话), 条例第19条: who, when and of which class, never what was said."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, define


class Talk(Record):
    """One talk."""

    branch_id = IdField("branch")
    talked_on = DateText()
    pair_class = Code(null=False)
    topic_class = Code()
    speaker_id = IdField("person")
    listener_id = IdField("person")
    place_class = Code()
    follow_up = Flag()


Talk.SPEC = define(
    Talk,
    path="by branch_id",
    groups={
        "head": ("branch_id", "talked_on", "pair_class", "speaker_id", "listener_id"),
    },
)
