"""Stock words of the demo's minutes (domain.md §8.6): neutral topics, two or three sentences, no real speeches."""

from typing import NamedTuple


class Topic(NamedTuple):
    """One item of business: its title, what was said, and what was decided."""

    title: str
    content: str
    resolution: str


TOPICS: tuple[Topic, ...] = (
    Topic("学习党章有关章节", "领学党章有关章节。与会党员结合岗位谈了体会。主持人作了小结。", "会后各自重读所学章节。"),
    Topic("传达上级会议精神", "传达上级会议精神。与会党员作了讨论。主持人作了归纳。", "按上级要求抓好落实。"),
    Topic("通报年度工作计划", "通报年度工作安排。与会党员提出补充意见。主持人逐条作了说明。", "同意年度工作计划。"),
    Topic("讨论换届方案", "说明换届的程序和时间安排。与会党员就名额和步骤作了讨论。", "同意换届方案，报上级党组织。"),
    Topic("研究积极分子推荐", "介绍推荐对象的情况。与会党员逐一发表意见。", "同意列入推荐名单，继续培养。"),
    Topic("审议党费收支", "通报本季度党费收支情况。与会党员核对了数目，没有异议。", "同意党费收支情况，予以公布。"),
    Topic("布置志愿服务", "布置本月志愿服务的时间、地点和分工。与会党员自愿报名。", "按分工参加志愿服务。"),
    Topic("安全生产提醒", "通报安全检查的情况。与会党员就活动场所的用电用火作了讨论。", "由专人每周检查一次。"),
    Topic("组织关系转接说明", "说明组织关系转接的办理步骤。与会党员提出的问题当场作了解答。", "外出党员按时报告去向。"),
    Topic("讨论阵地共用", "介绍党群服务中心的使用安排。与会党员就错时使用提出建议。", "按错时安排使用阵地。"),
    Topic("年度总结", "回顾一年的工作。与会党员谈了收获和不足。主持人作了总结。", "同意年度总结，存档。"),
)
# Status codes of domain.md §3.1 with their reasons; of illness the label alone is kept.
REASONS: tuple[tuple[str, str], ...] = (
    ("2", "外地探亲"), ("2", "家中有事"), ("3", "病"), ("4", "单位值班"), ("4", "因公出差"),
)  # fmt: skip
HANDS = "1"  # 举手 in `resources/codes/vote_method.json`
TIMES: tuple[tuple[str, str], ...] = (("09:00", "10:30"), ("14:30", "16:00"), ("19:00", "20:30"))
