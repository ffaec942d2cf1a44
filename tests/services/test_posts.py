"""Posts: one secretary at a time, ends and successions."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import posts
from desktop.services.posts import PostDraft
from desktop.services.sessions import Session
from tests.services import record_world as world


def test_a_second_secretary_at_the_same_time_is_refused(either: Session) -> None:
    at = world.branch(either)
    first, second = world.member(either, at), world.member(either, at, "李明")
    world.secretary(either, at, first)
    with pytest.raises(UserError) as refused:
        world.secretary(either, at, second, "2026-01-01")
    assert str(refused.value) == (
        "没有保存任职。“王伟”已任书记（2024-03-01 起），同一党组织同一时间只有一名书记（UNI-01）。"
        "请先填写前任的离任日期，再登记这一任。"
    )
    assert (refused.value.code, refused.value.field) == ("UNI-01", "starts_on")


def test_a_successor_ends_the_former_on_the_day_before(either: Session) -> None:
    at = world.branch(either)
    first, second = world.member(either, at), world.member(either, at, "李明")
    former = world.secretary(either, at, first)
    posts.succeed(either, post=former, draft=PostDraft(second, "01", branch_id=at, starts_on="2026-05-01", source="1"))
    rows = posts.list_posts(either, branch=at)
    assert [(row.person, row.title_name, row.source_name, row.ends_on) for row in rows] == [
        ("李明", "书记", "内部", None),
        ("王伟", "书记", "", "2026-04-30"),
    ]


def test_a_first_secretary_stands_beside_the_secretary(township: Session) -> None:
    at = world.branch(township)
    world.secretary(township, at, world.member(township, at))
    other = world.person(township, "赵磊")
    posts.save(township, draft=PostDraft(other, "04", branch_id=at, starts_on="2026-01-01"))
    assert len(posts.list_posts(township, branch=at)) == 2


def test_a_post_is_held_at_exactly_one_body(township: Session) -> None:
    who = world.person(township)
    with pytest.raises(UserError, match="没有选任职的单位"):
        posts.save(township, draft=PostDraft(who, "01"))
    at = world.branch(township)
    both = PostDraft(who, "01", branch_id=at, organisation_id=world.organisation(township))
    with pytest.raises(UserError, match="选了不止一个"):
        posts.save(township, draft=both)


def test_a_post_in_an_organisation_has_the_titles_of_management(township: Session) -> None:
    at = world.organisation(township)
    posts.save(township, draft=PostDraft(world.person(township), "01", organisation_id=at))
    assert [(row.title_name, row.at) for row in posts.list_posts(township, organisation=at)] == [
        ("会长", "柳溪社区老年协会")
    ]


def test_a_post_does_not_end_before_it_begins(township: Session) -> None:
    at = world.branch(township)
    key = world.secretary(township, at, world.member(township, at))
    with pytest.raises(UserError, match="离任日期 2024-02-29 早于任职日期 2024-03-01"):
        posts.end(township, post=key, on="2024-02-29")


def test_a_removed_post_makes_room(township: Session) -> None:
    at = world.branch(township)
    who = world.member(township, at)
    posts.remove(township, post=world.secretary(township, at, who), reason="误录")
    world.secretary(township, at, world.member(township, at, "李明"))


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (("2024-03-01", None), ("2026-01-01", None), True),
        (("2024-03-01", "2025-12-31"), ("2026-01-01", None), False),
        (("2024-03-01", "2026-01-01"), ("2026-01-01", None), True),
        (("2024-03-01", "2026-01"), ("2026-01", None), False),
        ((None, None), (None, None), True),
    ],
)
def test_dated_rows_meet_where_both_days_are_certain(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], meets: bool  # noqa: FBT001
) -> None:
    assert posts.overlap(*one, *other) is meets
    assert posts.overlap(*other, *one) is meets


def test_a_saved_post_opens_as_it_was_saved(either: Session) -> None:
    at = world.branch(either)
    who = world.member(either, at)
    draft = PostDraft(who, "03", branch_id=at, full_time=True, starts_on="2026-01", approval="青组〔2026〕1号")
    key = world.known(posts.save(either, draft=draft).key)
    assert posts.open_(either, post=key) == replace(draft, id=key)
