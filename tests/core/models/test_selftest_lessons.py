"""What the self-test vision model learns from: drawings and sources whose answers are right and can be found."""

import importlib
import random
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[3] / "models" / "training"


@pytest.fixture
def script(monkeypatch):
    """Imports one of the training scripts by name."""
    monkeypatch.syspath_prepend(str(TRAINING))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if name.startswith("selftest_"):
            del sys.modules[name]


def test_a_question_about_a_drawing_has_one_answer(script):
    chance = random.Random(3)
    for _ in range(300):
        asked = script("selftest_drawing").draw(chance).asked
        answers = dict(asked)
        assert all(answers[question] == answer for question, answer in asked)


def test_counts_and_places_are_those_of_the_shapes_drawn(script):
    drawing = script("selftest_drawing")
    chance = random.Random(4)
    for _ in range(300):
        drawn = drawing.draw(chance, shares=(1, 1, 1, 0, 0))
        for question, answer in drawn.asked:
            for mark in drawn.marks:
                if question == f"Where is the {mark.colour} {mark.shape}?":
                    x = ("left", "right")[int(mark.box[0] > 0.5)] if _aside(mark, 0) else ""
                    y = ("top", "bottom")[int(mark.box[1] > 0.5)] if _aside(mark, 1) else ""
                    assert answer == (" ".join(filter(None, (y, x))) or "centre")
        totals = [a for q, a in drawn.asked if q.startswith("How many shapes")]
        assert totals == [str(len(drawn.marks))]


def _aside(mark, axis):
    middle = (mark.box[axis] + mark.box[axis + 2]) / 2
    return abs(middle - 0.5) > 0.2


def test_words_kept_for_the_measurement_are_never_drawn_in_training(script):
    drawing = script("selftest_drawing")
    chance = random.Random(5)
    assert not {drawing.word(chance) for _ in range(20_000)} & set(drawing.UNSEEN_WORDS)


@pytest.mark.parametrize("style", ["lines", "program"])
def test_an_answer_stands_in_the_source_that_it_cites(script, style):
    sources = script("selftest_sources")
    chance = random.Random(6)
    for _ in range(300):
        sheet = sources.sheet(chance, style=style, bare=True)
        entries = dict(zip("1234", sheet.text.split("[")[1:], strict=False))
        for question, answer in sheet.asked:
            if answer == sources.NOT_ANSWERED:
                continue
            words, number = answer[:-1].split(" [")
            assert words in entries[number], (sheet.text, question, answer)


def test_the_words_of_the_instructions_are_those_of_the_program(script):
    from desktop_mmrag.answer import prompt

    sources = script("selftest_sources")
    assert sources.INSTRUCTIONS == prompt._INSTRUCTIONS
    assert sources.NOT_ANSWERED == prompt.NOT_ANSWERED


def test_what_is_copied_is_the_same_tokens_wherever_it_stands(script):
    words = script("selftest_words")
    tokenizer = words.learn_vocabulary(1289)
    for told in ("under the mat", "Fidara", "45 euros", "on 3 May", "wheelbarrow"):
        alone = tokenizer.encode(told).ids
        for around in ("The key is {}.", '"""{}"""', "{} [1]"):
            ids = tokenizer.encode(around.format(told)).ids
            assert any(ids[i : i + len(alone)] == alone for i in range(len(ids))), around


def test_the_model_that_ships_splits_text_as_in_training(script):
    pytest.importorskip("llama_cpp", reason="llama.cpp splits for the model that ships")
    from desktop_mmrag import bundled
    from desktop_mmrag.models.vision_chat import LlamaVisionChat

    folder = bundled.models() / "selftest-vision"
    tokenizer = script("selftest_words").learn_vocabulary(1289)
    chance = random.Random(7)
    sheets = [script("selftest_sources").sheet(chance) for _ in range(10)]
    model, mmproj = folder / "selftest-vision.gguf", folder / "mmproj-selftest-vision.gguf"
    chat = LlamaVisionChat("selftest-vision", model, mmproj, 2048, 1, 60)
    try:
        counts = [chat.count_tokens(sheet.text) for sheet in sheets]
    finally:
        chat.unload()
    assert counts == [len(tokenizer.encode(sheet.text).ids) for sheet in sheets]
