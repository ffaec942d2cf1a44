"""Ledgers of the demo about people: transfers, absences, talks, reviews, training and a year of dues."""

from datetime import date, timedelta

from desktop.core.ids import derived_id
from desktop.demo.branches import Branch
from desktop.demo.gatherings import ON
from desktop.demo.people import Member
from desktop.demo.plan import Plan
from desktop.demo.standing import Town

YEAR = 2025
DUES_BRANCHES, MONTHS = 3, 10
_BANDS = ((300_000, 50), (500_000, 100), (1_000_000, 150))
_TOP = 200
_PAID, _OWED = "2", "1"


def add(plan: Plan, found: Town) -> None:
    """Plan the ledgers of people, from the branches that stand."""
    branches = [branch for branch in found.branches.values() if len(branch.members) >= 3]
    _movements(plan, branches)
    for branch in branches:
        _life(plan, branch)
    _learning(plan, found, branches)
    for branch in branches[:DUES_BRANCHES]:
        _dues(plan, branch)
    _money(plan, found, branches[:DUES_BRANCHES])


def _day(plan: Plan, year: int = YEAR) -> str:
    return (date(year, 1, 5) + timedelta(days=plan.rng.randrange(300))).isoformat()


def _movements(plan: Plan, branches: list[Branch]) -> None:
    at, other, third = branches[0], branches[1], branches[2]
    for number, (branch, state) in enumerate(((at, "2"), (other, "1"), (third, "3")), start=1):
        issued = date(2026, 9, 20) + timedelta(days=10 * number)
        plan.add(
            "transfer", person_id=branch.members[-1].id, branch_id=branch.id, direction="1", from_name=branch.name,
            to_name="云澜市望江区某社区党支部", letter_year=2026, letter_number=number, state=state,
            issued_on=issued.isoformat(), valid_days=30, dues_until="2026-09",
            receipt_on=(issued + timedelta(days=18)).isoformat() if state == "2" else None, reason="工作调动",
        )  # fmt: skip
    plan.add(
        "transfer", person_id=at.members[-2].id, branch_id=at.id, direction="2", from_name="外县某村党支部",
        to_name=at.name, letter_year=2025, letter_number=1, state="5", issued_on="2025-03-02", valid_days=30,
        dues_until="2025-02", received_on="2025-03-20",
    )  # fmt: skip
    plan.add("move", person_id=other.members[-1].id, from_branch_id=at.id, to_branch_id=other.id, moved_on="2025-06-01",
             reason="就近编入", document="青工委〔2025〕31号")  # fmt: skip
    plan.add("certificate_letter", person_id=third.members[0].id, branch_id=third.id, letter_year=2026, letter_number=1,
             addressed_to="云澜市某培训中心党总支", purpose="参加三个月培训", state="1", issued_on="2026-10-08",
             valid_days=90)  # fmt: skip
    plan.add("absence", person_id=other.members[-2].id, branch_id=other.id, starts_on="2026-08-01",
             expected_on="2026-12-31", fixed_place=0, place="外市务工")  # fmt: skip
    away = plan.add("floating", person_id=third.members[-1].id, branch_id=third.id, direction="1",
                    starts_on="2026-02-10", place="外省某市", host="某街道流动党员党支部", contact="联络员小周",
                    contact_phone=plan.numbers.phone(), reason="外出务工", last_contact_on="2026-10-20")  # fmt: skip
    for day in ("2026-04-18", "2026-07-22", "2026-10-20"):
        plan.add("contact_log", person_id=third.members[-1].id, branch_id=third.id, floating_id=away, contacted_on=day,
                 by_name=third.secretary)  # fmt: skip
    plan.add("talent", person_id=at.members[0].id, kind="1", field="社区养老服务", starts_on="2024-05-01")
    plan.add("talent", person_id=other.members[1].id, kind="3", field="志愿服务组织", starts_on="2025-02-01")
    plan.add("punishment", person_id=third.members[-1].id, branch_id=third.id, kind="1", starts_on="2024-03-01",
             ends_on="2025-02-28", document="青纪〔2024〕4号")  # fmt: skip
    plan.add("recommendation", person_id=at.members[0].id, branch_id=at.id, kind="6", place="党支部书记",
             asked_on="2025-10-10", opinion="1", opinion_on="2025-10-20", document="青工委〔2025〕52号")  # fmt: skip


def _life(plan: Plan, branch: Branch) -> None:
    lead, *others = branch.members
    for member in others[:4]:
        plan.add("talk", branch_id=branch.id, talked_on=_day(plan), pair_class="2", topic_class="1", speaker_id=lead.id,
                 listener_id=member.id, place_class="1", follow_up=0)  # fmt: skip
    _reviews(plan, branch)
    for member in branch.members[:3]:
        plan.add("self_analysis", branch_id=branch.id, person_id=member.id, year=YEAR, done_on=f"{YEAR}-12-08")
    for level in ("1", "2"):
        plan.add("duty_report", branch_id=branch.id, person_id=lead.id, year=YEAR, level=level, held_on=f"{YEAR}-12-18",
                 present=len(branch.members), ballots=len(branch.members), good=len(branch.members) - 1, fairly=1,
                 fair=0, poor=0, grade="1")  # fmt: skip
    plan.add("opinion", branch_id=branch.id, heard_on=f"{YEAR}-11-20", source="2", item="活动时间多安排在周末",
             answer="每月主题党日改在周六上午", answered_on=f"{YEAR}-12-05")  # fmt: skip


