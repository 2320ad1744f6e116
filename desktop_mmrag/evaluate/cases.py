"""What a folder asks and expects, read into cases: captions, questions, queries in any medium, SQuAD."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import EvaluationImpossible
from desktop_mmrag.evaluate.seed_blog import is_seed_blog, write_notes
from desktop_mmrag.evaluate.seed_blog import questions as seed_blog_questions

_MEDIA = {Medium.PHOTO: "image", Medium.AUDIO: "audio", Medium.VIDEO: "video"}
"""What data sets of any-to-any search call the media."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that would be the right one to find."""

    file: str
    """Path relative to the folder that was kept."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One request with what should come of it."""

    request: str
    targets: tuple[Target, ...]
    """Empty when nothing in the folder answers."""
    answers: tuple[str, ...] = ()
    """Strings that must all be in the answer; empty for captions."""
    within: str | None = None
    """The file that the question is about, where the data says so."""
    shown: str | None = None
    """A file to search by in place of words, relative to the folder of the data."""
    medium: Medium | None = None
    """The only kind of hit that is wanted."""
    pair: str = ""
    """From which medium to which, such as "image to video"."""


@dataclass(frozen=True, slots=True)
class Cases:
    """All requests of a folder and the folder to keep for them."""

    folder: Path
    cases: tuple[Case, ...]
    asks: bool
    """Whether they are questions with answers, or captions to be found by."""
    shown_in: Path | None = None
    """Where the files lie that are searched by."""


def read_cases(folder: Path, scratch: Path) -> Cases:
    """Recognises the folder's own format. SQuAD paragraphs become notes under `scratch`.

    Raises EvaluationImpossible.
    """
    try:
        cases = _recognised(folder, scratch)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise EvaluationImpossible(
            f"A line in {folder} is not as expected: {problem!r}."
        ) from problem
    if not cases.cases:
        raise EvaluationImpossible(f"{folder} asks nothing.")
    return cases


def _recognised(folder: Path, scratch: Path) -> Cases:
    if (folder / "queries.json").exists():
        return Cases(folder / "source", tuple(_any_to_any(folder)), asks=False, shown_in=folder)
    if is_seed_blog(folder):
        write_notes(folder, scratch)
        return Cases(scratch, tuple(_seed_blog(folder)), asks=True)
    if (folder / "questions.jsonl").exists():
        return Cases(folder, tuple(_questions(folder / "questions.jsonl")), asks=True)
    if (folder / "captions.jsonl").exists():
        return Cases(folder, tuple(_captions(folder / "captions.jsonl")), asks=False)
    if squad := _squad_file(folder):
        return Cases(scratch, tuple(_squad(squad, scratch)), asks=True)
    raise EvaluationImpossible(
        f"{folder} holds neither captions.jsonl nor questions.jsonl nor queries.json."
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.strip():
                yield json.loads(line)
        except ValueError as problem:
            raise EvaluationImpossible(f"{path}, line {number}: {problem}.") from problem


def _captions(path: Path) -> Iterator[Case]:
    for row in _lines(path):
        for caption in row["captions"]:
            yield Case(caption, (Target(row["file"]),))


def _questions(path: Path) -> Iterator[Case]:
    for row in _lines(path):
        document = row.get("doc_id")
        pages = _list(row.get("evidence_pages", []))
        targets = [Target(file) for file in row.get("evidence", [])]
        targets += [Target(f"documents/{document}", int(page)) for page in pages]
        answers = [answer for answer in _list(row["answer"]) if answer != "Not answerable"]
        yield Case(row["question"].strip(), tuple(targets), tuple(answers), document)


def _seed_blog(folder: Path) -> Iterator[Case]:
    for question, answer, files in seed_blog_questions(folder):
        yield Case(question, tuple(map(Target, files)), answer)


def _any_to_any(folder: Path) -> Iterator[Case]:
    """A case for each medium that holds what a query of any medium asks for."""
    source = folder / "source"
    labelled = [row for row in _lines(folder / "captions.jsonl") if row["split"] == "corpus"]
    there = [row for row in labelled if (folder / row["file"]).exists()]
    for query in json.loads((folder / "queries.json").read_text(encoding="utf-8")):
        typed = query["type"] == "text"
        for medium, name in _MEDIA.items():
            right = [row["file"] for row in there if row["modality"] == name and _fits(row, query)]
            files = [(folder / file).relative_to(source).as_posix() for file in right]
            if files:
                yield Case(
                    query["q"] if typed else "",
                    tuple(map(Target, files)),
                    shown=None if typed else query["q"],
                    medium=medium,
                    pair=f"{query['type']} to {name}",
                )


def _fits(row: dict[str, Any], query: dict[str, Any]) -> bool:
    """Whether a file is the one expected, or shows what is expected."""
    if "expect" in query:
        return bool(row["file"] == query["expect"])
    return bool(row["label"] == query["expect_label"])


def _list(value: Any) -> list[str]:
    """Lists come as lists, as their Python text, or as one plain value."""
    if isinstance(value, str) and value.startswith("["):
        value = ast.literal_eval(value)
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _squad_file(folder: Path) -> Path | None:
    if folder.is_file():
        return folder
    english = [path for path in sorted(folder.glob("*.json")) if ".en" in path.suffixes]
    found = english or [path for path in sorted(folder.glob("*.json")) if _is_squad(path)]
    return found[0] if found else None


def _is_squad(path: Path) -> bool:
    data = json.loads(path.read_text(encoding="utf-8"))
    return isinstance(data, dict) and "paragraphs" in (data.get("data") or [{}])[0]


def _squad(path: Path, scratch: Path) -> Iterator[Case]:
    """The SQuAD layout: data > paragraphs > context, qas > question, answers > text."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    for article_number, article in enumerate(data):
        for number, paragraph in enumerate(article["paragraphs"]):
            name = f"{_file_name(article.get('title', str(article_number)))}-{number:03}.txt"
            note = scratch / name
            note.parent.mkdir(parents=True, exist_ok=True)
            if not note.exists():
                note.write_text(paragraph["context"], encoding="utf-8")
            for question in paragraph["qas"]:
                answers = tuple(answer["text"] for answer in question["answers"][:1])
                targets = (Target(name),) if answers else ()
                yield Case(question["question"], targets, answers)


def _file_name(title: str) -> str:
    return re.sub(r"[^\w-]+", "_", title)
