"""How many words a speech model gets wrong, and how fast it is.

    python tests/benchmarks/bench_speech.py FOLDER [--model ID]

FOLDER holds recordings and transcripts.jsonl with a line {"file", "transcript"} for each. Without
--model the best installed model is measured, else the starter.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_mmrag import bundled
from desktop_mmrag.application import default_models_folder
from desktop_mmrag.domain import SpeechModel, Spoken
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.loaded import Models
from desktop_mmrag.settings import Settings


def main() -> None:
    """Prints what was heard, the word error rate and seconds of sound a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="", help="its id; the best installed one by default")
    chosen = parser.parse_args()
    folder = ModelFolder(default_models_folder(), bundled.models())
    models = Models(folder, Settings(speech_model=chosen.model))
    speech = models.speech()
    assert speech is not None
    wrong = words = 0
    heard_s = 0.0
    started = time.perf_counter()
    with Extractors(Limits(), 1) as extractors:
        for name, wanted, told in transcripts(chosen.folder, speech, extractors):
            said = " ".join(phrase.text for phrase in told)
            errors, count = mistakes(wanted, said)
            print(f"{name}: {errors} of {count} words wrong: {said}")
            wrong, words = wrong + errors, words + count
            heard_s += max((phrase.end_s for phrase in told), default=0.0)
    took = time.perf_counter() - started
    models.close()
    print(f"{speech.model_id}: word error rate {wrong / words:.3f} over {words} words")
    print(f"{heard_s:.0f} s of speech in {took:.0f} s, loading included")


def transcripts(
    folder: Path, speech: SpeechModel, extractors: Extractors
) -> Iterator[tuple[str, str, list[Spoken]]]:
    """Each recording's name, what is said in it, and what the model heard."""
    for line in (folder / "transcripts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told = [
            replace(one, start_s=sound.start_s + one.start_s, end_s=sound.start_s + one.end_s)
            for sound in extractors.listen(folder / row["file"])
            for one in speech.transcribe(sound.samples)
        ]
        yield row["file"], row["transcript"], told


def mistakes(wanted: str, told: str) -> tuple[int, int]:
    """Words inserted, left out or changed (Levenshtein's distance), and the words there are."""
    said, heard = _words(wanted), _words(told)
    distances = np.arange(len(heard) + 1)
    for row, word in enumerate(said, start=1):
        before = distances.copy()
        distances[0] = row
        for column, other in enumerate(heard, start=1):
            distances[column] = min(
                before[column] + 1, distances[column - 1] + 1, before[column - 1] + (word != other)
            )
    return int(distances[-1]), len(said)


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", " ", text.lower()).split()


if __name__ == "__main__":
    main()
