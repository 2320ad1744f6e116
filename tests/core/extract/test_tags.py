"""What containers say of themselves, as facts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_mmrag.extract.recordings.tags import facts_of


def test_an_iphone_says_where_when_and_with_what() -> None:
    facts = facts_of(
        {
            "creation_time": "2023-07-14T10:30:05.000000Z",
            "com.apple.quicktime.creationdate": "2023-07-14T12:30:05+0200",
            "com.apple.quicktime.location.ISO6709": "+60.3913+005.3221+012.000/",
            "com.apple.quicktime.make": "Apple",
            "com.apple.quicktime.model": "iPhone 13",
        },
        12.5,
        (1080, 1920),
    )
    # The clock on the wall where it was taken, not the one here.
    assert facts.taken_at == datetime(2023, 7, 14, 12, 30, 5)
    assert (facts.latitude, facts.longitude) == (60.3913, 5.3221)
    assert facts.camera == "Apple iPhone 13"
    assert (facts.width, facts.height, facts.duration_s) == (1080, 1920, 12.5)


def test_utc_becomes_this_computers_time() -> None:
    moment = datetime(2023, 7, 14, 10, 30, 5, tzinfo=UTC).astimezone().replace(tzinfo=None)
    assert facts_of({"creation_time": "2023-07-14T10:30:05.000000Z"}, None).taken_at == moment


@pytest.mark.parametrize(
    ("date", "taken"),
    [
        ("1998", datetime(1998, 1, 1)),
        ("1998-05", datetime(1998, 5, 1)),
        ("1998-05-06", datetime(1998, 5, 6)),
        ("1904-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("0000", None),
        ("1998-13-45", None),
        ("yesterday", None),
    ],
)
def test_dates_of_songs_and_clocks_that_were_never_set(date: str, taken: datetime | None) -> None:
    name = "creation_time" if "T" in date else "date"
    assert facts_of({name: date}, None).taken_at == taken


@pytest.mark.parametrize("place", ["+00.0000+000.0000/", "+99.0+005.0/", "Bergen", ""])
def test_places_that_are_none(place: str) -> None:
    facts = facts_of({"location": place}, None)
    assert facts.latitude is None and facts.place is None


def test_what_a_song_is_looked_for_by() -> None:
    tags = {
        "TITLE": "Tide",
        "Artist": "Ada Berg",
        "ALBUM": "Shore",
        "genre": "Folk",
        "keywords": "sea; wind",
    }
    facts = facts_of(tags, 180.0)
    assert (facts.title, facts.author) == ("Tide", "Ada Berg")
    assert facts.keywords == ("Shore", "Folk", "sea", "wind")
