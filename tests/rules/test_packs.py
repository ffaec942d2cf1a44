"""The strict reader of rule packs: what it does not know it refuses, with file, place and reason."""

import importlib.util
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.core import paths
from desktop.core.errors import UserError
from desktop.rules.catalogue import IN_WORDS, PARAMS
from desktop.rules.pack_reader import LARGEST_PACK, load_packs, read_pack
from desktop.rules.packs import join_packs
from tests.rules.rules_world import PACKS

FOLDER = paths.resources() / "rules"
GOOD = """
schema = 1
id = "test"
title = "试验"
version = 1
effective_from = 2018-10-28
[[rule]]
id = "ORG-03"
statement = "联合党支部覆盖单位一般不超过5个。"
source = [{ document = "条例", article = "第五条" }]
severity = "W"
scope = "branch"
applies = "P5"
fires = "大于"
kinds = ["P5"]
local = ["max_units"]
[rule.params]
max_units = 5
"""


def test_a_good_pack_is_read_whole() -> None:
    (rule,) = read_pack(GOOD.encode(), "test.toml")
    assert (rule.id, rule.number("max_units"), rule.kinds, rule.enabled) == ("ORG-03", 5, ("P5",), True)
    assert (rule.pack.id, rule.pack.effective_from, rule.clause) == ("test", date(2018, 10, 28), "条例第五条（待核对）")


