"""Tasks of the joint meeting (联席会议议定事项), 苏组发〔2017〕8号 第6条."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class JointTask(Record):
    """One task, who leads and who helps."""

    meeting_id = IdField("meeting")
    task = Text(null=False)
    lead = Text()
    helping = Text()
    due_on = DateText()
    done_on = DateText()
    progress = Text()
    sort = Whole()


JointTask.SPEC = define(
    JointTask,
    path="own",
    groups={
        "head": ("meeting_id", "task", "lead", "helping"),
        "state": ("due_on", "done_on", "progress"),
    },
)
