"""The verbs of exchange from end to end, as a script calls them: enrolment, export, inspect, apply, undo, refusals."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.services import workspaces
from tests.cli.conftest import Doudi, Said, doudi
from tests.exchange.exchange_world import COUNTY, TOWNSHIP, add, edit, make
from tests.support import places

__all__ = ["doudi"]


@dataclass(frozen=True)
class Desk:
    """A county and a township, closed, and the command line before them."""

    folder: Path
    doudi: Doudi

    def run(self, where: str, *words: object) -> Said:
        """Run one command in a workspace."""
        place = ("--workspace", self.folder / where, "--password-file", self.folder / "password", "--json")
        return self.doudi(*words, *place)

    def words(self, where: str, *words: object) -> Said:
        """Run one command that answers in words."""
        return self.doudi(*words, "--workspace", self.folder / where, "--password-file", self.folder / "password")

    def done(self, where: str, *words: object) -> dict[str, Any]:
        """Run one command that must succeed, and give its object."""
        said = self.run(where, *words)
        assert (said.code, said.err) == (0, "")
        return said.json


@pytest.fixture
def desk(tmp_path: Path, doudi: Doudi) -> Desk:
    (tmp_path / "password").write_text(places.PASSWORD, encoding="utf-8")
    for name in ("county", "township"):
        session = make(tmp_path / name, name, encrypted=False)
        if name == "township":
            add(session, "person", name="陆建国")
        workspaces.close(session.workspace)
    return Desk(tmp_path, doudi)


def enrol(desk: Desk) -> None:
    stick = desk.folder / "stick"
    asked = desk.done("township", "enrol", "request", "--out", stick)
    assert set(asked) == {"file", "fingerprint"}
    said = ("--as", TOWNSHIP, "--out", stick, "--fingerprint", asked["fingerprint"])
    issued = desk.done("county", "enrol", "issue", asked["file"], *said)
    assert set(issued) == {"file", "fingerprint"}
    accepted = desk.done("township", "enrol", "accept", issued["file"], "--fingerprint", issued["fingerprint"])
    assert accepted == {"root": COUNTY}


def send(desk: Desk, where: str = "township", to: str = COUNTY) -> str:
    made = desk.done(where, "package", "export", "--to", to, "--out", desk.folder / "stick")
    assert set(made) == {"files", "no"}
    return str(made["files"][0])


def test_a_package_goes_up_and_its_acknowledgement_comes_down(desk: Desk) -> None:
    enrol(desk)
    file = send(desk)
    seen = desk.done("county", "package", "inspect", file)
    assert seen["manifest"]["from"]["path"] == TOWNSHIP
    assert all(check["ok"] for check in seen["checks"])
    shown = desk.done("county", "package", "apply", file, "--dry-run")
    done = desk.done("county", "package", "apply", file)
    keys = ("new", "changed", "same", "older", "deleted", "conflicts", "quarantined")
    assert [shown[key] for key in keys] == [done[key] for key in keys] == [2, 0, 0, 0, 0, 0, 0]
    assert (shown["unit"], isinstance(done["unit"], int)) == (None, True)
    again = desk.done("county", "package", "apply", file)
    assert [again[key] for key in keys] == [0, 0, 2, 0, 0, 0, 0]
    desk.done("township", "package", "apply", send(desk, "county", TOWNSHIP))
    shown = desk.done("county", "package", "apply", send(desk))
    assert [shown[key] for key in keys] == [0, 0, 0, 0, 0, 0, 0]


def test_a_package_is_undone_by_its_unit(desk: Desk) -> None:
    enrol(desk)
    unit = desk.done("county", "package", "apply", send(desk))["unit"]
    assert desk.run("county", "undo", unit).code == 0
    session = places.reopen(desk.folder / "county")
    alive = session.db.rows("SELECT name FROM person WHERE _deleted IS NULL")
    workspaces.close(session.workspace)
    assert alive == []


def test_an_undo_of_what_others_hold_says_to_whom_it_travels_and_a_merge_taken_back_travels_nowhere(desk: Desk) -> None:
    enrol(desk)
    gone = desk.done("township", "undo", 2)
    assert gone["travels"] == []  # nothing has gone out yet
    desk.done("township", "undo", gone["unit"])
    unit = desk.done("county", "package", "apply", send(desk))["unit"]
    said = desk.words("county", "undo", unit)
    assert (said.code, said.out.splitlines()[1:]) == (0, [])
    said = desk.words("township", "undo", 2)
    assert said.out.splitlines()[1:] == ["下一次导出会把这次撤销带给 澄湾区委组织部（329901）"]


def test_a_package_that_deletes_much_asks_in_words_before_and_after(desk: Desk) -> None:
    session = places.reopen(desk.folder / "township")
    for number in range(60):
        add(session, "person", name=f"党员{number}")
    workspaces.close(session.workspace)
    enrol(desk)
    desk.done("county", "package", "apply", send(desk))
    session = places.reopen(desk.folder / "county")
    for table in ("person", "branch"):
        for (key,) in session.db.rows(f"SELECT id FROM {table}"):
            edit(session, table, key, deleted="重复")
    workspaces.close(session.workspace)
    file = send(desk, "county", TOWNSHIP)
    questions = [
        "这个数据包会删除 62 条记录。请先与发件单位核实。",
        "人员共 61 条，会改动 61 条，超过五分之一。请先与发件单位核实。",
    ]
    for words in (("--dry-run",), ()):
        said = desk.words("township", "package", "apply", file, *words)
        assert (said.code, said.out.splitlines()[1:3]) == (0, questions)
    assert said.out.splitlines()[3].startswith("整批撤销：doudi undo ")


def test_the_keys_are_listed_and_the_private_ones_given_out_with_a_reason(desk: Desk) -> None:
    enrol(desk)
    sites = desk.done("county", "keys", "list")["sites"]
    columns = {"site", "scopes", "role", "name", "status", "minisign", "age", "fingerprint", "mine"}
    assert [set(site) for site in sites] == [columns, columns]
    assert sorted((site["role"], site["mine"]) for site in sites) == [("county", True), ("township", False)]
    out = desk.folder / "key.txt"
    assert desk.done("county", "keys", "export", "--out", out, "--reason", "人工核验") == {"file": str(out)}
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("AGE-SECRET-KEY-1")
    said = desk.run("county", "keys", "export", "--out", desk.folder / "other", "--reason", " ")
    assert (said.code, said.error["code"]) == (1, "no-reason")


@pytest.mark.parametrize(
    ("damage", "code"),
    [("short", "truncated"), ("flip", "hash-mismatch"), ("other", "not-a-package"), ("gone", "no-file")],
)
def test_a_bad_file_is_refused_with_code_and_three_sentences(desk: Desk, damage: str, code: str) -> None:
    enrol(desk)
    file = Path(send(desk))
    whole = file.read_bytes()
    middle = whole.index(b"age-encryption.org") + 700  # inside the encrypted member
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes({
            "short": whole[:-3000], "flip": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "other": b"x" * 20_480,
        }[damage])  # fmt: skip
    said = desk.run("county", "package", "apply", file)
    assert (said.code, said.error["code"]) == (1, code)
    assert all(said.error[part].endswith("。") for part in ("what", "why", "do"))
    assert desk.done("county", "verify")["ok"]


def test_the_township_cannot_apply_its_own_package_nor_without_the_password(desk: Desk) -> None:
    enrol(desk)
    file = send(desk)
    said = desk.run("township", "package", "apply", file)
    assert (said.code, said.error["code"]) == (1, "not-for-us")
    (desk.folder / "password").write_text("错的密码", encoding="utf-8")
    said = desk.run("county", "package", "apply", file)
    assert (said.code, said.error["code"]) == (1, "wrong-password")


def test_a_fingerprint_may_be_typed_wide_and_with_wide_blanks(desk: Desk) -> None:
    asked = desk.done("township", "enrol", "request", "--out", desk.folder / "stick")
    wide = asked["fingerprint"].translate({ord(" "): "\u3000", **{48 + n: 0xFF10 + n for n in range(10)}})
    said = ("--as", TOWNSHIP, "--out", desk.folder / "stick", "--fingerprint", wide)
    desk.done("county", "enrol", "issue", asked["file"], *said)


def test_the_sites_are_listed_in_chinese(desk: Desk) -> None:
    enrol(desk)
    head, *lines = desk.words("county", "keys", "list").out.splitlines()
    assert head.split() == ["单位", "路径", "层级", "状态", "指纹"]
    assert sorted(line.split()[2:4] for line in lines) == [["乡级", "在用"], ["县级", "在用"]]


def test_rows_that_were_set_aside_are_told_with_reason_and_remedy() -> None:
    from desktop.cli.exchange_verbs import aside_lines

    found = {"orphan": {"membership": 2, "post": 1}, "value": {"person": 1}}
    assert list(aside_lines(found)) == [
        "隔离 组织关系 2 条、任职 1 条：所依的记录还没有到，后面的数据包带来时自动补上。可请发件单位再导出一次。",
        "隔离 人员 1 条：内容不合格式。请发件单位用 doudi verify 找出是哪些记录，改正后重新导出。",
    ]
