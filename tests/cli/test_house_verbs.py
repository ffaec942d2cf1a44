"""The verbs of the house: init, demo, backup, restore, verify, self-test, and how every command finds its workspace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.paths import state_folder
from desktop.services import workspaces
from tests.cli.conftest import Doudi
from tests.house.sources import ROOT
from tests.support import places

INIT = ("--kind", "township", "--org-code", "329901001", "--org-name", "青禾街道", "--plain")


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.security import slots

    monkeypatch.setattr(slots, "USUAL", slots.FLOOR)


def test_init_makes_a_workspace_and_tells_where(doudi: Doudi, tmp_path: Path, password: Path) -> None:
    said = doudi("init", tmp_path / "新 区", *INIT, "--password-file", password, "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json == {"workspace": str(tmp_path / "新 区"), "path": "/329901/001"}
    assert doudi("verify", "--password-file", password, "--json").json == {"ok": True, "problems": []}


@pytest.mark.parametrize(
    ("kind", "code", "path"),
    [("county", "329901", "/329901"), ("branch", "329901001B012", "/329901/001/B012")],
)
def test_init_makes_a_county_and_a_branch_too(
    doudi: Doudi, tmp_path: Path, password: Path, kind: str, code: str, path: str
) -> None:
    said = doudi("init", tmp_path / "w", "--kind", kind, "--org-code", code, "--org-name", "测试", "--password-file",
                 password, "--json")  # fmt: skip
    assert said.json["path"] == path


def test_init_writes_the_recovery_sheet_it_was_asked_for(doudi: Doudi, tmp_path: Path, password: Path) -> None:
    sheet = tmp_path / "恢复单.pdf"
    said = doudi("init", tmp_path / "w", *INIT, "--recovery-out", sheet, "--password-file", password, "--json")
    assert said.code == 0
    assert sheet.read_bytes().startswith(b"%PDF")


def test_init_leaves_nothing_where_the_sheet_cannot_be_written(doudi: Doudi, tmp_path: Path, password: Path) -> None:
    said = doudi("init", tmp_path / "w", *INIT, "--recovery-out", tmp_path / "none" / "a.pdf", "--password-file",
                 password, "--json")  # fmt: skip
    assert (said.code, said.error["code"]) == (1, "cannot-write")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--kind", "township", "--org-code", "32990100", "--org-name", "青禾街道"), "bad-code"),
        (("--kind", "county", "--org-code", "329901001", "--org-name", "青禾街道"), "bad-code"),
        (("--kind", "township", "--org-code", "329901001", "--org-name", " "), "no-name"),
    ],
)
def test_init_refuses_what_does_not_fit(
    doudi: Doudi, tmp_path: Path, password: Path, words: tuple[str, ...], code: str
) -> None:
    said = doudi("init", tmp_path / "w", *words, "--password-file", password, "--json")
    assert (said.code, said.error["code"]) == (1, code)
    assert not (tmp_path / "w").exists()


def test_without_a_password_and_without_a_terminal_nothing_is_asked(doudi: Doudi, town: Path, tmp_path: Path) -> None:
    for words in (("verify", "--workspace", town), ("init", tmp_path / "n", *INIT)):
        said = doudi(*words, "--json")
        assert (said.code, said.error["code"]) == (1, "no-password")
    assert not (tmp_path / "n").exists()


def test_an_unreadable_password_file_is_said(doudi: Doudi, town: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("")
    for name in ("none", "empty"):
        said = doudi("verify", "--workspace", town, "--password-file", tmp_path / name, "--json")
        assert (said.code, said.error["code"]) == (1, "no-password")


def test_a_wrong_password_is_refused(doudi: Doudi, town: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("wrong-password\n")
    said = doudi("verify", "--workspace", town, "--password-file", tmp_path / "wrong", "--json")
    assert (said.code, said.error["code"]) == (1, "wrong-password")


def test_the_last_opened_workspace_is_the_default(doudi: Doudi, town: Path, password: Path) -> None:
    assert doudi("verify", "--password-file", password, "--json").error["code"] == "no-workspace"
    assert doudi("verify", "--workspace", town, "--password-file", password).code == 0
    assert doudi("verify", "--password-file", password).out == "数据完好。\n"
    assert (state_folder() / "last_workspace").read_text("utf-8") == str(town)


def test_options_may_stand_before_or_after_the_verb(doudi: Doudi, town: Path, password: Path) -> None:
    assert doudi("--workspace", town, "--password-file", password, "--json", "verify").json["ok"] is True


def test_a_workspace_held_by_another_program_is_exit_three_and_named(
    doudi: Doudi, tmp_path: Path, password: Path
) -> None:
    session = places.open_new(tmp_path / "held", encrypted=False)
    said = doudi("verify", "--workspace", tmp_path / "held", "--password-file", password, "--json")
    workspaces.close(session.workspace)
    assert (said.code, said.error["code"]) == (3, "busy")
    assert f"进程 {os.getpid()}" in said.error["why"]


@pytest.mark.parametrize(
    "words", [("nonsense",), ("import", "birds", "x"), ("verify", "--on", "2026-13-01"), ("undo", "x"), ("init",)]
)
def test_wrong_words_are_exit_two_and_leave_stdout_alone(doudi: Doudi, words: tuple[str, ...]) -> None:
    said = doudi(*words)
    assert (said.code, said.out) == (2, "")
    assert "命令写得不对" in said.err


def test_a_bug_is_exit_four_and_logged_without_content(
    doudi: Doudi, town: Path, password: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: object) -> None:
        raise ZeroDivisionError("李明")

    monkeypatch.setattr("desktop.cli.verbs.verifying.verify", broken)
    said = doudi("verify", "--workspace", town, "--password-file", password, "--json")
    log = state_folder() / "logs" / "doudi.log"
    assert (said.code, said.error["code"]) == (4, "bug")
    assert said.error["do"] == f"请把日志 {log} 带给维护人员。"
    written = log.read_text("utf-8")
    assert "ZeroDivisionError: <2字>" in written
    assert "bug in verify" in written


def test_a_backup_is_restored_into_an_empty_folder(doudi: Doudi, town: Path, password: Path, tmp_path: Path) -> None:
    common = ("--password-file", password, "--json")
    made = doudi("backup", "--out", tmp_path / "out", "--workspace", town, *common)
    assert set(made.json) == {"file", "sha256"}
    said = doudi("restore", made.json["file"], "--into", tmp_path / "again", *common)
    assert (said.code, said.json["workspace"]) == (0, str(tmp_path / "again"))
    assert doudi("verify", *common).json["ok"] is True
    assert doudi("restore", made.json["file"], "--into", town, *common).error["code"] == "not-empty"


def test_verify_that_finds_a_problem_is_exit_one(doudi: Doudi, tmp_path: Path, password: Path) -> None:
    session = places.open_new(tmp_path / "v", encrypted=False)
    with session.workspace.write.writable():
        session.workspace.write.run("UPDATE audit SET detail = 'x' WHERE number = 0")
    workspaces.close(session.workspace)
    said = doudi("verify", "--workspace", tmp_path / "v", "--password-file", password, "--json")
    assert (said.code, said.json) == (1, {"ok": False, "problems": ["操作日志从第 0 条起对不上"]})


def test_a_demo_opens_by_itself_on_its_own_day(doudi: Doudi, tmp_path: Path) -> None:
    made = doudi("demo", tmp_path / "d", "--json")
    assert (made.code, made.err) == (0, "")
    assert set(made.json) == {"workspace", "password", "on", "planted"}
    assert (made.json["password"], made.json["on"]) == ("doudi-demo", "2026-11-23")
    checked = doudi("check", "--json").json
    assert checked["on"] == "2026-11-23"
    assert doudi("check", "--on", "2026-12-31", "--json").json["on"] == "2026-12-31"
    for account in ("gs", "sj", "cy"):
        assert doudi("list", "--account", account, "--json").code == 0
    again = doudi("demo", tmp_path / "d", "--json")
    assert (again.code, again.error["code"]) == (1, "not-empty")


def test_self_test_says_what_it_tried(doudi: Doudi) -> None:
    said = doudi("self-test", "--json")
    assert (said.code, said.json["ok"]) == (0, True), said.out
    assert all(set(row) == {"name", "ok", "note"} for row in said.json["checks"])


def test_the_program_runs_as_a_module_with_one_json_object_on_stdout(town: Path, password: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "verify", "--workspace", town, "--password-file", password, "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"ok": True, "problems": []}


def test_no_verb_loads_the_window(town: Path, password: Path) -> None:
    script = (
        "import sys; from desktop.cli import main; "
        "main(['verify', '--workspace', sys.argv[1], '--password-file', sys.argv[2]]); "
        "print(sorted(name for name in sys.modules if name.startswith('PySide6')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, town, password], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "数据完好。\n[]\n"


@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("check",)])
def test_a_reader_that_leaves_early_is_no_bug(town: Path, password: Path, words: tuple[str, ...]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "desktop", *words, "--workspace", town, "--password-file", password],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == ""
    running.stderr.close()
    assert running.wait() == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("import", "birds", "x"), "KIND 没有 birds 这一项，可用：members、organisations、branches"),
        (("init",), "缺少 DIR、--kind、--org-code、--org-name"),
        (("undo", "x"), "UNIT：“x”不是整数"),
        (("verify", "--on", "2026-13-01"), "--on：“2026-13-01”不是日期，例如 2026-11-23"),
        (("backup", "--out"), "--out 后面要写一个值"),
        (("minutes", "--out", "x"), "--meeting --branch --all 要写其中一个"),
        (("minutes", "--all", "--meeting", "x", "--out", "x"), "--meeting 不能和 --all 一起用"),
        (("minutes", "--meeting", "x", "--year", "2026", "--out", "x"), "--year 不能和 --meeting 一起用"),
        (("list", "--json=3"), "--json 后面不带值，多了 3"),
        (("verify", "--nix"), "多了不认识的 --nix"),
        (("enrol",), "缺少 步骤"),
    ],
)
def test_each_complaint_about_the_words_is_chinese(doudi: Doudi, words: tuple[str, ...], complaint: str) -> None:
    said = doudi(*words)
    assert said.code == 2
    assert said.err.startswith("用法：doudi")
    assert f"命令写得不对：{complaint}\n用 doudi" in said.err


@pytest.mark.parametrize("words", [("--help",), ("minutes", "--help"), ("enrol", "--help"), ("enrol", "issue", "-h")])
def test_the_help_speaks_chinese(doudi: Doudi, words: tuple[str, ...]) -> None:
    said = doudi(*words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("用法：doudi")
    assert "显示写法后退出" in said.out
    for word in ("usage", "positional", "options", "show this"):
        assert word not in said.out


def test_a_folder_without_a_workspace_is_said_before_the_password(doudi: Doudi, tmp_path: Path) -> None:
    said = doudi("verify", "--workspace", tmp_path / "none", "--json")
    assert (said.code, said.error["code"]) == (1, "no-workspace")


def test_the_holder_of_a_workspace_is_named_doudi(
    doudi: Doudi, tmp_path: Path, password: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/opt/desktop/__main__.py", "verify"])
    session = places.open_new(tmp_path / "held", encrypted=False)
    said = doudi("verify", "--workspace", tmp_path / "held", "--password-file", password, "--json")
    workspaces.close(session.workspace)
    assert "另一个程序（doudi，" in said.error["why"]


def test_a_backup_onto_a_file_is_a_sentence(doudi: Doudi, town: Path, password: Path) -> None:
    said = doudi("backup", "--out", password, "--workspace", town, "--password-file", password, "--json")
    assert (said.code, said.error["code"]) == (1, "not-a-folder")
