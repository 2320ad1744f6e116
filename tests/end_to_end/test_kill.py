"""Killed a hundred times at random moments, the library loses nothing and keeps nothing twice."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_mmrag.domain import Box, ExtractRequest, Part, Role, Segment
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.ingest.discover import discover_all
from desktop_mmrag.ingest.pipeline import Pipeline
from desktop_mmrag.library.library import Library, open_library
from desktop_mmrag.settings import Settings
from tests.fakes import fake_encoders

KILLS = 100
MOST_TRIES = 200
NOTES, PHOTOS = 300, 60


class QuickReader:
    """The real first pass; the second reads the same words in every picture, at no cost."""

    def __init__(self, real: Extractors) -> None:
        self._real = real

    def understand(self, request: ExtractRequest) -> Iterator[Part]:
        return self._real.understand(request)

    def read_text(self, path: Path) -> Iterator[Segment]:
        yield Segment(Role.OCR, Box(0, 0, 1, 1), f"read in {path.stat().st_size} bytes")


def keep(folder: Path, library_folder: Path) -> None:
    """What the killed process does: says that it begins, then works to the end."""
    library = open_library(library_folder)
    encoders = fake_encoders(library_folder)
    library.catalog.add_folder(folder)
    settings = Settings(threads=2)
    for _ in discover_all(library, settings):
        pass
    with Extractors(Limits(), 2) as extractors:
        run = Pipeline(library, QuickReader(extractors), encoders, settings).run()
        for told in run:
            if told.done:
                print(told.done, flush=True)
    library.close()
    print("finished", flush=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_hundred_kills(tmp_path: Path) -> None:
    chance = random.Random(7)
    folder, library_folder = tmp_path / "things", tmp_path / "library"
    folder.mkdir()
    for n in range(NOTES):
        write_note(folder, f"first-{n}", chance)
    for n in range(PHOTOS):
        write_photo(folder, f"first-{n}", chance)
    kept: dict[str, bytes] = {}
    struck = 0
    for kill in range(MOST_TRIES):
        # On a quick computer some kills come after the work is done: those do not count.
        struck += kill_while_keeping(folder, library_folder, chance)
        now = kept_hashes(library_folder)
        lost = {path for path, hash in kept.items() if now.get(path) != hash}
        assert not lost, f"kill {kill} lost what was kept: {lost}"
        if kill % 20 == 0:
            assert integrity(library_folder) == []
        change_something(folder, kill, chance)
        kept = acknowledged(now, folder)
        if struck == KILLS:
            break
    assert struck == KILLS, "kills must strike while there is work"

    finished = start(folder, library_folder)
    output, _ = finished.communicate(timeout=240)
    assert output.splitlines()[-1] == "finished"
    check(folder, library_folder)


def start(folder: Path, library_folder: Path) -> subprocess.Popen[str]:
    scratch = folder.with_name("scratch")
    scratch.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, __file__, str(folder), str(library_folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )


def kill_while_keeping(folder: Path, library_folder: Path, chance: random.Random) -> bool:
    """Kills a moment after the first file was kept, now and then before; whether work was left."""
    process = start(folder, library_folder)
    assert process.stdout is not None
    if chance.random() < 0.15:
        time.sleep(chance.uniform(0.0, 1.0))
    else:
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.15))
    process.send_signal(signal.SIGKILL)
    output, _ = process.communicate()
    return "finished" not in output


def kept_hashes(library_folder: Path) -> dict[str, bytes]:
    library = open_library(library_folder)
    rows = (
        library.database.reader()
        .execute(
            "SELECT path, hash FROM file JOIN content ON content.id = content_id"
            " WHERE state = 'kept'"
        )
        .fetchall()
    )
    library.close()
    return {str(path): bytes(hash) for path, hash in rows}  # type: ignore[call-overload]


def integrity(library_folder: Path) -> list[str]:
    library = open_library(library_folder)
    wrong = library.database.check()
    library.close()
    return wrong


def acknowledged(kept: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Kept files that are still what they were: these must never be lost."""
    there = {path: folder / path for path in kept if (folder / path).exists()}
    return {
        path: kept[path]
        for path, file in there.items()
        if hashlib.sha256(file.read_bytes()).digest() == kept[path]
    }


