from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_mmrag.domain import (
    Box,
    Facts,
    Medium,
    Page,
    QueryVector,
    Role,
    Segment,
    Store,
    Strategy,
    TextSpan,
    Whole,
)
from desktop_mmrag.errors import QueryNotUnderstood
from desktop_mmrag.retrieve import liking
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.retrieve.neutral import Neutral
from desktop_mmrag.retrieve.periods import Period

from .conftest import FOLDER, NOW, PASSAGES, Shelf


def names(finder: Finder, typed: str, **more: object) -> list[str]:
    return [hit.path.name for hit in finder.find(typed, **more).hits]  # type: ignore[arg-type]


def strong_names(finder: Finder, typed: str) -> list[str]:
    return [hit.path.name for hit in finder.find(typed).hits if hit.strong]


# --- passages -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("what did the plumber say the new boiler costs?", "boiler.md"),
        ("how long do the buns bake?", "buns.md"),
        ("where is the cabin key?", "cabin.md"),
        ("symphony concert", "concert.md"),
        ("vaccinations of the dog", "dog.md"),
    ],
)
def test_a_sensible_request_finds_its_note_first_and_strongly(
    notes: Shelf, finder: Finder, typed: str, file: str
) -> None:
    first = finder.find(typed).hits[0]
    assert first.path.name == file
    assert first.strong


@pytest.mark.parametrize("typed", ["xqzvy blorpt", "flurbnax gribble zonk", "hhhhhh"])
def test_nonsense_finds_nothing_strong(notes: Shelf, finder: Finder, typed: str) -> None:
    assert strong_names(finder, typed) == []


def test_what_the_library_says_nothing_of_is_not_strong(notes: Shelf, finder: Finder) -> None:
    assert strong_names(finder, "quarterly revenue of the airline") == []


def test_a_hit_says_which_stores_and_words_led_to_it(notes: Shelf, finder: Finder) -> None:
    hit = finder.find("plumber boiler").hits[0]
    reasons = {reason.store: reason for reason in hit.reasons}
    assert set(reasons[Store.WORDS].words) == {"plumber", "boiler"}
    assert reasons[Store.WORDS].rank == 1
    assert reasons[Store.TEXT].rank == 1
    assert 0 < reasons[Store.TEXT].score <= 1
    assert "boiler" in hit.snippet


def test_relevance_never_rises_with_the_rank_and_strong_hits_stand_first(
    notes: Shelf, finder: Finder
) -> None:
    hits = finder.find("new kitchen tiles and the boiler").hits
    relevances = [hit.relevance for hit in hits]
    assert relevances == sorted(relevances, reverse=True)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    strong = [hit.strong for hit in hits]
    assert strong == sorted(strong, reverse=True)
    assert all((hit.relevance >= 0.5) == hit.strong for hit in hits)


def test_passages_that_touch_are_one_hit_and_distant_ones_are_two(
    shelf: Shelf, finder: Finder
) -> None:
    texts = "The boiler was fitted in May.", "The boiler was serviced in June."
    shelf.note("near.md", *texts, gap=0)
    assert len(finder.find("boiler").hits) == 1
    shelf.note("far.md", *texts, gap=500)
    assert names(finder, "boiler").count("far.md") == 2


def test_several_passages_of_a_page_are_one_hit(shelf: Shelf, finder: Finder) -> None:
    shelf.document(
        "manual.pdf",
        ["Press the crown to wake the watch."],
        ["Hold the crown for ten seconds.", "The crown turns to scroll.", "Rinse the crown."],
    )
    hits = finder.find("crown").hits
    assert sorted(hit.locator.page for hit in hits if isinstance(hit.locator, Page)) == [1, 2]


# --- conditions -----------------------------------------------------------------------


def test_a_phrase_must_be_there_word_for_word(notes: Shelf, finder: Finder) -> None:
    notes.note("other.md", "A new gas heater and boiler were looked at.")
    assert names(finder, '"new boiler"') == ["boiler.md"]


def test_what_is_excluded_is_left_out_whichever_store_found_it(
    notes: Shelf, finder: Finder
) -> None:
    notes.photo("plumber.jpg", "boiler", lines=["INVOICE", "new boiler"])
    notes.photo("cellar.jpg", "boiler")
    assert "plumber.jpg" in names(finder, "boiler")
    left = names(finder, "boiler -invoice -plumber")
    assert "plumber.jpg" not in left
    assert "boiler.md" not in left
    assert "cellar.jpg" in left


def test_operators_narrow_every_store(notes: Shelf, finder: Finder) -> None:
    notes.photo("boiler.jpg", "boiler")
    assert names(finder, "boiler type:photo") == ["boiler.jpg"]
    assert names(finder, "boiler", media=frozenset({Medium.PHOTO})) == ["boiler.jpg"]
    assert names(finder, "boiler in:bicycle") == ["bicycle.md"]


