"""Making, opening and closing workspaces, on both drivers, and every way in which opening is refused."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.clock import FixedClock, SystemClock
from desktop.core.errors import UserError, WorkspaceBusyError
from desktop.models import migrations
from desktop.models.database import open_connection
from desktop.security.slots import Cost
from desktop.services import accounts, key_files, org_paths, records, undoing, verifying, workspaces
from desktop.services.sessions import Role, Session
from tests.house.sources import ROOT
from tests.support import places, rows
from tests.support.faults import fault

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRONG = "没有打开工作区。账号或密码不对。请重新输入；忘记密码请用恢复单。"


def make(folder: Path, **changed: object) -> workspaces.Created:
    values: dict[str, object] = {
        "kind": "township", "org_code": "329901001", "org_name": "青禾街道", "password": places.PASSWORD,
        "clock": SystemClock(date(2026, 11, 23)), "encrypted": False, "cost": Cost(),
    }  # fmt: skip
    return workspaces.create(folder, **{**values, **changed})  # type: ignore[arg-type]  # as the test names them


def closed(session: Session) -> Path:
    workspaces.close(session.workspace)
    return session.workspace.paths.folder


def refusal(folder: Path, *, password: str = places.PASSWORD, account: str = "gly", at: datetime = NOON) -> str:
    with pytest.raises(UserError) as refused:
        workspaces.unlock(folder, account=account, password=password, clock=FixedClock(at))
    return str(refused.value)


def test_a_workspace_opens_again_as_it_was_closed(either: Session) -> None:
    key = rows.person(either, "王𬭎")
    again = places.reopen(closed(either))
    assert records.get(again, "person", key)["name"] == "王𬭎"
    assert again.workspace.identity == either.workspace.identity
    assert again.workspace.encrypted == either.workspace.encrypted
    assert (again.account, again.role, again.account_title) == ("gly", Role.OFFICER, "管理员")
    closed(again)


def test_a_township_begins_with_its_root_branch(either: Session) -> None:
    assert either.db.rows("SELECT name, kind FROM branch") == [("青禾街道", "P2")]
    assert undoing.list_units(either)[0].label == "建立 青禾街道"


def test_two_workspaces_are_open_in_one_process(tmp_path: Path) -> None:
    one, other = places.open_new(tmp_path / "a"), places.open_new(tmp_path / "b", "county", encrypted=False)
    rows.person(one, "李明")
    rows.person(other, "张静")
    assert [one.db.rows("SELECT name FROM person"), other.db.rows("SELECT name FROM person")] == [
        [("李明",)], [("张静",)],
    ]  # fmt: skip
    closed(one)
    closed(other)


@pytest.mark.parametrize("name", ["我的 工作区", "a%b#c?d&e", "深" * 60])
def test_odd_folder_names_hold_a_workspace(tmp_path: Path, name: str) -> None:
    for encrypted in (True, False):
        session = places.open_new(tmp_path / name / str(encrypted), encrypted=encrypted)
        rows.person(session, "李明")
        closed(places.reopen(closed(session)))


def test_a_second_opener_is_refused_and_told_who_holds_it(township: Session) -> None:
    with pytest.raises(WorkspaceBusyError) as refused:
        places.reopen(township.workspace.paths.folder)
    assert f"进程 {os.getpid()}" in refused.value.why
    assert refused.value.do == "请先在那里退出，再打开。"


def test_a_wrong_password_and_an_unknown_account_say_the_same(either: Session) -> None:
    folder = closed(either)
    assert refusal(folder, password="不是这个密码") == WRONG
    assert refusal(folder, account="nobody") == WRONG


def test_after_five_wrong_passwords_each_try_waits_twice_as_long_up_to_half_an_hour(township: Session) -> None:
    folder, at = closed(township), NOON
    for _ in range(key_files.FREE_TRIES):
        assert refusal(folder, password="wrong-one", at=at) == WRONG
    for failures, seconds in ((5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 960), (11, 1800), (12, 1800)):
        soon = at + timedelta(seconds=seconds - 1)
        assert refusal(folder, at=soon) == (
            f"没有打开工作区。密码连续输错 {failures} 次。请过 1 分钟再试，或用恢复单。"
        )
        at += timedelta(seconds=seconds)
        assert refusal(folder, password="wrong-one", at=at) == WRONG
    at += key_files.LONGEST_WAIT
    session = workspaces.unlock(folder, account="gly", password=places.PASSWORD, clock=FixedClock(at))
    closed(session)
    assert refusal(folder, password="wrong-one", at=at) == WRONG


def test_a_clock_set_back_does_not_lock_anybody_out_for_longer(township: Session) -> None:
    folder = closed(township)
    for _ in range(key_files.FREE_TRIES):
        refusal(folder, password="wrong-one", at=NOON)
    past = NOON - timedelta(days=400)
    assert "请过 1 分钟再试" in refusal(folder, at=past)
    past += timedelta(seconds=31)
    closed(workspaces.unlock(folder, account="gly", password=places.PASSWORD, clock=FixedClock(past)))


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:0],
        lambda raw: raw.replace(b'"wrapped":"', b'"wrapped":"0', 1),
        lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
    ],
    ids=["cut", "emptied", "a digit more", "a bit flipped"],
)
def test_a_damaged_key_file_is_replaced_by_the_generation_before(
    either: Session, damage: Callable[[bytes], bytes]
) -> None:
    accounts.add_account(either, name="gs", title="干事", role=Role.CLERK, password=places.PASSWORD, cost=Cost())
    paths = either.workspace.paths
    closed(either)
    paths.keys.write_bytes(damage(paths.keys.read_bytes()))
    again = places.reopen(paths.folder)
    assert verifying.verify(again).problems == ("口令文件 keys.json 已损坏，正使用上一份",)
    accounts.add_account(again, name="cy", title="查阅", role=Role.READER, password=places.PASSWORD, cost=Cost())
    assert verifying.verify(again).problems == ()
    assert key_files.load(paths).slots[-1].name == "cy"
    closed(places.reopen(closed(again), account="cy"))


def test_a_single_flipped_bit_anywhere_in_the_key_file_locks_nobody_out(township: Session) -> None:
    accounts.change_password(township, old=places.PASSWORD, new=places.PASSWORD, cost=Cost())
    paths = township.workspace.paths
    whole = paths.keys.read_bytes()
    for at in range(0, len(whole), 7):
        paths.keys.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert not key_files.is_readable(paths)
        key_files.load(paths)
    paths.keys.write_bytes(whole)


def test_both_key_files_gone_is_said(township: Session) -> None:
    paths = township.workspace.paths
    folder = closed(township)
    paths.keys.write_bytes(b"{}")
    paths.keys_before.write_bytes(b"")
    assert refusal(folder) == "没有打开工作区。口令文件已损坏。请用最近的备份恢复到一个新文件夹。"


def test_slots_that_somebody_changed_are_noticed(township: Session) -> None:
    from desktop.security import slots

    paths = township.workspace.paths
    kept = slots.parse(paths.keys.read_bytes())
    forged = slots.with_slot(kept, bytes(32), "evil", "a-password-of-mine", kind="account", cost=Cost())
    folder = closed(township)
    paths.keys.write_bytes(slots.dump(forged))
    assert refusal(folder) == "没有打开工作区。口令文件被改动过。请用最近的备份恢复到一个新文件夹。"


def test_a_workspace_of_a_newer_program_is_refused_and_names_both_versions(either: Session) -> None:
    with either.workspace.write.writable():
        either.workspace.write.run("INSERT INTO migration (number, name, applied_at) VALUES (99, 'later', '')")
    folder = closed(either)
    assert refusal(folder) == (
        f"没有打开工作区。它由更新的程序写成（数据版本 99，本程序到 {migrations.LATEST}）。请先更新本程序。"
    )


def test_a_damaged_database_is_said_and_everything_is_shut_again(either: Session) -> None:
    path = either.workspace.paths.database
    folder = closed(either)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(8000) + whole[8100:])
    assert refusal(folder) == "没有打开工作区。数据文件读不出来，可能已损坏。请用最近的备份恢复到一个新文件夹。"
    path.write_bytes(whole)
    closed(places.reopen(folder))


def test_a_folder_without_a_workspace_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"没有打开工作区。“{tmp_path}”里没有工作区。请核对位置，或新建一个工作区。"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"org_code": "3299010"}, "单位代码“3299010”不合格式。"),
        ({"kind": "county"}, "单位代码“329901001”不合格式。"),
        ({"org_name": " 　"}, "没有填单位名称。"),
        ({"password": "short"}, "密码少于 8 个字符。"),
    ],
)
def test_what_is_wrong_with_a_new_workspace_is_said_and_nothing_is_made(
    tmp_path: Path, changed: dict[str, object], why: str
) -> None:
    with pytest.raises(UserError) as refused:
        make(tmp_path / "w", **changed)
    assert refused.value.why == why
    assert not (tmp_path / "w").exists()


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match="不是空文件夹"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_at_any_call_makes_a_whole_workspace_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, refused = tmp_path / "w", 0
    for at in range(1, 200):
        try:
            with fault(monkeypatch, at) as faulty:
                created = make(folder)
        except UserError as error:
            refused += error.code == "cannot-write"
            assert not folder.exists()
            continue
        workspaces.begin_root(created.session)
        assert verifying.verify(created.session).ok
        closed(created.session)
        for path in sorted(folder.rglob("*"), reverse=True):
            path.unlink()
        folder.rmdir()
        if faulty.calls < at:
            break
    assert refused >= 5


def test_a_read_only_folder_is_said_on_opening(township: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = closed(township)
    with fault(monkeypatch, 1, errno.EROFS):
        assert refusal(folder) == "没有打开工作区。这个盘只能读，不能写。请检查文件夹的权限和空间，再打开。"


def test_a_disk_that_is_full_while_the_database_is_made_leaves_no_folder(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path; "
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
        "from tests.services.test_workspaces import make; from desktop.core.errors import UserError\n"
        "try:\n    make(Path(sys.argv[1]))\nexcept UserError as error:\n    print(error.what, error.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "w")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("没有建立工作区。 cannot-write\n", "")
    assert not (tmp_path / "w").exists()


def test_the_recovery_sheet_opens_and_sets_a_new_password(tmp_path: Path) -> None:
    created = make(tmp_path / "w", with_recovery=True)
    assert created.recovery_code is not None
    folder = closed(created.session)
    typed = created.recovery_code.lower().replace("-", " ")
    clock = FixedClock(NOON)
    with pytest.raises(UserError, match="恢复码抄得不对"):
        workspaces.recover(folder, code=typed[:-1] + ("0" if typed[-1] != "0" else "1"), password="新的密码-2026",
                           clock=clock, cost=Cost())  # fmt: skip
    closed(workspaces.recover(folder, code=typed, password="新的密码-2026", clock=clock, cost=Cost()))
    assert refusal(folder) == WRONG
    closed(workspaces.unlock(folder, account="gly", password="新的密码-2026", clock=clock))
    assert refusal(folder, account="recovery", password=created.recovery_code.replace("-", "")) == (
        "没有打开工作区。账号“recovery”已停用。请换账号，或请管理员启用。"
    )


def test_what_a_killed_program_left_beside_the_workspace_is_swept(township: Session) -> None:
    folder = closed(township)
    (folder / ".backup.4242.part").write_bytes(b"SQLite format 3\0")
    closed(places.reopen(folder))
    assert list(folder.glob(".*.part")) == []


def test_nothing_of_an_encrypted_workspace_lies_open(tmp_path: Path) -> None:
    session = places.open_new(tmp_path / "w")
    rows.person(session, "金丝雀人", id_number="329901198506030015")
    closed(session)
    for path in (tmp_path / "w").rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert "金丝雀人".encode(encoding) not in raw
        assert b"329901198506030015" not in raw


def test_a_file_of_another_workspace_does_not_open_under_these_keys(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a", encrypted=True), make(tmp_path / "b", encrypted=True)
    for created in (first, second):
        closed(created.session)
    one, other = (created.session.workspace.paths.database for created in (first, second))
    one.write_bytes(other.read_bytes())
    assert "数据文件读不出来" in refusal(tmp_path / "a")
    open_connection(other, second.session.workspace.data_key, writer=False).close()


def test_a_damaged_encrypted_file_is_told_in_the_refusal_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    session = places.open_new(tmp_path / "w")
    workspaces.close(session.workspace)
    path = session.workspace.paths.database
    whole = path.read_bytes()
    path.write_bytes(bytes(64) + whole[64:])
    with pytest.raises(UserError) as refused:
        places.reopen(tmp_path / "w")
    assert refused.value.code == "damaged"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("kind", "code"),
    [("county", "３２９９０１"), ("township", "329901００１"), ("branch", "329901001Ｂ012"), ("county", "٣٢٩٩٠١")],
)
def test_digits_of_other_scripts_make_no_code(tmp_path: Path, kind: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        workspaces.create(
            tmp_path / "w", kind=kind, org_code=code, org_name="测试", password=places.PASSWORD, clock=SystemClock(),
            cost=Cost(),
        )  # fmt: skip
    assert refused.value.code == "bad-code"
    assert not org_paths.is_path("/３２９９０１")


def test_a_branch_workspace_begins_with_its_one_branch(tmp_path: Path) -> None:
    session = places.open_new(tmp_path / "b", "branch")
    found = session.db.rows("SELECT code, name, kind, field, state FROM branch")
    path = session.db.one("SELECT r.path FROM sync_row r JOIN branch b ON r.pk = lower(hex(b.id))")
    workspaces.close(session.workspace)
    assert found == [("B012", "柳溪社区老年协会党支部", "P4", "8", "1")]
    assert path == ("/329901/001/B012",)


def test_a_county_begins_with_nothing(tmp_path: Path) -> None:
    session = places.open_new(tmp_path / "c", "county")
    assert session.db.one("SELECT count(*) FROM branch") == (0,)
    workspaces.close(session.workspace)


@pytest.mark.parametrize(("kind", "code"), [("township", "B001"), ("branch", "B012")])
def test_a_workspace_cut_off_before_its_root_begins_it_at_the_next_opening(
    tmp_path: Path, kind: str, code: str
) -> None:
    org_code, name = places.CODES[kind]
    made = workspaces.create(
        tmp_path / "w", kind=kind, org_code=org_code, org_name=name, password=places.PASSWORD,
        clock=SystemClock(places.DAY), encrypted=False, cost=Cost(),
    )  # fmt: skip
    folder = closed(made.session)
    for _ in range(2):
        session = places.reopen(folder)
        assert session.db.rows("SELECT code, name FROM branch") == [(code, name)]
        closed(session)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_what_lay_open_to_others_is_the_owners_alone_after_opening(township: Session) -> None:
    folder = closed(township)
    (folder / "backups").mkdir(exist_ok=True)
    old = folder / "backups" / "old.dbak"
    old.write_bytes(b"")
    outside = folder.parent / "outside"
    outside.write_bytes(b"")
    (folder / "link").symlink_to(outside)
    for path, mode in ((folder, 0o755), (folder / "backups", 0o755), (old, 0o644), (folder / "workspace.db", 0o644),
                       (outside, 0o644)):  # fmt: skip
        path.chmod(mode)
    session = places.reopen(folder)
    modes = [path.stat().st_mode & 0o777 for path in (folder, folder / "backups", old, folder / "workspace.db")]
    closed(session)
    assert modes == [0o700, 0o700, 0o600, 0o600]
    assert outside.stat().st_mode & 0o777 == 0o644
