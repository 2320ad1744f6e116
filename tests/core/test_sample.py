"""The sample library holds what its questions ask for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PIL import Image

from desktop_mmrag import bundled

SAMPLE = bundled.resources() / "sample"
LIBRARY = SAMPLE / "library"
ASKED: dict[str, Any] = json.loads((SAMPLE / "questions.json").read_text(encoding="utf-8"))
IN_NOTES = [asked for asked in ASKED["questions"] if (asked["source"] or "").startswith("notes/")]


@pytest.mark.parametrize("asked", IN_NOTES, ids=lambda asked: asked["question"])
def test_a_note_says_what_its_question_expects(asked: dict[str, Any]) -> None:
    text = (LIBRARY / asked["source"]).read_text(encoding="utf-8")
    assert all(word in text for word in asked["words"])


def test_every_source_exists() -> None:
    sources = [asked["source"] for asked in ASKED["questions"] if asked["found"]]
    for search in ASKED["searches"]:
        sources += [search["source"], *search["also"]]
    assert [source for source in sources if not (LIBRARY / source).is_file()] == []


def test_notes_show_pictures_that_exist() -> None:
    shown = [
        (note.parent / line.split("](")[1].rstrip(")"))
        for note in (LIBRARY / "notes").glob("*.md")
        for line in note.read_text(encoding="utf-8").splitlines()
        if line.startswith("![")
    ]
    assert len(shown) == 3
    assert all(picture.is_file() for picture in shown)


def test_the_receipts_are_as_many_as_the_answer_says() -> None:
    (counting,) = [q for q in ASKED["questions"] if q["question"].startswith("How many receipts")]
    assert [str(len(list((LIBRARY / "receipts").iterdir())))] == counting["words"]


def test_a_photograph_knows_its_time_camera_and_place() -> None:
    with Image.open(LIBRARY / "pictures" / "concert-poster.jpg") as picture:
        exif = picture.getexif()
        assert exif.get_ifd(0x8769)[0x9003] == "2026:06:19 16:48:03"
        assert exif[0x0110] == "Lumo X2"
        assert exif.get_ifd(0x8825)[2][0] == 60.0


def test_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in LIBRARY.rglob("*") if path.is_file()) < 600_000