def test_a_time_chosen_beside_the_box_narrows_what_was_typed(shelf: Shelf, finder: Finder) -> None:
    for year, seen in ((2019, "boat sun"), (2021, "boat rain"), (2023, "boat snow")):
        shelf.photo(f"{year}.jpg", seen, Facts(taken_at=datetime(year, 5, 1)))
    from_2020 = Period(datetime(2020, 1, 1), None)
    assert set(names(finder, "boat", time_span=from_2020)) == {"2021.jpg", "2023.jpg"}
    assert names(finder, "boat before:2022", time_span=from_2020) == ["2021.jpg"]
    assert names(finder, "boat after:2022", time_span=from_2020) == ["2023.jpg"]
    assert names(finder, "", time_span=Period(None, datetime(2020, 1, 1))) == ["2019.jpg"]


def test_filters_alone_list_the_newest(shelf: Shelf, finder: Finder) -> None:
    for year in (2019, 2023, 2021):
        shelf.photo(f"{year}.jpg", "boat", Facts(taken_at=datetime(year, 5, 1)))
    shelf.note("note.md", "Something else.")
    result = finder.find("type:photo after:2020")
    assert [hit.path.name for hit in result.hits] == ["2023.jpg", "2021.jpg"]
    assert result.hits[0].reasons == ()


def test_an_empty_library_and_an_empty_request_give_no_hits(finder: Finder) -> None:
    assert finder.find("anything").hits == ()
    assert finder.find("").hits == ()


@pytest.mark.parametrize("typed", ["*", "", "  ?!", "…"])
def test_where_nothing_is_asked_nothing_is_called_a_strong_match(
    notes: Shelf, finder: Finder, typed: str
) -> None:
    assert not any(hit.strong for hit in finder.find(typed).hits)
    assert all(hit.strong for hit in finder.find(f"{typed} type:note").hits)


def test_a_lone_mark_is_listed_only_when_it_is_asked_for(notes: Shelf, finder: Finder) -> None:
    notes.note("mark.md", "x")
    notes.note("rule.md", "* * *")
    assert names(finder, "boiler")[0] == "boiler.md"
    assert not {"mark.md", "rule.md"} & set(names(finder, "boiler"))
    assert names(finder, "x")[0] == "mark.md"


def test_a_bad_operator_is_explained(finder: Finder) -> None:
    with pytest.raises(QueryNotUnderstood):
        finder.find("before:soon")


# --- plain dates and places -----------------------------------------------------------


@pytest.fixture
def beaches(shelf: Shelf) -> Shelf:
    for year in (2022, 2023, 2024, 2025):
        taken = Facts(taken_at=datetime(year, 7, 10), place="Bergen, Vestland, Norway")
        shelf.photo(f"{year}.jpg", "beach", taken)
    return shelf


def test_a_plain_date_narrows_and_the_result_shows_it(beaches: Shelf, finder: Finder) -> None:
    result = finder.find("beach last summer")
    assert [hit.path.name for hit in result.hits] == ["2025.jpg"]
    assert result.query.filters.after == datetime(2025, 6, 1)
    assert result.query.guesses == ("last summer",)
    assert result.dropped == ()


def test_a_plain_date_that_leaves_nothing_becomes_words_again(notes: Shelf, finder: Finder) -> None:
    result = finder.find("what did the plumber say last summer?")
    assert result.hits[0].path.name == "boiler.md"
    assert result.dropped == ("last summer",)
    assert result.query.filters.after is None


def test_a_date_printed_on_a_receipt_outweighs_photos_of_that_day(
    beaches: Shelf, finder: Finder
) -> None:
    beaches.photo("receipt.jpg", "paper", lines=["ASIA MART", "10/07/2024", "TOTAL 32.70"])
    result = finder.find("What was the total at ASIA MART on 10/07/2024?")
    assert result.hits[0].path.name == "receipt.jpg"
    assert result.dropped == ("on 10/07/2024",)


def test_a_place_of_the_library_narrows(beaches: Shelf, finder: Finder) -> None:
    beaches.photo("lisbon.jpg", "beach", Facts(place="Lisbon, Portugal"))
    result = finder.find("beach in Bergen")
    assert result.query.filters.near == "Bergen"
    assert "lisbon.jpg" not in [hit.path.name for hit in result.hits]


# --- pictures -------------------------------------------------------------------------


@pytest.fixture
def album(shelf: Shelf) -> Shelf:
    for subject in ("red bicycle snow", "black cat sofa", "birthday cake candles", "sailing boat"):
        shelf.photo(f"{subject.split()[-1]}.jpg", subject)
    return shelf


