"""Ledgers of the demo about the work: events, venues, grades, inspections, pioneers, plans, matters and papers."""

from desktop.demo.branches import Branch
from desktop.demo.gatherings import ON
from desktop.demo.plan import Plan
from desktop.demo.standing import Town

YEAR = 2025
_LEADERS = ("党工委书记 钱建国", "组织委员 陆敏")


def add(plan: Plan, found: Town) -> None:
    """Plan the ledgers of the work, from the branches and organisations that stand."""
    branches = [branch for branch in found.branches.values() if len(branch.members) >= 3]
    _standing(plan, found, branches)
    _pioneers(plan, found, branches)
    _work(plan, found, branches)
    _matters(plan, found, branches)


def _standing(plan: Plan, found: Town, branches: list[Branch]) -> None:
    for key in list(found.organisations.values())[:8]:
        plan.add("organisation_event", organisation_id=key, kind="3", happened_on=f"{YEAR}-05-20",
                 reported_on=f"{YEAR}-06-01", members=4, party_built=1, charter=1, result="合格")  # fmt: skip
    for at, branch in enumerate(branches):
        plan.add("venue", name=f"{branch.place}党群活动室", branch_id=branch.id,
                 address=f"青禾街道{branch.place[:2]}路8号", area=450 + 15 * at,
                 shared_with=f"{branch.place}居委会", opened_on="2022-07-01")  # fmt: skip
        plan.add("grading", branch_id=branch.id, year=YEAR, grade="123"[min(at % 5, 2)], decided_on="2026-02-10",
                 basis="组织生活、队伍建设、作用发挥", document="青工委〔2026〕6号")  # fmt: skip
    first = plan.add("inspection", branch_id=branches[0].id, kind="2", inspected_on="2026-07-09",
                     inspector=_LEADERS[1][-2:], result="2", findings="两次支委会记录缺会后落实情况")  # fmt: skip
    plan.add("inspection", branch_id=found.root.id, kind="1", inspected_on="2026-04-16", inspector="组织办",
             result="1")  # fmt: skip
    plan.add("rectification", branch_id=branches[0].id, source="1", inspection_id=first, issue="会后落实情况没有记录",
             measure="每次会议指定责任人和时限，月底回看", responsible=branches[0].secretary, due_on="2026-08-31",
             done_on="2026-08-20", checked_on="2026-09-02", checked_by=_LEADERS[1][-2:])  # fmt: skip


def _pioneers(plan: Plan, found: Town, branches: list[Branch]) -> None:
    organisations = list(found.organisations.values())
    for at, branch in enumerate(branches[:6]):
        plan.add("pioneer_post", branch_id=branch.id, kind="1234"[at % 4], name=f"{branch.place}便民服务先锋岗",
                 person_id=branch.members[0].id, starts_on="2025-03-01")  # fmt: skip
        plan.add("activity", branch_id=branch.id, kind="2", title="清洁家园志愿服务", held_on="2026-03-05",
                 place=branch.place, members=len(branch.members), staff=3, residents=20 + at)  # fmt: skip
    plan.add("pairing", branch_id=branches[0].id, partner="青禾街道第一小学党支部", project="四点半课堂",
             starts_on="2025-09-01", ends_on="2027-08-31", agreement="青结〔2025〕3号")  # fmt: skip
    plan.add("service_item", branch_id=branches[1].id, organisation_id=organisations[0], kind="1", name="助餐送餐",
             person_id=branches[1].members[0].id, starts_on="2025-01-01", served=640)  # fmt: skip
    plan.add("service_item", branch_id=branches[0].id, kind="3", name="党员联系职工", starts_on="2026-01-01",
             person_id=branches[0].members[0].id, served=12)  # fmt: skip
    plan.add("honour", branch_id=branches[0].id, kind="1", title="先进基层党组织", level="1", year=YEAR,
             awarded_on=f"{YEAR}-06-28", giver="青禾街道党工委", document="青工委〔2025〕40号")  # fmt: skip
    plan.add("honour", person_id=branches[1].members[0].id, branch_id=branches[1].id, kind="2", title="优秀共产党员",
             level="2", year=YEAR, awarded_on=f"{YEAR}-06-28", giver="澄湾区委")  # fmt: skip
    plan.add("talent_contact", organisation_id=organisations[0], leader=_LEADERS[1][-2:], leader_post="组织委员",
             starts_on="2025-01-01")  # fmt: skip
    plan.add("management_attendance", branch_id=branches[0].id, organisation_id=organisations[0],
             person_id=branches[0].members[0].id, held_on="2026-05-18", role="2", topic="年度工作计划",
             opinion_given=1)  # fmt: skip


