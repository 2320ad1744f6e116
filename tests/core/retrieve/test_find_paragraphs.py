"""Questions over real paragraphs, in a library with the answer and in one without."""

import json
from pathlib import Path

import pytest

from desktop_mmrag.retrieve.find import Finder

from .conftest import Shelf

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "passages-questions"
EVERY = 5

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/passages-questions"),
]


def fill(shelf: Shelf, articles: list[dict[str, list[dict[str, str]]]]) -> list[tuple[str, str]]:
    """One note a paragraph, cut at the middle sentence; questions with their note's name."""
    questions = []
    for a, article in enumerate(articles):
        for p, paragraph in enumerate(article["paragraphs"]):
            text = paragraph["context"]
            middle = text.find(". ", len(text) // 2) + 1 or len(text)
            passages = [part for part in (text[:middle], text[middle:]) if part.strip()]
            shelf.note(f"{a}-{p}.md", *passages, gap=0)
            questions += [(str(item["question"]), f"{a}-{p}.md") for item in paragraph["qas"]]  # type: ignore[index]
    return questions[::EVERY]


def test_the_right_paragraph_is_among_the_first_five(shelf: Shelf, finder: Finder) -> None:
    articles = json.loads((DATA / "xquad.en.json").read_text(encoding="utf-8"))["data"]
    questions = fill(shelf, articles)
    right = strong = 0
    for question, name in questions:
        hits = finder.find(question, 5).hits
        right += name in [hit.path.name for hit in hits]
        strong += any(hit.strong for hit in hits)
    assert right / len(questions) >= 0.95
    assert strong / len(questions) >= 0.95


def test_a_library_about_other_things_gives_few_strong_hits(shelf: Shelf, finder: Finder) -> None:
    articles = json.loads((DATA / "xquad.en.json").read_text(encoding="utf-8"))["data"]
    fill(shelf, articles[0::2])
    asked = [
        str(item["question"])
        for article in articles[1::2]
        for paragraph in article["paragraphs"]
        for item in paragraph["qas"]
    ][::EVERY]
    strong = sum(any(hit.strong for hit in finder.find(typed, 5).hits) for typed in asked)
    assert strong / len(asked) <= 0.15
