from desktop_mmrag.domain import Box, Locator, Page, Role, Segment, Store, TextSpan, TimeSpan, Whole
from desktop_mmrag.library.contents import KeptSegment
from desktop_mmrag.retrieve.candidates import Candidate, Ranking
from desktop_mmrag.retrieve.fuse import fuse, key_of


def kept(id: int, content: int, locator: Locator, role: Role = Role.PASSAGE) -> KeptSegment:
    return KeptSegment(id, content, Segment(role, locator, f"words of {id}"))


def ranking(store: Store, *found: tuple[int, float]) -> Ranking:
    return Ranking(store, tuple(Candidate(id, score) for id, score in found))


def apart(*ids: int) -> dict[int, KeptSegment]:
    return {id: kept(id, id, TextSpan(0, 9)) for id in ids}


def test_what_two_stores_agree_on_comes_before_what_one_puts_first() -> None:
    finds = fuse(
        [
            ranking(Store.WORDS, (1, 3.0), (2, 2.9), (3, 2.8)),
            ranking(Store.TEXT, (4, 0.6), (2, 0.59), (5, 0.3)),
        ],
        apart(1, 2, 3, 4, 5),
    )
    assert finds[0].content_id == 2


def test_a_wide_gap_in_a_stores_own_score_outweighs_a_rank_elsewhere() -> None:
    """Of many alike receipts, one holds the name, and meaning cannot tell them apart."""
    alike = [(id, 0.5 - id / 1000) for id in (2, 3, 4, 5, 6, 7, 8, 1)]
    finds = fuse(
        [ranking(Store.OCR, (1, 11.0), (2, 1.0)), ranking(Store.TEXT, *alike)],
        apart(*range(1, 9)),
    )
    assert finds[0].content_id == 1


def test_a_file_name_lifts_all_pages_of_the_file_that_were_found() -> None:
    segments = {n: kept(n, 1 if n < 10 else 2, Page(n)) for n in (1, 5, 15)}
    finds = fuse(
        [ranking(Store.WORDS, (15, 2.0), (5, 1.99)), ranking(Store.FACTS, (1, 1.0))], segments
    )
    assert [find.key for find in finds] == [(1, "page 5"), (2, "page 15")]


def test_a_file_known_by_its_name_alone_is_found_by_its_first_segment() -> None:
    finds = fuse([ranking(Store.FACTS, (1, 1.0))], {1: kept(1, 1, Page(1))})
    assert [find.key for find in finds] == [(1, "page 1")]


def test_pixels_passages_and_read_text_of_a_page_are_one_find() -> None:
    same = {
        key_of(kept(1, 1, Page(3), Role.PICTURE)),
        key_of(kept(2, 1, Page(3, 10, 90))),
        key_of(kept(3, 1, Box(0, 0, 1, 1, 3), Role.OCR)),
    }
    assert len(same) == 1


def test_a_photo_and_the_text_in_it_are_one_find_and_seconds_are_apart() -> None:
    photo = key_of(kept(1, 1, Whole(), Role.PICTURE))
    assert photo == key_of(kept(2, 1, Box(0, 0, 1, 1), Role.OCR))
    assert key_of(kept(3, 1, TimeSpan(0, 5))) != key_of(kept(4, 1, TimeSpan(5, 9)))


def test_words_of_several_passages_of_a_page_are_held_by_the_page() -> None:
    words = Ranking(
        Store.WORDS, (Candidate(1, 2.0, ("goodwill",)), Candidate(2, 1.0, ("january", "goodwill")))
    )
    (find,) = fuse([words], {1: kept(1, 1, Page(3, 0, 9)), 2: kept(2, 1, Page(3, 9, 20))})
    assert find.words == {"goodwill", "january"}


def test_a_segment_that_was_removed_meanwhile_is_left_out() -> None:
    assert fuse([ranking(Store.WORDS, (1, 1.0))], {}) == []


def test_the_looks_of_a_page_weigh_less_than_those_of_a_photo() -> None:
    page, photo = kept(1, 1, Page(3), Role.PICTURE), kept(2, 2, Whole(), Role.PICTURE)
    finds = fuse([ranking(Store.IMAGE_TEXT, (1, 0.31), (2, 0.3), (3, 0.1))], {1: page, 2: photo})
    assert [find.content_id for find in finds] == [2, 1]