def _reviews(plan: Plan, branch: Branch) -> None:
    """Plan one result a full member; 优秀 are a third at most (EVA-01)."""
    judged = [member for member in branch.members if member.standing(date(YEAR, 12, 15)) == "50"]
    for at, member in enumerate(judged):
        best = at < len(judged) // 3
        ballots = len(judged)
        plan.add("review", branch_id=branch.id, person_id=member.id, year=YEAR, ballots=ballots,
                 excellent=ballots - 1 if best else 0, qualified=1 if best else ballots, basic=0, unqualified=0,
                 abstain=0, grade="1" if best else "2", feedback_on=f"{YEAR}-12-28")  # fmt: skip


def _learning(plan: Plan, found: Town, branches: list[Branch]) -> None:
    for year in (2024, YEAR):
        course = plan.add("training", branch_id=found.root.id, title=f"{year}年社会组织党组织书记集中培训班",
                          organiser="青禾街道党工委", form="1", starts_on=f"{year}-05-12", ends_on=f"{year}-05-14",
                          days=6, hours=240, central=1, place="街道党群服务中心")  # fmt: skip
        for branch in branches:
            plan.add("trained", training_id=course, person_id=branch.members[0].id, days=6, hours=240, result="1",
                     certificate=f"青培{year}{int(branch.code[1:]):03d}")  # fmt: skip


def rate_of(base: int) -> int:
    """Give the rate of a monthly income in 分, in hundredths of a percent (DUE-01)."""
    return next((rate for limit, rate in _BANDS if base <= limit), _TOP)


def _dues(plan: Plan, branch: Branch) -> None:
    for member in branch.members:
        base = 200_000 + 10_000 * plan.rng.randrange(60)
        rate = rate_of(base)
        amount = (base * rate + 5_000) // 10_000
        plan.add("dues_basis", person_id=member.id, branch_id=branch.id, category="1", base=base, rate=rate,
                 amount=amount, from_month="2026-01")  # fmt: skip
        for month in range(1, MONTHS + 1):
            _bill(plan, branch, member, f"2026-{month:02d}", base, amount)
    whole = sum(row["amount"] for row in plan.tables["dues_basis"] if row["branch_id"] == branch.id)
    for month in range(1, MONTHS + 1):
        last = month == MONTHS
        plan.add("dues_month", branch_id=branch.id, month=f"2026-{month:02d}", due_amount=whole,
                 paid_amount=whole if not last else None, handed_on=None if last else f"2026-{month:02d}-28",
                 settled_on=None if last else f"2026-{month:02d}-28", locked=int(not last))  # fmt: skip


def _bill(plan: Plan, branch: Branch, member: Member, month: str, base: int, amount: int) -> None:
    paid = month < f"2026-{MONTHS:02d}"
    key = derived_id("dues_bill", member.id.hex(), month)
    plan.add("dues_bill", id=key, person_id=member.id, month=month, branch_id=branch.id, category="1", base=base,
             amount=amount, state=_PAID if paid else _OWED)  # fmt: skip
    if paid:
        plan.add("dues_payment", bill_id=key, person_id=member.id, branch_id=branch.id, paid_month=month,
                 paid_on=f"{month}-{plan.rng.randrange(3, 26):02d}", amount=amount, kind="1")  # fmt: skip


def _money(plan: Plan, found: Town, branches: list[Branch]) -> None:
    for branch in branches:
        total = sum(row["amount"] for row in plan.tables["dues_payment"] if row["branch_id"] == branch.id)
        for direction, day in (("1", "2026-10-08"), ("2", "2026-10-20")):
            plan.add("remittance", branch_id=branch.id, direction=direction, period="2026年1至9月", sent_on=day,
                     amount=total, document=f"青党费{branch.code}-{direction}")  # fmt: skip
    plan.add("fund_line", branch_id=found.root.id, year=ON.year, source="1", item="社会组织党建工作经费",
             amount=8_000_000, spent=5_240_000)  # fmt: skip
    plan.add("fund_line", branch_id=branches[0].id, year=ON.year, source="2", item="主题党日活动", amount=300_000,
             spent=210_050, spent_on="2026-09-18")  # fmt: skip
    secretary = next(row for row in plan.tables["post"] if row["branch_id"] == branches[0].id and not row["ends_on"])
    plan.add("allowance", post_id=secretary["id"], branch_id=branches[0].id, period="2026年上半年", amount=120_000,
             paid_on="2026-07-10")  # fmt: skip
