"""Words are found in any form and script, the telling ones first, and are gone when removed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_mmrag.domain import Store
from desktop_mmrag.library import fulltext, word_query
from desktop_mmrag.library.database import FILE_NAME, Database
from desktop_mmrag.library.fulltext import Match, Words
from desktop_mmrag.library.selection import Selection


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / FILE_NAME)
    yield opened
    opened.close()


@pytest.fixture
def words(database: Database) -> Words:
    return Words(database)


def keep(database: Database, words: Words, *texts: str, store: Store = Store.WORDS) -> None:
    """The first text becomes row 1, and so on."""
    with database.writing() as connection:
        for rowid, text in enumerate(texts, start=1):
            words.write(connection, store, rowid, text)


def rows(matches: list[Match]) -> list[int]:
    return [match.rowid for match in matches]


def test_inflections_and_accents_are_seen_through(database: Database, words: Words) -> None:
    keep(database, words, "Two bicycles leaned on Müller's wall.", "Café crème", "a fence")
    assert rows(words.search(Store.WORDS, ["bicycle"])) == [1]
    assert rows(words.search(Store.WORDS, ["LEANING"])) == [1]
    assert rows(words.search(Store.WORDS, ["muller"])) == [1]
    assert rows(words.search(Store.WORDS, ["creme"])) == [2]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("昨日、東京都で新しい自転車を買った。", "京都"),
        ("昨日、東京都で新しい自転車を買った。", "自転車"),
        ("昨日、東京都で新しい自転車を買った。", "新しい自転車を"),
        ("新しいiPhoneケースを買った", "ケース"),
        ("新しいiPhoneケースを買った", "iphoneケース"),
        ("我们在北京大学的图书馆见面", "图书馆"),
        ("我们在北京大学的图书馆见面", "北京"),
        ("서울에서 만났다", "서울"),
        ("ｶﾀｶﾅ ＡＢＣ", "カタカナ"),
        ("ｶﾀｶﾅ ＡＢＣ", "abc"),
        ("สวัสดีครับ", "สวัสดี"),
        ("Привет, мир", "мир"),
        ("车", "车"),
    ],
)
def test_any_script_is_found(database: Database, words: Words, text: str, asked: str) -> None:
    keep(database, words, text, "nothing of the kind 別の文章", "其他的事情")
    (match,) = words.search(Store.WORDS, [asked])
    assert match.rowid == 1
    assert asked in match.words


def test_pairs_that_are_not_neighbours_do_not_match(database: Database, words: Words) -> None:
    keep(database, words, "東京と京都")
    assert words.search(Store.WORDS, ["東京都"]) == []


def test_a_sentence_without_spaces_finds_what_shares_words_with_it(
    database: Database, words: Words
) -> None:
    keep(database, words, "我的红色自行车在车库里", "今天下雨了", "红色的花")
    found = words.search(Store.WORDS, ["我想找红色的自行车在哪里"])
    assert rows(found)[0] == 1
    assert 2 not in rows(found)


def test_any_word_suffices_and_more_of_them_are_better(database: Database, words: Words) -> None:
    keep(
        database, words,
        "the garden fence", "garden garden garden garden", "a boiler in the garden",
        "invoice for the boiler", *["garden work"] * 30,
    )  # fmt: skip
    found = words.search(Store.WORDS, ["boiler", "garden", "unheard"])
    assert found[0] == Match(3, found[0].score, ("boiler", "garden"))
    assert found[1] == Match(4, found[1].score, ("boiler",))
    assert set(rows(found)) == set(range(1, 35))
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)


def test_the_limit_keeps_the_best(database: Database, words: Words) -> None:
    keep(database, words, *["garden in the rain"] * 500, "garden fence")
    assert rows(words.search(Store.WORDS, ["fence", "garden"], limit=1)) == [501]
    assert len(words.search(Store.WORDS, ["garden"], limit=7)) == 7
    assert words.search(Store.WORDS, ["garden"], limit=0) == []


def test_phrases_are_required_and_words_rank_within_them(database: Database, words: Words) -> None:
    keep(
        database, words,
        "red wine from the cellar", "wine that is red", "red wine in a glass", "a glass",
    )  # fmt: skip
    assert rows(words.search(Store.WORDS, [], ["red wine"])) == [1, 3]
    found = words.search(Store.WORDS, ["glass"], ["red wine"])
    assert rows(found) == [3, 1]
    assert found[0].words == ("red wine", "glass")
    assert rows(words.search(Store.WORDS, [], ["red wine", "a glass"])) == [3]
    assert words.search(Store.WORDS, ["glass"], ["wine red"]) == []


def test_excluded_words_keep_rows_out(database: Database, words: Words) -> None:
    keep(database, words, "red wine", "red walls", "red bicycles")
    assert rows(words.search(Store.WORDS, ["red"], [], ["wines", "bicycle"])) == [2]
    assert rows(words.search(Store.WORDS, [], ["red walls"], ["unheard"])) == [2]


def test_stop_words_lead_nowhere_unless_alone(database: Database, words: Words) -> None:
    keep(database, words, "the price of the boiler", "what is the time", "to be or not to be")
    assert rows(words.search(Store.WORDS, ["what", "is", "the", "boiler"])) == [1]
    assert rows(words.search(Store.WORDS, ["what"])) == [2]
    assert rows(words.search(Store.WORDS, [], ["to be or not to be"])) == [3]


def test_the_last_word_may_be_unfinished(database: Database, words: Words) -> None:
    keep(database, words, "birthday photographs", "a photo of a bird", "phone")
    assert rows(words.search(Store.WORDS, ["phot"])) == []
    assert set(rows(words.search(Store.WORDS, ["phot"], prefix=True))) == {1, 2}
    found = words.search(Store.WORDS, ["birthday", "phot"], prefix=True)
    assert found[0] == Match(1, found[0].score, ("birthday", "phot"))


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "'", "*", "(", "a AND", "NOT", "NEAR(a b", "col:x", "-", "^x", "\0", "\ud800", "{",
     "x" * 5000, "+", "😀", "' OR 1=1 --", "a\nb", "‎", "%", "é́́"],
)  # fmt: skip
def test_any_characters_may_be_typed(database: Database, words: Words, typed: str) -> None:
    keep(database, words, f"garden {typed}")
    for prefix in (False, True):
        assert rows(words.search(Store.WORDS, ["garden", typed], prefix=prefix)) == [1]
        words.search(Store.WORDS, [typed], [typed], [typed], prefix=prefix)
    words.search(Store.WORDS, [typed] * 500)


def test_a_pasted_page_is_searched_for(database: Database, words: Words) -> None:
    many = [f"word{n}" for n in range(600)]
    keep(database, words, " ".join(many), "word3 alone")
    assert rows(words.search(Store.WORDS, many, limit=1)) == [1]


def test_stores_are_apart(database: Database, words: Words) -> None:
    with database.writing() as connection:
        words.write(connection, Store.OCR, 1, "total")
        words.write(connection, Store.SPEECH, 1, "hello")
        words.write_facts(connection, 1, "receipt.jpg Lisbon, Portugal")
    assert rows(words.search(Store.OCR, ["total"])) == [1]
    assert rows(words.search(Store.SPEECH, ["total"])) == []
    assert rows(words.search(Store.FACTS, ["lisbon"])) == [1]
    assert rows(words.search(Store.FACTS, ["jpg"])) == [1]
    with pytest.raises(ValueError):
        words.search(Store.TEXT, ["total"])


def test_writing_again_replaces_and_blank_text_removes(database: Database, words: Words) -> None:
    keep(database, words, "old words")
    keep(database, words, "new words")
    assert words.search(Store.WORDS, ["old"]) == []
    keep(database, words, " \n ")
    assert words.search(Store.WORDS, ["new"]) == []


def test_removed_rows_are_found_no_more(database: Database, words: Words) -> None:
    for store in (Store.WORDS, Store.OCR, Store.SPEECH, Store.FACTS):
        keep(database, words, "garden one", "garden two", store=store)
    with database.writing() as connection:
        words.remove(connection, [1, 99])
    assert rows(words.search(Store.WORDS, ["garden"])) == [2]
    assert rows(words.search(Store.OCR, ["garden"])) == [2]
    assert rows(words.search(Store.SPEECH, ["garden"])) == [2]
    assert len(words.search(Store.FACTS, ["garden"])) == 2
    with database.writing() as connection:
        words.remove_facts(connection, [1])
    assert rows(words.search(Store.FACTS, ["garden"])) == [2]


# --- selections -----------------------------------------------------------------------


def add_contents(database: Database, count: int) -> None:
    """Content n has the segment 10 000 + n; every fiftieth is a note."""
    with database.writing() as connection:
        connection.executemany(
            "INSERT INTO content (id, hash, size, medium, dated_at) VALUES (?, ?, 1, ?, '')",
            ((id, str(id).encode(), "photo" if id % 50 else "note") for id in range(1, count + 1)),
        )
        connection.executemany(
            "INSERT INTO segment (id, content_id, role, locator) VALUES (?, ?, 'passage', '{}')",
            ((10_000 + id, id) for id in range(1, count + 1)),
        )


NOTES = Selection("SELECT id FROM content WHERE medium = ?", ("note",))
VIDEOS = Selection("SELECT id FROM content WHERE medium = ?", ("video",))


@pytest.mark.parametrize("listed", [2048, 3])
def test_a_selection_narrows(
    database: Database, words: Words, monkeypatch: pytest.MonkeyPatch, listed: int
) -> None:
    monkeypatch.setattr(fulltext, "_LISTED", listed)
    add_contents(database, 300)
    with database.writing() as connection:
        for id in range(1, 301):
            words.write(connection, Store.WORDS, 10_000 + id, "garden" + " fence" * (id % 5))
            words.write_facts(connection, id, "garden.jpg")
    notes = [50, 100, 150, 200, 250, 300]
    found = words.search(Store.WORDS, ["garden"], within=NOTES)
    assert sorted(rows(found)) == [10_000 + id for id in notes]
    assert sorted(rows(words.search(Store.FACTS, ["garden"], within=NOTES))) == notes
    assert words.search(Store.WORDS, ["garden"], within=VIDEOS) == []


# --- common words ---------------------------------------------------------------------


@pytest.fixture
def costly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words in more than fifty rows count as too common to lead to rows."""
    monkeypatch.setattr(word_query, "MOST_ROWS", 50)


