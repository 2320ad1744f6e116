"""The commands as a person or a script runs them, and the JSON they promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.conftest import ROOT, Place, Write

QUESTIONS = json.loads((ROOT / "resources/sample/questions.json").read_text(encoding="utf-8"))


def test_search_prints_the_promised_json(sample: Place) -> None:
    found = sample.run("search", "spare key", "--json").json()
    assert found["query"] == "spare key"
    assert found["filters"] == {}
    assert found["took_ms"] > 0
    hit = found["hits"][0]
    assert hit["path"].endswith("cabin.md")
    assert hit["medium"] == "note"
    assert hit["locator"]["kind"] == "text"
    assert hit["rank"] == 1 and hit["strong"] and hit["online"]
    assert 0 < hit["relevance"] <= 1
    assert {"text", "words"} <= {reason["store"] for reason in hit["reasons"]}
    assert "spare key" in hit["snippet"]


def test_pages_of_documents_are_found_by_number(sample: Place) -> None:
    hit = sample.run("search", "excess water damage", "--type", "document", "--json").json()[
        "hits"
    ][0]
    assert hit["locator"]["kind"] == "page" and hit["locator"]["page"] == 2


def test_words_in_a_picture_are_found_with_their_box(sample: Place) -> None:
    hit = sample.run("search", "cod fillet", "--json").json()["hits"][0]
    assert hit["path"].endswith("green-grocer.jpg")
    ocr = next(reason for reason in hit["reasons"] if reason["store"] == "ocr")
    (x0, y0, x1, y1) = ocr["boxes"][0]
    assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1


def test_filters_are_recognised_and_shown(sample: Place) -> None:
    found = sample.run("search", "type:photo", "in:receipts", "--json").json()
    assert found["filters"] == {"type": ["photo"], "in": ["receipts"]}
    assert {hit["medium"] for hit in found["hits"]} == {"photo"}
    assert len(found["hits"]) == 2


def test_excluded_words_leave(sample: Place) -> None:
    with_all = sample.run("search", "bergen", "--json").json()["hits"]
    without = sample.run("search", "bergen", "-concert", "--json").json()["hits"]
    assert any("concert" in hit["path"] for hit in with_all)
    assert not any("concert" in hit["path"] for hit in without)


def test_nonsense_finds_nothing_strong(sample: Place) -> None:
    hits = sample.run("search", "xqzvy blorpt", "--json").json()["hits"]
    assert not any(hit["strong"] for hit in hits)


@pytest.mark.slow
@pytest.mark.parametrize("expected", QUESTIONS["questions"], ids=lambda e: e["question"])
def test_questions_about_the_sample(sample: Place, expected: dict) -> None:
    answer = sample.run("ask", expected["question"], "--json").json()
    assert answer["engine"] == "extractive"
    assert answer["found"] is expected["found"]
    for words in expected["words"]:
        assert words in answer["answer"]
    if expected["found"]:
        assert "[1]" in answer["answer"]
        assert any(c["path"].endswith(expected["source"]) for c in answer["citations"])
        assert set(answer["took_ms"]) >= {"retrieve", "total"}
    else:
        assert answer["citations"] == []


@pytest.mark.slow
@pytest.mark.parametrize("expected", QUESTIONS["searches"], ids=lambda e: e["query"])
def test_searches_of_the_sample(sample: Place, expected: dict) -> None:
    hits = sample.run("search", expected["query"], "--limit", "3", "--json").json()["hits"]
    assert any(hit["path"].endswith(expected["source"]) for hit in hits)


def test_show_tells_what_is_known(sample: Place) -> None:
    shown = sample.run("show", sample.files / "pictures/concert-poster.jpg", "--json").json()
    assert shown["medium"] == "photo" and shown["status"] == "kept"
    assert shown["facts"]["place"].startswith("Bergen")
    assert {"picture", "ocr"} <= {segment["role"] for segment in shown["segments"]}


def test_status_counts_by_medium(sample: Place) -> None:
    status = sample.run("status", "--json").json()
    assert status["media"] == {"document": 1, "note": 9, "photo": 8}
    assert status["waiting"] == status["reading"] == status["failed"] == 0
    assert status["spaces"][0]["vectors"] > 0


def test_a_bad_file_is_listed_with_its_reason(empty: Place, write: Write) -> None:
    write("fine.txt", "The tide tables hang in the boat shed.")
    (empty.files / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    assert empty.run("add", empty.files).status == 0
    (failure,) = empty.run("failures", "--json").json()
    assert failure["path"].endswith("broken.jpg")
    assert failure["title"] and failure["message"] and failure["hint"]
    assert (
        empty.run("search", "tide tables", "--json").json()["hits"][0]["path"].endswith("fine.txt")
    )
    assert empty.run("show", empty.files / "broken.jpg", "--json").json()["status"] == "failed"


def test_a_removed_folder_leaves_no_trace(empty: Place, write: Write) -> None:
    write("secret.txt", "The quetzalcoatlus sleeps at noon.")
    empty.run("add", empty.files)
    assert empty.run("remove", empty.files).status == 0
    assert empty.run("search", "quetzalcoatlus", "--json").json()["hits"] == []
    for path in empty.library.rglob("*"):
        if path.is_file():
            assert b"quetzalcoatlus" not in path.read_bytes().lower(), path


def test_a_damaged_library_is_set_aside_and_built_anew(empty: Place, write: Write) -> None:
    write("boat.txt", "The anchor rope is stowed under the bow.")
    empty.run("add", empty.files)
    database = empty.library / "library.sqlite"
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (size - 8192))
    ran = empty.run("search", "anchor rope")
    assert ran.status == 1
    assert "damaged" in ran.err and "Traceback" not in ran.err
    assert list(empty.library.glob("library.sqlite.damaged-*"))
    assert empty.run("index").status == 0
    assert (
        empty.run("search", "anchor rope", "--json").json()["hits"][0]["path"].endswith("boat.txt")
    )


def test_a_folder_in_a_watched_folder_is_part_of_it(empty: Place, write: Write) -> None:
    write("inner/boat.txt", "The anchor rope is stowed under the bow.")
    empty.run("add", empty.files / "inner")
    ran = empty.run("add", empty.files)
    assert ran.status == 0, ran.err
    folders = [Path(folder["path"]) for folder in empty.run("status", "--json").json()["folders"]]
    assert folders == [empty.files.resolve()]
    assert "watched already" in empty.run("add", empty.files / "inner").err
    (hit,) = empty.run("search", "anchor rope", "--json").json()["hits"]
    assert hit["also_at"] == []


def test_a_terminal_that_knows_no_chinese_costs_no_answer(empty: Place, write: Write) -> None:
    write("hotel.txt", "酒店每晚六百元。")
    empty.run("add", empty.files)
    ran = empty.run("search", "酒店", PYTHONIOENCODING="ascii")
    assert ran.status == 0, ran.err
    assert "hotel.txt" in ran.out


def test_the_same_picture_is_found_by_itself_through_its_words(sample: Place) -> None:
    ticket = sample.files / "pictures/train-ticket.png"
    hits = sample.run("search", "--image", ticket, "--json").json()["hits"]
    assert hits[0]["path"].endswith("train-ticket.png")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "/no/such/folder"), "There is no such folder"),
        (("add", __file__), "is a file"),
        (("remove", "/no/such/folder"), "not watched"),
        (("show", "/no/such/file.txt"), "does not know"),
        (("index", "/no/such/folder"), "There is no such folder"),
        (("search", "--image", "/no/such/picture.jpg"), "There is no such file"),
        (("search", "before:soon"), "not understood"),
        (("search",), "nothing to search for"),
        (("models", "install", "no-such-model"), "no such model"),
        (("evaluate", "/no/such/folder"), "cannot be measured"),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence(
    empty: Place, arguments: tuple[str, ...], says: str
) -> None:
    ran = empty.run(*arguments)
    assert ran.status == 1
    assert ran.out == ""
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_wrong_usage_ends_with_two(empty: Place) -> None:
    assert empty.run("search", "x", "--limit", "zero").status == 2
    assert empty.run("frobnicate").status == 2


def test_help_answers_without_a_library(empty: Place) -> None:
    assert "COMMAND" in empty.run("--help").out
    assert not empty.library.exists()


def test_models_list_shows_size_and_licence(empty: Place) -> None:
    listed = {entry["id"]: entry for entry in empty.run("models", "list", "--json").json()}
    assert listed["all-minilm-l6-v2"]["installed"] and listed["all-minilm-l6-v2"]["in_use"]
    offered = [entry for entry in listed.values() if not entry["installed"]]
    assert all(entry["licence"] for entry in offered)
    assert any(entry["kind"] == "image-text" for entry in offered)
    assert any(entry["kind"] == "vision" for entry in offered)


@pytest.mark.slow
def test_doctor_tries_every_part(sample: Place) -> None:
    checks = {check["name"]: check for check in sample.run("doctor", "--json").json()}
    for name in ("Python", "Window", "Library", "Text search", "Reading files", "Text in pictures"):
        assert checks[name]["state"] == "works", checks[name]
    assert checks["Answers by a vision model"]["state"] in ("works", "missing")


@pytest.mark.slow
def test_demo_shows_the_main_job(empty: Place) -> None:
    ran = empty.run("demo")
    assert ran.status == 0, ran.err
    assert "24,500" in ran.out and "boiler.md" in ran.out
    assert "blue coffee tin" in ran.out


@pytest.mark.slow
def test_evaluate_measures_a_folder_of_questions(empty: Place, write: Write) -> None:
    write("harbour.txt", "The harbour master is called Ingrid Moe. She keeps the tide tables.")
    write("garden.txt", "The tomatoes stand along the south wall and need water every evening.")
    asked = [
        {"question": "Who is the harbour master?", "answer": "Ingrid Moe", "evidence": ["harbour.txt"]},
        {"question": "Where do the tomatoes stand?", "answer": "south wall", "evidence": ["garden.txt"]},
    ]  # fmt: skip
    write("questions.jsonl", "\n".join(json.dumps(row) for row in asked))
    figures = empty.run("evaluate", empty.files, "--strategy", "fused", "--json").json()["fused"]
    assert figures["cases"] == 2
    assert figures["recall_1"] == 1.0
    assert figures["right_answers"] == 1.0
