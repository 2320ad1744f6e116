"""What long work tells on the terminal."""

from __future__ import annotations

import pytest

from desktop_mmrag.cli.progress import follow
from desktop_mmrag.domain import Progress


def test_a_remark_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    late = ("The system does not report changes in /things.",)
    follow([Progress("idle", 0, 0), *[Progress("idle", 0, 0, remarks=late)] * 5])
    assert capsys.readouterr().err.count(late[0]) == 1