@pytest.mark.usefixtures("costly")
def test_common_words_only_add_to_rarer_ones(database: Database, words: Words) -> None:
    keep(database, words, *["garden"] * 100, "boiler room", "boiler garden")
    found = words.search(Store.WORDS, ["garden", "boiler"])
    assert rows(found) == [102, 101]
    assert found[0].words == ("boiler", "garden")


@pytest.mark.usefixtures("costly")
def test_where_all_words_are_common_rows_with_all_come_first(
    database: Database, words: Words
) -> None:
    keep(database, words, *["garden"] * 100, *["fence"] * 100, "garden by the fence", "unseen")
    found = words.search(Store.WORDS, ["garden", "fence"], limit=20)
    assert found[0] == Match(201, found[0].score, ("garden", "fence"))
    assert len(found) == 20
    assert rows(words.search(Store.WORDS, ["garden"], ["garden by"], limit=5)) == [201]
    assert 201 not in rows(words.search(Store.WORDS, ["garden"], [], ["fence"], limit=200))


@pytest.mark.usefixtures("costly")
def test_a_selection_narrows_common_words_too(database: Database, words: Words) -> None:
    add_contents(database, 300)
    with database.writing() as connection:
        for id in range(1, 301):
            words.write(connection, Store.WORDS, 10_000 + id, "garden")
    assert len(words.search(Store.WORDS, ["garden"], within=NOTES)) == 6