def test_a_picture_is_found_by_what_it_shows(album: Shelf, finder: Finder) -> None:
    hit = finder.find("bicycle in the snow").hits[0]
    assert hit.path.name == "snow.jpg"
    assert hit.locator == Whole()
    assert hit.strong
    assert Store.IMAGE_TEXT in {reason.store for reason in hit.reasons}


def test_text_in_a_picture_is_shown_where_it_stands(album: Shelf, finder: Finder) -> None:
    album.photo("sign.jpg", "street", lines=["Bakery", "open from seven", "closed on Mondays"])
    hit = finder.find("closed Mondays").hits[0]
    assert hit.path.name == "sign.jpg"
    reason = next(reason for reason in hit.reasons if reason.store is Store.OCR)
    third_line = Box(0.1, 0.2, 0.9, 2.8 / 10)
    assert reason.boxes == (third_line,)
    assert hit.locator == third_line


def test_the_same_content_in_two_files_is_one_hit(album: Shelf, finder: Finder) -> None:
    for path in ("a/tower.jpg", "b/tower copy.jpg"):
        album.keep(path, Medium.PHOTO, [Segment(Role.PICTURE, Whole())], Facts(), "tower", b"tower")
    hit = finder.find("tower").hits[0]
    assert {hit.path, *hit.also_at} == {FOLDER / "a/tower.jpg", FOLDER / "b/tower copy.jpg"}


def test_near_duplicates_are_folded(album: Shelf, finder: Finder) -> None:
    album.photo("small boat.jpg", "sailing boat")
    found = finder.find("sailing boat").hits
    assert found[0].also_at
    shown = {hit.path.name for hit in found}
    assert len(shown & {"boat.jpg", "small boat.jpg"}) == 1


def test_what_is_most_like_a_picture(album: Shelf, finder: Finder) -> None:
    cat = album.photo("cat again.jpg", "black cat garden")
    found = finder.similar(cat, 2).hits
    assert found[0].path.name == "sofa.jpg"
    assert [hit.rank for hit in found] == [1, 2]
    assert cat not in {hit.content_id for hit in found}


def test_what_is_most_like_a_note(notes: Shelf, finder: Finder) -> None:
    heater = notes.note("heater.md", "The heating engineer wants 900 pounds to repair the boiler.")
    assert finder.similar(heater).hits[0].path.name == "boiler.md"


def test_an_example_to_turn_away_from(album: Shelf, finder: Finder) -> None:
    album.photo("street.jpg", "red bicycle street")
    neutral = Neutral(album.encoders)
    away = liking.in_words(album.encoders, neutral, "snow", -0.7)
    wanted = liking.in_words(album.encoders, neutral, "red bicycle", 1.0)
    order = names(finder, "", likes=[*wanted, *away])
    assert order.index("street.jpg") < order.index("snow.jpg")


# --- captions -------------------------------------------------------------------------


def caption(shelf: Shelf, note: str, about: str) -> None:
    text = "Our hut under the northern lights"
    segment = Segment(Role.CAPTION, TextSpan(0, len(text)), text, about=about)
    shelf.keep(note, Medium.NOTE, [segment], Facts())


@pytest.mark.parametrize(
    "about", ["../pictures/DSC_1.jpg", "../pictures/../pictures/DSC_1.jpg", "DSC_1.jpg"]
)
def test_a_picture_is_found_by_the_words_around_it_in_a_note(
    album: Shelf, finder: Finder, about: str
) -> None:
    album.photo("pictures/DSC_1.jpg", "green sky")
    caption(album, "notes/trip.md", about)
    hit = finder.find("northern lights hut").hits[0]
    assert hit.path == FOLDER / "pictures/DSC_1.jpg"
    assert hit.medium is Medium.PHOTO
    assert hit.locator == Whole()
    assert hit.snippet == "Our hut under the northern lights"


def test_a_picture_whose_name_is_written_with_percent_signs(album: Shelf, finder: Finder) -> None:
    album.photo("notes/my hut.jpg", "green sky")
    caption(album, "notes/trip.md", "my%20hut.jpg")
    assert finder.find("northern lights").hits[0].path.name == "my hut.jpg"


def test_photos_alone_are_still_found_by_the_words_around_them(
    album: Shelf, finder: Finder
) -> None:
    album.photo("pictures/DSC_1.jpg", "green sky", Facts(taken_at=datetime(2020, 1, 1)))
    caption(album, "notes/trip.md", "../pictures/DSC_1.jpg")
    album.note("notes/other.md", "Northern lights over the hut.")
    found = finder.find("northern lights hut type:photo").hits
    assert found[0].path.name == "DSC_1.jpg"
    assert {hit.medium for hit in found} == {Medium.PHOTO}
    assert "DSC_1.jpg" not in names(finder, "northern lights hut type:photo after:2021")


