"""The starter that writes down English: what it hears, what it keeps to itself, and how it dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_mmrag import bundled
from desktop_mmrag.application import Application
from desktop_mmrag.domain import SAMPLE_RATE, Spoken, Store, TimeSpan
from desktop_mmrag.errors import ModelBuiltIn, SpeechModelDied
from desktop_mmrag.extract.isolation.worker import Extractors, Limits
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.loaded import Models
from desktop_mmrag.models.speech_child import phrases
from desktop_mmrag.models.speech_sphinx import SphinxModel
from desktop_mmrag.settings import Settings
from tests.benchmarks.bench_speech import mistakes, transcripts
from tests.media import tone

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "speech"
needs_speech = pytest.mark.skipif(
    not DATA.is_dir(), reason="the development data is not beside this checkout"
)


@pytest.fixture(scope="module")
def sphinx() -> Iterator[SphinxModel]:
    model = SphinxModel("pocketsphinx-en-us", 1)
    yield model
    model.close()


def process_of(model: SphinxModel) -> int:
    process = model._all[0]._process
    assert process is not None and process.pid is not None
    return process.pid


def test_neither_silence_nor_a_tone_is_speech(sphinx: SphinxModel) -> None:
    assert list(sphinx.transcribe(np.zeros(2 * SAMPLE_RATE, np.float32))) == []
    assert list(sphinx.transcribe(tone(2.0))) == []


@pytest.mark.skipif(os.name != "posix", reason="signals end a process on POSIX only")
def test_a_process_that_dies_costs_one_stretch(sphinx: SphinxModel) -> None:
    assert list(sphinx.transcribe(tone(0.5))) == []
    number = process_of(sphinx)
    problems: list[SpeechModelDied] = []

    def ask() -> None:
        try:
            noise = np.random.default_rng(0).standard_normal(400_000).astype(np.float32)
            list(sphinx.transcribe(noise))
        except SpeechModelDied as problem:
            problems.append(problem)

    asking = threading.Thread(target=ask)
    asking.start()
    os.kill(number, signal.SIGKILL)
    asking.join(20)
    assert list(sphinx.transcribe(tone(0.5))) == []
    assert process_of(sphinx) != number
    # Killed before the question was read, the process was simply started again.
    assert len(problems) <= 1


def test_closing_ends_the_process_and_asking_starts_it_again(sphinx: SphinxModel) -> None:
    list(sphinx.transcribe(tone(0.5)))
    number = process_of(sphinx)
    sphinx.close()
    assert sphinx._all[0]._process is None
    list(sphinx.transcribe(tone(0.5)))
    assert process_of(sphinx) != number


def test_phrases_end_at_pauses() -> None:
    words = [("ask", 0.0, 0.3), ("not", 0.3, 0.6), ("what", 1.2, 1.5), ("your", 1.52, 1.8)]
    assert list(phrases(words)) == [(0.0, 0.6, "ask not"), (1.2, 1.8, "what your")]
    rushed = [("la", n * 0.5, n * 0.5 + 0.35) for n in range(40)]
    assert len(list(phrases(rushed))) == 3


def test_it_is_present_named_starter_and_cannot_be_removed(tmp_path: Path) -> None:
    folder = ModelFolder(tmp_path / "models", bundled.models())
    entry = folder.entry("pocketsphinx-en-us")
    assert folder.is_installed(entry.id) and "starter" in entry.title
    folder.verify(entry.id)
    with pytest.raises(ModelBuiltIn):
        folder.remove(entry.id)
    models = Models(folder, Settings(threads=1))
    speech = models.speech()
    assert speech is not None and speech.model_id == entry.id
    models.close()
    assert Models(folder, Settings(speech_model="off")).speech() is None


@needs_speech
@pytest.mark.slow
def test_word_error_rate_on_real_recordings(sphinx: SphinxModel) -> None:
    wrong = words = 0
    with Extractors(Limits(), 1) as extractors:
        for name, wanted, told in transcripts(DATA, sphinx, extractors):
            errors, count = mistakes(wanted, " ".join(phrase.text for phrase in told))
            print(f"{name}: {errors} of {count}")
            wrong, words = wrong + errors, words + count
    print(f"word error rate {wrong / words:.3f}")
    assert wrong / words < 0.35


@needs_speech
def test_a_phrase_lies_at_its_second(sphinx: SphinxModel) -> None:
    with Extractors(Limits(), 1) as extractors:
        (sound,) = extractors.listen(DATA / "jfk.mp3")
    told: list[Spoken] = list(sphinx.transcribe(sound.samples))
    country = next(one for one in told if "country" in one.text)
    # "Ask not what your country can do for you" begins at 3.3 s, its middle at 5.4.
    assert 4.5 < sound.start_s + country.start_s < 6.5
    said = [json.loads(line) for line in (DATA / "transcripts.jsonl").read_text().splitlines()]
    assert len(said) == 5


@needs_speech
@pytest.mark.slow
def test_a_spoken_phrase_is_searched_for_and_found_at_its_second(tmp_path: Path) -> None:
    things = tmp_path / "things"
    things.mkdir()
    for path in DATA.glob("*.mp3"):
        shutil.copy(path, things)
    with Application(tmp_path / "library", tmp_path / "models") as application:
        application.add_folder(things)
        list(application.index())
        hit = application.search("what your country can do for you").hits[0]
        assert hit.path.name == "jfk.mp3" and hit.strong
        assert Store.SPEECH in {reason.store for reason in hit.reasons}
        assert isinstance(hit.locator, TimeSpan) and 4.5 < hit.locator.start_s < 6.5
        shown = application.search("arts and crafts exhibition").hits[0]
        assert shown.path.name == "LJ001-0001.mp3"
