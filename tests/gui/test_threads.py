"""Widgets die on the Qt thread, whatever the threads beside it do."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_mmrag.gui.bridge import Bridge

_WAIT_MS = 20_000


@dataclass
class Deaths:
    """On which threads objects died."""

    threads: list[threading.Thread] = field(default_factory=list)

    def watch(self, thing: QObject) -> None:
        weakref.finalize(thing, lambda: self.threads.append(threading.current_thread()))


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    bridge.close()


def _in_a_cycle(deaths: Deaths) -> None:
    """A page that only garbage collection can free."""
    page = QObject()
    page.itself = page  # type: ignore[attr-defined]
    deaths.watch(page)


def _make_garbage() -> list[None]:
    """Far more young objects than it takes Python to look for cycles by itself."""
    for _ in range(20):
        [[number] for number in range(20_000)]
    return [None]


def test_a_thread_that_allocates_does_not_collect_widgets(bridge: Bridge, qtbot: QtBot) -> None:
    deaths, ends = Deaths(), []
    for _ in range(10):
        _in_a_cycle(deaths)

    bridge.run(_make_garbage, lambda _: None, lambda: ends.append(True))
    qtbot.waitUntil(lambda: bool(ends), timeout=_WAIT_MS)
    kept = [[number] for number in range(4_000)]
    qtbot.waitUntil(lambda: len(deaths.threads) == 10, timeout=_WAIT_MS)
    del kept

    assert set(deaths.threads) == {threading.main_thread()}


def _hold_by_work(bridge: Bridge, deaths: Deaths, goes_on: threading.Event) -> None:
    """Starts work of a page that nothing else holds."""
    page = QObject()
    deaths.watch(page)

    def work() -> Iterator[str]:
        goes_on.wait(10)
        yield page.objectName()

    bridge.run(work, lambda _: page.objectName())


def test_a_page_outlived_by_its_work_dies_on_the_qt_thread(bridge: Bridge) -> None:
    deaths, goes_on = Deaths(), threading.Event()
    _hold_by_work(bridge, deaths, goes_on)

    bridge.stop()
    goes_on.set()
    bridge.close()

    assert deaths.threads == [threading.main_thread()]
