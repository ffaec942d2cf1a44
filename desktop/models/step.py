"""Steps (步骤) of a matter, as the pack names them."""

from desktop.models.base import DateText, Flag, IdField, Record, Text, Whole, define


class Step(Record):
    """One step done or planned; one that recurs has a number, one taken back is struck out."""

    matter_id = IdField("matter", null=False)
    code = Text(null=False)
    number = Whole()
    done_on = DateText()
    due_on = DateText()
    responsible = Text()
    outcome = Flag()
    document = Text()
    archive_place = Text()
    exception = Text()
    struck = Flag()
    meeting_id = IdField("meeting")
    training_id = IdField("training")
    publicity_id = IdField("publicity")
    remark = Text()


Step.SPEC = define(
    Step,
    path="via matter_id matter",
    groups={
        "head": ("matter_id", "code", "number"),
        "dates": ("done_on", "due_on", "struck"),
        "links": ("meeting_id", "training_id", "publicity_id"),
    },
)
