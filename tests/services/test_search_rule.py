"""Search against a plain reading of its rule, over random names: the same hits in the same order (ux.md §2)."""

import random
from dataclasses import replace

import pytest

from desktop.models.meeting import Meeting
from desktop.models.person import Person
from desktop.services import records, search_index, searching
from desktop.services.sessions import Role, Session
from desktop.services.units import unit
from tests.support import rows

SURNAMES, GIVEN = ("王", "李", "单", "欧阳", "吕", "曾"), "伟芳行乐重𬭎长华明1"
Record = tuple[str, str, str, tuple[str, ...], str]


def register(session: Session, dice: random.Random, count: int, branch: bytes) -> list[bytes]:
    keys = []
    with unit(session, "登记"):
        for _ in range(count):
            name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.randint(1, 3)))
            keys.append(records.insert(session, Person, {"name": name, "id_number": f"{dice.randint(0, 9999):018}"}))
            day = f"20{dice.randint(20, 26)}-{dice.randint(1, 12):02}-11"
            topic = "".join(dice.choices("学习讨论王李明华", k=dice.randint(2, 6)))
            values = {"branch_id": branch, "record_class": "1", "state": "draft", "held_on": day, "topic": topic}
            records.insert(session, Meeting, values)
    return keys


def read(session: Session) -> list[Record]:
    """Read every record's kind, id, title, words and day from the tables, without the index."""
    found: list[Record] = []
    for key, name, number in session.db.rows("SELECT id, name, id_number FROM person WHERE _deleted IS NULL"):
        found.append(("person", key.hex(), name, (*search_index.name_terms(name), number[-4:]), ""))
    for key, name, code in session.db.rows("SELECT id, name, code FROM branch WHERE _deleted IS NULL"):
        found.append(("branch", key.hex(), name, (*search_index.name_terms(name), code.casefold()), ""))
    sql = "SELECT m.id, m.topic, b.name, m.held_on FROM meeting m JOIN branch b ON b.id = m.branch_id"
    for key, topic, branch, day in session.db.rows(sql):
        words = (*search_index.hanzi(topic), *search_index.hanzi(branch), *day.split("-"))
        found.append(("meeting", key.hex(), topic, words, day))
    return found


def means(piece: str, words: tuple[str, ...]) -> bool:
    """Tell whether hanzi stand side by side in the words, or a word begins with letters or digits."""
    parts = [piece] if piece.isascii() else list(piece)
    *whole, last = parts
    return any(
        list(words[at : at + len(whole)]) == whole and words[at + len(whole)].startswith(last)
        for at in range(len(words) - len(whole))
    )


def expected(session: Session, pieces: list[str], limit: int) -> list[str]:
    """Names first, the shorter first, then by their characters; meetings behind them, the newest first."""
    hits = [record for record in read(session) if all(means(piece, record[3]) for piece in pieces)]
    names = sorted((hit for hit in hits if hit[0] != "meeting"), key=lambda hit: (len(hit[2]), hit[2], hit[1]))
    meetings = sorted((hit for hit in hits if hit[0] == "meeting"), key=lambda hit: (hit[2], hit[1]))
    meetings.sort(key=lambda hit: hit[4], reverse=True)
    return [hit[1] for hit in (*names, *meetings)][:limit]


@pytest.mark.parametrize("seed", range(3))
def test_the_best_hits_are_those_of_a_plain_reading_in_its_order(either: Session, seed: int) -> None:
    dice = random.Random(seed)
    where = rows.branch(either, "王华第12党支部", "B912")
    keys = register(either, dice, 60, where)
    with unit(either, "改名"):
        for key in dice.sample(keys, 15):
            records.update(either, Person, key, {"name": dice.choice(SURNAMES) + dice.choice(GIVEN)})
    asked = ["王", "w", "wh", "明华", "李明华", "单", "stf", "o", "ouyang", "华", "1", "12", "2024", "乐", "𬭎"]
    for text in (*asked, *("".join(dice.choices("王李明华乐wlmhoy", k=dice.randint(1, 3))) for _ in range(30))):
        pieces = searching._PIECE.findall(text)
        for limit in (1, 7, 50):
            found = [hit.id for hit in searching.search(either, text=text, limit=limit)]
            assert found == expected(either, pieces, limit), (text, limit)


def test_a_secretary_gets_the_own_hits_in_the_same_order(either: Session) -> None:
    own, other = rows.branch(either, "甲支部", "B901"), rows.branch(either, "乙支部", "B902")
    register(either, random.Random(7), 40, own)
    register(either, random.Random(8), 40, other)
    secretary = replace(either, role=Role.SECRETARY, scope=own)
    everything = searching.search(either, text="王", limit=1000)
    mine = {row[0].hex() for row in either.db.rows("SELECT id FROM meeting WHERE branch_id = ?", (own,))}
    assert searching.search(secretary, text="王") == tuple(hit for hit in everything if hit.id in mine)[:50]


def test_records_of_one_rank_and_one_ending_of_the_id_do_not_push_each_other_out(either: Session) -> None:
    endings = iter([bytes.fromhex(f"01a2{number:022x}ffffff") for number in range(5)])
    either.workspace.new_id = lambda: next(endings)
    with unit(either, "登记"):
        for _ in range(5):
            records.insert(either, Person, {"name": "王伟"})
    assert [hit.title for hit in searching.search(either, text="王伟", limit=3)] == ["王伟"] * 3
    assert len(searching.search(either, text="王伟")) == 5
