"""Faults of the disk at the N-th call: full, broken or read-only, for all N (security.md, "What must survive")."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

_OPEN = os.open
P = ParamSpec("P")
T = TypeVar("T")


class Faulty:
    """Counts the calls to the disk and makes the `at`-th fail; `calls` tells how many there were."""

    def __init__(self, at: int, number: int) -> None:
        self.at, self.number, self.calls = at, number, 0

    def strike(self) -> None:
        """Count one call, and fail where it is the chosen one."""
        self.calls += 1
        if self.calls == self.at:
            raise OSError(self.number, os.strerror(self.number))

    def before(self, call: Callable[P, T]) -> Callable[P, T]:
        """Put the fault before a call."""

        def struck(*arguments: P.args, **named: P.kwargs) -> T:
            self.strike()
            return call(*arguments, **named)

        return struck

    def opened(self, path: Path, mode: str = "r", *arguments: object, **named: object) -> io.IOBase:
        """Open a path: for writing, with a file whose writes may fail."""
        if "w" not in mode and "x" not in mode:
            return io.open(path, mode, *arguments, **named)  # noqa: UP020 - what Path.open does
        self.strike()
        flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if "x" in mode else os.O_TRUNC)
        raw = Writer(_OPEN(path, flags, 0o600), self)
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding="utf-8", write_through=True)


class Writer(io.FileIO):
    """A raw file whose writes may stop half way and fail, as on a full disk."""

    def __init__(self, handle: int, faulty: Faulty) -> None:
        super().__init__(handle, "w")
        self._faulty = faulty

    def write(self, content: bytes) -> int:
        """Write, or write half and fail."""
        try:
            self._faulty.strike()
        except OSError:
            super().write(bytes(content)[: len(content) // 2])
            raise
        return super().write(content)


@contextmanager
def fault(monkeypatch: pytest.MonkeyPatch, at: int, number: int = errno.ENOSPC) -> Iterator[Faulty]:
    """Let the `at`-th call that opens for writing, writes, syncs or renames fail with an errno."""
    faulty = Faulty(at, number)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", faulty.before(os.open))
        patch.setattr(os, "fsync", faulty.before(os.fsync))
        patch.setattr(os, "fdopen", lambda handle, _mode: Writer(handle, faulty))
        patch.setattr(Path, "replace", faulty.before(Path.replace))
        opened = faulty.opened
        patch.setattr(Path, "open", lambda path, *rest, **named: opened(path, *rest, **named))  # noqa: PLW0108 - binds
        yield faulty
