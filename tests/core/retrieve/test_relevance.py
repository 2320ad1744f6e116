import numpy as np
import pytest

from desktop_mmrag.domain import Query, Role, Segment, Store, TextSpan
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.retrieve.fuse import Evidence, Find
from desktop_mmrag.retrieve.relevance import (
    STRONG,
    Background,
    Judge,
    background,
    of_pictures,
    relevances,
    share_held,
    strong_first,
)

UNRELATED = Background(middle=0.05, spread=0.06)


def found(*words: str, store: Store = Store.WORDS, score: float = 1.0) -> Find:
    segment = KeptSegment(1, 1, Segment(Role.PASSAGE, TextSpan(0, 9), "text"))
    return Find((1, ""), 1, evidence=[Evidence(store, 1, score, segment, words)])


def test_the_background_is_not_moved_by_the_hits_themselves() -> None:
    random = np.random.default_rng(3)
    noise = random.normal(0.1, 0.05, 400).astype(np.float32)
    hits = np.full(40, 0.8, np.float32)
    quiet, with_hits = background([noise]), background([noise, hits])
    assert with_hits.middle == pytest.approx(quiet.middle, abs=0.01)
    assert with_hits.spread == pytest.approx(quiet.spread, abs=0.01)
    assert with_hits.stands_out(0.8) > 10


def test_without_anything_to_compare_with_nothing_stands_out() -> None:
    assert background([np.empty(0, np.float32)]).stands_out(0.9) < 1


def test_a_passage_is_strong_by_meaning_by_words_or_by_both() -> None:
    judge = Judge(Query("a b c d", words=("a", "b", "c", "d")), passages=UNRELATED)
    assert judge.chance(found(), 0.65) > STRONG
    assert judge.chance(found("a", "b", "c"), 0.05) > STRONG
    assert judge.chance(found("a", "b"), 0.35) > STRONG
    assert judge.chance(found("a", "b"), 0.1) < STRONG
    assert judge.chance(found("a"), 0.3) < STRONG
    assert judge.chance(found(), 0.3) < STRONG


def test_where_there_are_no_vectors_words_decide() -> None:
    judge = Judge(Query("a b", words=("a", "b")))
    assert judge.chance(found("a", "b"), None) > STRONG
    assert judge.chance(found("a"), float("nan")) < STRONG


def test_a_picture_is_judged_against_the_librarys_pictures() -> None:
    judge = Judge(Query("cat"), looks_and_sounds={Store.IMAGE_TEXT: Background(0.18, 0.025)})
    assert judge.chance(found(store=Store.IMAGE_TEXT, score=0.30), None) > STRONG
    assert judge.chance(found(store=Store.IMAGE_TEXT, score=0.25), None) < STRONG


def test_sentences_are_compared_with_pictures_and_not_with_the_query() -> None:
    """The query is like every sentence and unlike every picture, as in CLIP's space."""
    query = np.array([1, 0, 0], np.float32)
    neutral = np.tile(np.array([0.99, 0.14, 0], np.float32), (4, 1))
    pictures = np.tile(np.array([0.1, 0, 0.995], np.float32), (4, 1))
    assert of_pictures(query, pictures, neutral).middle == pytest.approx(0.1, abs=0.02)


def test_the_share_counts_phrases_as_words() -> None:
    query = Query('a "b c"', words=("a",), phrases=("b c",))
    assert share_held(query, found("b c")) == 0.5
    assert share_held(Query(""), found("b c")) == 0.0


def test_strong_finds_come_first_and_relevance_falls() -> None:
    finds = [found(), found(), found(), found()]
    for find, chance in zip(finds, (0.2, 0.9, 0.4, 0.6), strict=True):
        find.chance = chance
    ordered = strong_first(finds)
    assert [find.chance for find in ordered] == [0.9, 0.6, 0.2, 0.4]
    assert relevances(ordered) == [0.9, 0.6, 0.4, 0.2]
