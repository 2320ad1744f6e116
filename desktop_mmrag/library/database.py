"""The SQLite file: opening, connections, migrations with a backup, integrity, setting a damaged one aside."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path

import apsw
import sqlite_vec

from desktop_mmrag.errors import (
    DiskFull,
    DriveFailed,
    KnownError,
    LibraryDamaged,
    LibraryTooNew,
    LibraryUnusable,
)

FILE_NAME = "library.sqlite"
# 3.7.0 to 3.51.2 can corrupt a WAL database on reset: https://sqlite.org/wal.html#walresetbug
_OLDEST_SQLITE = (3, 51, 3)
_OLDEST_NAME = ".".join(map(str, _OLDEST_SQLITE))
_BUSY_MS = 30_000
_BUSY_PAUSE_SECONDS = 0.02
_LAST_READ_SECONDS = 3.0
# 8 KB pages hold three vectors of 512 floats where 4 KB pages hold one.
_PRAGMAS = """
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -65536;
    PRAGMA mmap_size = 1073741824;
"""


class Database:
    """One file; a reading connection per thread and one writing connection behind a lock."""

    def __init__(self, path: Path) -> None:
        """Opens, and migrates when needed.

        Raises LibraryUnusable, LibraryTooNew, DiskFull, DriveFailed, or LibraryDamaged after setting
        the file aside.
        """
        if not _is_trusted(apsw.sqlite_lib_version()):
            raise LibraryUnusable("The SQLite inside APSW is too old to be trusted with a library.")
        self.path = path
        self._local = threading.local()
        self._readers: list[apsw.Connection] = []
        self._readers_lock = threading.Lock()
        self._write_lock = threading.RLock()
        with _set_aside_when_damaged(path):
            self._writer = _opened(path)

    def reader(self) -> apsw.Connection:
        """This thread's own connection; it sees only what was committed."""
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self.path)
            connection.execute("PRAGMA query_only = ON")
            self._local.connection = connection
            with self._readers_lock:
                self._readers.append(connection)
        return connection

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """This thread's own connection; raises DriveFailed and LibraryDamaged as what they are."""
        try:
            yield self.reader()
        except apsw.Error as problem:
            if known := known_failure(problem, self.path):
                raise known from problem
            raise

    def leave(self) -> None:
        """Closes this thread's own connection, before the thread ends."""
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            return
        self._local.connection = None
        with self._readers_lock:
            if connection in self._readers:
                self._readers.remove(connection)
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction on the one writing connection; all or nothing.

        Waits for other threads. Raises DiskFull, DriveFailed, LibraryDamaged; the library stays
        as it was.
        """
        with self._write_lock:
            if self._writer.in_transaction:
                yield self._writer
                return
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException as problem:
                # No fault of the file that was being kept: the run must end.
                known = known_failure(problem, self.path, self._writer.system_errno)
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                if known is not None:
                    raise known from problem
                raise

    def check(self) -> list[str]:
        """What SQLite's own integrity check finds wrong; empty when the library is sound."""
        try:
            rows = [str(row[0]) for row in self.reader().execute("PRAGMA integrity_check")]
        except (apsw.CorruptError, apsw.NotADBError) as problem:
            # Some damage keeps the check itself from running to its end.
            return [str(problem)]
        return [] if rows == ["ok"] else rows

    def shrink(self) -> None:
        """Rebuilds the file, empties the journal, drops backups and what was set aside as damaged.

        Nothing that was removed can be read then. Raises DiskFull: for a moment the library needs its space twice.
        """
        with self._write_lock:
            for ending in (".before-*", ".damaged-*"):
                for former in self.path.parent.glob(f"{self.path.name}{ending}"):
                    former.unlink()
            try:
                self._writer.execute("VACUUM")
                self._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            except apsw.Error as problem:
                if known := known_failure(problem, self.path, self._writer.system_errno):
                    raise known from problem
                raise

    def close(self) -> None:
        """Closes every connection; what a thread is still reading is broken off."""
        with self._readers_lock:
            for connection in self._readers:
                _close_reader(connection)
            self._readers.clear()
        with self._write_lock:
            self._writer.close()


def _close_reader(connection: apsw.Connection) -> None:
    """A thread whose decoder hung may come back late; the end of the program waits a moment for it."""
    deadline = time.monotonic() + _LAST_READ_SECONDS
    while time.monotonic() < deadline:
        try:
            connection.interrupt()
            connection.close()
            return
        except apsw.ThreadingViolationError:
            time.sleep(0.01)


def try_engine() -> tuple[str, str]:
    """The versions of SQLite and sqlite-vec, once a vector table in memory gave the right row.

    Raises LibraryUnusable.
    """
    sqlite = apsw.sqlite_lib_version()
    if not _is_trusted(sqlite):
        raise LibraryUnusable(f"SQLite {sqlite} is too old; {_OLDEST_NAME} is the oldest trusted.")
    connection = apsw.Connection(":memory:")
    try:
        _load_vectors(connection)
        connection.execute("CREATE VIRTUAL TABLE tried USING vec0(vector FLOAT[2])")
        rows = [(1, "[1, 0]"), (2, "[0, 1]")]
        connection.executemany("INSERT INTO tried(rowid, vector) VALUES (?, ?)", rows)
        nearest = "SELECT rowid FROM tried WHERE vector MATCH '[0.1, 0.9]' AND k = 1"
        if connection.execute(nearest).get != 2:
            raise LibraryUnusable("sqlite-vec finds the wrong vector.")
        return sqlite, str(connection.execute("SELECT vec_version()").get)
    except apsw.Error as problem:
        raise LibraryUnusable(f"sqlite-vec does not work: {problem}.") from problem
    finally:
        connection.close()


