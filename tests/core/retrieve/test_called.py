"""A picture that is shown finds what is named for what it shows, through the photos most like it."""

from __future__ import annotations

from desktop_mmrag.domain import Facts, Medium, QueryVector, Role, Segment, TimeSpan
from desktop_mmrag.retrieve.find import Finder

from .conftest import Shelf


def shown(shelf: Shelf, seen: str) -> list[QueryVector]:
    encoder = shelf.encoders.image_text()
    assert encoder is not None
    return [QueryVector(encoder.space, encoder.embed_texts([seen])[0], 1.0)]


def dogs(shelf: Shelf, tagged: int) -> None:
    """Three photos of a dog, some of which are known to look like one, and a bark."""
    encoder = shelf.encoders.image_text()
    assert encoder is not None
    kept = [shelf.photo(f"{n}.jpg", f"a brown dog on grass {n}") for n in range(3)]
    shelf.library.looks.put(encoder.space, "by hand", dict.fromkeys(kept[:tagged], ("dog",)))
    sound = Segment(Role.SPEECH, TimeSpan(0, 4), "and now the weather")
    for name in ("dog-barking.wav", "rain.wav"):
        shelf.keep(name, Medium.AUDIO, [sound], Facts())


def test_a_picture_finds_a_sound_by_its_name(shelf: Shelf, finder: Finder) -> None:
    dogs(shelf, tagged=2)
    likes = shown(shelf, "a brown dog on grass")
    hits = finder.find("", media=frozenset({Medium.AUDIO}), likes=likes).hits
    assert [hit.path.name for hit in hits] == ["dog-barking.wav"]
    everything = finder.find("", likes=likes).hits
    assert everything[0].medium is Medium.PHOTO
    assert "dog-barking.wav" in [hit.path.name for hit in everything]
    assert not any(hit.strong for hit in everything if hit.medium is Medium.AUDIO)


def test_what_one_photo_is_called_is_no_name_for_its_neighbours(
    shelf: Shelf, finder: Finder
) -> None:
    dogs(shelf, tagged=1)
    likes = shown(shelf, "a brown dog on grass")
    assert not finder.find("", media=frozenset({Medium.AUDIO}), likes=likes).hits
