"""A snippet shows the words that were asked for, in their sentence."""

from __future__ import annotations

from desktop_mmrag.library.snippet import snippet, spans


def marked(text: str, words: list[str], phrases: list[str] | None = None) -> list[str]:
    return [text[start:end] for start, end in spans(text, words, phrases or [])]


def test_spans_cover_inflections_and_accents() -> None:
    text = "Größe: Ünï — the Bicycles, a café, bicycling"
    assert marked(text, ["bicycle", "CAFE"]) == ["Bicycles", "café", "bicycling"]


def test_spans_cover_substrings_of_unspaced_scripts() -> None:
    assert marked("昨日、東京都で買った", ["京都", "東京"]) == ["東京都"]


def test_spans_cover_phrases_whole() -> None:
    text = "red wine, and wine that is red"
    assert marked(text, [], ["red wine"]) == ["red wine"]
    assert marked(text, ["don't"], ["white wine"]) == []


def test_short_text_stays_whole_on_one_line() -> None:
    assert snippet("  The boiler\n\ncosts 900. ", ["boiler"]) == "The boiler costs 900."


def test_the_window_lies_where_most_words_are() -> None:
    text = "filler words here " * 30 + "The plumber said the new boiler costs 900. " + "more " * 90
    text = "boiler boiler boiler " + text
    cut = snippet(text, ["plumber", "boiler", "costs"], width=80)
    assert "plumber said the new boiler costs" in cut
    assert len(cut) <= 80
    assert cut.startswith("…")
    assert cut.endswith("…")


def test_without_a_match_it_is_the_beginning() -> None:
    text = "one two three " * 50
    cut = snippet(text, ["boiler"], width=60)
    assert cut.startswith("one two")
    assert cut.endswith("…")
    assert len(cut) <= 60


def test_the_end_is_reached_without_a_mark() -> None:
    cut = snippet("word " * 100 + "boiler", ["boiler"], width=50)
    assert cut.endswith("boiler")
    assert cut.startswith("…")
    assert len(cut) <= 50


def test_text_without_spaces_is_cut_too() -> None:
    text = "一二三四五六七八九十" * 40 + "自転車" + "一二三四五六七八九十" * 40
    cut = snippet(text, ["自転車"], width=60)
    assert "自転車" in cut
    assert len(cut) <= 60
