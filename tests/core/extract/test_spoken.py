"""Phrases become passages: long enough to mean something, ended where a thought ends."""

from __future__ import annotations

from desktop_mmrag.domain import Role, Spoken, TimeSpan
from desktop_mmrag.extract.recordings.spoken import passages


def phrases(*texts: str, each_s: float = 4.0, pause_s: float = 0.5) -> list[Spoken]:
    step = each_s + pause_s
    return [Spoken(n * step, n * step + each_s, text) for n, text in enumerate(texts)]


def test_phrases_are_joined_to_passages_of_15_to_30_seconds() -> None:
    spoken = phrases(*(f"words number {n}" for n in range(30)))
    joined = list(passages(spoken))
    spans = [segment.locator for segment in joined]
    assert all(isinstance(span, TimeSpan) and span.end_s - span.start_s <= 30 for span in spans)
    assert all(segment.role is Role.SPEECH for segment in joined)
    assert [p for segment in joined for p in segment.phrases] == spoken
    assert len(joined) == 5


def test_a_passage_ends_with_its_sentence() -> None:
    spoken = phrases("We left", "at dawn", "and sailed", "all day.", "Then it", "rained.")
    first, second = passages(spoken)
    assert first.text == "We left at dawn and sailed all day." and second.text == "Then it rained."


def test_after_a_silence_something_else_begins() -> None:
    spoken = [Spoken(0, 3, "Good morning"), Spoken(60, 63, "Good night")]
    assert [segment.text for segment in passages(spoken)] == ["Good morning", "Good night"]


def test_a_phrase_is_never_cut() -> None:
    (one,) = passages([Spoken(0, 90, "la " * 400)])
    assert one.locator == TimeSpan(0, 90)


def test_nothing_said_is_no_passage() -> None:
    assert list(passages([])) == []
