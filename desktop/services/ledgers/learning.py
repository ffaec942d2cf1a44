"""Ledgers of training: classes and who took part with how many days and hours."""

from desktop.services.ledgers.shapes import Ledger, LedgerField, branch, code, day, flag, line, person, remark

AREA = "教育培训"
LEDGERS = (
    Ledger(
        "training",
        "培训班",
        "期",
        AREA,
        "第18条",
        name=("title",),
        fields=(
            line("title", "培训班名称", needed=True, width=220, span=2),
            branch(word="举办党组织", needed=False),
            line("organiser", "主办单位", width=140),
            code("form", "形式", "training_form"),
            day("starts_on", "开始日期", needed=True),
            day("ends_on", "结束日期"),
            LedgerField("days", "天数", "half_days", width=64),
            LedgerField("hours", "学时", "tenths", width=64),
            flag("central", "集中培训"),
            line("place", "地点", width=120),
            remark(),
        ),
        newest="starts_on",
        order=("starts_on", "ends_on"),
    ),
    Ledger(
        "trained",
        "参训记录",
        "人次",
        AREA,
        "第18条",
        name=("person_id", "training_id"),
        fields=(
            LedgerField("training_id", "培训班", "reference", table="training", needed=True, width=220),
            person(word="参训人"),
            LedgerField("days", "天数", "half_days", width=64),
            LedgerField("hours", "学时", "tenths", width=64),
            code("result", "考核结果", "training_result"),
            line("certificate", "证书号", width=120),
        ),
        once=("training_id", "person_id"),
        once_words="这个人已在这期培训班里。",
    ),
)
