import pytest

from desktop_mmrag.retrieve.pages import named_pages


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the signature on the last page", -1),
        ("who is on the cover page?", 1),
        ("date on page 12", 12),
        ("beginning of page(3)", 3),
        ("see p. 7 of the manual", 7),
        ("the Third page", 3),
    ],
)
def test_a_page_is_seen_however_it_is_named(text: str, number: int) -> None:
    assert [page.number for page in named_pages(text)] == [number]


@pytest.mark.parametrize("text", ["web page", "homepage 5", "a page about cats", "last pages"])
def test_other_pages_are_words(text: str) -> None:
    assert named_pages(text) == []