def test_a_caption_whose_picture_is_not_kept_stays_a_hit_of_the_note(
    album: Shelf, finder: Finder
) -> None:
    caption(album, "notes/trip.md", "https://example.org/lights.jpg")
    hit = finder.find("northern lights hut").hits[0]
    assert hit.path == FOLDER / "notes/trip.md"
    assert isinstance(hit.locator, TextSpan)


# --- pages and reranking --------------------------------------------------------------


def test_a_page_that_is_named_comes_first(shelf: Shelf, finder: Finder) -> None:
    shelf.document(
        "contract.pdf",
        ["This contract is made between the landlord and the tenant."],
        ["The contract may be ended with notice of three months."],
        ["Oslo, 3 May. Both parties."],
    )
    for typed, page in (("signature on the last page of the contract", 3), ("contract page 2", 2)):
        locator = finder.find(typed).hits[0].locator
        assert isinstance(locator, Page)
        assert locator.page == page


class Contrary:
    """A reranker that likes only carrots."""

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return np.array(["carrots" in text for text in passages], np.float32)


def test_a_reranker_sorts_what_has_text_and_leaves_pictures_in_place(notes: Shelf) -> None:
    notes.photo("garden.jpg", "water")
    encoders = notes.encoders
    plain = names(Finder(notes.library, encoders), "water")
    encoders.reranker = Contrary  # type: ignore[assignment,method-assign]
    sorted_names = names(Finder(notes.library, encoders), "water")
    assert sorted(sorted_names) == sorted(plain)
    assert sorted_names.index("garden.md") < sorted_names.index("cabin.md")


def test_offline_and_dates_are_carried_to_the_hit(shelf: Shelf, finder: Finder) -> None:
    taken = datetime(2024, 2, 3)
    shelf.photo("boat.jpg", "boat", Facts(taken_at=taken))
    (folder,) = shelf.library.catalog.folders()
    shelf.library.catalog.set_online(folder, False)
    hit = finder.find("boat").hits[0]
    assert (hit.online, hit.taken_at, hit.path) == (False, taken, Path(folder.path, "boat.jpg"))


def test_every_request_on_every_word_of_a_note_is_answered(notes: Shelf, finder: Finder) -> None:
    for text in PASSAGES.values():
        assert finder.find(text).hits[0].snippet == text[:240]


def test_likes_of_another_space_change_nothing(notes: Shelf, finder: Finder) -> None:
    example = liking.in_words(notes.encoders, Neutral(notes.encoders), "boiler", 1.0)[0]
    strange = replace(example, space=replace(example.space, model="another"))
    assert names(finder, "", likes=[strange]) == []


# --- examples and strategies ----------------------------------------------------------


def of_picture(shelf: Shelf, content: int) -> list[QueryVector]:
    return liking.vectors(
        shelf.encoders, liking.of_content(shelf.library, shelf.encoders, content), 1
    )


def test_this_picture_but_with_something_else(album: Shelf, finder: Finder) -> None:
    shown = album.photo("street.jpg", "red bicycle street")
    album.photo("winter.jpg", "red bicycle street snow")
    album.photo("summer.jpg", "red bicycle street summer")
    order = names(finder, "snow", likes=of_picture(album, shown))
    assert order.index("winter.jpg") < order.index("summer.jpg")


def test_the_very_same_picture_is_strong_and_others_are_not(album: Shelf, finder: Finder) -> None:
    shown = album.photo("street.jpg", "red bicycle street")
    hits = finder.find("", likes=of_picture(album, shown)).hits
    assert hits[0].path.name == "street.jpg" and hits[0].strong
    unrelated = [hit for hit in hits if hit.path.name in ("boat.jpg", "tower.jpg")]
    assert unrelated and not any(hit.strong for hit in unrelated)


def test_a_note_finds_photos_of_what_it_tells(album: Shelf, finder: Finder) -> None:
    note = album.note("diary.md", "black cat garden")
    hits = finder.find("", likes=of_picture(album, note), media=frozenset({Medium.PHOTO})).hits
    assert "cat" in hits[0].path.name or hits[0].path.name == "sofa.jpg"


def test_strategies_ask_other_stores(album: Shelf) -> None:
    album.note("note.md", "A red bicycle is for sale.")

    def stores(strategy: Strategy) -> set[Store]:
        finder = Finder(album.library, album.encoders, lambda: NOW, strategy)
        hits = finder.find("red bicycle").hits
        return {reason.store for hit in hits for reason in hit.reasons}

    assert {Store.IMAGE_TEXT, Store.TEXT, Store.WORDS} <= stores(Strategy.FUSED)
    assert Store.IMAGE_TEXT not in stores(Strategy.TEXT)
    assert stores(Strategy.SHARED) == {Store.IMAGE_TEXT}
