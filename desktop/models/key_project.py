"""Key projects of the committee's leader (重点项目), 苏组发〔2017〕8号 第20条: one or two a year."""

from desktop.models.base import DateText, Record, Text, Whole, define


class KeyProject(Record):
    """One project of one year."""

    year = Whole(null=False)
    name = Text(null=False)
    leader = Text()
    leader_post = Text()
    goal = Text()
    department = Text()
    starts_on = DateText()
    due_on = DateText()
    done_on = DateText()
    remark = Text()


KeyProject.SPEC = define(
    KeyProject,
    path="own",
    groups={
        "head": ("year", "name", "leader", "leader_post"),
        "dates": ("starts_on", "due_on", "done_on"),
    },
)
