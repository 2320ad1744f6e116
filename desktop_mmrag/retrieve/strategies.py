"""Which stores each strategy of searching asks."""

from __future__ import annotations

from desktop_mmrag.domain import Encoders, Store, Strategy

_ALL = frozenset(Store)


def stores(strategy: Strategy, encoders: Encoders) -> frozenset[Store]:
    """The stores that are asked; all where the encoders in use leave the strategy nothing.

    In one space pictures and words still lie apart ("Mind the gap", Liang et al. 2022), so the
    shared space too ranks each kind among its own. Passages lie in it where the encoder of
    pictures shares the space of text.
    """
    match strategy:
        case Strategy.TEXT | Strategy.TEXT_THEN_PICTURE:
            return _ALL - {Store.IMAGE_TEXT, Store.SOUND}
        case Strategy.SHARED:
            return _in_shared_space(encoders) or _ALL
        case _:
            return _ALL


def _in_shared_space(encoders: Encoders) -> frozenset[Store]:
    pictures = encoders.image_text()
    sounds = {Store.SOUND} if encoders.audio_text() is not None else set()
    if pictures is None:
        return frozenset(sounds)
    if pictures.text_space == encoders.text().space:
        return frozenset({Store.IMAGE_TEXT, Store.TEXT, *sounds})
    return frozenset({Store.IMAGE_TEXT, *sounds})