# --- traces and threads ---------------------------------------------------------------


def test_no_trace_of_removed_words_stays_in_the_file(database: Database, words: Words) -> None:
    draw = random.Random(0)
    made = ["".join(draw.choices("bcdfghjklmnpqrtvwxz", k=12)) for _ in range(12_000)]
    texts = [" ".join(made[at : at + 6]) for at in range(0, len(made), 6)]
    keep(database, words, *texts)
    database.shrink()
    assert made[0].encode() in database.path.read_bytes()
    removed = range(1, 1001)
    with database.writing() as connection:
        words.remove(connection, removed)
        words.scrub(connection)
    database.shrink()
    files = [database.path, database.path.with_name(f"{FILE_NAME}-wal")]
    remaining = b"".join(path.read_bytes() for path in files if path.exists())
    assert made[-1].encode() in remaining
    assert not any(word.encode() in remaining for word in made[:6000])
    signposts = database.reader().execute("SELECT term FROM words_idx").fetchall()
    kept = tuple(made[6000:])
    for (signpost,) in signposts:
        # The first byte says which index it is; a signpost is the beginning of a word.
        beginning = bytes(signpost)[1:].decode()
        assert any(word.startswith(beginning) for word in kept)
    assert rows(words.search(Store.WORDS, [made[-1]])) == [2000]


def test_a_failed_transaction_leaves_words_as_they_were(database: Database, words: Words) -> None:
    keep(database, words, "garden")
    with pytest.raises(RuntimeError), database.writing() as connection:
        words.write(connection, Store.WORDS, 2, "garden")
        words.remove(connection, [1])
        raise RuntimeError
    assert rows(words.search(Store.WORDS, ["garden"])) == [1]


def test_several_threads_search_while_one_writes(database: Database, words: Words) -> None:
    keep(database, words, *["garden fence"] * 50)
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(
            lambda _: len(words.search(Store.WORDS, ["garden", "fence"])), range(100)
        )
        for rowid in range(100, 120):
            with database.writing() as connection:
                words.write(connection, Store.WORDS, rowid, "garden")
        assert all(count >= 50 for count in answers)
