"""Chooses the encoders that a library is asked with: those in use, once it holds their vectors."""

from __future__ import annotations

from desktop_mmrag.domain import (
    AudioTextEncoder,
    ImageTextEncoder,
    InstalledEncoders,
    Reranker,
    Space,
    SpaceKind,
    TextEncoder,
)
from desktop_mmrag.library.library import Library


class Serving:
    """Satisfies `Encoders` for finding.

    After a change of models the library fills another space in the background. Until that one
    holds as many vectors as an earlier one, the earlier one answers, if its model is still here.
    """

    def __init__(self, library: Library, installed: InstalledEncoders) -> None:
        self._library, self._installed = library, installed

    def text(self) -> TextEncoder:
        """The encoder of passages. Raises what the models raise."""
        in_use = self._installed.text()
        for space in self._fuller_than(in_use.space):
            if earlier := self._installed.text_of(space):
                return earlier
        return in_use

    def image_text(self) -> ImageTextEncoder | None:
        """The encoder of pictures; None when it is off. Raises what the models raise."""
        in_use = self._installed.image_text()
        if in_use is not None:
            for space in self._fuller_than(in_use.space):
                if earlier := self._installed.image_text_of(space):
                    return earlier
        return in_use

    def audio_text(self) -> AudioTextEncoder | None:
        """The encoder of sounds; None when none is installed. Raises what the models raise."""
        return self._installed.audio_text()

    def reranker(self) -> Reranker | None:
        """The reranker in use."""
        return self._installed.reranker()

    def _fuller_than(self, in_use: Space) -> list[Space]:
        """Spaces of the same kind that hold more vectors, the fullest first."""
        held = dict(self._of_kind(in_use.kind))
        least = held.get(in_use, 0)
        fuller = [(vectors, space) for space, vectors in held.items() if vectors > least]
        return [space for _, space in sorted(fuller, key=lambda item: -item[0])]

    def _of_kind(self, kind: SpaceKind) -> list[tuple[Space, int]]:
        return [item for item in self._library.vectors.spaces() if item[0].kind == kind]
