from collections.abc import Sequence

import pytest

from desktop_mmrag.domain import Hit, Page
from desktop_mmrag.retrieve.find import Finder
from desktop_mmrag.retrieve.pages import named_pages, without_pages

from .conftest import Shelf


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the signature on the last page", -1),
        ("who is on the cover page?", 1),
        ("date on page 12", 12),
        ("beginning of page(3)", 3),
        ("see p. 7 of the manual", 7),
        ("the Third page", 3),
        ("the address on the second cover page", 2),
        ("was steht auf Seite 5", 5),
        ("Unterschrift auf der letzten Seite", -1),
        ("das Datum auf der zweiten Seite", 2),
        ("das Deckblatt vom Bericht", 1),
    ],
)
def test_a_page_is_seen_however_it_is_named(text: str, number: int) -> None:
    assert [page.number for page in named_pages(text)] == [number]


@pytest.mark.parametrize(
    "text", ["web page", "homepage 5", "a page about cats", "last pages", "Rückseite 5"]
)
def test_other_pages_are_words(text: str) -> None:
    assert named_pages(text) == []


def test_a_page_that_is_named_is_no_part_of_the_meaning() -> None:
    assert without_pages("the date on the second page of it") == "the date on the of it"
    assert without_pages("page 5") == "page 5"


def places(hits: Sequence[Hit]) -> list[tuple[str, int | None]]:
    return [
        (hit.path.name, hit.locator.page if isinstance(hit.locator, Page) else None) for hit in hits
    ]


def test_when_a_page_is_named_such_pages_come_before_all_others(
    shelf: Shelf, finder: Finder
) -> None:
    shelf.document("lease.pdf", ["lease of the flat"], ["rent of the flat"], ["garden and flat"])
    shelf.document("boiler.pdf", ["boiler in the flat"], ["flat water pressure"], ["flat warranty"])
    shelf.note("flat.md", "everything about the flat")
    hits = finder.find("what is said of the flat on page 2").hits
    assert set(places(hits)[:2]) == {("lease.pdf", 2), ("boiler.pdf", 2)}
    assert not any(hit.strong for hit in hits[2:])


def test_the_blank_back_of_a_cover_is_not_the_second_page(shelf: Shelf, finder: Finder) -> None:
    shelf.document("survey.pdf", ["Survey of the county"], [], ["Prepared in July 2009"], ["Barns"])
    assert ("survey.pdf", 3) in places(finder.find("survey, second page").hits)[:2]


def test_the_number_in_print_counts_as_well_as_the_place(shelf: Shelf, finder: Finder) -> None:
    shelf.document(
        "minutes.pdf",
        ["Minutes of the hearing"],
        ["Contents"],
        ["The chairman speaks\n(1)"],
        ["2\nThe witness speaks"],
    )
    assert ("minutes.pdf", 3) in places(finder.find("minutes page 1").hits)[:2]
    assert ("minutes.pdf", 4) in places(finder.find("minutes page 2").hits)[:2]
    assert ("minutes.pdf", 4) not in places(finder.find("minutes page 1").hits)[:2]


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Which e-mail address is on the cover page?", "write to kim@example.org"),
        ("What website is named on the cover page?", "see www.example.org"),
        ("What phone number is on the cover page?", "call (308) 236-5137"),
        ("What date is on the cover page?", "printed in July 2009"),
        ("Welches Datum steht auf dem Deckblatt?", "gedruckt am 3. März 2009"),
    ],
)
def test_of_many_such_pages_those_with_the_value_asked_for_come_first(
    shelf: Shelf, finder: Finder, asked: str, held: str
) -> None:
    for name in ("one.pdf", "two.pdf", "three.pdf"):
        shelf.document(name, ["cover address date website phone number"], ["text"])
    shelf.document("right.pdf", [f"a short report; {held}"], ["text"])
    assert places(finder.find(asked).hits)[0] == ("right.pdf", 1)
