"""Who a row is, which branch its code means, and what it may say about standing and posts."""

from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.services.sessions import Session
from tests.services.import_world import bring, counts
from tests.support import places, rows

BRANCH = "望湖社区老年协会党支部"
OTHER = "柳溪社区书画社党支部"
CODED = "姓名|出生日期|党支部代码|所在党支部"
STANDING = "姓名|出生日期|所在党支部|党员类别|入党时间"


def test_a_legacy_number_is_kept_as_typed_and_makes_no_birthday(township: Session, tmp_path: Path) -> None:
    result = bring(township, "members", tmp_path, "姓名|身份证号", "李明|329901650809001")
    assert [row.why for row in result.warned][:1] == ["身份证号是旧的 15 位。"]
    assert township.db.rows("SELECT id_number, born_on FROM person") == [("329901650809001", None)]


def test_a_legacy_number_leaves_a_vague_birthday_as_it_is(township: Session, tmp_path: Path) -> None:
    bring(township, "members", tmp_path, "姓名|身份证号|出生年月", "李明|329901650809001|1965.8")
    assert township.db.rows("SELECT born_on FROM person") == [("1965-08",)]


def test_a_name_alone_does_not_tell_who_it_is(township: Session, tmp_path: Path) -> None:
    rows.person(township, "李明")
    result = bring(township, "members", tmp_path, "姓名|手机", "李明|13812345678")
    assert counts(result) == (0, 0, 0, 1, 0)
    assert (result.rows[0].why, result.rows[0].do) == (
        "已有“李明”，只凭姓名不能断定是同一人。",
        "请补上身份证号或出生日期，再导入。",
    )


@pytest.mark.parametrize("code", ["B901", "b901", "222222.0", "222222"])
@pytest.mark.parametrize("name", ["", BRANCH, "中共望湖社区老年协会支部委员会"])
def test_the_code_of_the_branch_decides(township: Session, tmp_path: Path, code: str, name: str) -> None:
    where = rows.branch(township, BRANCH, "B901", national_code="222222")
    result = bring(township, "members", tmp_path, CODED, f"李明|1985-06-03|{code}|{name}")
    assert (counts(result), result.created) == ((1, 0, 0, 0, 0), ())
    assert township.db.rows("SELECT branch_id FROM membership") == [(where,)]


def test_a_name_beside_the_code_of_another_branch_is_doubtful(township: Session, tmp_path: Path) -> None:
    rows.branch(township, BRANCH, "B901")
    rows.branch(township, OTHER, "B902")
    result = bring(township, "members", tmp_path, CODED, f"李明|1985-06-03|B901|{OTHER}")
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == f"代码“B901”是“{BRANCH}”，名称写的却是“{OTHER}”。"


def test_a_code_alone_that_nobody_has_is_doubtful(township: Session, tmp_path: Path) -> None:
    result = bring(township, "members", tmp_path, CODED, "李明|1985-06-03|B777|")
    assert (result.rows[0].column, result.rows[0].why) == ("党支部代码", "没有代码为“B777”的党组织。")


def test_a_branch_that_a_row_makes_keeps_the_code_beside_its_name(township: Session, tmp_path: Path) -> None:
    result = bring(
        township, "members", tmp_path, CODED, f"李明|1985-06-03|222222.0|{BRANCH}", "张静|1986-06-03|222222|"
    )
    assert counts(result) == (2, 0, 0, 0, 0)
    assert township.db.rows("SELECT name FROM branch WHERE national_code = '222222'") == [(BRANCH,)]


def test_an_organisation_finds_its_branch_by_code(township: Session, tmp_path: Path) -> None:
    where = rows.branch(township, BRANCH, "B901")
    result = bring(township, "organisations", tmp_path, "组织名称|党组织代码", "望湖社区老年协会|B901")
    assert counts(result) == (1, 0, 0, 0, 0)
    assert township.db.rows("SELECT branch_id FROM joint_unit") == [(where,)]


@pytest.mark.parametrize("code", ["B901", "222222.0"])
def test_the_branches_roster_finds_by_code_and_keeps_our_own_out(
    township: Session, tmp_path: Path, code: str
) -> None:
    rows.branch(township, BRANCH, "B901", national_code="222222")
    result = bring(township, "branches", tmp_path, "党组织名称|党组织代码", f"{BRANCH}|{code}")
    assert counts(result) == (0, 0, 1, 0, 0)


