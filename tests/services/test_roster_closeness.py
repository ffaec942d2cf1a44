"""The names that may be close, found by the pairs they share, are those that comparing with all would give."""

import random

import pytest
from rapidfuzz import fuzz, process

from desktop.services.roster_closeness import CLOSE, MOST, Closeness, broken

LETTERS = "青禾柳溪望湖社区老年"
ENDINGS = ("", "协会", "志愿服务队", "社区老年协会支部")


def plainly(name: str, known: list[str]) -> list[str]:
    """Compare with every name."""
    found = process.extract(name, known, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST)
    return [near for near, _, _ in found]


def spoiled(dice: random.Random, name: str) -> str:
    """Write a name with a few letters left out, put in or replaced."""
    letters = list(name)
    for _ in range(dice.randint(0, 4)):
        at = dice.randrange(len(letters) + 1)
        letters[at : at + dice.randint(0, 1)] = dice.choices(LETTERS, k=dice.randint(0, 1))
    return "".join(letters)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_names_in_the_same_order_as_by_comparing_with_all(seed: int) -> None:
    dice = random.Random(seed)
    known, closeness, near = list[str](), Closeness(), 0
    for _ in range(500):
        made = "".join(dice.choices(LETTERS, k=dice.randint(1, 14))) + dice.choice(ENDINGS)
        name = spoiled(dice, dice.choice(known)) if known and dice.random() < 0.5 else made
        expected = plainly(name, known)
        assert closeness.like(name) == expected
        near += bool(expected)
        if name and name not in known:
            known.append(name)
            closeness.add(name)
    assert near > 100


@pytest.mark.parametrize(("length", "pairs"), [(1, 0), (2, 0), (5, 1), (8, 2), (11, 4), (20, 6)])
def test_few_pairs_of_a_name_may_be_broken_in_a_close_one(length: int, pairs: int) -> None:
    assert broken(length) == pairs


def test_of_many_names_only_those_that_share_a_rare_pair_are_compared() -> None:
    closeness = Closeness()
    for at in range(2_000):
        closeness.add(f"第{at:04}号柳溪社区老年协会")
    closeness.add("北渚社区志愿服务队")
    assert len(closeness._candidates("北渚社区志愿服务队伍")) == 1
