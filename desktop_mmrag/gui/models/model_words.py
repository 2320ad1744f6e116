"""Says of models what they are for, how large and how fast they are, under which terms they come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_mmrag.gui.look.told import told
from desktop_mmrag.gui.models.model_list import Computer, ModelNow, fits_disk, hosts
from desktop_mmrag.models.catalogue import ModelEntry, ModelKind
from desktop_mmrag.models.download import DownloadProgress
from desktop_mmrag.models.speed import Speed

translate = QCoreApplication.translate


def purpose(kinds: Sequence[ModelKind]) -> tuple[str, str, str]:
    """Heading, one sentence, icon."""
    known: dict[ModelKind, tuple[str, str, str]] = {
        "vision": (
            translate("ModelWords", "Answers"),
            translate(
                "ModelWords",
                "Reads pages and pictures and answers in full sentences. Without one, "
                "answers are quoted from your files.",
            ),
            "ask",
        ),
        "image-text": (
            translate("ModelWords", "Pictures"),
            translate("ModelWords", "Finds photos, pages and video by what they show."),
            "photo",
        ),
        "text": (
            translate("ModelWords", "Passages"),
            translate("ModelWords", "Finds notes and documents by what they mean."),
            "note",
        ),
        "speech": (
            translate("ModelWords", "Recordings"),
            translate("ModelWords", "Writes down what is said, so that it can be found."),
            "audio",
        ),
        "audio-text": (
            translate("ModelWords", "Sounds"),
            translate("ModelWords", "Finds recordings by what they sound like."),
            "audio",
        ),
        "reranker": (
            translate("ModelWords", "Order of hits"),
            translate(
                "ModelWords", "Reads the first hits once more and sorts them better; slower."
            ),
            "list",
        ),
    }
    return known.get(kinds[0], (kinds[0], "", "models"))


def good_for(entry: ModelEntry) -> str:
    """What it is good for, in the person's language."""
    return translate("Catalogue", entry.good_for)


def warnings(entry: ModelEntry) -> list[str]:
    """What one should know before."""
    return [translate("Catalogue", warning) for warning in entry.warnings]


def facts(model: ModelNow) -> str:
    """Size, licence, languages, speed on this computer; one line."""
    entry = model.entry
    parts = [size(entry.size), licence(entry)]
    if "multilingual" in entry.languages:
        parts.append(translate("ModelWords", "many languages"))
    elif entry.languages == ("en",):
        parts.append(translate("ModelWords", "English"))
    if model.speed:
        parts.append(speed(model.speed))
    return " · ".join(parts)


def size(count: int | None) -> str:
    """Bytes, rounded."""
    if count is None:
        return translate("ModelWords", "size unknown")
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def licence(entry: ModelEntry) -> str:
    """Its short name, and that commerce is forbidden where it is."""
    name = entry.licence.spdx.removeprefix("LicenseRef-").replace("-", " ")
    if entry.licence.spdx == "LicenseRef-unknown":
        name = translate("ModelWords", "licence unknown")
    elif not entry.licence.spdx.startswith("LicenseRef-"):
        name = entry.licence.spdx
    if not entry.licence.commercial:
        return translate("ModelWords", "{0}, not for commercial use").format(name)
    return name


def speed(found: Speed) -> str:
    """How fast it is here."""
    rate = f"{found.per_second:.0f}" if found.per_second >= 10 else f"{found.per_second:.1f}"
    if found.unit == "tokens":
        return translate("ModelWords", "first word after {0} s, then {1} tokens a second").format(
            f"{found.first_s or 0:.1f}", rate
        )
    if found.unit == "pictures":
        return translate("ModelWords", "{0} pictures a second here").format(rate)
    return translate("ModelWords", "{0} passages a second here").format(rate)


def progress(now: DownloadProgress) -> str:
    """How far a download is, how fast, how long it will take."""
    if now.stage == "checking":
        return translate("ModelWords", "Checking {0}").format(now.file)
    done = size(now.done)
    if now.total:
        done = translate("ModelWords", "{0} of {1}").format(done, size(now.total))
    if now.stage == "waiting":
        return translate("ModelWords", "{0} · the connection broke off, trying again").format(done)
    if not now.per_second:
        return done
    rate = translate("ModelWords", "{0} a second").format(size(round(now.per_second)))
    if not now.total:
        return f"{done} · {rate}"
    return f"{done} · {rate} · {time_left((now.total - now.done) / now.per_second)}"


def time_left(seconds: float) -> str:
    """Rounded to what matters."""
    if seconds < 90:
        return translate("ModelWords", "{0} s left").format(max(1, round(seconds)))
    if seconds < 5400:
        return translate("ModelWords", "{0} min left").format(round(seconds / 60))
    return translate("ModelWords", "{0} h left").format(f"{seconds / 3600:.1f}")


def terms(model: ModelNow, computer: Computer) -> list[tuple[str, str]]:
    """What is said before a download: pairs of a name and words."""
    entry = model.entry
    left = size(max(0, entry.size - model.unfinished) if entry.size else None)
    said = translate("ModelWords", "{0} to download, {1} free on the disk")
    rows = [(translate("ModelWords", "Size"), said.format(left, size(computer.free_disk)))]
    rows.append((translate("ModelWords", "From"), ", ".join(hosts(entry))))
    note = entry.licence.note and f" ({told(entry.licence.note)})"
    rows.append((translate("ModelWords", "Licence"), licence(entry) + note))
    return [(name, words) for name, words in rows if words]


def cautions(model: ModelNow, computer: Computer) -> list[str]:
    """What speaks against a download, most serious first."""
    said = []
    if not fits_disk(model, computer):
        said.append(translate("ModelWords", "There is not enough space on the disk."))
    if model.too_large:
        said.append(
            translate(
                "ModelWords",
                "It probably needs more memory than this computer has ({0}).",
            ).format(size(computer.memory))
        )
    return said + warnings(model.entry)