def known_failure(problem: BaseException, path: Path, system: int = 0) -> KnownError | None:
    """What a failure of SQLite's means for the person; None for what is none of the library's.

    `system` is the number of the system's own error, where it is known.
    """
    # SQLite calls a disk full that has no byte left, but not a person's share of it.
    if isinstance(problem, apsw.FullError) or (
        isinstance(problem, apsw.IOError) and system == errno.EDQUOT
    ):
        return DiskFull(f"There is no room for {path}.")
    if isinstance(problem, apsw.IOError):
        return DriveFailed(f"The drive could not read or write {path}.")
    if isinstance(problem, apsw.CorruptError | apsw.NotADBError):
        return LibraryDamaged(
            f"{path} is damaged.",
            "Your files are untouched. End the program: the library is then set aside, and built"
            " anew at the next start.",
        )
    return None


def _is_trusted(sqlite: str) -> bool:
    return tuple(int(n) for n in sqlite.split(".")) >= _OLDEST_SQLITE


def _load_vectors(connection: apsw.Connection) -> None:
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    connection.enable_load_extension(False)


def _opened(path: Path) -> apsw.Connection:
    """The writing connection, at the newest shape, its first table read: damage shows early."""
    connection = _connect(path)
    with _closed_when_failed(connection, path):
        _migrate(connection, path)
        connection.execute("SELECT * FROM source_folder").fetchall()
    return connection


def _connect(path: Path) -> apsw.Connection:
    try:
        connection = apsw.Connection(str(path))
        path.chmod(0o600)
    except (apsw.CantOpenError, OSError) as problem:
        raise LibraryUnusable(f"{path} cannot be opened: {problem}.") from problem
    except apsw.IOError as problem:
        raise DriveFailed(f"The drive could not read or write {path}.") from problem
    with _closed_when_failed(connection, path):
        connection.set_busy_timeout(_BUSY_MS)
        _load_vectors(connection)
        _set_up(connection)
    return connection


def _set_up(connection: apsw.Connection) -> None:
    """Patient also where SQLite is not: a new file is put into WAL by one program at a time."""
    deadline = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute(_PRAGMAS).fetchall()
            return
        except apsw.BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_BUSY_PAUSE_SECONDS)


@contextmanager
def _closed_when_failed(connection: apsw.Connection, path: Path) -> Iterator[None]:
    """Damage passes as it is: it is told where the file is set aside."""
    try:
        yield
    except BaseException as problem:
        known = known_failure(problem, path, connection.system_errno)
        connection.close()
        if known is not None and not isinstance(known, LibraryDamaged):
            raise known from problem
        raise


def _migrations() -> list[tuple[int, str]]:
    folder = resources.files("desktop_mmrag.library.migrations")
    scripts = sorted((item for item in folder.iterdir() if item.name.endswith(".sql")), key=str)
    return [(int(item.name[:4]), item.read_text(encoding="utf-8")) for item in scripts]


def _migrate(connection: apsw.Connection, path: Path) -> None:
    """Applies what is missing, each in one transaction, after a backup of what there was."""
    found: int = connection.execute("PRAGMA user_version").get
    steps = _migrations()
    if found > steps[-1][0]:
        raise LibraryTooNew(f"{path} has version {found}; this program knows {steps[-1][0]}.")
    for number, script in steps:
        if number > found:
            _step(connection, path, number, script, back_up=found > 0)


def _step(connection: apsw.Connection, path: Path, number: int, script: str, back_up: bool) -> None:
    """One migration, unless another program that opened the library meanwhile has made it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if number > int(connection.execute("PRAGMA user_version").get):
            if back_up:
                _back_up(path, path.with_name(f"{path.name}.before-{number:04}"))
            for _ in connection.execute(script):
                pass
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def damage_in(path: Path) -> LibraryDamaged | None:
    """Checks a closed database; a damaged one is set aside and the failure to tell is given.

    One that cannot be checked, because the drive fails or another program has it, is left alone.
    """
    found: str | None = None
    try:
        connection = apsw.Connection(str(path))
        try:
            found = str(connection.execute("PRAGMA quick_check(1)").get)
        finally:
            connection.close()
    except (apsw.CorruptError, apsw.NotADBError) as problem:
        found = str(problem)
    except apsw.Error:
        return None
    if found == "ok":
        return None
    return LibraryDamaged(f"{path} is damaged ({found}); it was moved to {set_aside(path)}.")


def _back_up(path: Path, target: Path) -> None:
    """By a connection of its own: the one that migrates is in a transaction already."""
    target.unlink(missing_ok=True)
    reading = _connect(path)
    try:
        reading.execute("VACUUM INTO ?", (str(target),))
    finally:
        reading.close()
    target.chmod(0o600)


@contextmanager
def _set_aside_when_damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError) as problem:
        aside = set_aside(path)
        raise LibraryDamaged(f"{path} is damaged; it was moved to {aside}.") from problem


def set_aside(path: Path) -> Path:
    """Moves a damaged library out of the way, so that the next start builds a new one."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    path.replace(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside
