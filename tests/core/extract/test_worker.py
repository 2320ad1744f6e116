"""Extractor processes: files that crash, hang and grab, and what the processes may not do."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import (
    Box,
    ExtractRequest,
    Page,
    PictureInput,
    Role,
    Segment,
    Summary,
)
from desktop_mmrag.errors import (
    DecoderCrashed,
    DecoderOutOfMemory,
    DecoderTimedOut,
    ExtractorsClosed,
    FileFailure,
    FileUnsupported,
    FileVanished,
)
from desktop_mmrag.extract.isolation.wire import NotAllowed, pack, unpack
from desktop_mmrag.extract.isolation.worker import Extractors, Limits

from .test_document import INVOICE, write_pdf

Requests = Callable[[Path], ExtractRequest]
posix = pytest.mark.skipif(
    os.name != "posix", reason="signals stop and end a process on POSIX only"
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    Image.new("RGB", (400, 300), "orange").save(tmp_path / "photo.jpg")
    return tmp_path / "photo.jpg"


@pytest.fixture
def long_pdf(tmp_path: Path) -> Path:
    write_pdf(tmp_path / "long.pdf", [INVOICE] * 400)
    return tmp_path / "long.pdf"


def test_a_photo_a_note_and_a_pdf(
    extractors: Extractors, tmp_path: Path, photo: Path, request_for: Requests
) -> None:
    (tmp_path / "a.md").write_text("# One\n\nTwo three.\n")
    write_pdf(tmp_path / "a.pdf", [INVOICE])
    picture, summary = extractors.understand(request_for(photo))
    assert isinstance(picture, Segment) and picture.pixels is not None
    assert picture.pixels.shape == (224, 224, 3) and isinstance(summary, Summary)
    roles = [
        p.role
        for p in extractors.understand(request_for(tmp_path / "a.md"))
        if isinstance(p, Segment)
    ]
    assert roles == [Role.PASSAGE]
    roles = [
        p.role
        for p in extractors.understand(request_for(tmp_path / "a.pdf"))
        if isinstance(p, Segment)
    ]
    assert roles == [Role.PICTURE, Role.PASSAGE]


def test_pictures_for_a_model(extractors: Extractors, photo: Path, tmp_path: Path) -> None:
    assert extractors.picture(photo, 200).shape == (150, 200, 3)
    assert extractors.picture(photo, 200, box=Box(0, 0, 0.5, 1)).shape == (200, 133, 3)
    assert extractors.prepared(photo, PictureInput(64)).shape == (64, 64, 3)
    write_pdf(tmp_path / "a.pdf", [INVOICE])
    assert extractors.picture(tmp_path / "a.pdf", 400, page=1).shape == (400, 300, 3)
    (tmp_path / "a.txt").write_text("no picture")
    with pytest.raises(FileUnsupported):
        extractors.picture(tmp_path / "a.txt", 200)


def test_failures_cross_with_their_words(
    extractors: Extractors, tmp_path: Path, request_for: Requests
) -> None:
    with pytest.raises(FileVanished, match=r"gone\.jpg") as failure:
        list(extractors.understand(request_for(tmp_path / "gone.jpg")))
    assert failure.value.hint == FileVanished.hint


@posix
def test_a_crash_costs_one_file(long_pdf: Path, photo: Path, request_for: Requests) -> None:
    with Extractors(Limits(), 1) as extractors:
        parts = extractors.understand(request_for(long_pdf))
        next(parts)
        os.kill(extractors.process_ids()[0], signal.SIGSEGV)
        with pytest.raises(DecoderCrashed, match=r"long\.pdf.*SIGSEGV"):
            list(parts)
        assert len(list(extractors.understand(request_for(photo)))) == 2


@posix
def test_a_kill_by_the_system_is_told_as_lack_of_memory(
    long_pdf: Path, request_for: Requests
) -> None:
    with Extractors(Limits(), 1) as extractors:
        parts = extractors.understand(request_for(long_pdf))
        next(parts)
        os.kill(extractors.process_ids()[0], signal.SIGKILL)
        with pytest.raises(DecoderOutOfMemory):
            list(parts)


@posix
def test_a_hang_costs_one_file(long_pdf: Path, photo: Path, request_for: Requests) -> None:
    with Extractors(Limits(seconds=1), 1) as extractors:
        parts = extractors.understand(request_for(long_pdf))
        next(parts)
        hung = extractors.process_ids()[0]
        os.kill(hung, signal.SIGSTOP)
        with pytest.raises(DecoderTimedOut, match="1 seconds"):
            list(parts)
        assert len(list(extractors.understand(request_for(photo)))) == 2
        assert hung not in extractors.process_ids()


@posix
def test_a_process_that_died_while_idle_costs_nothing(photo: Path, request_for: Requests) -> None:
    with Extractors(Limits(), 1) as extractors:
        list(extractors.understand(request_for(photo)))
        number = extractors.process_ids()[0]
        os.kill(number, signal.SIGKILL)
        while extractors.process_ids():
            time.sleep(0.01)
        assert len(list(extractors.understand(request_for(photo)))) == 2


def test_parts_wait_for_whoever_asks(long_pdf: Path, request_for: Requests) -> None:
    with Extractors(Limits(seconds=5), 1) as extractors:
        parts = extractors.understand(request_for(long_pdf))
        next(parts)
        # Longer than it takes to read the rest: the process stops at a full pipe instead.
        time.sleep(1.5)
        parts.close()  # type: ignore[attr-defined]
        assert len(list(extractors.understand(request_for(long_pdf)))) == 801


def test_several_threads(long_pdf: Path, photo: Path, request_for: Requests) -> None:
    with Extractors(Limits(), 2) as extractors:
        counts: list[int] = []

        def run(path: Path) -> None:
            counts.append(len(list(extractors.understand(request_for(path)))))

        threads = [threading.Thread(target=run, args=(p,)) for p in (long_pdf, photo, photo, photo)]
        for thread in threads:
            thread.start()
        # A picture for the person does not wait for the files.
        assert extractors.picture(photo, 100).shape == (75, 100, 3)
        for thread in threads:
            thread.join()
        assert sorted(counts) == [2, 2, 2, 801]


def test_closing_judges_no_file(long_pdf: Path, request_for: Requests) -> None:
    extractors = Extractors(Limits(), 1)
    parts = extractors.understand(request_for(long_pdf))
    next(parts)
    extractors.close()
    with pytest.raises(ExtractorsClosed):
        list(parts)
    with pytest.raises(ExtractorsClosed):
        next(iter(extractors.understand(request_for(long_pdf))))
    assert extractors.process_ids() == ()


@pytest.mark.slow
@linux
def test_memory_is_capped(tmp_path: Path, photo: Path, request_for: Requests) -> None:
    Image.new("L", (25_000, 25_000)).save(tmp_path / "huge.png", compress_level=1)
    with Extractors(Limits(memory_mb=256, megapixels=1000), 1) as extractors:
        with pytest.raises(DecoderOutOfMemory):
            list(extractors.understand(request_for(tmp_path / "huge.png")))
        assert len(list(extractors.understand(request_for(photo)))) == 2


@linux
def test_processes_die_with_their_parent(tmp_path: Path, photo: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, signal\n"
        "from pathlib import Path\n"
        "from desktop_mmrag.extract.isolation.worker import Extractors, Limits\n"
        "if __name__ == '__main__':\n"
        "    running = Extractors(Limits(), 1)\n"
        f"    running.picture(Path({str(photo)!r}), 100)\n"
        "    attached = running._scratch / 'attached.csv'\n"
        "    attached.write_text('what came with an e-mail')\n"
        "    print(*running.process_ids(), attached, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = _python([str(program)])
    number, attached = done.stdout.split()
    deadline = time.monotonic() + 5
    while _runs(number) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(number)
    assert not Path(attached).exists()
    Path(attached).parent.rmdir()


@pytest.mark.parametrize("begun", [False, True], ids=["being started", "starting up"])
def test_closing_while_a_process_starts_leaves_none_behind(photo: Path, begun: bool) -> None:
    before = set(multiprocessing.active_children())
    extractors, raised = Extractors(Limits(), 1), list[BaseException]()

    def ask() -> None:
        try:
            list(extractors.read_text(photo))
        except BaseException as problem:
            raised.append(problem)

    asking = threading.Thread(target=ask)
    asking.start()
    while begun and not extractors.process_ids():
        time.sleep(0.001)
    extractors.close()
    asking.join(60)
    assert [type(problem) for problem in raised] == [ExtractorsClosed]
    assert set(multiprocessing.active_children()) == before


def test_the_program_itself_loads_no_decoder() -> None:
    done = _python(
        [
            "-c",
            "import sys, desktop_mmrag.extract.isolation.worker\n"
            "heavy = {'PIL', 'pypdfium2', 'rapidocr', 'bs4', 'markdown_it', 'cv2', 'scipy', 'yaml'}\n"
            "print(sorted(heavy & set(sys.modules)))",
        ]
    )
    assert done.stdout.strip() == "[]"


FORBIDDEN = {
    "connect": "socket.create_connection(('127.0.0.1', 9), 1)",
    "resolve": "socket.getaddrinfo('example.org', 80)",
    "bind": "socket.socket().bind(('127.0.0.1', 0))",
    "write": "open(outside, 'w')",
    "append": "open(outside, 'a')",
    "low-level write": "os.open(outside, os.O_CREAT | os.O_WRONLY)",
    "remove": "os.remove(victim)",
    "rename": "os.rename(victim, outside)",
    "make a folder": "os.mkdir(outside)",
    "run a program": "subprocess.run(['true'])",
    "a path that leads out": "open(os.path.join(scratch, '..', 'outside'), 'w')",
}


@pytest.mark.parametrize("action", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_the_hook_refuses(tmp_path: Path, action: str) -> None:
    done = _sandboxed(tmp_path, "refuse_network_and_writes(Path(scratch))", action)
    assert done.stdout.strip() == "ActionRefused", done.stdout + done.stderr
    assert (tmp_path / "victim").read_text() == "whole"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["scratch", "victim"]


def test_the_hook_allows_the_scratch_folder_and_reading(tmp_path: Path) -> None:
    action = "open(os.path.join(scratch, 'a'), 'w').close(); open(victim).read()"
    done = _sandboxed(tmp_path, "refuse_network_and_writes(Path(scratch))", action)
    assert done.stdout.strip() == "done", done.stderr


@linux
@pytest.mark.parametrize("path", ["outside", "victim"])
def test_the_kernel_refuses_what_bypasses_python(tmp_path: Path, path: str) -> None:
    action = (
        f"libc = ctypes.CDLL(None, use_errno=True)\n"
        f"    print(libc.open({path}.encode(), os.O_CREAT | os.O_WRONLY, 0o600), ctypes.get_errno())"
    )
    done = _sandboxed(tmp_path, "print(confine(Path(scratch)))", action)
    confined, *rest = done.stdout.splitlines()
    if confined != "True":
        pytest.skip("this kernel has no Landlock")
    assert rest[0] == "-1 13"  # EACCES


@linux
def test_a_running_process_is_confined(extractors: Extractors, photo: Path) -> None:
    extractors.picture(photo, 100)
    number = extractors.process_ids()[0]
    limits = Path(f"/proc/{number}/limits").read_text()
    rows = {line[:25].strip(): line[25:].split() for line in limits.splitlines()}
    assert rows["Max core file size"][0] == "0"
    assert int(rows["Max address space"][0]) < 6 << 30


def test_messages_hold_plain_values_only() -> None:
    segment = Segment(Role.PICTURE, Page(2), pixels=np.zeros((2, 2, 3), np.uint8))
    received = unpack(pack(("piece", segment)))[1]
    assert received == segment and received.pixels.shape == (2, 2, 3)
    for hostile in (os.system, subprocess.Popen, Path("/etc/passwd"), FileFailure):
        with pytest.raises(NotAllowed):
            unpack(pickle.dumps(("piece", hostile)))


def _sandboxed(folder: Path, settle: str, action: str) -> subprocess.CompletedProcess[str]:
    (folder / "scratch").mkdir()
    (folder / "victim").write_text("whole")
    program = (
        "import ctypes, os, socket, subprocess\n"
        "from pathlib import Path\n"
        "from desktop_mmrag.extract.isolation.landlock import confine\n"
        "from desktop_mmrag.extract.isolation.sandbox import refuse_network_and_writes\n"
        f"folder = {str(folder)!r}\n"
        "scratch, outside, victim = (os.path.join(folder, n) for n in ('scratch', 'outside', 'victim'))\n"
        f"{settle}\n"
        "try:\n"
        f"    {action}\n"
        "    print('done')\n"
        "except Exception as problem:\n"
        "    print(type(problem).__name__)\n"
    )
    return _python(["-c", program])


def _runs(number: str) -> bool:
    """False as well for a process that has ended and that its new parent has not looked after yet."""
    try:
        state = Path("/proc", number, "stat").read_text(encoding="ascii").rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def _python(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