def test_a_verified_pack_loses_its_mark() -> None:
    text = GOOD.replace("version = 1", 'version = 1\nverified_by = "某某"\nverified_on = 2026-11-01')
    (rule,) = read_pack(text.encode(), "test.toml")
    assert rule.clause == "条例第五条"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("version = 1", "version = = 1", "语法不对：Invalid value (at line 5, column 11)"),
        ("schema = 1", "schema = 2", "schema 应为 1，实为 2"),
        ("schema = 1", "schema = true", "文件头 的 schema 应为整数，实为 True"),
        ("schema = 1\n", "", "文件头 缺少 schema"),
        ('id = "test"', 'id = ""', "文件头 的 id 是空的"),
        ("version = 1", "version = 0", "version 应从 1 起，实为 0"),
        ("version = 1", "version = -1", "version 不能是负数，实为 -1"),
        ("version = 1", "version = 1\nauthor = 3", "文件头 里有不认识的键 author"),
        ("version = 1", 'version = 1\nverified_by = "某某"', "要么都写，要么都不写"),
        ("2018-10-28", '"2018-10-28"', "effective_from 应为日期"),
        ("2018-10-28", "2018-10-28T08:00:00", "effective_from 应只到日"),
        ("version = 1", "version = 1\neffective_to = 2018-10-27", "effective_to 早于 effective_from"),
        ('"ORG-03"', '"ORG-99"', "本程序没有编号为 ORG-99 的规则"),
        ('severity = "W"', 'severity = "X"', "severity 应为 E、W、I 之一，实为 X"),
        ('severity = "W"', "severity = 3", "severity 应为文字，实为 3"),
        ('scope = "branch"', 'scope = "planet"', "scope 应为"),
        ('applies = "P5"', 'appplies = "P5"', "缺少 applies"),
        ('kinds = ["P5"]', "kinds = [5]", "kinds 应为文字列表"),
        ('kinds = ["P5"]', 'kinds = "P5"', "kinds 应为文字列表"),
        ('kinds = ["P5"]', 'enabled = "no"', "enabled 应为是或否"),
        ('local = ["max_units"]', 'local = ["speed"]', "local 里有不存在的参数 speed"),
        ('article = "第五条"', "article = 5", "article 应为文字"),
        ('article = "第五条"', 'page = "5"', "里有不认识的键 page"),
        ('source = [{ document = "条例", article = "第五条" }]', "source = []", "没有写依据"),
        ("max_units = 5", "max_units = -5", "规则 ORG-03 的参数 max_units 应在 0 到 100000 之间，实为 -5"),
        ("max_units = 5", "max_units = 100001", "应在 0 到 100000 之间"),
        ("max_units = 5", "max_units = inf", "应为整数（不能是小数、无穷大或非数），实为 inf"),
        ("max_units = 5", "max_units = nan", "应为整数"),
        ("max_units = 5", "max_units = 5.0", "应为整数"),
        ("max_units = 5", "max_units = true", "应为整数"),
        ("max_units = 5", 'max_units = "5"', "应为整数"),
        ("max_units = 5", "most = 5", "规则 ORG-03 缺少参数 max_units"),
        ("max_units = 5", "max_units = 5\nspeed = 1", "规则 ORG-03 有不认识的参数 speed"),
        ("[[rule]]", "[rule]", "rule 应为表的列表"),
    ],
)
def test_what_a_pack_should_not_hold_is_refused_with_file_and_reason(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(UserError) as refused:
        read_pack(GOOD.replace(old, new, 1).encode(), "test.toml")
    assert refused.value.what == "规则包没有装入：test.toml。"
    assert reason in refused.value.why
    assert refused.value.code == "bad-rule-pack"


def test_a_rule_written_twice_is_refused() -> None:
    with pytest.raises(UserError, match="ORG-03 写了两次"):
        read_pack((GOOD + GOOD[GOOD.index("[[rule]]") :]).encode(), "test.toml")


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(UserError, match="第 3 行不是 UTF-8 文字"):
        read_pack(b"\n\n\xff\n", "test.toml")


def test_a_pack_of_unlikely_size_or_depth_is_refused() -> None:
    with pytest.raises(UserError, match="超过"):
        read_pack(b"#" * (LARGEST_PACK + 1), "test.toml")
    with pytest.raises(UserError, match="语法不对"):
        read_pack(b"a = " + b"[" * 20_000, "test.toml")


def test_a_broken_pack_in_the_folder_lets_nothing_in(tmp_path: Path) -> None:
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    assert load_packs(tmp_path).rules == PACKS.rules
    (tmp_path / "broken.toml").write_text("schema = ", encoding="utf-8")
    with pytest.raises(UserError, match=r"broken\.toml"):
        load_packs(tmp_path)


def test_two_packs_may_carry_one_rule_only_for_different_days() -> None:
    old = read_pack(GOOD.replace("version = 1", "version = 1\neffective_to = 2025-12-31").encode(), "old.toml")
    new = read_pack(GOOD.replace("2018-10-28", "2026-01-01").replace("= 5\n", "= 6\n").encode(), "new.toml")
    packs = join_packs([old, new])
    for day, units in ((date(2025, 12, 31), 5), (date(2026, 1, 1), 6)):
        rule = packs.find("ORG-03", day)
        assert rule is not None
        assert rule.number("max_units") == units
    assert packs.find("ORG-03", date(2018, 10, 27)) is None
    with pytest.raises(UserError, match="有效期重叠"):
        join_packs([old, read_pack(GOOD.encode(), "again.toml")])


def test_every_rule_of_the_catalogue_stands_in_a_pack_and_every_parameter_has_its_words() -> None:
    assert {rule.id for rule in PACKS.rules} == set(PARAMS)
    assert {name for params in PARAMS.values() for name in params} <= set(IN_WORDS)
    assert [rule.id for rule in PACKS.rules if not rule.enabled] == ["MTG-18"]


def test_only_local_parameters_can_be_changed_and_only_within_their_type() -> None:
    assert PACKS.with_local({("ELE-01", "years"): 5}).find("ELE-01", date(2026, 1, 1)) != PACKS.find(
        "ELE-01", date(2026, 1, 1)
    )
    for key, value in (
        (("ORG-01", "min_full"), 4),  # the statute's
        (("ORG-01", "speed"), 4),
        (("ORG-99", "days"), 4),
        (("ELE-01", "years"), -1),
        (("ELE-01", "years"), True),
        (("ELE-01", "years"), ("3",)),
    ):
        with pytest.raises(UserError):
            PACKS.with_local({key: value})


def test_a_rule_switched_off_is_silent() -> None:
    assert PACKS.with_switches({"MTG-01": False}).find("MTG-01", date(2026, 1, 1)) is None
    assert replace(PACKS).find("MTG-18", date(2026, 1, 1)) is None


def test_the_page_of_rules_is_the_one_that_the_packs_give() -> None:
    spec = importlib.util.spec_from_file_location("make_docs", FOLDER / "make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (FOLDER.parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert module.render() == page, "run `python resources/rules/make_docs.py`"
