"""The one zstd frame of a package (package-format.md §2): level 3, checksum, window at most 2²⁷, nothing beside it."""

from collections.abc import Iterable, Iterator

import zstandard

from desktop.security.age import Source
from desktop.sync.errors import PackageError

MAX_WINDOW = 1 << 27
LEVEL = 3
_MAGIC = b"\x28\xb5\x2f\xfd"
_HEADER = 18
_READ = 1 << 16
_SLICE = 1 << 10


def compress(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Compress pieces into one frame."""
    packer = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True, write_content_size=False).compressobj()
    for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()


def inflate(source: Source) -> Iterator[bytes]:
    """Inflate the one frame that `source` must be; a PackageError `bad-payload` for anything else.

    The frame is fed in slices of 1 KiB, so that one step makes at most 32 MiB whatever is in it.
    """
    start = source.read(_READ)
    _check_start(start)
    unpacker = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
    piece = start
    while piece:
        for at in range(0, len(piece), _SLICE):
            if unpacker.eof:
                raise PackageError("bad-payload", "something stands after the frame")
            try:
                plain = unpacker.decompress(piece[at : at + _SLICE])
            except zstandard.ZstdError:
                raise PackageError("bad-payload", "frame is damaged") from None
            if plain:
                yield plain
        piece = source.read(_READ)
    if not unpacker.eof or unpacker.unused_data:
        raise PackageError("bad-payload", "frame is cut, or something stands after it")


def _check_start(start: bytes) -> None:
    if start[:4] != _MAGIC:
        raise PackageError("bad-payload", "no zstd frame")
    try:
        about = zstandard.get_frame_parameters(start[:_HEADER])
    except zstandard.ZstdError:
        raise PackageError("bad-payload", "no zstd frame") from None
    if not about.has_checksum or about.dict_id or about.window_size > MAX_WINDOW:
        raise PackageError("bad-payload", "frame without checksum, with a dictionary or too wide a window")
