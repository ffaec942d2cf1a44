"""Management channels (管理渠道): who answers for an organisation, 兜底 among them (苏组发〔2017〕8号 第7条)."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, define


class Management(Record):
    """One channel of one organisation from–to; a 兜底 one names its branch and its contact's post."""

    organisation_id = IdField("organisation", null=False)
    mode = Code(null=False)
    office_id = IdField("office")
    branch_id = IdField("branch")
    contact_post_id = IdField("post")
    dual = Flag()
    direct = Flag()
    starts_on = DateText()
    ends_on = DateText()
    remark = Text()


Management.SPEC = define(
    Management,
    path="via organisation_id organisation",
    groups={
        "head": ("organisation_id", "mode", "office_id", "branch_id", "contact_post_id"),
        "flags": ("dual", "direct"),
        "dates": ("starts_on", "ends_on"),
    },
)
