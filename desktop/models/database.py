"""The one seam to SQLite: opens a plain file with the standard library, an encrypted one with SQLCipher (data.md).

Both drivers' exceptions arrive as peewee's, by name; SQL keeps to what SQLite 3.40 and both drivers have.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import peewee
import sqlcipher3.dbapi2 as cipher

FLOOR = (3, 40, 0)
CACHE_KIB = 64_000
BUSY_SECONDS = 5
Row = tuple[Any, ...]

DatabaseError = peewee.DatabaseError
OperationalError = peewee.OperationalError
IntegrityError = peewee.IntegrityError


class Connection(peewee.SqliteDatabase):  # type: ignore[misc]  # peewee ships no types
    """One connection to one workspace file; `key` (32 bytes) makes it SQLCipher, None plain.

    A connection belongs to one thread at a time; `ui/tasks` keeps that promise, so peewee keeps no state a thread.
    """

    def __init__(self, path: Path, key: bytes | None, *, writer: bool) -> None:
        self._key = key
        self._writer = writer
        super().__init__(str(path), thread_safe=False, autoconnect=False, check_same_thread=False, timeout=BUSY_SECONDS)

    @property
    def encrypted(self) -> bool:
        """Tell whether the file is a SQLCipher one."""
        return self._key is not None

    def _connect(self) -> Any:  # noqa: ANN401 - either driver's connection
        driver = sqlite3 if self._key is None else cipher
        if self._writer:
            _own(Path(self.database))
        raw = driver.connect(self.database, timeout=self._timeout, isolation_level=None, check_same_thread=False)
        try:
            if self._key is not None:
                raw.execute("PRAGMA cipher_log_level = NONE")  # else it writes to stderr what is raised here anyway
                raw.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            _prepare(raw, writer=self._writer)
        except BaseException:
            raw.close()
            raise
        return raw

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run a query and give all its rows."""
        cursor = self.execute_sql(sql, parameters)
        with peewee.__exception_wrapper__:  # a damaged page shows when it is read, not when the query is made
            return list(cursor.fetchall())

    def batches(self, sql: str, parameters: Sequence[object] = (), *, size: int = 1000) -> Iterator[list[Row]]:
        """Run a query and give its rows in batches, for those who do not want all of them in memory."""
        cursor = self.execute_sql(sql, parameters)
        with peewee.__exception_wrapper__:
            while few := cursor.fetchmany(size):
                yield few

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """Run a query and give its first row, or None."""
        cursor = self.execute_sql(sql, parameters)
        with peewee.__exception_wrapper__:
            row: Row | None = cursor.fetchone()
        return row

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement and give the number of rows it touched."""
        return int(self.execute_sql(sql, parameters).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row (`executemany`: eleven times as fast as the ORM)."""
        with peewee.__exception_wrapper__:
            self.connection().executemany(sql, rows)

    def script(self, statements: Iterable[str]) -> None:
        """Run statements one after another, without an implicit commit."""
        for statement in statements:
            self.execute_sql(statement)

    @contextlib.contextmanager
    def writable(self) -> Iterator[None]:
        """Lift `query_only` for the length of a unit or a migration, in one immediate transaction."""
        self.execute_sql("PRAGMA query_only = OFF")
        try:
            self.execute_sql("BEGIN IMMEDIATE")
            try:
                yield
                self.execute_sql("COMMIT")
            except BaseException:
                if self.connection().in_transaction:
                    self.execute_sql("ROLLBACK")
                raise
        finally:
            self.execute_sql("PRAGMA query_only = ON")

    def backup_into(self, path: Path, *, pages: int = -1) -> None:
        """Copy the file with the backup API, under the same key, from this connection (never one with an open unit)."""
        driver = sqlite3 if self._key is None else cipher
        _own(path)
        with peewee.__exception_wrapper__:
            target = driver.connect(str(path), isolation_level=None)
            try:
                if self._key is not None:
                    target.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
                self.connection().backup(target, pages=pages)
                target.execute("PRAGMA journal_mode = DELETE")
            finally:
                target.close()


def _own(path: Path) -> None:
    """Make a database file that is to be for its owner alone; SQLite gives the files beside it the same mode."""
    with contextlib.suppress(OSError):  # it is there, or the driver says in its own way what is wrong with the place
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare(raw: Any, *, writer: bool) -> None:  # noqa: ANN401 - either driver's connection
    version = tuple(int(part) for part in raw.execute("SELECT sqlite_version()").fetchone()[0].split("."))
    if version < FLOOR:
        raise RuntimeError(f"SQLite {version} is older than {FLOOR}")
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if writer:
        raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    raw.execute("PRAGMA cell_size_check = ON")
    raw.execute("PRAGMA query_only = ON")


def open_connection(path: Path, key: bytes | None, *, writer: bool) -> Connection:
    """Open a workspace file; DatabaseError where it is no database or the key is not its own."""
    connection = Connection(path, key, writer=writer)
    connection.connect()
    return connection
