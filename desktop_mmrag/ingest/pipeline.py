"""Understands every waiting file, then reads its pictures and hears its speech: stages that pull, a little ahead of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from desktop_mmrag.domain import (
    Encoders,
    ExtractRequest,
    Medium,
    PictureSource,
    Progress,
    Space,
    SpeechModel,
    VisionChat,
)
from desktop_mmrag.ingest.control import Control
from desktop_mmrag.ingest.describing import describe
from desktop_mmrag.ingest.drafts import Embedding
from desktop_mmrag.ingest.feeders import Feeders
from desktop_mmrag.ingest.fill import (
    Picture,
    PictureFiller,
    Unseen,
    UnseenContents,
    fill_texts,
    pictures_of,
)
from desktop_mmrag.ingest.keep import Keeper, OneFile
from desktop_mmrag.ingest.listening import Heard, HearingKeeper, Listening, Listens
from desktop_mmrag.ingest.meter import Meter
from desktop_mmrag.ingest.queue_of_files import QueueOfFiles
from desktop_mmrag.ingest.recognise import Recognises, fill_fingerprints
from desktop_mmrag.ingest.rewording import ReadsWords, reword
from desktop_mmrag.ingest.second_pass import Read, ReadingKeeper, Readings, SecondPass, read
from desktop_mmrag.ingest.sounding import (
    HearsWindows,
    SoundKeeper,
    Sounds,
    UnheardContents,
    sounds_of,
)
from desktop_mmrag.ingest.tagging import Tagger
from desktop_mmrag.ingest.understand import Claims, Cut, Event, FirstPass, Understanding
from desktop_mmrag.library.catalog import Reading, WaitingFile
from desktop_mmrag.library.library import Library
from desktop_mmrag.settings import Settings

__all__ = ["Control", "Pipeline"]

# So many lots of at most 8 segments may wait for the encoder: 40 MB of 224-pixel pictures.
_LOOK_AHEAD = 32
_LOOK_SECONDS = 0.5

WITH_PICTURES = frozenset({Medium.PHOTO, Medium.DOCUMENT})
WITH_SOUND = frozenset({Medium.AUDIO, Medium.VIDEO})

Job = TypeVar("Job")
Found = TypeVar("Found")
Taken = TypeVar("Taken", contravariant=True)


class _Keeps(Protocol[Taken]):
    """What takes the events of a pass and embeds them in batches."""

    def take(self, event: Taken) -> None: ...
    def embed(self, all_of_it: bool = False) -> None: ...


class Extraction(
    FirstPass, SecondPass, Listens, ReadsWords, HearsWindows, Recognises, PictureSource, Protocol
):
    """What the pipeline asks of `extract.worker.Extractors`."""


def _never() -> bool:
    return False


class Pipeline:
    """The thread that runs it embeds and writes; feeder threads hash and wait for extractors."""

    def __init__(
        self,
        library: Library,
        extractors: Extraction,
        encoders: Encoders,
        settings: Settings,
        control: Control | None = None,
        speech: Callable[[], SpeechModel | None] = lambda: None,
        vision: Callable[[], VisionChat | None] = lambda: None,
    ) -> None:
        """`speech` gives the model that writes down speech, or None where it is off.

        `vision` gives the one that describes photos, where the settings ask for that.
        """
        self._library = library
        self._extractors = extractors
        self._encoders = encoders
        self._settings = settings
        self._control = control or Control()
        self._speech, self._vision = speech, vision
        self._filled: set[str] = set()
        self._tagger = Tagger(library)
        self._previews_swept = False

    def run(self, interrupted: Callable[[], bool] = _never) -> Iterator[Progress]:
        """Until nothing is left to do, or cancelled. Yields a few times a second.

        New files go before everything else; between two readings it is looked whether some
        wait. `interrupted` ends the run after the first pass, so that changes can be discovered
        in between. Closing the generator stops the threads; what is not kept stays waiting.
        Raises DiskFull, and errors of models; nothing kept is lost and another run goes on.
        """
        files = QueueOfFiles(self._library.catalog)

        def other_work() -> bool:
            return self._control.cancelled or interrupted() or files.anything_left()

        while not self._control.cancelled:
            while files.anything_left() and not self._control.cancelled:
                yield from self._first_pass(files)
            if not other_work():
                yield from reword(self._library, self._extractors, self._encoders, other_work)
            if not other_work():
                yield from self._fill(other_work)
            if self._settings.read_text_in_pictures and not other_work():
                yield from self._second_pass(other_work)
            if not other_work():
                yield from self._listening(other_work)
            if self._settings.describe_photos and not other_work():
                yield from self._describing(other_work)
            if interrupted() or not files.anything_left():
                break
        if not self._control.cancelled and not files.anything_left():
            yield from self._tidy()

    # --- passes

    def _first_pass(self, files: QueueOfFiles) -> Iterator[Progress]:
        """Every waiting file once."""
        library, claims = self._library, Claims()
        understanding = Understanding(
            self._extractors,
            library.contents,
            files,
            claims,
            self._cut(),
            self._settings.largest_file_mb,
            self._settings.largest_recording_mb,
        )
        files.begin()
        meter = Meter("understanding", library.catalog.waiting_count)
        keeper = Keeper(library, Embedding[OneFile](self._encoders), claims, meter)
        # One more than there are cores: it hashes while the others wait for extractors.
        feeders = Feeders[WaitingFile, Event](
            self._settings.core_count() + 1,
            files.take,
            understanding.understand,
            self._control,
            _LOOK_AHEAD,
            library.database.leave,
        )
        yield from self._drive(feeders, keeper, meter)

    def _second_pass(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        """Text in pictures, until there is other work."""
        library = self._library
        readings = Readings(library.catalog, other_work, WITH_PICTURES)
        meter = Meter("reading", lambda: library.catalog.reading_count(WITH_PICTURES))
        keeper = ReadingKeeper(library, Embedding[Read](self._encoders), meter)
        feeders = Feeders[Reading, Read](
            self._settings.core_count(),
            readings.take,
            lambda reading: read(self._extractors, reading),
            self._control,
            _LOOK_AHEAD,
            library.database.leave,
        )
        yield from self._drive(feeders, keeper, meter)

    def _listening(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        """Speech in recordings, until there is other work."""
        library = self._library
        if not library.contents.count_by_medium().keys() & WITH_SOUND:
            return
        speech = self._speech()
        if speech is None:
            return
        library.catalog.hear_again(speech.model_id)
        if not library.catalog.reading_count(WITH_SOUND):
            return
        listening = Listening(self._extractors, speech, self._control, other_work)
        meter = Meter("listening", lambda: library.catalog.reading_count(WITH_SOUND))
        feeders = Feeders[Reading, Heard](
            self._settings.core_count(),
            Readings(library.catalog, other_work, WITH_SOUND).take,
            listening.hear,
            self._control,
            _LOOK_AHEAD,
            library.database.leave,
        )
        keeper = HearingKeeper(library, Embedding[Heard](self._encoders), meter, speech.model_id)
        yield from self._drive(feeders, keeper, meter)

    def _describing(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        """A sentence about each photo, until there is other work."""
        library, control = self._library, self._control
        if not library.descriptions.waiting_count() or (vision := self._vision()) is None:
            return

        def stopped() -> bool:
            while control.paused and not control.cancelled:
                control.wait_while_paused(_LOOK_SECONDS)
            return other_work()

        text = self._encoders.text()
        yield from describe(library, self._extractors, vision, text, stopped)

    def _drive(
        self, feeders: Feeders[Job, Found], keeper: _Keeps[Found], meter: Meter
    ) -> Iterator[Progress]:
        """Takes what the feeders find; a batch waits for company while more is on its way."""
        with feeders:
            for event in feeders.events():
                if event is None:
                    keeper.embed(all_of_it=True)
                else:
                    keeper.take(event)
                    keeper.embed()
                if meter.due():
                    yield meter.tell()
            keeper.embed(all_of_it=True)
        yield meter.tell()

    # --- spaces

    def _fill(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        """Vectors that kept segments lack in the spaces in use, and what photos are recognised by."""
        yield from self._fill_texts(other_work)
        yield from self._fill_pictures(other_work)
        yield from self._fill_sounds(other_work)
        yield from fill_fingerprints(self._library, self._extractors, other_work)
        yield from self._tagger.run(self._encoders.image_text(), other_work)

    def _fill_texts(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        encoder = self._encoders.text()
        if encoder.space.key in self._filled:
            return
        meter = Meter("embedding", lambda: 0)
        for added in fill_texts(self._library, encoder):
            meter.done += added
            if meter.due():
                yield meter.tell()
                if other_work():
                    return
        self._filled_up(encoder.space)

    def _fill_pictures(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        encoder = self._encoders.image_text()
        if encoder is None or encoder.space.key in self._filled:
            return
        library, cut = self._library, self._cut()
        contents = UnseenContents(library, encoder.space)
        meter = Meter("embedding", lambda: 0)

        def take() -> Unseen | None:
            return None if other_work() else contents.take()

        feeders = Feeders[Unseen, Picture](
            self._settings.core_count(),
            take,
            lambda content: pictures_of(library, self._extractors, cut, content),
            self._control,
            _LOOK_AHEAD,
            library.database.leave,
        )
        yield from self._drive(feeders, PictureFiller(library, encoder, meter), meter)
        if not other_work():
            self._filled_up(encoder.space)

    def _fill_sounds(self, other_work: Callable[[], bool]) -> Iterator[Progress]:
        encoder = self._encoders.audio_text()
        if encoder is None:
            return
        library, hearing = self._library, encoder
        contents = UnheardContents(library, hearing.space)
        meter = Meter("embedding", lambda: 0)
        feeders = Feeders[int, Sounds](
            self._settings.core_count(),
            lambda: None if other_work() else contents.take(),
            lambda id: sounds_of(library, self._extractors, hearing, id, lambda: not other_work()),
            self._control,
            _LOOK_AHEAD,
            library.database.leave,
        )
        yield from self._drive(feeders, SoundKeeper(library, hearing.space, meter), meter)

    def _filled_up(self, space: Space) -> None:
        """Nothing readable lacks a vector in this space: earlier spaces of its kind are freed."""
        with self._library.database.writing() as connection:
            self._library.vectors.supersede(connection, space)
        self._filled.add(space.key)

    # --- the end

    def _tidy(self) -> Iterator[Progress]:
        """Removes what no file has any more, and keeps the spaces quick."""
        library = self._library
        library.keeping.sweep()
        if not self._previews_swept:
            library.keeping.sweep_previews()
            self._previews_swept = True
        for space, _ in library.vectors.spaces():
            with library.database.writing() as connection:
                library.vectors.maintain(connection, space)
        yield Progress("idle", 0, 0)

    def _cut(self) -> Cut:
        pictures, text = self._encoders.image_text(), self._encoders.text()
        return Cut(
            ExtractRequest(
                Path(),
                pictures.picture_input if pictures else None,
                text.tokenizer_file,
                text.max_tokens,
            )
        )
