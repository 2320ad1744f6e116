"""A model that comes from a server on this computer, slowly enough to be photographed."""

from __future__ import annotations

import dataclasses
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from desktop_mmrag import bundled
from desktop_mmrag.models.catalogue import Catalogue, ModelEntry
from desktop_mmrag.models.download import UNFINISHED
from desktop_mmrag.models.installed import ModelFolder


class SlowDownload:
    """The catalogue with one model whose files are as large as said there, and all zeros."""

    def __init__(self, model_id: str, folder: Path) -> None:
        shutil.rmtree(folder / UNFINISHED, ignore_errors=True)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        entries = tuple(
            self._here(entry) if entry.id == model_id else entry for entry in Catalogue.load()
        )
        self.folder = ModelFolder(folder, bundled.models(), Catalogue(entries))
        self.entry = next(entry for entry in entries if entry.id == model_id)

    def _here(self, entry: ModelEntry) -> ModelEntry:
        root = f"http://127.0.0.1:{self._server.server_port}"
        files = (dataclasses.replace(file, url=f"{root}/{file.bytes}") for file in entry.files)
        return dataclasses.replace(entry, files=tuple(files))

    def stop(self) -> None:
        """Ends the server."""
        self._server.shutdown()


class _Slow(BaseHTTPRequestHandler):
    """Sends as many bytes as the address says, a million a second."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", self.path[1:])
        self.end_headers()
        try:
            for _ in range(int(self.path[1:]) // 100_000):
                self.wfile.write(bytes(100_000))
                threading.Event().wait(0.004)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Says nothing."""
