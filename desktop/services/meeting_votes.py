"""Checks the numbers of votes and gives their computed results; the arithmetic itself is in rules."""

from collections.abc import Sequence

from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.rules.votes import Verdict, members_meeting_vote
from desktop.services.meeting_drafts import VoteDraft

_COUNTS = ("due", "present", "written", "issued", "returned", "valid", "approve", "against", "abstain", "other")


def check(votes: Sequence[VoteDraft]) -> None:
    """Refuse counts that are negative or do not add up, naming the field (`votes.1`)."""
    for number, vote in enumerate(votes, start=1):
        why = fault(vote)
        if why:
            raise UserError(
                "没有保存会议记录。", f"第 {number} 项表决{why}。", "请核对票数后再保存。", "vote", f"votes.{number}"
            )


def verdict(vote: VoteDraft) -> Verdict | None:
    """Give the result of an ordinary motion with its formula; None for a ballot on a person and for numbers with gaps.

    Numbers that contradict each other (`fault`) have no result either: a paper must not say 通过 over them.
    """
    if vote.person_id is not None or vote.due is None or vote.present is None or vote.approve is None:
        return None
    if fault(vote):
        return None
    return members_meeting_vote(vote.due, vote.present, vote.approve)


def fault(vote: VoteDraft) -> str | None:
    """Say how a count contradicts itself (`实到 8 多于应到 7`), to follow `第 1 项表决`; None where it adds up."""
    if vote.method is not None and vote.method not in code_set("vote_method"):
        return f"的表决方式“{vote.method}”不在代码表里"
    if any((getattr(vote, name) or 0) < 0 for name in _COUNTS):
        return "有负数"
    if vote.due is not None and vote.present is not None and vote.present > vote.due:
        return f"实到 {vote.present} 多于应到 {vote.due}"
    total = sum(number or 0 for number in (vote.approve, vote.against, vote.abstain, vote.other))
    voters = (vote.present or 0) + (vote.written or 0)
    if vote.present is not None and total > voters:
        return f"{_sum(vote, total)}，多于{_voters(vote)}"
    return None


def _sum(vote: VoteDraft, total: int) -> str:
    """Write the sum of what was cast: `赞成 5 + 反对 2 + 弃权 1 = 8`; one number alone is no sum."""
    named = (("赞成", vote.approve), ("反对", vote.against), ("弃权", vote.abstain), ("另选他人", vote.other))
    parts = [f"{name} {count}" for name, count in named if count is not None]
    return " + ".join(parts) + (f" = {total}" if len(parts) > 1 else "")


def _voters(vote: VoteDraft) -> str:
    """Write who could vote: `实到 6`, or with written opinions `实到 6 + 书面意见 1 = 7`."""
    if not vote.written:
        return f"实到 {vote.present}"
    return f"实到 {vote.present} + 书面意见 {vote.written} = {(vote.present or 0) + vote.written}"
