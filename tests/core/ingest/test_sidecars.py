"""Side-cars: what lies beside a picture becomes facts of it, and follows what happens to both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_mmrag.domain import Facts, Filters, Store
from desktop_mmrag.library.selection import select
from tests.core.ingest.conftest import Home, aged

_XMP = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
<rdf:Description xmp:Rating='{rating}' exif:DateTimeOriginal='2019-07-14T12:30:05'
  exif:GPSLatitude='60,23.5N' exif:GPSLongitude='5,19.5E'>
<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{title}</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>heron</rdf:li><rdf:li>winter</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def _xmp(home: Home, name: str, title: str = "Grey heron", rating: int = 4) -> Path:
    return home.note(name, _XMP.format(title=title, rating=rating))


def _takeout(home: Home, name: str, description: str = "At the lake") -> Path:
    said = {
        "title": "IMG_1.jpg",
        "description": description,
        "imageViews": "3",
        "photoTakenTime": {"timestamp": "1563113103", "formatted": "14 Jul 2019"},
        "geoData": {"latitude": 46.2, "longitude": 6.1, "altitude": 0.0},
        "people": [{"name": "Ada Lovelace"}],
    }
    return home.note(name, json.dumps(said))


def facts_of(home: Home, name: str) -> Facts:
    content_id = home.library.contents.by_path(home.folder / name)
    assert content_id is not None, f"{name} is not kept"
    return home.library.contents.describe([content_id])[content_id].facts


def found(home: Home, word: str) -> list[str]:
    ids = [match.rowid for match in home.library.words.search(Store.FACTS, (word,))]
    kept = home.library.contents.describe(ids).values()
    return sorted(content.paths[0].name for content in kept)


@pytest.mark.parametrize("name", ["bird.png.xmp", "bird.xmp", "bird.XMP"])
def test_a_side_car_speaks_of_the_picture_beside_it(home: Home, name: str) -> None:
    home.photo("bird.png", (200, 30, 30))
    home.photo("other.png", (20, 30, 200))
    _xmp(home, name)
    home.bring_up_to_date()
    facts = facts_of(home, "bird.png")
    assert (facts.title, facts.rating) == ("Grey heron", 4)
    assert facts.keywords == ("heron", "winter")
    assert facts.taken_at is not None and facts.taken_at.year == 2019
    assert facts.place is not None and "Bergen" in facts.place
    assert found(home, "heron") == ["bird.png"]
    assert facts_of(home, "other.png").rating is None
    assert list(home.library.catalog.failures()) == []


def test_either_may_come_first_and_a_change_embeds_nothing_anew(home: Home) -> None:
    _xmp(home, "bird.xmp")
    home.bring_up_to_date()
    home.photo("bird.png", (200, 30, 30))
    home.bring_up_to_date()
    assert facts_of(home, "bird.png").title == "Grey heron"
    before = home.image_encoder.embedded
    aged(_xmp(home, "bird.xmp", "White egret", 2), 30)
    home.bring_up_to_date()
    assert (facts_of(home, "bird.png").title, facts_of(home, "bird.png").rating) == (
        "White egret",
        2,
    )
    assert found(home, "egret") == ["bird.png"] and found(home, "grey") == []
    assert home.image_encoder.embedded == before
    assert home.extractors.understood["bird.png"] == 1


def test_without_its_side_car_a_picture_says_what_it_said(home: Home) -> None:
    home.photo("bird.png", (200, 30, 30))
    home.bring_up_to_date()
    plain = facts_of(home, "bird.png")
    moment = home.library.contents.describe([1])[1].dated_at
    beside = _xmp(home, "bird.xmp")
    home.bring_up_to_date()
    assert facts_of(home, "bird.png") != plain
    assert home.library.contents.describe([1])[1].dated_at.year == 2019
    beside.unlink()
    home.bring_up_to_date()
    assert facts_of(home, "bird.png") == plain
    assert home.library.contents.describe([1])[1].dated_at == moment
    assert found(home, "heron") == []


def test_moved_apart_they_part_and_moved_together_they_stay(home: Home) -> None:
    home.photo("a/bird.png", (200, 30, 30))
    _xmp(home, "a/bird.xmp")
    home.bring_up_to_date()
    (home.folder / "b").mkdir()
    (home.folder / "a/bird.png").rename(home.folder / "b/bird.png")
    home.bring_up_to_date()
    assert facts_of(home, "b/bird.png").title is None
    (home.folder / "a/bird.xmp").rename(home.folder / "b/bird.xmp")
    home.bring_up_to_date()
    assert facts_of(home, "b/bird.png").title == "Grey heron"
    (home.folder / "b").rename(home.folder / "c")
    home.bring_up_to_date()
    assert facts_of(home, "c/bird.png").title == "Grey heron"


def test_a_damaged_side_car_is_listed_and_takes_its_words_back(home: Home) -> None:
    home.photo("bird.png", (200, 30, 30))
    beside = _xmp(home, "bird.xmp")
    home.bring_up_to_date()
    beside.write_text("no packet here")
    aged(beside, 20)
    home.bring_up_to_date()
    (failure,) = home.library.catalog.failures()
    assert failure.path == beside and "holds no XMP" in failure.message
    assert facts_of(home, "bird.png").title is None


def test_side_cars_without_a_picture_are_passed_over_quietly(home: Home) -> None:
    _xmp(home, "gone.xmp")
    home.note("IMG_7.AAE", "<?xml version='1.0'?><plist><dict/></plist>")
    _takeout(home, "IMG_9.jpg.json")
    home.bring_up_to_date()
    assert home.paths() == []
    assert list(home.library.catalog.failures()) == []
    assert home.library.catalog.waiting_count() == 0


def test_a_takeout_fills_in_what_the_picture_leaves_out(home: Home) -> None:
    home.photo("IMG_1.png", (200, 30, 30))
    _takeout(home, "IMG_1.png.supplemental-metadata.json")
    home.bring_up_to_date()
    facts = facts_of(home, "IMG_1.png")
    assert facts.description == "At the lake"
    assert facts.keywords == ("Ada Lovelace",)
    assert facts.taken_at is not None and facts.taken_at.date().isoformat() == "2019-07-14"
    assert facts.place is not None and "Switzerland" in facts.place
    assert found(home, "lovelace") == ["IMG_1.png"]


def test_what_the_person_wrote_goes_before_what_google_knows(home: Home) -> None:
    home.photo("IMG_1.png", (200, 30, 30))
    _takeout(home, "IMG_1.png.json")
    _xmp(home, "IMG_1.xmp")
    home.bring_up_to_date()
    facts = facts_of(home, "IMG_1.png")
    assert facts.title == "Grey heron" and facts.description == "At the lake"
    assert facts.place is not None and "Bergen" in facts.place
    assert set(facts.keywords) == {"heron", "winter", "Ada Lovelace"}


def test_stars_narrow_a_search(home: Home) -> None:
    home.photo("good.png", (200, 30, 30))
    home.photo("plain.png", (20, 30, 200))
    _xmp(home, "good.xmp", rating=4)
    home.bring_up_to_date()
    contents = home.library.contents
    assert contents.selected(select(Filters(rating=4))) == [
        contents.by_path(home.folder / "good.png")
    ]
    assert contents.selected(select(Filters(rating=5))) == []
