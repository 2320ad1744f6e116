"""Measures the self-test vision model through llama.cpp, on pictures and sources that training never made.

    python models/training/measure_selftest.py [--model models/selftest-vision] [--each 60]

Runs the GGUF files that ship in the program's own child process, answers greedily, and counts an
answer as right when it equals the expected one, letter by letter. Prints the rows of the card.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import selftest_drawing
import selftest_sources

from desktop_mmrag.domain import ChatTurn
from desktop_mmrag.models.vision_chat import LlamaVisionChat

# Training draws from seeds below a million.
_SEED = 7_000_000
_DRAWINGS = {
    "one": "a single shape",
    "several": "several shapes (2 to 4)",
    "crowd": "a crowd of shapes (2 to 6, two kinds)",
    "number": "a printed number",
    "word": "a printed word",
}
_UNSEEN_WORD = "a printed English word held out from training"
_NOT_ANSWERED = "a question that no source answers"


@dataclass(frozen=True)
class Trial:
    """A conversation of one question and the answer that is right."""

    kind: str
    turns: tuple[ChatTurn, ...]
    answer: str


def trials(each: int) -> Iterator[Trial]:
    """`each` questions of every kind."""
    chance = random.Random(_SEED)
    wanted = dict.fromkeys(_DRAWINGS, each)
    while any(wanted.values()):
        drawing = selftest_drawing.draw(chance)
        if wanted[drawing.kind]:
            wanted[drawing.kind] -= 1
            question, answer = chance.choice(drawing.asked)
            yield _seen(_DRAWINGS[drawing.kind], drawing.image, question, answer)
    for side in (256, 512):
        for _ in range(each):
            drawing = selftest_drawing.draw(chance, side)
            question, answer = chance.choice(drawing.asked)
            yield _seen(f"a drawing of {side} pixels, any kind", drawing.image, question, answer)
    for number in range(each):
        text = selftest_drawing.UNSEEN_WORDS[number % len(selftest_drawing.UNSEEN_WORDS)]
        drawing = selftest_drawing.printed(chance, "word", text)
        question, answer = drawing.asked[0]
        yield _seen(_UNSEEN_WORD, drawing.image, question, answer)
    for _ in range(each):
        yield from _told(chance, "sources, one to a line", "lines", selftest_sources.THINGS)
        yield from _told(
            chance, "sources as the program writes them", "program", selftest_sources.THINGS
        )
        yield from _told(
            chance,
            "sources about things never named in training",
            "program",
            selftest_sources.UNSEEN_THINGS,
        )
        yield _mixed(chance)


def _seen(kind: str, image: object, question: str, answer: str) -> Trial:
    return Trial(kind, (ChatTurn("user", question, (np.asarray(image),)),), answer)


def _told(
    chance: random.Random, kind: str, style: str, things: tuple[str, ...] | list[str]
) -> Iterator[Trial]:
    sheet = selftest_sources.sheet(chance, style=style, things=things)
    question, answer = chance.choice(sheet.asked)
    if answer == selftest_sources.NOT_ANSWERED:
        kind = _NOT_ANSWERED
    yield Trial(kind, _turns(sheet, question, ()), answer)


def _mixed(chance: random.Random) -> Trial:
    """A drawing among text sources, asked about the drawing."""
    sheet = selftest_sources.sheet(chance, style="program", with_picture=True)
    drawing = selftest_drawing.draw(chance)
    question, answer = chance.choice(drawing.asked)
    turns = _turns(sheet, question, (np.asarray(drawing.image),))
    return Trial("a drawing among sources", turns, f"{answer} [{sheet.picture_number}]")


def _turns(
    sheet: selftest_sources.Sheet, question: str, pictures: tuple[np.ndarray, ...]
) -> tuple[ChatTurn, ...]:
    gap = "\n\n" if sheet.text.startswith("Sources") else "\n"
    user = ChatTurn("user", f"{sheet.text}{gap}Question: {question}", pictures)
    return (ChatTurn("system", sheet.system), user) if sheet.system else (user,)


def measure(folder: Path, each: int, show: int) -> dict[str, float]:
    """Share of right answers by kind and over all."""
    model, mmproj = folder / "selftest-vision.gguf", folder / "mmproj-selftest-vision.gguf"
    chat = LlamaVisionChat("selftest-vision", model, mmproj, 2048, 1, 60)
    right: dict[str, list[bool]] = defaultdict(list)
    for trial in trials(each):
        said = "".join(chat.stream(trial.turns, 40)).strip()
        right[trial.kind].append(said == trial.answer)
        if said != trial.answer and show > 0:
            show -= 1
            print(
                f"{trial.kind}: {trial.turns[-1].text[-120:]!r} -> {said!r}, not {trial.answer!r}"
            )
    chat.unload()
    shares = {kind: round(float(np.mean(marks)), 3) for kind, marks in right.items()}
    shares["all"] = round(float(np.mean([mark for marks in right.values() for mark in marks])), 3)
    return shares


def main() -> None:
    """Prints the shares."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--model", type=Path, default=Path(__file__).parents[1] / "selftest-vision"
    )
    arguments.add_argument("--each", type=int, default=60)
    arguments.add_argument("--show", type=int, default=0, help="how many wrong answers to print")
    chosen = arguments.parse_args()
    for kind, share in measure(chosen.model, chosen.each, chosen.show).items():
        print(f"| {kind} | {share:.2f} |")


if __name__ == "__main__":
    main()
