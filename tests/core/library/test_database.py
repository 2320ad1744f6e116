"""The SQLite file opens, migrates, survives and says what is wrong with it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import apsw
import pytest

from desktop_mmrag.errors import DiskFull, LibraryDamaged, LibraryTooNew, LibraryUnusable
from desktop_mmrag.library import database as module
from desktop_mmrag.library.database import FILE_NAME, Database, damage_in
from desktop_mmrag.library.library import open_library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


def number(database: Database, sql: str) -> int:
    return int(database.reader().execute(sql).get)


def add_folder(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO source_folder (path, added_at) VALUES (?, '2024-01-01')", (name,)
        )


def test_a_new_library_is_sound_and_private(path: Path) -> None:
    database = Database(path)
    assert database.check() == []
    assert number(database, "PRAGMA secure_delete") == 1
    assert not list(path.parent.glob("*.before-*"))
    assert database.reader().execute("PRAGMA journal_mode").get == "wal"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    database.close()


def test_what_is_written_is_there_after_opening_again(path: Path) -> None:
    database = Database(path)
    add_folder(database, "/photos")
    database.close()
    database = Database(path)
    assert number(database, "SELECT count(*) FROM source_folder") == 1
    database.close()


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    database = Database(path)
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute("INSERT INTO source_folder (path, added_at) VALUES ('/a', '')")
        raise RuntimeError
    assert number(database, "SELECT count(*) FROM source_folder") == 0
    add_folder(database, "/b")
    assert number(database, "SELECT count(*) FROM source_folder") == 1
    database.close()


def test_a_transaction_inside_another_is_part_of_it(path: Path) -> None:
    database = Database(path)
    with pytest.raises(RuntimeError), database.writing():
        add_folder(database, "/a")
        raise RuntimeError
    assert number(database, "SELECT count(*) FROM source_folder") == 0
    database.close()


def test_threads_wait_for_each_other_to_write(path: Path) -> None:
    database = Database(path)

    def write(start: int) -> None:
        for n in range(start, start + 50):
            add_folder(database, f"/{n}")
            number(database, "SELECT count(*) FROM source_folder")
        database.leave()

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number(database, "SELECT count(*) FROM source_folder") == 150
    database.close()


def test_readers_cannot_write(path: Path) -> None:
    database = Database(path)
    with pytest.raises(apsw.ReadOnlyError):
        database.reader().execute("DELETE FROM file")
    database.close()


def test_a_thread_that_leaves_gets_a_new_connection_when_it_returns(path: Path) -> None:
    database = Database(path)
    first = database.reader()
    database.leave()
    database.leave()
    assert database.reader() is not first
    database.close()


def test_closing_breaks_off_what_is_still_read(path: Path) -> None:
    database, reading, raised = Database(path), threading.Event(), list[BaseException]()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"

    def read() -> None:
        connection = database.reader()
        reading.set()
        try:
            connection.execute(endless).fetchall()
        except apsw.Error as problem:
            raised.append(problem)
        database.leave()

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    reading.wait()
    time.sleep(0.2)
    database.close()
    thread.join(5)
    assert not thread.is_alive()
    assert [type(problem) for problem in raised] == [apsw.InterruptError]


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path) -> None:
    database = Database(path)
    add_folder(database, "/kept")
    with database.writing() as connection:
        pages = connection.execute("PRAGMA page_count").get
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        for n in range(1000):
            add_folder(database, f"/{n}/" + "x" * 5000)
    assert number(database, "SELECT count(*) FROM source_folder WHERE path = '/kept'") == 1
    assert database.check() == []
    database.close()


def test_a_library_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    Database(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(LibraryTooNew):
        Database(path)
    connection = apsw.Connection(str(path))
    assert connection.execute("PRAGMA user_version").get == 9999
    connection.close()


def test_a_file_that_is_no_library_is_set_aside_and_a_new_one_begun(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(LibraryDamaged) as raised:
        Database(path)
    (aside,) = path.parent.glob("*.damaged-*")
    assert str(aside) in raised.value.message
    database = Database(path)
    assert database.check() == []
    database.close()


def test_flipped_bytes_are_found(path: Path) -> None:
    database = Database(path)
    for n in range(500):
        add_folder(database, f"/folder/{n}")
    database.shrink()
    database.close()
    data = bytearray(path.read_bytes())
    at = data.rfind(b"/folder/250") - 40
    data[at : at + 80] = bytes(byte ^ 0x5A for byte in data[at : at + 80])
    path.write_bytes(data)
    try:
        database = Database(path)
    except LibraryDamaged:
        return
    assert database.check() != []
    database.close()


def test_a_library_that_cannot_be_checked_is_not_called_damaged(path: Path) -> None:
    database = Database(path)
    add_folder(database, "/kept")
    database.close()
    other = apsw.Connection(str(path))
    for _ in other.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT"):
        pass
    assert damage_in(path) is None
    other.close()
    assert path.exists() and not list(path.parent.glob("*.damaged-*"))


def test_damage_that_shows_when_the_library_is_joined_is_set_aside(tmp_path: Path) -> None:
    open_library(tmp_path).close()
    connection = apsw.Connection(str(tmp_path / FILE_NAME))
    sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'saved_search'"
    page = int(connection.execute(sql).get)
    size = int(connection.execute("PRAGMA page_size").get)
    connection.close()
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(LibraryDamaged, match="moved to"):
        open_library(tmp_path)
    assert list(tmp_path.glob("*.damaged-*"))
    open_library(tmp_path).close()


def test_a_place_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable):
        Database(tmp_path / "missing" / FILE_NAME)


def test_a_migration_is_backed_up_and_all_or_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(path)
    add_folder(database, "/kept")
    database.close()
    steps = module._migrations()
    last = steps[-1][0]
    broken = "CREATE TABLE extra (id INTEGER); INSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(module, "_migrations", lambda: [*steps, (last + 1, broken)])
    with pytest.raises(apsw.SQLError):
        Database(path)

    connection = apsw.Connection(str(path))
    assert connection.execute("PRAGMA user_version").get == last
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").get == 0
    connection.close()
    backup = apsw.Connection(str(path.with_name(f"{path.name}.before-{last + 1:04}")))
    assert backup.execute("SELECT path FROM source_folder").get == "/kept"
    backup.close()

    sound = "CREATE TABLE extra (id INTEGER);"
    monkeypatch.setattr(module, "_migrations", lambda: [*steps, (last + 1, sound)])
    database = Database(path)
    assert number(database, "SELECT count(*) FROM extra") == 0
    assert number(database, "SELECT count(*) FROM source_folder") == 1
    database.close()


def test_programs_that_open_a_new_library_at_the_same_moment_share_it(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from desktop_mmrag.library.database import Database\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        f"Database(Path({str(path)!r})).close()"
    )
    root = Path(__file__).resolve().parents[3]
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
            text=True,
        )
        for _ in range(4)
    ]
    for program in programs:
        assert program.stdout and program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write("\n")
        program.stdin.flush()
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    database = Database(path)
    assert database.check() == []
    database.close()


def test_shrinking_removes_what_was_deleted_from_file_and_journal(path: Path) -> None:
    database = Database(path)
    add_folder(database, "/secretplace")
    with database.writing() as connection:
        connection.execute("DELETE FROM source_folder")
    database.shrink()
    left = b"".join(item.read_bytes() for item in path.parent.iterdir())
    assert b"secretplace" not in left
    database.close()
