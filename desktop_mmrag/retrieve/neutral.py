"""How words are put to the encoders, and neutral sentences put the same way: what a query has nothing to do with."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from desktop_mmrag.domain import AudioTextEncoder, Encoders, ImageTextEncoder, Store, Vectors

_PLAIN = "{}"
# What photos are usually described with; CLIP was trained on captions (Radford et al. 2021, 3.1.4).
_OF_A_PICTURE = "a photo of {}"
_PROMPT_UP_TO_WORDS = 4
# As CLAP was asked when it was measured on sounds it was not trained for (Wu et al. 2023, 4.2).
_OF_A_SOUND = "This is a sound of {}"

NEUTRAL = (
    "Thank you for your message.",
    "The meeting starts at nine in the morning.",
    "Please find the document attached.",
    "A list of things to buy.",
    "The weather was cold and it rained all day.",
    "She opened the door and went inside.",
    "Chapter two describes the method in detail.",
    "Add the flour and stir until smooth.",
    "The price includes tax and delivery.",
    "He works for a company in the city.",
    "Click the button to save your changes.",
    "The team won the match last night.",
    "All rights reserved.",
    "The patient was given medicine twice a day.",
    "We drove along the coast to the village.",
    "The results are shown in the table.",
    "It was built in the nineteenth century.",
    "My daughter learned to swim this summer.",
    "The engine must be switched off first.",
    "Students are expected to read the text.",
    "The government announced a new law.",
    "Water flows from the mountains to the sea.",
    "The account was closed on Friday.",
    "Music was playing in the garden.",
    "The animal lives in forests and feeds on insects.",
    "For more information call the number below.",
    "A small red house with a white fence.",
    "The equation has two solutions.",
    "Remember to call the dentist.",
    "The battle lasted three days.",
    "Dear friends, how are you?",
    "The software runs on every computer.",
)
"""Sentences about nothing in particular, from as many corners of life as there are sentences."""


class Neutral:
    """Embeds what is typed, and neutral sentences once in each space and wording. For any thread."""

    def __init__(self, encoders: Encoders) -> None:
        self._encoders = encoders
        self._known: dict[tuple[str, str], Vectors] = {}
        self._lock = threading.Lock()

    def typed(self, store: Store, meaning: str) -> Vectors:
        """The vector to look for in a store by meaning: unit float32 [dimension].

        A prompt makes pictures come near that look like nothing in particular, small ones and
        pages above all, so what it adds to every text is taken out. Starter encoder, 30 everyday
        words ("bicycle") among 980 photos, pages and receipts: 30 % instead of 16 % of the first
        ten show it; 42 requests for papers ("tax return") mark 0.2 pictures as strong instead of 28.
        """
        wording = _wording(store, meaning)
        vector: Vectors = self._embed(store, [wording.format(meaning)])[0]
        if wording != _OF_A_PICTURE:
            return vector
        common: Vectors = self._worded(store, wording).mean(axis=0)
        return _unit(vector - common)

    def sentences(self, store: Store, meaning: str) -> Vectors:
        """Neutral sentences to hold beside `typed`: unit float32 [n, dimension]."""
        if _wording(store, meaning) != _OF_A_PICTURE:
            return self._worded(store, _PLAIN)
        worded = self._worded(store, _OF_A_PICTURE)
        common: Vectors = worded.mean(axis=0)
        return _unit(worded - common)

    def _worded(self, store: Store, wording: str) -> Vectors:
        space = self._encoders.text().space if store is Store.TEXT else self._among(store).space
        with self._lock:
            key = space.key, wording
            if key not in self._known:
                self._known[key] = self._embed_neutral(store, wording)
            return self._known[key]

    def _embed_neutral(self, store: Store, wording: str) -> Vectors:
        if store is Store.TEXT:
            return self._encoders.text().embed_passages(NEUTRAL)
        if wording == _PLAIN:
            return self._embed(store, NEUTRAL)
        named = [sentence.rstrip(".?").lower() for sentence in NEUTRAL]
        return self._embed(store, [wording.format(name) for name in named])

    def _embed(self, store: Store, texts: Sequence[str]) -> Vectors:
        if store is Store.TEXT:
            return self._encoders.text().embed_queries(texts)
        return self._among(store).embed_texts(texts)

    def _among(self, store: Store) -> ImageTextEncoder | AudioTextEncoder:
        """The encoder whose texts are compared with pictures, or with sounds."""
        sounds, pictures = self._encoders.audio_text(), self._encoders.image_text()
        encoder = sounds if store is Store.SOUND else pictures
        assert encoder is not None
        return encoder


def _wording(store: Store, meaning: str) -> str:
    if store is Store.SOUND:
        return _OF_A_SOUND
    short = len(meaning.split()) <= _PROMPT_UP_TO_WORDS
    return _OF_A_PICTURE if store is Store.IMAGE_TEXT and short else _PLAIN


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
