"""Names of Party bodies in rosters: one body in several spellings is one branch, never a second in silence."""

from pathlib import Path

import pytest

from desktop.services.roster_names import Names, Near, canonical
from desktop.services.sessions import Session
from tests.services.import_world import bring, counts
from tests.support import rows

OFFICIAL = "中共望湖社区老年协会支部委员会"
HEADING = "姓名|出生日期|所在党支部"


@pytest.mark.parametrize(
    "name",
    ["望湖社区老年协会支部", "望湖社区老年协会党支部", "望湖社区老年协会支部委员会", "望湖社区老年协会党支部委员会"],
)
@pytest.mark.parametrize("known", [OFFICIAL, "望湖社区老年协会党支部"])
def test_the_spellings_of_one_branch_are_one(township: Session, tmp_path: Path, known: str, name: str) -> None:
    where = rows.branch(township, known, "B901")
    result = bring(township, "members", tmp_path, HEADING, f"李明|1985-06-03|{name}")
    assert (counts(result), result.created) == ((1, 0, 0, 0, 0), ())
    assert township.db.rows("SELECT branch_id FROM membership") == [(where,)]


def test_the_branches_roster_finds_a_branch_in_another_spelling(township: Session, tmp_path: Path) -> None:
    rows.branch(township, OFFICIAL, "B901")
    result = bring(township, "branches", tmp_path, "党组织名称|联系人", "望湖社区老年协会党支部|李明")
    assert counts(result) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize(
    "name", ["青禾街道", "青禾街道党工委", "中共青禾街道工作委员会", "中国共产党青禾街道工作委员会"]
)
def test_the_root_of_the_town_is_its_working_committee(township: Session, tmp_path: Path, name: str) -> None:
    result = bring(township, "branches", tmp_path, "党组织名称|上级党组织", f"书画社党支部|{name}")
    assert result.created == ()
    assert township.db.rows(
        "SELECT p.name FROM branch b JOIN branch p ON p.id = b.parent_id WHERE b.name = '书画社党支部'"
    ) == [("青禾街道",)]


def test_a_new_branch_without_a_named_superior_stands_below_the_root(township: Session, tmp_path: Path) -> None:
    lines = ("书画社党支部|", "商会党总支|", "棋社党支部|商会党总支")
    bring(township, "branches", tmp_path, "党组织名称|上级党组织", *lines)
    bring(township, "members", tmp_path, HEADING, "李明|1985-06-03|望湖社区老年协会党支部")
    assert township.db.rows(
        "SELECT b.name, p.name FROM branch b JOIN branch p ON p.id = b.parent_id ORDER BY b.code"
    ) == [
        ("书画社党支部", "青禾街道"), ("商会党总支", "青禾街道"), ("棋社党支部", "商会党总支"),
        ("望湖社区老年协会党支部", "青禾街道"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["青禾街道党委", "中共青禾街道委员会"])
def test_a_committee_of_the_name_of_the_working_committee_is_doubtful(
    township: Session, tmp_path: Path, name: str
) -> None:
    result = bring(township, "branches", tmp_path, "党组织名称|上级党组织", f"书画社党支部|{name}")
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == f"党组织“{name}”与已有的“青禾街道”相近，不能断定是不是同一个。"


def test_a_name_without_the_kind_of_body_is_doubtful(township: Session, tmp_path: Path) -> None:
    rows.branch(township, OFFICIAL, "B901")
    result = bring(township, "members", tmp_path, HEADING, "李明|1985-06-03|望湖社区老年协会")
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == f"党组织“望湖社区老年协会”与已有的“{OFFICIAL}”相近，不能断定是不是同一个。"


def test_two_that_were_registered_before_stay_two_by_their_exact_names() -> None:
    names = Names(party=True)
    names.add(b"1", OFFICIAL)
    names.add(b"2", "望湖社区老年协会党支部")
    assert (names.find(OFFICIAL), names.find("望湖社区老年协会党支部")) == (b"1", b"2")
    assert isinstance(names.find("望湖社区老年协会支部"), Near)


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("柳溪社区老年协会党支部", "青禾街道柳溪社区老年协会党支部"),
        ("青禾街道柳溪社区党支部", "中共柳溪社区支部委员会"),
    ],
)
def test_the_towns_name_in_front_makes_no_second_branch(
    township: Session, tmp_path: Path, known: str, written: str
) -> None:
    rows.branch(township, known, "B901")
    result = bring(township, "members", tmp_path, HEADING, f"李明|1985-06-03|{written}")
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == f"党组织“{written}”与已有的“{known}”相近，不能断定是不是同一个。"


def test_the_towns_name_in_front_makes_no_second_organisation() -> None:
    names = Names(owner="青禾街道")
    names.add(b"1", "柳溪社区老年协会")
    assert names.find("青禾街道柳溪社区老年协会") == Near("青禾街道柳溪社区老年协会", "已有的“柳溪社区老年协会”")
    assert names.means(b"1", "青禾街道柳溪社区老年协会")
    assert names.close("青禾街道望湖社区棋社", "望湖社区棋社")


def test_where_nothing_of_its_own_is_left_the_towns_name_stays() -> None:
    names = Names(party=True, owner="青禾街道")
    names.add(b"1", "青禾街道党工委")
    assert names.find("青禾街道党支部") is None
    assert not names.close("青禾街道党支部", "党支部")


@pytest.mark.parametrize(
    ("folded", "body"),
    [
        ("东村总支部委员会", "东村总支"),
        ("东村党总支", "东村总支"),
        ("青禾街道委员会", "青禾街道党委"),
        ("文体联合党支部", "文体联合支部"),
        ("东村居民委员会", "东村居民委员会"),
        ("党支部", "党支部"),
    ],
)
def test_what_a_name_comes_to(folded: str, body: str) -> None:
    assert canonical(folded) == body


@pytest.mark.parametrize(
    ("kind", "heading"), [("organisations", "组织名称|活动场所地址"), ("branches", "党组织名称|地址")]
)
def test_new_ones_stand_in_the_sheets_order_behind_the_present(
    township: Session, tmp_path: Path, kind: str, heading: str
) -> None:
    table = "organisation" if kind == "organisations" else "branch"
    if table == "organisation":
        rows.organisation(township, "周家书画社")
    lines = [f"{name}|东村" for name in ("朱家棋社", "安家琴社", "马家歌社")]
    bring(township, kind, tmp_path, heading, *lines)  # type: ignore[arg-type]  # a kind
    first = "周家书画社" if table == "organisation" else "青禾街道"
    found = township.db.rows(f"SELECT name, sort FROM {table} WHERE _deleted IS NULL ORDER BY sort IS NULL, sort")
    assert found == [(first, 1), ("朱家棋社", 2), ("安家琴社", 3), ("马家歌社", 4)]
