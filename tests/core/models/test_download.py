"""Downloads against a server that behaves as badly as the real ones."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desktop_mmrag.errors import DownloadAltered, DownloadFailed, ModelUnknown, NotEnoughDisk
from desktop_mmrag.models import download as module
from desktop_mmrag.models.catalogue import Licence, ModelEntry, ModelFile
from desktop_mmrag.models.download import UNFINISHED, HttpsStaysHttps, discard_unfinished, download

CONTENT = bytes(range(256)) * 4096  # One MiB: several pieces.
SHORT = b'{"vocab": {}}'
NO_WAIT = (0.0, 0.0, 0.0)


class Server(ThreadingHTTPServer):
    """Serves `files`; what it does wrong is set by the test."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {"/model.onnx": CONTENT, "/tokenizer.json": SHORT}
        self.tag = '"one"'
        self.ranges = True
        self.break_after = []  # Bytes after which each of the next answers breaks off.
        self.lies = []  # Added to the Content-Length of each of the next answers.
        self.statuses = []  # Answered instead, one for each request.
        self.extra = b""
        self.requests = []

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.requests.append((self.path, dict(self.headers)))
        self.close_connection = True
        if server.statuses:
            return self.answer(server.statuses.pop(0), b"")
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/model.onnx")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if self.path not in server.files:
            return self.answer(404, b"")
        return self.serve(server.files[self.path] + server.extra)

    def serve(self, data):
        start = 0
        if self.server.ranges and "Range" in self.headers:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            if self.headers.get("If-Range", self.server.tag) != self.server.tag:
                start = 0
        if start >= len(data):
            return self.answer(416, b"")
        place = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        return self.answer(206 if start else 200, data[start:], place)

    def answer(self, status, body, headers=()):
        lie = self.server.lies.pop(0) if self.server.lies else 0
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) + lie))
        self.send_header("ETag", self.server.tag)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()
        if status < 300 and self.server.break_after:
            body = body[: self.server.break_after.pop(0)]
        try:
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def described(server, sizes=True, path="/model.onnx"):
    def file(role, name, data, url):
        digest = hashlib.sha256(data).hexdigest()
        return ModelFile(role, name, digest, len(data) if sizes else None, server.url(url))

    files = (
        file("text", "model.onnx", CONTENT, path),
        file("tokenizer", "tokenizer.json", SHORT, "/tokenizer.json"),
    )
    return ModelEntry(
        "tiny", "Tiny", "text", "Testing.", "1", "fp32", files, Licence("MIT"), "tiny"
    )


def run(entry, folder, **options):
    return list(download(entry, folder, pauses_s=NO_WAIT, timeout_s=5, **options))


def installed(folder):
    return {path.name: path.read_bytes() for path in (folder / "tiny").iterdir()}


WHOLE = {"model.onnx": CONTENT, "tokenizer.json": SHORT}


def test_all_files_arrive_and_nothing_else_is_left(server, tmp_path):
    steps = run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE
    assert not list((tmp_path / UNFINISHED).iterdir())
    counts = [step.done for step in steps]
    assert counts == sorted(counts) and counts[-1] == steps[-1].total == len(CONTENT) + len(SHORT)
    assert {step.stage for step in steps} == {"downloading", "checking"}
    assert steps[-1].per_second > 0


def test_nothing_is_installed_before_the_last_file_is_checked(server, tmp_path):
    for _ in download(described(server), tmp_path, pauses_s=NO_WAIT):
        assert not (tmp_path / "tiny").exists()
    assert installed(tmp_path) == WHOLE


def test_a_connection_that_breaks_off_is_resumed(server, tmp_path):
    server.break_after = [300_000, 300_000, 300_000]
    run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE
    asked = [headers.get("Range") for path, headers in server.requests if path == "/model.onnx"]
    assert asked == [None, "bytes=300000-", "bytes=600000-", "bytes=900000-"]


def test_stopping_leaves_what_arrived_and_the_next_start_goes_on(server, tmp_path):
    steps = download(described(server), tmp_path, pauses_s=NO_WAIT)
    for step in steps:
        if step.done > 500_000:
            break
    steps.close()
    assert not (tmp_path / "tiny").exists()
    run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE
    path, headers = server.requests[1]
    assert path == "/model.onnx" and int(headers["Range"][6:-1]) >= 500_000
    assert headers["If-Range"] == '"one"'


def test_a_file_that_changed_meanwhile_is_fetched_from_the_start(server, tmp_path):
    server.files["/model.onnx"] = b"x" * len(CONTENT)
    steps = download(described(server), tmp_path, pauses_s=NO_WAIT)
    for step in steps:
        if step.done > 500_000:
            break
    steps.close()
    server.files["/model.onnx"], server.tag = CONTENT, '"two"'
    run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE


def test_a_server_that_ignores_ranges_starts_over(server, tmp_path):
    server.ranges, server.break_after = False, [700_000, 300_000]
    run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE


def test_a_server_that_always_breaks_at_the_same_place_is_given_up(server, tmp_path):
    server.ranges, server.break_after = False, [1000] * 50
    with pytest.raises(DownloadFailed):
        run(described(server), tmp_path)
    assert len(server.requests) <= 6


@pytest.mark.parametrize("lie", [5000, -5000])
def test_a_length_that_is_a_lie_does_no_harm(server, tmp_path, lie):
    server.lies = [lie]
    entry = described(server)
    only_model = ModelEntry(**{**fields(entry), "files": entry.files[:1]})
    run(only_model, tmp_path)
    assert installed(tmp_path) == {"model.onnx": CONTENT}


