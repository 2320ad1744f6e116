"""Fetches the files of a model: resumed where it stopped, and installed only when all are right.

A download lies in `FOLDER/.unfinished/ID` until the last file is verified; then that folder
becomes `FOLDER/ID` in one rename.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, NoReturn

from desktop_mmrag.errors import DownloadAltered, DownloadFailed, ModelUnknown, NotEnoughDisk
from desktop_mmrag.models.catalogue import ModelEntry, ModelFile

UNFINISHED = ".unfinished"
"""The folder of downloads under way, inside the models folder."""

PAUSES_S = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each further attempt; the count starts anew whenever a file has grown."""

_PIECE = 1 << 18
_TIMEOUT_S = 30.0
_SPARE = 64 << 20
"""Bytes of the disk that are left free."""
_LARGEST_UNKNOWN = 1 << 30
"""Where the catalogue knows no size, no more bytes than this are taken."""
_WORTH_ANOTHER_TRY = {408, 425, 429, 500, 502, 503, 504}


DownloadStage = Literal["downloading", "checking", "waiting"]


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Where a download stands. Bytes count over all files of the model."""

    file: str
    stage: DownloadStage
    done: int
    total: int | None
    """None while a size is unknown."""
    per_second: float
    """Bytes a second since the download began, what was there before not counted."""


class HttpsStaysHttps(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from an encrypted address to a plain one."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Raises DownloadFailed for a redirect that gives up encryption."""
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise DownloadFailed(f"{req.full_url} leads to an unencrypted address.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def default_opener() -> urllib.request.OpenerDirector:
    """Speaks http and https, through the proxy that the system names."""
    return urllib.request.build_opener(HttpsStaysHttps)


def download(
    entry: ModelEntry,
    folder: Path,
    *,
    opener: urllib.request.OpenerDirector | None = None,
    pauses_s: Sequence[float] = PAUSES_S,
    timeout_s: float = _TIMEOUT_S,
) -> Iterator[DownloadProgress]:
    """Installs a model into `folder`. Closing the generator stops; the next call resumes.

    Raises NotEnoughDisk before or while writing, DownloadAltered when a file is not the one in
    the catalogue (it is deleted), DownloadFailed when the server cannot be reached or refuses.
    """
    if entry.bundled or any(file.url is None for file in entry.files):
        raise ModelUnknown(f"{entry.title} is nothing to download.")
    fetch = _Fetch(entry, folder, opener or default_opener(), tuple(pauses_s), timeout_s)
    try:
        fetch.staging.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DownloadFailed(f"{folder} cannot be written: {problem}.") from problem
    fetch.check_space()
    for file in entry.files:
        yield from fetch.file(file)
    install(fetch.staging, folder / entry.id, [file.name for file in entry.files])


def install(staging: Path, target: Path, names: Sequence[str]) -> None:
    """Makes a complete staging folder the model's folder, in one rename."""
    for leftover in [path for path in staging.iterdir() if path.name not in names]:
        leftover.unlink()
    if target.exists():
        shutil.rmtree(target)
    staging.replace(target)


def sha256_of(path: Path) -> str:
    """The fingerprint of a file, in hexadecimal."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def discard_unfinished(folder: Path, model_id: str) -> None:
    """Deletes what a stopped download left."""
    shutil.rmtree(folder / UNFINISHED / model_id, ignore_errors=True)


class _Broken(Exception):
    """The connection failed in a way that another attempt may mend."""


class _Fetch:
    """One download: the entry, its staging folder, and the count of bytes."""

    def __init__(
        self,
        entry: ModelEntry,
        folder: Path,
        opener: urllib.request.OpenerDirector,
        pauses_s: tuple[float, ...],
        timeout_s: float,
    ) -> None:
        self.entry, self.opener = entry, opener
        self.pauses_s, self.timeout_s = pauses_s, timeout_s
        self.staging = folder / UNFINISHED / entry.id
        self.total = entry.size
        self.began, self.fetched = time.monotonic(), 0

    # --- disk -------------------------------------------------------------------------

    def check_space(self) -> None:
        sizes = [(file.bytes or 0) - self._present(file) for file in self.entry.files]
        needed, free = sum(max(0, size) for size in sizes), shutil.disk_usage(self.staging).free
        if needed + _SPARE > free:
            raise NotEnoughDisk(
                f"{self.entry.title} needs {_mb(needed + _SPARE)}, {_mb(free)} are free."
            )

    def _present(self, file: ModelFile) -> int:
        return max(_size(self.staging / file.name), _size(self._partial(file)))

    def _partial(self, file: ModelFile) -> Path:
        return self.staging / f"{file.name}.part"

    def _tag_file(self, file: ModelFile) -> Path:
        return self.staging / f"{file.name}.tag"

    # --- one file ---------------------------------------------------------------------

    def file(self, file: ModelFile) -> Iterator[DownloadProgress]:
        if (self.staging / file.name).exists():
            return
        yield self._progress(file, "downloading")
        partial = self._partial(file)
        if not self._all_here(file):
            yield from self._attempts(file)
        yield from self._check(file)
        partial.replace(self.staging / file.name)

    def _all_here(self, file: ModelFile) -> bool:
        partial = self._partial(file)
        if file.bytes is not None:
            return _size(partial) >= file.bytes
        return partial.exists() and sha256_of(partial) == file.sha256

    def _attempts(self, file: ModelFile) -> Iterator[DownloadProgress]:
        failures = farthest = 0
        while True:
            try:
                yield from self._transfer(file)
                return
            except _Broken as problem:
                # Bytes sent over and over again by a server without ranges are no advance.
                reached = _size(self._partial(file))
                failures = 1 if reached > farthest else failures + 1
                farthest = max(farthest, reached)
                if failures > len(self.pauses_s):
                    raise DownloadFailed(f"{file.name}: {problem}.") from problem
                yield from self._pause(file, self.pauses_s[failures - 1])

    def _pause(self, file: ModelFile, seconds: float) -> Iterator[DownloadProgress]:
        # In short steps, so that whoever wants to stop need not wait.
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            yield self._progress(file, "waiting")
            time.sleep(min(0.2, left))

    def _transfer(self, file: ModelFile) -> Iterator[DownloadProgress]:
        have = _size(self._partial(file))
        with self._open(file, have) as response:
            if response.status == 206 and _range_start(response) == have:
                mode = "ab"
            else:
                # The server ignores ranges, or the file has changed since: from the start.
                have, mode = 0, "wb"
                self._remember_tag(file, response)
            with self._partial(file).open(mode) as target:
                yield from self._copy(file, response, target, have)

    def _copy(
        self, file: ModelFile, response: http.client.HTTPResponse, target: IO[bytes], have: int
    ) -> Iterator[DownloadProgress]:
        announced = _announced_end(response, have)
        # Never more than the catalogue's size: a server that sends on would fill the disk.
        limit = file.bytes or _LARGEST_UNKNOWN
        while have < limit:
            try:
                piece = response.read(min(_PIECE, limit - have))
            except (OSError, http.client.HTTPException) as problem:
                raise _Broken(f"the connection broke off ({problem})") from problem
            if not piece:
                break
            _write(target, piece)
            have += len(piece)
            self.fetched += len(piece)
            yield self._progress(file, "downloading")
        if have < (announced if file.bytes is None else file.bytes):
            raise _Broken("the connection broke off")

    def _check(self, file: ModelFile) -> Iterator[DownloadProgress]:
        partial, digest = self._partial(file), hashlib.sha256()
        with partial.open("rb") as data:
            while piece := data.read(1 << 22):
                digest.update(piece)
                yield self._progress(file, "checking")
        if digest.hexdigest() != file.sha256:
            partial.unlink()
            self._tag_file(file).unlink(missing_ok=True)
            raise DownloadAltered(f"{file.name} of {self.entry.title} has another content.")

    # --- the request ------------------------------------------------------------------

    def _open(self, file: ModelFile, have: int) -> http.client.HTTPResponse:
        headers = {"User-Agent": "desktop-mmrag", "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
            if tag := self._remembered_tag(file):
                headers["If-Range"] = tag
        try:
            request = urllib.request.Request(str(file.url), headers=headers)
            response: http.client.HTTPResponse = self.opener.open(request, timeout=self.timeout_s)
        except urllib.error.HTTPError as problem:
            problem.close()
            self._refused(file, problem.code)
        except (OSError, http.client.HTTPException) as problem:
            raise _Broken(f"the server cannot be reached ({problem})") from problem
        return response

    def _refused(self, file: ModelFile, status: int) -> NoReturn:
        if status == 416:
            # What lies here is longer than what the server has: it is of no use.
            self._partial(file).unlink(missing_ok=True)
        if status == 416 or status in _WORTH_ANOTHER_TRY:
            raise _Broken(f"the server answered {status}")
        reasons = {
            401: "the server wants an account; download the files in a browser and import them",
            403: "the server refuses; download the files in a browser and import them",
            404: "the server has it no more",
        }
        reason = reasons.get(status, f"the server answered {status}")
        raise DownloadFailed(f"{file.name}: {reason}.")

    def _remember_tag(self, file: ModelFile, response: http.client.HTTPResponse) -> None:
        tag = response.headers.get("ETag", "")
        # A weak tag promises no equal bytes and is not allowed in If-Range (RFC 9110, 13.1.5).
        if not tag or tag.startswith("W/"):
            tag = response.headers.get("Last-Modified", "")
        self._tag_file(file).write_text(json.dumps(tag), encoding="utf-8")

    def _remembered_tag(self, file: ModelFile) -> str:
        try:
            return str(json.loads(self._tag_file(file).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return ""

    def _progress(self, file: ModelFile, stage: DownloadStage) -> DownloadProgress:
        done = sum(self._present(item) for item in self.entry.files)
        seconds = max(time.monotonic() - self.began, 1e-6)
        return DownloadProgress(file.name, stage, done, self.total, self.fetched / seconds)


def _write(target: IO[bytes], piece: bytes) -> None:
    try:
        target.write(piece)
        target.flush()
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise NotEnoughDisk("The disk is full; what arrived is kept.") from problem
        raise DownloadFailed(f"It cannot be written: {problem}.") from problem


def _range_start(response: http.client.HTTPResponse) -> int | None:
    """The first byte of a partial answer: `Content-Range: bytes FIRST-LAST/TOTAL`."""
    unit, _, rest = response.headers.get("Content-Range", "").partition(" ")
    first = rest.partition("-")[0]
    return int(first) if unit == "bytes" and first.isdecimal() else None


def _announced_end(response: http.client.HTTPResponse, have: int) -> int:
    """How many bytes the file has, as far as the server says; 0 when it does not."""
    length = response.headers.get("Content-Length", "")
    return have + int(length) if length.isdecimal() else 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _mb(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"
