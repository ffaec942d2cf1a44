"""Signatures fit those of Debian's minisign, both ways."""

import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.security.minisign import (
    SignatureError,
    is_public_key,
    new_signing_key,
    read_key_file,
    verify,
)

needs_minisign = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


@needs_minisign
def test_minisign_checks_what_we_signed(tmp_path: Path) -> None:
    key = new_signing_key()
    (tmp_path / "m").write_bytes(b"hello\n")
    (tmp_path / "m.minisig").write_text(key.sign(b"hello\n", "doudi 说明 1"), encoding="utf-8")
    done = subprocess.run(
        ["minisign", "-VHm", "m", "-P", key.public], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    assert "Trusted comment: doudi 说明 1" in done.stdout


@needs_minisign
def test_we_check_what_minisign_signed_with_its_own_key_and_with_ours(tmp_path: Path) -> None:
    ours = new_signing_key()
    (tmp_path / "m").write_bytes(b"hello\n")
    (tmp_path / "ours").write_text(ours.file())
    subprocess.run(
        ["minisign", "-G", "-W", "-p", "k.pub", "-s", "theirs"], cwd=tmp_path, capture_output=True, check=True
    )
    theirs = read_key_file((tmp_path / "theirs").read_text())
    assert theirs.public == (tmp_path / "k.pub").read_text().splitlines()[1]
    for name, key in (("ours", ours), ("theirs", theirs)):
        command = ["minisign", "-S", "-s", name, "-t", "comment", "-m", "m"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
        verify((tmp_path / "m.minisig").read_bytes(), b"hello\n", key.public, "comment")


def test_a_changed_message_comment_or_key_is_refused() -> None:
    key = new_signing_key()
    file = key.sign(b"hello", "comment").encode()
    verify(file, b"hello", key.public, "comment")
    for message, public, comment in (
        (b"hellp", key.public, "comment"),
        (b"hello", new_signing_key().public, "comment"),
        (b"hello", key.public, "other"),
    ):
        with pytest.raises(SignatureError):
            verify(file, message, public, comment)


def test_a_key_file_comes_back_and_a_damaged_one_is_refused() -> None:
    key = new_signing_key()
    assert read_key_file(key.file()) == key
    with pytest.raises(SignatureError):
        read_key_file("untrusted comment: x\nRWQ=\n")
    with pytest.raises(SignatureError):
        read_key_file("")


@pytest.mark.parametrize("text", ["", "RW", "党", "RWQHBgUEAwIBAAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG5="])
def test_other_texts_are_no_public_keys(text: str) -> None:
    assert not is_public_key(text)


def test_a_secret_key_does_not_show_itself() -> None:
    assert "seed" not in repr(new_signing_key())
