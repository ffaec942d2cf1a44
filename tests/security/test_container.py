"""The container of files beside the database: whole or refused, whatever is changed in it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.security.container import CHUNK, MAGIC, SALT, TAG, ContainerError, opened, sealed

KEY, OTHER = b"k" * 32, b"o" * 32
HEAD = len(MAGIC) + 1 + SALT


def seal(content: bytes) -> bytes:
    return b"".join(sealed(KEY, io.BytesIO(content)))


def unseal(made: bytes, key: bytes = KEY) -> bytes:
    return b"".join(opened(key, io.BytesIO(made)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_is_opened(size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    made = seal(content)
    assert unseal(made) == content
    assert content[:64] not in made or size < 64


def test_two_containers_of_one_content_differ() -> None:
    assert seal(b"same") != seal(b"same")


@given(at=st.integers(0, HEAD + CHUNK + TAG + 40), bit=st.integers(0, 7))
def test_any_changed_bit_is_refused(at: int, bit: int) -> None:
    made = bytearray(seal(b"x" * (CHUNK + 30)))
    made[at % len(made)] ^= 1 << bit
    with pytest.raises(ContainerError):
        unseal(bytes(made))


@pytest.mark.parametrize("cut", [1, TAG, TAG + 30, TAG + 30 + CHUNK + TAG, HEAD])
def test_a_container_that_was_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(ContainerError):
        unseal(seal(b"x" * (CHUNK + 30))[:-cut])


def test_chunks_that_changed_places_are_refused() -> None:
    made = seal(b"a" * CHUNK + b"b" * CHUNK + b"c")
    one, two = made[HEAD : HEAD + CHUNK + TAG], made[HEAD + CHUNK + TAG : HEAD + 2 * (CHUNK + TAG)]
    with pytest.raises(ContainerError):
        unseal(made[:HEAD] + two + one + made[HEAD + 2 * (CHUNK + TAG) :])


def test_a_container_of_another_key_is_refused() -> None:
    with pytest.raises(ContainerError):
        unseal(seal(b"content"), OTHER)


def test_a_whole_last_chunk_left_out_is_refused() -> None:
    with pytest.raises(ContainerError):
        unseal(seal(b"a" * CHUNK + b"b")[: HEAD + CHUNK + TAG])
