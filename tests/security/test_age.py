"""Files fit those of Debian's age, both ways, and stream."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.core.progress import CancelledError
from desktop.security.age import AgeError, age_key, decrypting, encrypt, is_recipient, new_age_key

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
PLAIN = b"0123456789abcdef" * 20_000


def sealed(*recipients: str) -> bytes:
    target = io.BytesIO()
    encrypt(io.BytesIO(PLAIN), target, recipients)
    return target.getvalue()


def opened(content: bytes, *secrets: str) -> bytes:
    with decrypting(io.BytesIO(content), secrets) as stream:
        found = b""
        while piece := stream.read(10_000):
            found += piece
    return found


@needs_age
def test_age_opens_what_we_sealed(tmp_path: Path) -> None:
    key = new_age_key()
    (tmp_path / "x.age").write_bytes(sealed(new_age_key().public, key.public))
    (tmp_path / "key").write_text(key.secret)
    done = subprocess.run(["age", "-d", "-i", "key", "x.age"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == PLAIN


@needs_age
def test_we_open_what_age_sealed(tmp_path: Path) -> None:
    key = new_age_key()
    done = subprocess.run(["age", "-r", key.public], input=PLAIN, capture_output=True, check=True)
    assert opened(done.stdout, key.secret) == PLAIN


@needs_age
def test_armoured_files_are_refused(tmp_path: Path) -> None:
    key = new_age_key()
    done = subprocess.run(["age", "-a", "-r", key.public], input=PLAIN, capture_output=True, check=True)
    with pytest.raises(AgeError):
        opened(done.stdout, key.secret)


def test_every_recipient_opens_and_nobody_else() -> None:
    one, other, stranger = new_age_key(), new_age_key(), new_age_key()
    content = sealed(one.public, other.public)
    assert opened(content, one.secret) == opened(content, stranger.secret, other.secret) == PLAIN
    with pytest.raises(AgeError):
        opened(content, stranger.secret)


@pytest.mark.parametrize("cut", [0, 1, 40, 300, 66_000, 320_000])
def test_a_file_that_is_cut_is_refused_at_its_end(cut: int) -> None:
    key = new_age_key()
    with pytest.raises(AgeError):
        opened(sealed(key.public)[:cut], key.secret)


def test_a_byte_after_the_end_or_a_changed_one_is_refused() -> None:
    key = new_age_key()
    content = sealed(key.public)
    for wrong in (content + b"\0", content[:-1] + bytes([content[-1] ^ 1])):
        with pytest.raises(AgeError):
            opened(wrong, key.secret)


def test_a_secret_that_is_none_is_refused() -> None:
    key = new_age_key()
    assert age_key(key.secret) == key
    with pytest.raises(AgeError):
        age_key("AGE-SECRET-KEY-1")
    with pytest.raises(AgeError):
        opened(sealed(key.public), "x")


def test_recipients_are_checked_before_anything_is_written() -> None:
    target = io.BytesIO()
    for wrong in ([], ["age1x"], [new_age_key().public.upper()]):
        with pytest.raises(AgeError):
            encrypt(io.BytesIO(PLAIN), target, wrong)
    assert not target.getvalue()
    assert is_recipient(new_age_key().public)


def test_a_reader_that_goes_away_early_leaves_no_error() -> None:
    key = new_age_key()
    with decrypting(io.BytesIO(sealed(key.public)), [key.secret]) as stream:
        assert stream.read(10) == PLAIN[:10]


class _Broken:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def read(self, _size: int) -> bytes:
        raise self.error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyError("a bug"), CancelledError()])
def test_what_a_source_raises_comes_out_of_encryption_as_it_was_raised(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        encrypt(_Broken(error), io.BytesIO(), [new_age_key().public])
    assert caught.value is error
