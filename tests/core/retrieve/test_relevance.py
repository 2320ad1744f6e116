from dataclasses import replace

import numpy as np
import pytest

from desktop_mmrag.domain import Locator, Page, Query, Role, Segment, Space, Store, TextSpan, Whole
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


SPACE = Space("image-text", "starter", "1", "fp32", 4)
TEXT_SPACE = Space("text", "sentences", "1", "fp32", 4)
# As the starter encoder sees a library of photos, receipts and pages: unlike one another, spread wide.
WIDE = Background(middle=0.0, spread=0.25)
WHOLE = Whole()


def like(score: float, across: bool = False, locator: Locator = WHOLE) -> Find:
    store, space = (Store.TEXT, TEXT_SPACE) if across else (Store.IMAGE_TEXT, SPACE)
    segment = KeptSegment(1, 1, Segment(Role.PICTURE, locator))
    evidence = Evidence(store, 1, score, segment, example=True, across=across, space=space)
    return Find((1, ""), 1, evidence=[evidence])


def test_what_is_most_of_the_way_to_an_example_is_strong_however_wide_the_library_is() -> None:
    judge = Judge(Query(""), likeness={SPACE: WIDE, TEXT_SPACE: Background(0.0, 0.05)})
    assert judge.chance(like(0.9), None) > STRONG
    assert judge.chance(like(0.5), None) < STRONG
    # A page looks like any other page.
    assert judge.chance(like(0.82, locator=Page(3)), None) < STRONG
    # The best of a few hundred passages by a photo of a dog, and one about the cat in the photo.
    assert judge.chance(like(0.28, across=True), None) < STRONG
    assert judge.chance(like(0.48, across=True), None) > STRONG


def test_a_name_that_an_example_may_have_makes_nothing_strong() -> None:
    judge = Judge(Query(""), likeness={SPACE: WIDE})
    named = found("dog", store=Store.FACTS, score=3.8)
    named.evidence = [replace(named.evidence[0], example=True, across=True, guessed=True)]
    assert judge.chance(named, None) < STRONG


def test_words_beside_an_example_make_nothing_strong_that_is_not_like_it() -> None:
    judge = Judge(Query("night", words=("night",)), likeness={SPACE: WIDE})
    assert judge.chance(found("night"), 0.3) < STRONG
    both = found("night")
    both.evidence += like(0.4).evidence
    assert judge.chance(both, 0.3) > STRONG


def test_a_photo_that_an_encoder_calls_by_every_word_is_strong_where_it_finds_it_too() -> None:
    judge = Judge(Query("dog", words=("dog",)), looks_and_sounds={Store.IMAGE_TEXT: WIDE})
    called = found("dog", store=Store.FACTS)
    called.evidence = [replace(called.evidence[0], guessed=True)]
    assert judge.chance(called, None) < STRONG
    called.evidence += [replace(like(0.5).evidence[0], example=False)]
    assert judge.chance(called, None) > STRONG
    two = Judge(Query("black dog", words=("black", "dog")), looks_and_sounds=judge.looks_and_sounds)
    assert two.chance(called, None) < STRONG
