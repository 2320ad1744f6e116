"""The second pass over recordings: what is said in them, portion by portion, so that little is ever lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_mmrag.domain import Segment, Sound, SpeechModel, Spoken
from desktop_mmrag.errors import (
    FileFailure,
    FileNotUnderstood,
    KnownError,
    SpeechModelDied,
)
from desktop_mmrag.extract.recordings.spoken import passages
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.drafts import Draft, Embedding
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.second_pass import FoundKeeper, require_same
from desktop_mmrag.library.catalog import Reading
from desktop_mmrag.library.library import Library

_LOG = logging.getLogger(__name__)
# So much is kept at once: what is lost when the program ends in between.
_PORTION_S = 120.0
_LOOK_SECONDS = 0.5


class Listens(Protocol):
    """What decodes sound: `extract.worker.Extractors`."""

    def listen(self, path: Path, start_s: float = 0.0) -> Iterator[Sound]:
        """Stretches of at most 30 seconds, from a second on. Raises FileFailure."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said in a portion of a recording; `problem` says why it was not heard."""

    reading: Reading
    segments: list[Segment]
    from_s: float
    until_s: float | None
    """None at the end of the recording."""
    problem: KnownError | None = None


class Listening:
    """Runs in feeder threads and writes nothing."""

    def __init__(
        self,
        extractors: Listens,
        speech: SpeechModel,
        control: Control,
        other_work: Callable[[], bool],
    ) -> None:
        """`other_work`: whether there is something that goes before; asked between stretches."""
        self._extractors, self._speech = extractors, speech
        self._control, self._other_work = control, other_work

    def hear(self, reading: Reading) -> Iterator[Heard]:
        """From where it was left. Raises only what is no fault of the file."""
        try:
            yield from self._portions(reading)
        except (FileFailure, SpeechModelDied) as problem:
            if not self._control.cancelled:
                yield Heard(reading, [], reading.heard_s, None, _named(reading, problem))
        except KnownError:
            raise
        except Exception as problem:
            _LOG.exception("a recording was not heard")
            named = FileNotUnderstood(f"{reading.path.name}: {problem!r}.")
            yield Heard(reading, [], reading.heard_s, None, named)

    def _portions(self, reading: Reading) -> Iterator[Heard]:
        from_s = until_s = reading.heard_s
        said: list[Spoken] = []
        require_same(reading)
        for sound in self._extractors.listen(reading.path, from_s):
            if not self._goes_on():
                return
            said += self._written_down(sound)
            until_s = sound.until_s
            if until_s - from_s >= _PORTION_S:
                require_same(reading)
                yield Heard(reading, list(passages(said)), from_s, until_s)
                from_s, said = until_s, []
        require_same(reading)
        yield Heard(reading, list(passages(said)), from_s, None)

    def _written_down(self, sound: Sound) -> list[Spoken]:
        if not len(sound.samples):
            return []
        start = sound.start_s
        return [
            Spoken(round(start + one.start_s, 2), round(start + one.end_s, 2), one.text)
            for one in self._speech.transcribe(sound.samples)
        ]

    def _goes_on(self) -> bool:
        """Waits while paused; False when the rest has to be heard another time."""
        while not self._control.wait_while_paused(_LOOK_SECONDS):
            continue
        return not self._control.cancelled and not self._other_work()


def _named(reading: Reading, problem: KnownError) -> KnownError:
    if isinstance(problem, SpeechModelDied):
        return SpeechModelDied(f"{reading.path.name}: {problem.message}", problem.hint)
    return problem


class HearingKeeper(FoundKeeper[Heard]):
    """Keeps what was said, each portion in one transaction."""

    def __init__(
        self, library: Library, embedding: Embedding[Heard], meter: Meter, model_id: str
    ) -> None:
        super().__init__(library, embedding, meter)
        self._model_id = model_id

    def _write(self, draft: Draft[Heard]) -> None:
        heard = draft.subject
        self._library.keeping.add_hearing(
            heard.reading.content_id,
            draft.segments,
            draft.embedded(),
            heard.from_s,
            heard.until_s,
            self._model_id,
        )
        if heard.until_s is None:
            self._meter.done += 1
