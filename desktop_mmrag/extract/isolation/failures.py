"""Turns what decoders and the system raise into failures that a person understands."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_mmrag.errors import (
    DecoderOutOfMemory,
    FileDamaged,
    FileFailure,
    FileNotPermitted,
    FileTooLarge,
    FileVanished,
)


class ActionRefused(PermissionError):
    """A decoder tried to reach the network or to write outside its scratch folder."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Lets FileFailures pass and turns every other exception into one."""
    try:
        yield
    except FileFailure:
        raise
    except Exception as problem:
        raise explain(path, problem) from problem


def explain(path: Path, problem: Exception) -> FileFailure:
    """The failure that tells a person what `problem` means for the file."""
    name = path.name
    if isinstance(problem, FileFailure):
        return problem
    if isinstance(problem, MemoryError):
        return DecoderOutOfMemory(f"{name} needs more memory than the limit allows.")
    # By name, so that a note is understood without loading Pillow.
    if type(problem).__name__ in ("DecompressionBombError", "DecompressionBombWarning"):
        return FileTooLarge(f"{name} has more pixels than the limit allows.")
    if isinstance(problem, ActionRefused):
        return FileDamaged(f"Reading {name} tried to do what reading may not do: {problem}.")
    if isinstance(problem, (FileNotFoundError, NotADirectoryError)):
        return FileVanished(f"{name} is no longer there.")
    if isinstance(problem, (PermissionError, IsADirectoryError)):
        return FileNotPermitted(f"{name} may not be opened.")
    if isinstance(problem, OSError) and problem.errno in (errno.EIO, errno.ESTALE):
        return FileDamaged(f"The drive could not read {name}.", "Check the drive, then try again.")
    if "image file is truncated" in str(problem):
        return FileDamaged(f"{name} is cut off: its end is missing.")
    return FileDamaged(f"{name} could not be decoded: {_words(problem)}.")


def _words(problem: Exception) -> str:
    words = " ".join(str(problem).split()) or type(problem).__name__
    return words[:200].rstrip(".")
