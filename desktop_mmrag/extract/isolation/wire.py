"""What crosses from an extractor process to the program: plain values, read with an allow-list."""

from __future__ import annotations

import io
import pickle
from typing import Any

# A process that a hostile file has taken over could send any pickle; only these are built.
_ALLOWED: dict[str, frozenset[str]] = {
    "desktop_mmrag.domain.locators": frozenset(["Whole", "TextSpan", "Page", "Box", "TimeSpan"]),
    "desktop_mmrag.domain.segments": frozenset(
        [
            "Segment",
            "Summary",
            "Beside",
            "Facts",
            "Fingerprint",
            "TextLine",
            "Spoken",
            "Sound",
            "Role",
            "Medium",
        ]
    ),
    "desktop_mmrag.errors": frozenset(
        [
            "FileVanished",
            "FileNotPermitted",
            "FileEmpty",
            "FileDamaged",
            "FileLocked",
            "FileUnsupported",
            "FileTooLarge",
            "DecoderCrashed",
            "DecoderTimedOut",
            "DecoderOutOfMemory",
        ]
    ),
    "datetime": frozenset({"datetime"}),
    "copyreg": frozenset({"_reconstructor"}),
    "builtins": frozenset({"object"}),
    "numpy": frozenset({"ndarray", "dtype"}),
    "numpy._core.numeric": frozenset({"_frombuffer"}),
    "numpy.core.numeric": frozenset({"_frombuffer"}),
    "numpy._core.multiarray": frozenset({"_reconstruct"}),
    "numpy.core.multiarray": frozenset({"_reconstruct"}),
}


class NotAllowed(Exception):
    """The message names something that no extractor has a reason to send."""


def pack(message: Any) -> bytes:
    """A message as bytes."""
    return pickle.dumps(message, protocol=5)


def unpack(data: bytes) -> Any:
    """The message. Raises NotAllowed, or any error of a broken pickle."""
    return _Reader(io.BytesIO(data)).load()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name not in (_ALLOWED.get(module) or ()):
            raise NotAllowed(f"{module}.{name}")
        return super().find_class(module, name)