def fields(entry):
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def test_a_length_that_is_always_too_great_for_an_unknown_size_ends(server, tmp_path):
    server.lies = [5000] * 50
    with pytest.raises((DownloadFailed, DownloadAltered)):
        run(described(server, sizes=False), tmp_path)
    assert not (tmp_path / "tiny").exists()


def test_altered_bytes_are_refused_and_deleted(server, tmp_path):
    server.files["/model.onnx"] = CONTENT[:-1] + b"!"
    with pytest.raises(DownloadAltered):
        run(described(server), tmp_path)
    assert not (tmp_path / "tiny").exists()
    assert not [path for path in (tmp_path / UNFINISHED).rglob("*") if path.is_file()]


def test_more_bytes_than_expected_are_not_taken(server, tmp_path):
    server.extra = b"!" * 5_000_000
    entry = described(server)
    only_model = ModelEntry(**{**fields(entry), "files": entry.files[:1]})
    steps = run(only_model, tmp_path)
    assert max(step.done for step in steps) == len(CONTENT)
    assert installed(tmp_path) == {"model.onnx": CONTENT}


def test_a_size_that_nobody_knows_is_no_hindrance(server, tmp_path):
    server.break_after = [400_000]
    steps = run(described(server, sizes=False), tmp_path)
    assert installed(tmp_path) == WHOLE
    assert steps[-1].total is None


def test_a_file_of_unknown_size_that_is_all_here_is_not_fetched_again(server, tmp_path):
    partial = tmp_path / UNFINISHED / "tiny" / "model.onnx.part"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(CONTENT)
    run(described(server, sizes=False), tmp_path)
    assert [path for path, _ in server.requests] == ["/tokenizer.json"]


def test_a_leftover_longer_than_the_file_is_thrown_away(server, tmp_path):
    partial = tmp_path / UNFINISHED / "tiny" / "model.onnx.part"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(CONTENT * 2)
    run(described(server, sizes=False), tmp_path)
    assert installed(tmp_path) == WHOLE


def test_a_busy_server_is_asked_again(server, tmp_path):
    server.statuses = [503, 429]
    steps = run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE
    assert steps[0].stage == "downloading"


@pytest.mark.parametrize(("status", "word"), [(401, "account"), (403, "browser"), (404, "no more")])
def test_a_refusal_is_said_at_once(server, tmp_path, status, word):
    server.statuses = [status]
    with pytest.raises(DownloadFailed, match=word):
        run(described(server), tmp_path)
    assert len(server.requests) == 1


def test_no_server_at_all(tmp_path, server):
    entry = described(server)
    server.shutdown()
    server.server_close()
    with pytest.raises(DownloadFailed, match="cannot be reached"):
        run(entry, tmp_path)


def test_waiting_can_be_stopped(server, tmp_path):
    server.statuses = [503] * 9
    steps = download(described(server), tmp_path, pauses_s=(60.0,))
    assert next(step for step in steps if step.stage == "waiting")
    steps.close()


def test_a_redirect_is_followed(server, tmp_path):
    run(described(server, path="/moved"), tmp_path)
    assert installed(tmp_path) == WHOLE


def test_a_redirect_that_gives_up_encryption_is_not():
    request = module.urllib.request.Request("https://example.org/model.onnx")
    with pytest.raises(DownloadFailed, match="unencrypted"):
        HttpsStaysHttps().redirect_request(request, None, 302, "", {}, "http://example.org/m")


def test_a_full_disk_is_noticed_before_the_first_byte(server, tmp_path):
    huge = ModelFile("text", "huge.onnx", "0" * 64, 1 << 60, server.url("/model.onnx"))
    entry = ModelEntry(**{**fields(described(server)), "files": (huge,)})
    with pytest.raises(NotEnoughDisk):
        run(entry, tmp_path)
    assert not server.requests


def test_a_disk_that_fills_up_keeps_what_arrived(server, tmp_path, monkeypatch):
    class Full:
        def __init__(self, file):
            self.file = file

        def write(self, piece):
            raise OSError(28, "No space left on device")

        def flush(self):
            pass

    write = module._write
    pieces = []

    def full_after_two(target, piece):
        pieces.append(piece)
        write(Full(target) if len(pieces) > 2 else target, piece)

    monkeypatch.setattr(module, "_write", full_after_two)
    with pytest.raises(NotEnoughDisk):
        run(described(server), tmp_path)
    monkeypatch.undo()
    run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE
    assert "Range" in server.requests[1][1]


def test_the_proxy_of_the_system_is_used(server, tmp_path, monkeypatch):
    proxy = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.files["http://models.example/model.onnx"] = CONTENT
    file = ModelFile("text", "model.onnx", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    file = ModelFile(
        file.role, file.name, file.sha256, file.bytes, "http://models.example/model.onnx"
    )
    run(ModelEntry(**{**fields(described(server)), "files": (file,)}), tmp_path)
    assert installed(tmp_path) == {"model.onnx": CONTENT}


def test_an_update_replaces_the_old_files(server, tmp_path):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "old.onnx").write_bytes(b"old")
    run(described(server), tmp_path)
    assert installed(tmp_path) == WHOLE


def test_a_bundled_model_is_nothing_to_download(server, tmp_path):
    entry = ModelEntry(**{**fields(described(server)), "bundled": True})
    with pytest.raises(ModelUnknown):
        run(entry, tmp_path)


def test_what_a_stopped_download_left_can_be_thrown_away(server, tmp_path):
    steps = download(described(server), tmp_path)
    next(steps), next(steps)
    steps.close()
    discard_unfinished(tmp_path, "tiny")
    assert not (tmp_path / UNFINISHED / "tiny").exists()
