"""Lists that lie beside the database, so that they survive when the database is lost."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

from desktop_mmrag.errors import DiskFull


def write(file: Path, plain: list[Any]) -> None:
    """Replaces the list; a half-written one is never seen. Raises DiskFull."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_text(json.dumps(plain), encoding="utf-8")
        fresh.chmod(0o600)
        fresh.replace(file)
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"There is no room for {file}.") from problem
        raise


def read(file: Path) -> list[Any]:
    """The list as last written. Raises OSError, ValueError."""
    stored: list[Any] = json.loads(file.read_text(encoding="utf-8"))
    return stored
