"""The shape of each rule that the engine can evaluate: its parameters and their types, and nothing of their values.

Types: `number` (a whole number from 0 to LONGEST_NUMBER), `flag`, `texts` (a list of texts).
"""

LONGEST_NUMBER = 100_000

_CADENCE = {"times": "number", "lead_days": "number"}

PARAMS: dict[str, dict[str, str]] = {
    "ORG-01": {"min_full": "number", "due_days": "number"},
    "ORG-02": {"max_full": "number"},
    "ORG-03": {"max_units": "number"},
    "ORG-04": {"max_members": "number"},
    "ORG-05": {"min_full": "number", "least": "number", "usual": "number", "most": "number"},
    "ORG-06": {"min_full": "number"},
    "ORG-07": {"titles": "texts", "most_deputies": "number"},
    "ORG-10": {"lead_days": "number"},
    "ORG-12": {},
    "ORG-13": {"days": "number", "lead_days": "number"},
    "ORG-14": {"general_branch": "number", "committee": "number"},
    "ORG-16": {"min_full": "number"},
    "BACK-01": {"owners": "number"},
    "MTG-01": _CADENCE,
    "MTG-02": _CADENCE,
    "MTG-03": _CADENCE,
    "MTG-04": _CADENCE,
    "MTG-06": {"times": "number", "day": "number", "tolerance_days": "number"},
    "MTG-10": {},
    "MTG-11": {"online_counts": "flag"},
    "MTG-12": {"standings": "texts"},
    "MTG-17": {},
    "MTG-18": {**_CADENCE, "meetings": "texts"},
    "ELE-01": {"years": "number", "village_years": "number", "village_fields": "texts"},
    "ELE-02": {"lead_months": "number", "second_months": "number", "last_months": "number"},
    "UNI-01": {"most": "number"},
    "UNI-05": {"most": "number"},
    "CMP-01": {"fields": "texts", "probation_months": "number"},
    "CMP-02": {"fields": "texts"},
    "CMP-03": {"fields": "texts"},
}

IN_WORDS: dict[str, str] = {
    "committee": "设基层党委的人数",
    "day": "每月固定日",
    "days": "期限天数",
    "due_days": "期限天数",
    "fields": "必填项",
    "general_branch": "设党总支的人数",
    "last_months": "第三次提醒提前月数",
    "lead_days": "提前提醒天数",
    "lead_months": "第一次提醒提前月数",
    "least": "委员最少人数",
    "max_full": "正式党员最多人数",
    "max_members": "党员最多人数",
    "max_units": "覆盖单位最多个数",
    "meetings": "计入的会议类型",
    "min_full": "正式党员最少人数",
    "most": "最多个数",
    "most_deputies": "副书记最多人数",
    "online_counts": "线上参加是否计为到会",
    "owners": "兜底党组织个数",
    "probation_months": "预备期内可以没有转正日期的月数",
    "second_months": "第二次提醒提前月数",
    "standings": "有表决权的党员状态",
    "times": "每期次数",
    "titles": "应设职务",
    "tolerance_days": "固定日前提醒天数",
    "usual": "委员通常最多人数",
    "village_fields": "任期较长的领域",
    "village_years": "村、社区任期年数",
    "years": "任期年数",
}
