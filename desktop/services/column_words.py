"""What the columns of records are called: headings of lists, lines of the history."""

from desktop.services.ledgers.catalogue import LEDGERS

COLUMNS = {
    "name": "名称", "short_name": "简称", "spare_name": "曾用名或替代写法", "sex": "性别", "ethnicity": "民族",
    "born_on": "出生日期", "id_number": "身份证号", "education": "学历", "degree": "学位",
    "political": "政治面貌", "workplace": "工作单位", "work_post": "工作职务", "phone": "电话",
    "leading": "领导干部", "applied_on": "申请入党日期", "joined_on": "入党日期", "full_on": "转正日期",
    "remark": "备注", "branch_id": "党组织", "party_group_id": "党小组", "organisation_id": "社会组织",
    "standing": "党员状态", "relation": "组织关系状态", "starts_on": "开始日期", "ends_on": "结束日期",
    "reason": "原因", "document": "文号", "code": "代码", "kind": "类别", "field": "领域", "form": "组建形式",
    "parent_id": "上级党组织", "place_id": "村（社区）", "founded_on": "成立日期",
    "dissolved_on": "撤销（注销）日期", "approval": "批准文号", "state": "状态", "contact": "联系方式",
    "address": "地址", "national_code": "全国代码", "sort": "次序", "title": "职务", "office_id": "机关",
    "term_id": "届次", "source": "来源", "full_time": "专职", "cross_post": "交叉任职",
    "reported_on": "报告日期", "number": "届数", "elected_on": "选举日期", "seats": "委员名额",
    "extended_to": "延期至", "extension_document": "延期批准文号", "leader_id": "组长", "type": "类型",
    "category": "活动类别", "registration": "登记或备案", "uscc": "统一社会信用代码",
    "filing_number": "备案编号", "registered_on": "登记（备案）日期", "authority": "登记管理机关",
    "sponsor": "业务主管单位", "scope": "业务范围", "head_id": "负责人", "staff_count": "从业人员",
    "member_count": "会员数", "survey_on": "摸底日期", "survey_full": "摸底正式党员",
    "survey_probationary": "摸底预备党员", "survey_here": "关系在本单位的党员",
    "charter_clause": "党建写入章程", "charter_on": "写入章程日期", "has_union": "工会", "has_youth": "共青团",
    "has_women": "妇联", "decoupled": "已脱钩", "mode": "管理模式", "contact_post_id": "联系人",
    "dual": "双重管理", "direct": "直接管理", "person_id": "人员", "merged_into": "并入",
    "extra": "导入时的其他栏",
    "held_on": "日期", "starts_at": "开始时间", "ends_at": "结束时间", "host": "主持人", "recorder": "记录人",
    "lecturer": "授课人", "guide": "到会指导", "topic": "主题", "content": "内容", "documents": "文件",
    "observers": "列席", "state_note": "退回原因", "version": "版本", "version_of": "更正自", "kinds": "会议类型",
    "record_class": "记录种类", "leader": "组长", "head": "负责人", "place": "村（社区）", "parent": "上级党组织",
    "branch": "党组织", "organisation": "社会组织", "person": "姓名", "party_group": "党小组", "office": "上级机关",
    "term": "届次", "contact_post": "联系人", "level": "层级", "rule": "规则", "subject": "对象", "period": "期次",
    "until_on": "暂缓到", "id": "编号",
}  # fmt: skip
_OF_TABLE = {
    ("person", "name"): "姓名", ("meeting", "place"): "地点", ("meeting", "reason"): "更正原因",
    ("office", "parent"): "上级", ("remark", "reason"): "说明",
}  # fmt: skip


def column_word(table: str, column: str) -> str:
    """Give the Chinese of a column; its own name where it has none."""
    ledger = LEDGERS.get(table)
    if ledger is not None and column in ledger.by_name:
        return ledger.by_name[column].word
    return _OF_TABLE.get((table, column)) or COLUMNS.get(column, column)
