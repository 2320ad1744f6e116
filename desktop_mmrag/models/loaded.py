"""The models in use: chosen by the settings, else the best installed; loaded at first need, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from desktop_mmrag.domain import (
    AudioTextEncoder,
    ImageTextEncoder,
    Reranker,
    Space,
    SpeechModel,
    TextEncoder,
    VisionChat,
)
from desktop_mmrag.errors import KnownError, ModelUnknown
from desktop_mmrag.models import vision_engine
from desktop_mmrag.models.catalogue import ModelEntry, ModelKind
from desktop_mmrag.models.clap import ClapEncoder
from desktop_mmrag.models.clip import ClipEncoder, OwnTextSide, ProjectedTextSide, TextSide
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.projection import load_projection
from desktop_mmrag.models.rerank import CrossEncoder
from desktop_mmrag.models.speech_moonshine import MOONSHINE, MoonshineModel
from desktop_mmrag.models.speech_sphinx import SphinxModel
from desktop_mmrag.models.speech_whisper import WhisperModel
from desktop_mmrag.models.text import SentenceEncoder
from desktop_mmrag.settings import Settings

OFF = "off"
"""The value of a model setting that wants none."""

_Loaded = TypeVar("_Loaded")


class Models:
    """Gives each room its model. May be used from several threads at once."""

    def __init__(self, folder: ModelFolder, settings: Settings) -> None:
        """Nothing is loaded yet. Other settings need another `Models`."""
        self._folder, self._settings = folder, settings
        self._threads = settings.core_count()
        self._sentences: dict[str, SentenceEncoder] = {}
        self._sentences_lock = threading.Lock()
        self._pictures: dict[str, ImageTextEncoder] = {}
        self._pictures_lock = threading.Lock()
        self._text = _Once(self._load_text)
        self._image_text = _Once(self._load_image_text)
        self._reranker = _Once(self._load_reranker)
        self._speech = _Once(self._load_speech)
        self._sounds = _Once(self._load_sounds)
        self._vision = _Once(self._load_vision)
        self._no_vision: str | None = None

    # --- what the rooms ask for -------------------------------------------------------

    def text(self) -> TextEncoder:
        """The sentence encoder; one comes with the program.

        Raises ModelUnknown, ModelMissing or ModelDamaged for the one that the settings name.
        """
        return self._text.get()

    def image_text(self) -> ImageTextEncoder | None:
        """The encoder of pictures and words, or None. Raises as `text` does."""
        return self._image_text.get()

    def named_text(self, entry: ModelEntry) -> TextEncoder:
        """An installed encoder of passages, in use or not. Raises ModelMissing, ModelDamaged."""
        return self._sentence_encoder(entry)

    def named_image_text(self, entry: ModelEntry) -> ImageTextEncoder:
        """An installed encoder of pictures, in use or not. Raises ModelMissing, ModelDamaged."""
        return self._picture_encoder(entry)

    def text_of(self, space: Space) -> TextEncoder | None:
        """An installed encoder whose space this is, or None. Raises ModelDamaged."""
        entry = self._maker_of(space)
        return self._sentence_encoder(entry) if entry else None

    def image_text_of(self, space: Space) -> ImageTextEncoder | None:
        """An installed encoder whose space this is, or None. Raises ModelDamaged."""
        entry = self._maker_of(space)
        return self._picture_encoder(entry) if entry else None

    def reranker(self) -> Reranker | None:
        """The reranker, or None where it is off. Raises as `text` does."""
        return self._reranker.get()

    def audio_text(self) -> AudioTextEncoder | None:
        """The encoder of sounds and words, or None where none is installed. Raises as `text` does."""
        return self._sounds.get()

    def speech(self) -> SpeechModel | None:
        """The model that writes down speech, or None where it is off. Raises as `text` does."""
        return self._speech.get()

    def vision(self) -> VisionChat | None:
        """The answering model, or None; `why_no_vision` then says why. Raises nothing."""
        return self._vision.get()

    def why_no_vision(self) -> str | None:
        """One sentence, or None when `vision` gives a model."""
        self.vision()
        return self._no_vision

    def chosen(self, kind: ModelKind) -> ModelEntry | None:
        """The entry in use, without loading it. Raises ModelUnknown or ModelMissing."""
        wanted = {
            "image-text": self._settings.image_text_model,
            "text": self._settings.text_model,
            "reranker": self._settings.reranker,
            "vision": self._settings.vision_model,
            "speech": self._settings.speech_model,
            "audio-text": self._settings.sound_model,
        }.get(kind, "")
        if wanted == OFF:
            return None
        if wanted:
            return self._named(wanted, kind)
        return self._best(kind)

    def close(self) -> None:
        """Ends the processes of models, if some run; the rest is freed with this object."""
        speech = self._speech.loaded()
        if isinstance(speech, SphinxModel):
            speech.close()
        vision = self._vision.loaded()
        if vision is not None:
            vision.unload()

    # --- choosing ---------------------------------------------------------------------

    def _best(self, kind: ModelKind) -> ModelEntry | None:
        fitting = (entry for entry in self._folder.installed() if entry.kind == kind)
        return next(fitting, None)

    def _named(self, model_id: str, kind: ModelKind) -> ModelEntry:
        entry = self._folder.require(model_id)
        if kind == "image-text" and entry.kind == "text-tower":
            return self._pictures_for(entry)
        if entry.kind != kind:
            raise ModelUnknown(f"{entry.title} is a model for {entry.kind}, not for {kind}.")
        return entry

    def _pictures_for(self, tower: ModelEntry) -> ModelEntry:
        for entry in self._folder.installed():
            if entry.kind == "image-text" and entry.family == tower.speaks_into:
                return entry
        # None of the family is here: `require` says so, naming the one to install.
        return self._folder.require(str(tower.speaks_into))

    def _tower_for(self, entry: ModelEntry) -> ModelEntry | None:
        """The text tower in place of the model's own text side, if one is wanted."""
        wanted = self._settings.image_text_model
        if wanted == entry.id:
            return None
        for tower in self._folder.installed():
            fits = tower.kind == "text-tower" and tower.speaks_into == entry.family
            if fits and wanted in ("", tower.id):
                return tower
        return None

    # --- loading ----------------------------------------------------------------------

    def _load_text(self) -> TextEncoder:
        entry = self.chosen("text")
        if entry is None:
            raise ModelUnknown("The bundled text model is missing; install the program again.")
        return self._sentence_encoder(entry)

    def _load_image_text(self) -> ImageTextEncoder | None:
        entry = self.chosen("image-text")
        return self._picture_encoder(entry) if entry else None

    def _picture_encoder(self, entry: ModelEntry) -> ImageTextEncoder:
        with self._pictures_lock:
            if entry.id not in self._pictures:
                image, text = self._folder.path(entry, "image"), self._text_side(entry)
                self._pictures[entry.id] = ClipEncoder(entry, image, text, self._threads)
            return self._pictures[entry.id]

    def _maker_of(self, space: Space) -> ModelEntry | None:
        return next((e for e in self._folder.installed() if e.makes(space)), None)

    def _text_side(self, entry: ModelEntry) -> TextSide:
        tower = self._tower_for(entry)
        if tower is None and entry.text_tower is None:
            model, tokenizer = (self._folder.path(entry, role) for role in ("text", "tokenizer"))
            return OwnTextSide(entry, model, tokenizer, self._threads)
        carrier = tower or entry
        sentences = tower or self._folder.require(str(entry.text_tower))
        projection = None
        if carrier.file("projection"):
            file = self._folder.path(carrier, "projection")
            projection = load_projection(file, self._threads)
        return ProjectedTextSide(self._sentence_encoder(sentences), projection)

    def _sentence_encoder(self, entry: ModelEntry) -> SentenceEncoder:
        # One session for passages and for the pictures' text side, where they share a model.
        with self._sentences_lock:
            if entry.id not in self._sentences:
                model, tokenizer = (self._folder.path(entry, r) for r in ("text", "tokenizer"))
                self._sentences[entry.id] = SentenceEncoder(entry, model, tokenizer, self._threads)
            return self._sentences[entry.id]

    def _load_reranker(self) -> Reranker | None:
        entry = self.chosen("reranker")
        if entry is None:
            return None
        model, tokenizer = (self._folder.path(entry, role) for role in ("text", "tokenizer"))
        return CrossEncoder(entry, model, tokenizer, self._threads)

    def _load_speech(self) -> SpeechModel | None:
        entry = self.chosen("speech")
        if entry is None:
            return None
        if entry.package is not None:
            return SphinxModel(entry.id, self._threads)
        encoder, decoder, tokenizer = (
            self._folder.path(entry, role) for role in ("encoder", "decoder", "tokenizer")
        )
        reader = MoonshineModel if entry.family.startswith(MOONSHINE) else WhisperModel
        return reader(entry, encoder, decoder, tokenizer, self._threads)

    def _load_sounds(self) -> AudioTextEncoder | None:
        entry = self.chosen("audio-text")
        if entry is None:
            return None
        audio, text, tokenizer = (
            self._folder.path(entry, role) for role in ("audio", "text", "tokenizer")
        )
        words = OwnTextSide(entry, text, tokenizer, self._threads)
        return ClapEncoder(entry, audio, words, self._threads)

    def _load_vision(self) -> VisionChat | None:
        try:
            entry = self.chosen("vision")
            if entry is None:
                off = self._settings.vision_model == OFF
                self._no_vision = (
                    "The answering model is switched off in the settings."
                    if off
                    else self._none_installed()
                )
                return None
            if lacking := vision_engine.missing():
                self._no_vision = (
                    f"{entry.title} is installed, but {lacking.message} {lacking.hint}"
                )
                return None
            return self._chat(entry)
        except KnownError as problem:
            self._no_vision = f"{problem.title}: {problem.message}"
            return None

    def _none_installed(self) -> str:
        lacking = vision_engine.missing()
        return (
            f"{lacking.message} {lacking.hint}" if lacking else "No answering model is installed."
        )

    def _chat(self, entry: ModelEntry) -> VisionChat:
        # Only here, so that everything else runs where llama.cpp could not be built.
        from desktop_mmrag.models.vision_chat import LlamaVisionChat

        return LlamaVisionChat(
            model_id=entry.id,
            model_path=self._folder.path(entry, "model"),
            mmproj_path=self._folder.path(entry, "mmproj"),
            context_tokens=self._settings.vision_context_tokens,
            threads=self._threads,
            idle_seconds=self._settings.vision_idle_seconds,
        )


class _Once(Generic[_Loaded]):
    """Loads at first need and keeps the result; a failure is tried again at the next."""

    def __init__(self, load: Callable[[], _Loaded]) -> None:
        self._load, self._lock = load, threading.Lock()
        self._value: _Loaded | None = None
        self._done = False

    def loaded(self) -> _Loaded | None:
        """What was loaded, without loading it."""
        return self._value

    def get(self) -> _Loaded:
        with self._lock:
            if not self._done:
                self._value = self._load()
                self._done = True
            return self._value  # type: ignore[return-value]
