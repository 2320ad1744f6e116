"""Folders of questions, and what comes of them under each strategy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_mmrag.domain import Hit, Medium, Whole
from desktop_mmrag.errors import EvaluationImpossible
from desktop_mmrag.evaluate.cases import Case, read_cases
from desktop_mmrag.evaluate.measure import run, summarise


def written(path: Path, rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.fixture
def animals(tmp_path: Path) -> Path:
    """Queries in several media over two pictures and a sound."""
    rows = [
        {"file": "source/image/dog1.jpg", "modality": "image", "label": "dog", "split": "corpus"},
        {"file": "source/audio/bark.wav", "modality": "audio", "label": "dog", "split": "corpus"},
        {"file": "source/image/cat1.jpg", "modality": "image", "label": "cat", "split": "corpus"},
        {"file": "source/image/gone.jpg", "modality": "image", "label": "dog", "split": "corpus"},
        {"file": "test/dog.wav", "modality": "audio", "label": "dog", "split": "query"},
    ]
    for row in rows[:3]:
        file = tmp_path / row["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "captions.jsonl").write_text(lines, encoding="utf-8")
    queries = [
        {"q": "a cat", "type": "text", "expect": "source/image/cat1.jpg"},
        {"q": "test/dog.wav", "type": "audio", "expect_label": "dog"},
    ]
    written(tmp_path / "queries.json", queries)
    return tmp_path


def test_a_query_of_any_medium_is_a_case_for_each_medium_that_answers(
    animals: Path, tmp_path: Path
) -> None:
    cases = read_cases(animals, tmp_path / "scratch")
    assert [(case.pair, case.request, case.shown, case.medium) for case in cases.cases] == [
        ("text to image", "a cat", None, Medium.PHOTO),
        ("audio to image", "", "test/dog.wav", Medium.PHOTO),
        ("audio to audio", "", "test/dog.wav", Medium.AUDIO),
    ]
    # A file that is listed and not there is nothing to find.
    assert [target.file for target in cases.cases[1].targets] == ["image/dog1.jpg"]


def test_figures_of_each_pair(animals: Path, tmp_path: Path) -> None:
    cases = read_cases(animals, tmp_path / "scratch")

    def find(case: Case, limit: int) -> list[Hit]:
        names = ["image/cat1.jpg", "image/dog1.jpg"]
        return [
            Hit(n, n, n, cases.folder / name, Medium.PHOTO, Whole(), "", 1.0, True, ())
            for n, name in enumerate(names, start=1)
        ]

    quality = summarise(list(run(cases, find, None)))
    assert [quality.recall_1, quality.recall_5] == pytest.approx([1 / 3, 2 / 3])
    assert quality.pairs["audio to image"].mean_reciprocal_rank == 0.5
    assert quality.to_json()["pairs"]["audio to audio"]["recall_15"] == 0.0


def test_two_articles_become_notes_with_their_figures(tmp_path: Path) -> None:
    blog, notes = tmp_path / "blog", tmp_path / "notes"
    question = "What is CLIP's contrastive loss function?"
    written(blog / "seed_queries.json", [question, "What else?"])
    chunk = {"section": "Contrastive Learning", "text": "Positive pairs are brought together."}
    written(blog / "text_content.json", [chunk])
    figure = {"section": "Contrastive Learning", "image_path": "a.png", "caption": "CLIP's loss"}
    written(blog / "image_content.json", [figure])
    written(blog / "image_map.json", [{"image_path_in_json": "a.png", "file": "images/2.png"}])
    (blog / "images").mkdir()
    (blog / "images/2.png").write_bytes(b"png")
    cases = read_cases(blog, notes)
    (case,) = cases.cases
    assert (case.request, cases.folder, cases.asks) == (question, notes, True)
    assert [t.file for t in case.targets] == ["contrastive-learning.md", "images/2.png"]
    assert all((notes / target.file).exists() for target in case.targets)
    assert "![CLIP's loss](images/2.png)" in (notes / "contrastive-learning.md").read_text()


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationImpossible):
        read_cases(tmp_path, tmp_path / "scratch")