def test_the_words_of_a_page_weigh_more_than_the_looks_of_another() -> None:
    looks, words = kept(1, 1, Page(3), Role.PICTURE), kept(2, 1, Page(4, 10, 90))
    finds = fuse(
        [ranking(Store.IMAGE_TEXT, (1, 0.31), (3, 0.1)), ranking(Store.TEXT, (2, 0.5), (3, 0.1))],
        {1: looks, 2: words},
    )
    assert [find.key for find in finds] == [(1, "page 4"), (1, "page 3")]


def test_the_looks_of_a_receipt_weigh_less_than_its_words() -> None:
    """All receipts look alike; what was read in one tells it apart."""
    read = [
        KeptSegment(id, id, Segment(Role.OCR, Box(0, 0, 1, 1), f"receipt {id} " * 30))
        for id in (1, 2)
    ]
    seen = [kept(10 + id, id, Whole(), Role.PICTURE) for id in (1, 2, 3)]
    finds = fuse(
        [
            ranking(Store.IMAGE_TEXT, (12, 0.31), (11, 0.3), (13, 0.1)),
            ranking(Store.OCR, (1, 3.0), (2, 2.9)),
        ],
        {segment.id: segment for segment in (*read, *seen)},
    )
    assert finds[0].content_id == 1


def of_words(store: Store, *found: tuple[int, tuple[str, ...]]) -> Ranking:
    return Ranking(store, tuple(Candidate(id, 5.0, words) for id, words in found))


def test_what_is_named_by_every_word_comes_before_what_looks_like_it() -> None:
    """A photo with the keyword "kayak" before those that an encoder takes for kayaks."""
    finds = fuse(
        [ranking(Store.IMAGE_TEXT, (2, 0.47), (3, 0.46)), of_words(Store.FACTS, (1, ("kayak",)))],
        apart(1, 2, 3),
        asked=1,
    )
    assert finds[0].content_id == 1
    partly = fuse(
        [ranking(Store.IMAGE_TEXT, (2, 0.47), (3, 0.46)), of_words(Store.FACTS, (1, ("kayak",)))],
        apart(1, 2, 3),
        asked=2,
    )
    assert partly[0].content_id == 2


def test_half_of_the_words_say_less_than_all_of_them() -> None:
    """ "Black dog": the photo that looks most like it before a report that says "black"."""
    rankings = [
        of_words(Store.WORDS, (1, ("black",))),
        ranking(Store.IMAGE_TEXT, (2, 0.5), (3, 0.1)),
    ]
    assert fuse(rankings, apart(1, 2, 3), asked=2)[0].content_id == 2


def test_a_word_read_in_a_photo_by_mistake_is_not_compared_by_meaning() -> None:
    scrap = KeptSegment(1, 1, Segment(Role.OCR, Box(0, 0, 1, 1), "ridgata"))
    sign = KeptSegment(2, 2, Segment(Role.OCR, Box(0, 0, 1, 1), "mind the step " * 4))
    segments = {1: scrap, 2: sign}
    (find,) = fuse([ranking(Store.TEXT, (1, 0.4), (2, 0.3))], segments)
    assert find.content_id == 2
    # By the very word it is found.
    (find,) = fuse([ranking(Store.OCR, (1, 2.0))], segments)
    assert find.content_id == 1


def test_a_sentence_without_spaces_is_no_scrap() -> None:
    ticket = Segment(Role.OCR, Box(0, 0, 1, 1), "明天上午从北京南站到上海虹桥的高铁车票")
    (find,) = fuse([ranking(Store.TEXT, (1, 0.4))], {1: KeptSegment(1, 1, ticket)})
    assert find.content_id == 1


def test_what_an_example_is_like_comes_before_words_about_it_and_words_beside_it() -> None:
    pictures = Ranking(Store.IMAGE_TEXT, (Candidate(1, 0.9), Candidate(2, 0.5)), example=True)
    about = Ranking(Store.TEXT, (Candidate(3, 0.3), Candidate(4, 0.2)), example=True, across=True)
    typed = of_words(Store.WORDS, (3, ("night",)))
    segments = apart(1, 2, 3, 4)
    assert fuse([pictures, about], segments)[0].content_id == 1
    beside = fuse([pictures, about, typed], segments, asked=1)
    assert [find.content_id for find in beside][:2] == [1, 3]