def test_a_full_member_of_many_years_does_not_become_probationary(township: Session, tmp_path: Path) -> None:
    bring(township, "members", tmp_path, STANDING, f"李明|1965-06-03|{BRANCH}|正式|2001-07-01")
    result = bring(township, "members", tmp_path, STANDING, f"李明|1965-06-03|{BRANCH}|预备|2001-07-01")
    assert counts(result) == (0, 0, 0, 1, 0)
    assert result.rows[0].why == "“李明”已是正式党员一年以上，名册里写的是预备。"


def test_who_has_left_the_party_is_on_the_roll_no_longer(township: Session, tmp_path: Path) -> None:
    bring(township, "members", tmp_path, STANDING, f"李明|1965-06-03|{BRANCH}|正式|2001-07-01")
    line = f"李明|1965-06-03|{BRANCH}|已出党|2001-07-01"
    assert counts(bring(township, "members", tmp_path, STANDING, line)) == (0, 1, 0, 0, 0)
    assert counts(bring(township, "members", tmp_path, STANDING, line)) == (0, 0, 1, 0, 0)
    assert township.db.rows("SELECT standing, ends_on FROM membership ORDER BY standing") == [
        ("50", "2026-11-22"),
        ("70", "2026-11-23"),
    ]


def test_a_more_exact_post_takes_the_place_of_plain_membership(township: Session, tmp_path: Path) -> None:
    heading = "党组织名称|书记|委员|任期开始"
    line = f"{BRANCH}|王五|张三、李四|2024-05-25"
    bring(township, "branches", tmp_path, heading, line)
    bring(township, "members", tmp_path, "姓名|出生日期|所在党支部|党内职务", f"李四|1985-06-03|{BRANCH}|组织委员")
    assert counts(bring(township, "branches", tmp_path, heading, line)) == (0, 0, 1, 0, 0)
    titles = "SELECT p.name, t.title FROM post t JOIN person p ON p.id = t.person_id ORDER BY t.title"
    assert township.db.rows(titles) == [("王五", "01"), ("李四", "05"), ("张三", "10")]
    assert township.db.rows("SELECT seats FROM term") == [(3,)]


@pytest.mark.parametrize("unit", ["望湖社区", "望湖社区居民委员会", "望湖居委会"])
def test_a_community_as_the_unit_of_a_branch_is_its_place(township: Session, tmp_path: Path, unit: str) -> None:
    result = bring(township, "branches", tmp_path, "党组织名称|所在单位", f"望湖社区党总支|{unit}")
    assert [(each.kind, each.name) for each in result.created] == [("place", "望湖社区")]
    assert township.db.rows("SELECT count(*) FROM organisation") == [(0,)]


@pytest.mark.parametrize(
    ("kind", "title"), [("organisations", "社会组织台账"), ("branches", "党组织名册")]
)
def test_a_branch_takes_no_roster_of_others(tmp_path: Path, kind: str, title: str) -> None:
    branch = places.open_new(tmp_path / "b", "branch", encrypted=False)
    with pytest.raises(UserError) as refused:
        bring(branch, kind, tmp_path, "名称|地址", "书画社|东村")  # type: ignore[arg-type]  # a kind
    assert refused.value.why == f"支部的工作区只装一个支部，{title}由乡镇的工作区登记。"
    workspaces.close(branch.workspace)


def test_a_branch_takes_the_rows_of_its_own_members_only(tmp_path: Path) -> None:
    branch = places.open_new(tmp_path / "b", "branch", encrypted=False)
    lines = ("李明|1985-06-03|柳溪社区老年协会支部", f"张静|1986-06-03|{BRANCH}")
    result = bring(branch, "members", tmp_path, "姓名|出生日期|所在党支部", *lines)
    assert counts(result) == (1, 0, 0, 1, 0)
    assert result.rows[0].why == "这个工作区只装“柳溪社区老年协会党支部”，这一行写的是别的支部。"
    assert branch.db.rows("SELECT count(*) FROM branch WHERE _deleted IS NULL") == [(1,)]
    workspaces.close(branch.workspace)