def change_something(folder: Path, kill: int, chance: random.Random) -> None:
    """New, changed, renamed, copied and deleted files."""
    names = sorted(path.name for path in folder.iterdir())
    changed, renamed, copied, deleted = chance.sample(names, 4)
    write_note(folder, f"later-{kill}", chance)
    write_note(folder, f"more-{kill}", chance)
    write_photo(folder, f"later-{kill}", chance)
    if changed.endswith(".md"):
        write_note(folder, Path(changed).stem, chance)
    (folder / renamed).rename(folder / f"renamed-{kill}-{renamed[-12:]}")
    shutil.copy2(folder / copied, folder / f"copied-{kill}{Path(copied).suffix}")
    (folder / deleted).unlink()


def write_note(folder: Path, name: str, chance: random.Random) -> None:
    words = " ".join(chance.choice(WORDS) for _ in range(40))
    aged(folder / f"{name}.md", f"# {name}\n\n{words} {chance.random()}.\n".encode())


def write_photo(folder: Path, name: str, chance: random.Random) -> None:
    pixels = np.random.default_rng(chance.randrange(1 << 30)).integers(0, 255, (60, 80, 3))
    Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{name}.png")
    aged(folder / f"{name}.png", None)


def aged(path: Path, data: bytes | None) -> None:
    if data is not None:
        path.write_bytes(data)
    then = time.time() - 60 - random.random()
    os.utime(path, (then, then))


WORDS = ("harbour", "lamp", "violet", "winter", "bread", "ladder", "river", "copper", "meadow")


def check(folder: Path, library_folder: Path) -> None:
    """Files, rows, words, vectors and previews are one and the same set."""
    library = open_library(library_folder)
    assert library.database.check() == []
    assert list(library.catalog.failures()) == []
    wanted = {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir()}
    assert kept_hashes(library_folder) == wanted

    numbers = Numbers(library)
    assert numbers.one("SELECT count(*) FROM content") == len(set(wanted.values()))
    assert numbers.one("SELECT count(*) FROM reading") == 0
    assert numbers.ids("SELECT rowid FROM facts") == numbers.ids("SELECT id FROM content")
    assert numbers.ids("SELECT rowid FROM words") == numbers.role("passage")
    assert numbers.ids("SELECT rowid FROM ocr") == numbers.role("ocr")
    assert numbers.vectors("text") == numbers.role("passage") | numbers.role("ocr")
    assert numbers.vectors("image-text") == numbers.role("picture")
    photos = {hash for name, hash in wanted.items() if name.endswith(".png")}
    assert len(numbers.role("picture")) == len(numbers.role("ocr")) == len(photos)
    previews = [path for path in (library_folder / "thumbnails").rglob("*") if path.is_file()]
    assert set(previews) == {library.thumbnails.path(hash) for hash in photos}
    library.close()


class Numbers:
    """Asks the database itself, past the library's own ways of reading it."""

    def __init__(self, library: Library) -> None:
        self._reader = library.database.reader()

    def one(self, sql: str) -> int:
        return int(self._reader.execute(sql).get)

    def ids(self, sql: str) -> set[int]:
        found = [int(row[0]) for row in self._reader.execute(sql).fetchall()]
        assert len(found) == len(set(found)), f"twice: {sql}"
        return set(found)

    def role(self, role: str) -> set[int]:
        return self.ids(f"SELECT id FROM segment WHERE role = '{role}'")

    def vectors(self, kind: str) -> set[int]:
        space = self.one(f"SELECT id FROM space WHERE kind = '{kind}'")
        return self.ids(f"SELECT segment_id FROM vector_{space}")


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