def _work(plan: Plan, found: Town, branches: list[Branch]) -> None:
    whole = plan.add("work_plan", branch_id=found.root.id, year=ON.year, title=f"{ON.year}年社会组织党建工作计划",
                     made_on="2026-02-20", document="青工委〔2026〕8号")  # fmt: skip
    tasks = (("摸清党员底数", "2026-03-31", "2026-03-20"), ("集中培训书记", "2026-06-30", "2026-05-14"),
             ("两个覆盖回头看", "2026-12-15", None))  # fmt: skip
    for task, due, done in tasks:
        plan.add("plan_item", work_plan_id=whole, task=task, responsible="组织办", due_on=due, done_on=done,
                 progress="已完成" if done else "正在推进")  # fmt: skip
    project = plan.add("key_project", year=ON.year, name="社区养老类社会组织联合党建", leader=_LEADERS[0][-3:],
                       leader_post="党工委书记", department="组织办、民政办", goal="三个社区结成一个党建联合体",
                       starts_on="2026-03-01", due_on="2026-12-20")  # fmt: skip
    for name, due, done in (("签订共建协议", "2026-05-31", "2026-05-26"), ("联合体挂牌", "2026-10-31", None)):
        plan.add("milestone", key_project_id=project, name=name, due_on=due, done_on=done)
    plan.add("contact_point", leader=_LEADERS[0][-3:], leader_post="党工委书记", branch_id=branches[0].id,
             starts_on="2025-01-01", last_visit_on="2026-09-15")  # fmt: skip
    plan.add("joint_task", task="统一社会组织登记和党建信息采集口径", lead="组织办", helping="民政办、司法所",
             due_on="2026-11-30", progress="已商定表样")  # fmt: skip
    for kind, title, number in (("1", "关于做好年度社会组织党建工作的通知", "澄组〔2026〕12号"),
                                ("2", "社会组织党建联席会议制度", "青工委〔2024〕15号")):  # fmt: skip
        plan.add("superior_notice", kind=kind, title=title, number=number, issued_on="2026-02-01",
                 issuer="澄湾区委组织部" if kind == "1" else "青禾街道党工委")  # fmt: skip
    plan.add("collection", title="社会组织党建季度报表", branch_id=found.root.id, period="2026年三季度",
             issuer="澄湾区委组织部", due_on="2026-10-15", submitted_on="2026-10-12",
             passed_on="2026-10-16")  # fmt: skip
    plan.add("document_out", kind="4", title="党员花名册", branch_id=branches[0].id, printed_on="2026-07-02", copies=2)
    for field, content in (("1", "传达上级会议精神"), ("3", "因公出差"), ("4", "由书记负责，下月会议上报告")):
        plan.add("phrase", field=field, content=content)


def _matters(plan: Plan, found: Town, branches: list[Branch]) -> None:
    branch = branches[0]
    matter = plan.add("matter", kind="3", title="党支部书记任职", branch_id=branch.id, person_id=branch.members[0].id,
                      year=YEAR, state="2", opened_on=f"{YEAR}-10-08", closed_on=f"{YEAR}-11-05")  # fmt: skip
    notice = plan.add("publicity", branch_id=branch.id, kind="4", subject_names=branch.members[0].name,
                      starts_on=f"{YEAR}-10-21", ends_on=f"{YEAR}-10-27", workdays=5, issued_on=f"{YEAR}-10-21",
                      objections=0)  # fmt: skip
    plan.add("step", matter_id=matter, code="公示", number=1, done_on=f"{YEAR}-10-27", responsible="组织办", outcome=1,
             publicity_id=notice)  # fmt: skip
    plan.add("participant", matter_id=matter, person_id=branch.members[1].id, role="6", starts_on=f"{YEAR}-10-15")
    plan.add("quota", branch_id=found.root.id, year=ON.year, planned=6, document="澄组〔2026〕3号")
    plan.add("form_number", deed="1", first_number="SQ2026001", last_number="SQ2026010", branch_id=found.root.id,
             happened_on="2026-03-03")  # fmt: skip
    asked = plan.add("request", kind="3", title=f"关于{branch.name}书记任职的请示", branch_id=branch.id,
                     matter_id=matter, asked_on=f"{YEAR}-10-10")  # fmt: skip
    plan.add("decision", request_id=asked, outcome="1", title="关于同意任职的批复", document="青工委〔2025〕60号",
             decided_on=f"{YEAR}-11-03")  # fmt: skip
