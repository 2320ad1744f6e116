"""Two articles as chunks and figures, with the questions that an article on multimodal search asks of them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What each question is answered by: words of an answer, sections and figures that hold it.
# Read out of the articles by a person; the data names the questions alone.
_ANSWERED_BY: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "What is CLIP's contrastive loss function?": (
        ("positive", "negative", "similarity"),
        ("Contrastive Learning",),
        ("images/2.png",),
    ),
    "What are the three paths described for making LLMs multimodal?": (
        ("tools", "adapters"),
        (
            "3 Paths to Multimodality",
            "Path 1: LLM + Tools",
            "Path 2: LLM + Adapters",
            "Path 3: Unified Models",
        ),
        (),
    ),
    "What is an intuitive explanation of multimodal embeddings?": (
        ("same vector space",),
        ("Multimodal Embeddings",),
        ("images/4.png",),
    ),
}


def is_seed_blog(folder: Path) -> bool:
    """Whether a folder holds the articles, their figures and the questions."""
    names = ("seed_queries.json", "text_content.json", "image_content.json", "image_map.json")
    return all((folder / name).is_file() for name in names)


def questions(folder: Path) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each question with the words of its answer and the files under `notes` that hold it."""
    for question in _read(folder / "seed_queries.json"):
        if question in _ANSWERED_BY:
            answer, sections, figures = _ANSWERED_BY[question]
            yield question, answer, (*(f"{_file_name(one)}.md" for one in sections), *figures)


def write_notes(folder: Path, notes: Path) -> None:
    """A note for each section with its chunks and figures, and the pictures beside them."""
    if notes.exists():
        return
    files = {row["image_path_in_json"]: row["file"] for row in _read(folder / "image_map.json")}
    written: dict[str, list[str]] = {}
    for row in _read(folder / "text_content.json"):
        written.setdefault(row["section"], [f"# {_plain(row['section'])}"]).append(row["text"])
    for row in _read(folder / "image_content.json"):
        figure = f"![{row['caption']}]({files[row['image_path']]})"
        written.setdefault(row["section"], [f"# {_plain(row['section'])}"]).append(figure)
    partial = notes.with_name(f"{notes.name}.new")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "images").mkdir(parents=True)
    for file in set(files.values()):
        shutil.copyfile(folder / file, partial / file)
    for section, paragraphs in written.items():
        text = "\n\n".join(paragraphs) + "\n"
        (partial / f"{_file_name(section)}.md").write_text(text, encoding="utf-8")
    partial.rename(notes)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _plain(section: str) -> str:
    """Without the hair spaces and no-break spaces of its page."""
    return " ".join(section.split())


def _file_name(section: str) -> str:
    return re.sub(r"[^\w]+", "-", _plain(section)).strip("-").lower()
