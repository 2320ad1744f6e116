"""The Models page: what is here, a download from a real server with pause and resume, import, switch, speed, removal."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.gui.look.catalogue_words import CATALOGUE
from desktop_mmrag.gui.models import model_words
from desktop_mmrag.gui.models.download_terms import DownloadTerms
from desktop_mmrag.gui.models.downloads import DownloadState
from desktop_mmrag.gui.models.model_card import ModelCard
from desktop_mmrag.gui.models.model_list import Computer, ModelNow, too_large
from desktop_mmrag.gui.models.models_page import ModelsPage
from desktop_mmrag.gui.models.offer_row import OfferRow
from desktop_mmrag.gui.window.drop_plan import Act, plan_drop
from desktop_mmrag.gui.wiring import Wiring
from desktop_mmrag.models import speed as speed_module
from desktop_mmrag.models.catalogue import Catalogue, Licence, ModelEntry
from desktop_mmrag.models.download import UNFINISHED, DownloadProgress
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.speed import Speed
from tests.core.models.graphs import text_model
from tests.core.models.test_download import Server

WAIT_MS = 30_000
STARTER = "all-minilm-l6-v2"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def tiny(server: Server, tmp_path: Path) -> ModelEntry:
    """A real small text model that the server has."""
    entry = text_model(tmp_path / "served", title="Tiny text", languages=("en",))
    server.files = {
        f"/{file.name}": (tmp_path / "served" / entry.id / file.name).read_bytes()
        for file in entry.files
    }
    files = tuple(
        dataclasses.replace(file, url=server.url(f"/{file.name}")) for file in entry.files
    )
    return dataclasses.replace(entry, files=files)


@pytest.fixture
def page(application: Application, tiny: ModelEntry, wiring: Wiring, qtbot: QtBot) -> ModelsPage:
    """The page with the tiny model on offer."""
    folder = application.model_folder.folder
    catalogue = Catalogue((tiny, *Catalogue.load()))
    application.model_folder = ModelFolder(folder, bundled.models(), catalogue)
    page = ModelsPage(wiring)
    qtbot.addWidget(page)
    page.resize(900, 800)
    page.show()
    qtbot.waitUntil(lambda: bool(page._cards("tiny-text")), timeout=WAIT_MS)
    return page


def card(page: ModelsPage, model_id: str = "tiny-text") -> ModelCard:
    (found,) = page._cards(model_id)
    return found


def badges(card: ModelCard) -> list[str]:
    labels = [one for one in card.findChildren(QLabel) if one.property("role") == "badge"]
    return [one.text() for one in labels if not one.isHidden()]


def told(card: ModelCard) -> str:
    return card.findChild(QLabel, "modelTold").text()


def button(widget: QWidget, name: str) -> QPushButton:
    return widget.findChild(QPushButton, name)


def action(card: ModelCard, name: str) -> None:
    card._actions[name].trigger()


def download(page: ModelsPage) -> None:
    button(card(page), "download").click()
    button(page.findChild(DownloadTerms), "confirmDownload").click()


def installed(page: ModelsPage, model_id: str = "tiny-text") -> bool:
    return any(
        "In use" in badges(one) or "Installed" in badges(one) for one in page._cards(model_id)
    )


# --- what there is


def test_the_starter_stands_beside_better_ones(page: ModelsPage) -> None:
    assert badges(card(page, STARTER)) == ["In use", "Starter"]
    assert button(card(page), "download").isVisible()
    facts = card(page, STARTER).findChild(QLabel, "modelFacts").text()
    assert "23.9 MB" in facts and "Apache-2.0" in facts and "English" in facts


def test_more_offers_are_shown_on_demand(page: ModelsPage) -> None:
    more = button(page, "all-vision")
    assert more.text().startswith("Show ") and not card(page, "smolvlm2-500m").isVisible()
    more.click()
    assert card(page, "smolvlm2-500m").isVisible()
    assert button(card(page, "smolvlm2-500m"), "download").isVisible()


def test_a_licence_that_forbids_commerce_is_said(page: ModelsPage) -> None:
    one = card(page, "qwen2.5-vl-3b")
    assert "Not for commercial use" in badges(one)
    assert "not for commercial use" in one.findChild(QLabel, "modelFacts").text()


def test_an_answering_model_may_be_too_large_for_the_memory(tiny: ModelEntry) -> None:
    large = Catalogue.load().get("qwen3-vl-8b")
    assert too_large(large, Computer(8 << 30, 1 << 40))
    assert not too_large(large, Computer(32 << 30, 1 << 40))


# --- downloading


def test_the_terms_are_told_before_anything_is_fetched(
    page: ModelsPage, server: Server, qtbot: QtBot
) -> None:
    button(card(page), "download").click()
    terms = page.findChild(DownloadTerms)
    said = " ".join(label.text() for label in terms.findChildren(QLabel))
    assert "Download Tiny text?" in said and "127.0.0.1" in said and "MIT" in said
    assert "free on the disk" in said
    button(terms, "cancelDownload").click()
    qtbot.wait(100)
    assert server.requests == []


def test_what_does_not_fit_cannot_be_downloaded(tiny: ModelEntry, qtbot: QtBot) -> None:
    terms = DownloadTerms(ModelNow(tiny, False, False), Computer(8 << 30, 1000))
    qtbot.addWidget(terms)
    assert not button(terms, "confirmDownload").isEnabled()
    assert any("not enough space" in label.text() for label in terms.findChildren(QLabel))


def test_a_warning_of_the_licence_is_among_the_terms(qtbot: QtBot) -> None:
    entry = Catalogue.load().get("gemma-3-4b")
    terms = DownloadTerms(ModelNow(entry, False, False), Computer(8 << 30, 1 << 40))
    qtbot.addWidget(terms)
    assert any("forbidden uses" in label.text() for label in terms.findChildren(QLabel))


def test_a_downloaded_model_is_in_use_without_a_restart(
    page: ModelsPage, kept_application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    before = kept_application.models.text()
    with qtbot.waitSignal(wiring.models_changed, timeout=WAIT_MS):
        download(page)
    assert kept_application.models.text() is not before
    qtbot.waitUntil(lambda: badges(card(page)) == ["In use"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: badges(card(page, STARTER)) == ["Starter", "Installed"])
    assert kept_application.model_folder.is_installed("tiny-text")
    # What was kept before is made findable for the new model in the background.
    qtbot.waitUntil(
        lambda: "tiny-text" in {space.model for space, _ in kept_application.status().spaces},
        timeout=WAIT_MS,
    )


def test_a_download_is_paused_and_goes_on_where_it_stopped(
    page: ModelsPage, application: Application, server: Server, wiring: Wiring, qtbot: QtBot
) -> None:
    server.break_after = [1000, *[0] * 50]
    download(page)
    qtbot.waitUntil(lambda: "trying again" in told(card(page)), timeout=WAIT_MS)
    button(card(page), "pause").click()
    qtbot.waitUntil(lambda: told(card(page)).startswith("Paused at 1.0 kB of"), timeout=WAIT_MS)
    assert not button(card(page), "pause").isVisible()
    assert application.model_folder.unfinished("tiny-text") == 1000

    server.break_after = []
    server.requests.clear()
    with qtbot.waitSignal(wiring.models_changed, timeout=WAIT_MS):
        button(card(page), "resume").click()
    qtbot.waitUntil(lambda: installed(page), timeout=WAIT_MS)
    assert server.requests[0][1]["Range"] == "bytes=1000-"


def test_a_cancelled_download_leaves_nothing(
    page: ModelsPage, application: Application, server: Server, qtbot: QtBot
) -> None:
    server.break_after = [1000, *[0] * 50]
    download(page)
    qtbot.waitUntil(lambda: "trying again" in told(card(page)), timeout=WAIT_MS)
    button(card(page), "give_up").click()
    left = application.model_folder.folder / UNFINISHED / "tiny-text"
    qtbot.waitUntil(lambda: not left.exists(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: button(card(page), "download").isVisible(), timeout=WAIT_MS)


def test_a_refused_download_says_why_and_can_be_tried_again(
    page: ModelsPage, server: Server, qtbot: QtBot
) -> None:
    server.statuses = [403]
    download(page)
    qtbot.waitUntil(lambda: "the server refuses" in told(card(page)), timeout=WAIT_MS)
    assert "import them" in told(card(page))
    button(card(page), "resume").click()
    qtbot.waitUntil(lambda: installed(page), timeout=WAIT_MS)


def test_altered_files_are_refused(
    page: ModelsPage, application: Application, server: Server, qtbot: QtBot
) -> None:
    server.files["/text.onnx"] = server.files["/text.onnx"][:-1] + b"!"
    download(page)
    qtbot.waitUntil(lambda: "another content" in told(card(page)), timeout=WAIT_MS)
    assert not application.model_folder.is_installed("tiny-text")


def test_a_second_download_waits_for_the_first(
    page: ModelsPage, tiny: ModelEntry, server: Server, qtbot: QtBot
) -> None:
    server.break_after = [1000, *[0] * 50]
    page.downloads.start(tiny)
    other = Catalogue.load().get("bge-small-en-1.5")
    page.downloads.start(other)
    assert page.downloads.of(other.id).state is DownloadState.QUEUED
    assert "Waits" in told(card(page, other.id))
    page.downloads.give_up(other.id)
    assert page.downloads.of(other.id) is None
    page.downloads.pause(tiny.id)
    qtbot.waitUntil(lambda: page.downloads.of(tiny.id) is None, timeout=WAIT_MS)


def test_the_first_run_and_this_page_share_a_download(
    page: ModelsPage, tiny: ModelEntry, server: Server, wiring: Wiring, qtbot: QtBot
) -> None:
    """Two that write one file would spoil it."""
    server.break_after = [1000, *[0] * 50]
    offer = OfferRow(tiny, wiring)
    qtbot.addWidget(offer)
    button(offer, "offer-tiny-text").click()
    qtbot.waitUntil(lambda: "trying again" in told(card(page)), timeout=WAIT_MS)
    button(card(page), "pause").click()
    qtbot.waitUntil(lambda: button(offer, "offer-tiny-text").text() == "Go on", timeout=WAIT_MS)
    server.break_after = []
    button(offer, "offer-tiny-text").click()
    qtbot.waitUntil(lambda: installed(page), timeout=WAIT_MS)
    assert button(offer, "offer-tiny-text").text() == "Installed"


# --- what is here


@pytest.fixture
def with_tiny(page: ModelsPage, tiny: ModelEntry, tmp_path: Path, qtbot: QtBot) -> ModelsPage:
    """The page once the tiny model was imported from its folder."""
    page.import_paths([tmp_path / "served" / tiny.id])
    qtbot.waitUntil(lambda: installed(page), timeout=WAIT_MS)
    return page


def test_files_are_imported(with_tiny: ModelsPage) -> None:
    assert with_tiny.findChild(QLabel, "bannerWords").text() == "Tiny text is installed."


def test_the_parts_of_a_dropped_model_go_together(
    application: Application, tiny: ModelEntry, tmp_path: Path
) -> None:
    parts = sorted((tmp_path / "served" / tiny.id).iterdir())
    assert [part.suffix for part in parts] == [".onnx", ".json"]
    assert plan_drop(application, parts).of(Act.INSTALL) == tuple(parts)
    assert plan_drop(application, parts[1:]).of(Act.INSTALL) == ()


def test_files_that_are_no_model_are_refused_with_a_reason(
    page: ModelsPage, files: Path, qtbot: QtBot
) -> None:
    page.import_paths([files / "cabin.md"])
    words = page.findChild(QLabel, "bannerWords")
    qtbot.waitUntil(
        lambda: "no .onnx or .gguf" in words.text().replace("There is ", ""), timeout=WAIT_MS
    )
    assert "desktop-mmrag" not in words.text()
    assert button(page, "importModel").isEnabled()


def test_another_model_is_chosen(
    with_tiny: ModelsPage, application: Application, qtbot: QtBot
) -> None:
    button(card(with_tiny, STARTER), "use").click()
    qtbot.waitUntil(lambda: "In use" in badges(card(with_tiny, STARTER)), timeout=WAIT_MS)
    assert application.settings.text_model == STARTER
    assert application.models.text().space.model == STARTER
    assert badges(card(with_tiny)) == ["Installed"]


def test_a_removed_model_is_named_in_no_setting_and_the_starter_serves_again(
    with_tiny: ModelsPage, application: Application, wiring: Wiring, qtbot: QtBot
) -> None:
    application.use_model("tiny-text")
    action(card(with_tiny), "remove")
    box = with_tiny.findChild(QMessageBox, "removeModel")
    assert "can be downloaded again" in box.informativeText()
    with qtbot.waitSignal(wiring.models_changed, timeout=WAIT_MS):
        button(box, "confirmRemove").click()
    assert application.settings.text_model == ""
    assert application.models.text().space.model == STARTER
    qtbot.waitUntil(lambda: button(card(with_tiny), "download").isVisible(), timeout=WAIT_MS)


def test_the_starter_cannot_be_removed(page: ModelsPage) -> None:
    assert not card(page, STARTER)._actions["remove"].isVisible()


def test_the_speed_is_measured_and_kept(
    page: ModelsPage, application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed_module, "_SECONDS", 0.2)
    action(card(page, STARTER), "measure")
    assert card(page, STARTER).findChild(QProgressBar).isVisible()
    facts = card(page, STARTER).findChild(QLabel, "modelFacts")
    qtbot.waitUntil(lambda: "passages a second here" in facts.text(), timeout=WAIT_MS)
    assert STARTER in speed_module.remembered(application.model_folder.folder)


def test_a_whole_model_is_verified(page: ModelsPage, wiring: Wiring, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wiring.message, timeout=WAIT_MS) as said:
        action(card(page, STARTER), "verify")
    assert "every file is what it should be" in said.args[0]


def test_a_damaged_model_is_told_on_its_card(
    with_tiny: ModelsPage, application: Application, qtbot: QtBot
) -> None:
    path = application.model_folder.folder / "tiny-text" / "tokenizer.json"
    path.write_bytes(path.read_bytes() + b" ")
    action(card(with_tiny), "verify")
    qtbot.waitUntil(lambda: "not the file it should be" in told(card(with_tiny)), timeout=WAIT_MS)


def test_everything_can_be_reached_and_named(with_tiny: ModelsPage) -> None:
    for kind in (QPushButton, QToolButton):
        for widget in with_tiny.findChildren(kind):
            assert widget.objectName() and (widget.accessibleName() or widget.text()), widget
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


@pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="no llama.cpp")
def test_two_files_make_an_answering_model(
    page: ModelsPage, application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    parts = sorted((bundled.models() / "selftest-vision").glob("*.gguf"))
    if not parts:
        pytest.skip("the self-test model is not bundled")
    copies = [Path(shutil.copy(part, tmp_path)) for part in parts]
    page.import_paths(copies[:1])
    words = page.findChild(QLabel, "bannerWords")
    qtbot.waitUntil(lambda: "two GGUF files" in words.text(), timeout=WAIT_MS)
    page.import_paths(copies)
    qtbot.waitUntil(lambda: "is installed" in words.text(), timeout=WAIT_MS)
    assert application.models.why_no_vision() is None


# --- words


def test_words_for_progress_and_speed(tiny: ModelEntry) -> None:
    now = DownloadProgress("a.onnx", "downloading", 500_000_000, 1_000_000_000, 5_000_000)
    assert model_words.progress(now) == "500.0 MB of 1.0 GB · 5.0 MB a second · 2 min left"
    assert "Checking a.onnx" in model_words.progress(dataclasses.replace(now, stage="checking"))
    assert model_words.speed(Speed("pictures", 41.6)) == "42 pictures a second here"
    assert "first word after 1.2 s, then 8.4" in model_words.speed(Speed("tokens", 8.41, 1.2))
    unknown = dataclasses.replace(tiny, licence=Licence("LicenseRef-unknown"))
    assert model_words.licence(unknown) == "licence unknown"


def test_what_the_catalogue_says_can_be_translated() -> None:
    offered = [entry for entry in Catalogue.load() if entry.offered]
    words = {said for entry in offered for said in (entry.good_for, *entry.warnings)}
    assert words == set(CATALOGUE)
