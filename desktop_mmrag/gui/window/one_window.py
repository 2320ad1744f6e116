"""One window for a library: a second start hands its paths to the first, brings it to the front, and ends."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CONNECT_MS, _ANSWER_MS = 500, 3000
_TRIES = 6
_DONE = b"ok\n"


class OneWindow(QObject):
    """Held by the first window as long as it lives."""

    asked = Signal(object)
    """A list of Paths that another start was given; empty when it only wants the window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder`: the library's; it exists."""
        super().__init__(parent)
        self._name = _name_of(folder)
        self._lock = QLockFile(str(folder / "window.lock"))
        # A lock is stale when its process is gone, however old it is.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._sockets: list[QLocalSocket] = []

    def first(self, paths: Sequence[Path] = ()) -> bool:
        """Whether this is the only window; if not, the other one has been told of `paths`.

        A window that crashed leaves lock and socket behind: both are taken over.
        """
        for _ in range(_TRIES):
            if self._lock.tryLock(0):
                QLocalServer.removeServer(self._name)
                self._server.listen(self._name)
                return True
            if self._tell(paths):
                return False
            # The other one is just starting or just ending.
            time.sleep(0.2)
        # It does not answer. A second window is better than none: it can find, and not keep.
        return True

    def close(self) -> None:
        """Lets another start be the first; a second time does nothing."""
        if not self._lock.isLocked():
            return
        self._server.newConnection.disconnect(self._greet)
        for socket in self._sockets:
            socket.readyRead.disconnect(self._listen)
            socket.disconnected.disconnect(self._forget)
            socket.abort()
        self._sockets.clear()
        self._server.close()
        self._lock.unlock()

    def _tell(self, paths: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        message = json.dumps([str(path.absolute()) for path in paths])
        socket.write(message.encode() + b"\n")
        socket.flush()
        answered = socket.waitForReadyRead(_ANSWER_MS)
        return bool(answered) and bytes(socket.readAll().data()) == _DONE

    def _greet(self) -> None:
        while socket := self._server.nextPendingConnection():
            self._sockets.append(socket)
            socket.readyRead.connect(self._listen)
            socket.disconnected.connect(self._forget)
        # What came together with the connection is not announced again.
        self._listen()

    def _listen(self) -> None:
        for socket in [socket for socket in self._sockets if socket.canReadLine()]:
            try:
                told = json.loads(bytes(socket.readLine().data()))
                paths = [Path(str(path)) for path in told]
            except (ValueError, TypeError):
                socket.abort()
                continue
            socket.write(_DONE)
            socket.flush()
            self.asked.emit(paths)

    def _forget(self) -> None:
        """Lets go of connections that ended; whose lines are read by then."""
        ended = QLocalSocket.LocalSocketState.UnconnectedState
        for socket in [socket for socket in self._sockets if socket.state() == ended]:
            self._sockets.remove(socket)
            socket.deleteLater()


def _name_of(folder: Path) -> str:
    """One name for each library, short enough for every system's socket paths."""
    return "desktop-mmrag-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
