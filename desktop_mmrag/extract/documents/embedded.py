"""Pictures that lie inside a document: decoded within limits, each once, small ornaments left out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image

from desktop_mmrag.domain import PictureInput, Pixels
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.extract.kinds import picture_kind
from desktop_mmrag.extract.pictures.pixels import decode, open_picture, prepare

# Bullets, rules and icons.
_SMALLEST_SIDE = 64
_MOST = 1_000
_OVERSAMPLE = 1.6


class Embedded:
    """The pictures of one document as they come by."""

    def __init__(self, wanted: PictureInput | None) -> None:
        self._wanted = wanted
        self._seen: set[bytes] = set()

    def pixels(self, data: bytes | None) -> tuple[bool, Pixels | None]:
        """Whether this is a picture to keep, and its pixels for the encoder if there is one.

        A logo that stands on every slide is kept where it is first met.
        """
        if data is None or len(self._seen) >= _MOST:
            return False, None
        mark = hashlib.sha256(data).digest()
        shortest = round(_OVERSAMPLE * self._wanted.size) if self._wanted else 1
        image = None if mark in self._seen else picture(data, shortest)
        if image is None:
            return False, None
        self._seen.add(mark)
        return True, prepare(image, self._wanted) if self._wanted else None


def picture(data: bytes, shortest: int = 0, longest: int = 0) -> Image.Image | None:
    """Upright RGB, its sides no smaller than asked where it has the pixels (0: full size).

    None when it is of no kind that is read, broken, or a mere ornament.
    """
    kind = picture_kind(data[:64])
    if kind is None:
        return None
    name = Path("a picture inside it")
    try:
        with open_picture(name, kind, data) as image:
            if min(image.size) < _SMALLEST_SIDE:
                return None
            decoded = decode(image, name, shortest, longest)
            return decoded.upright(decoded.image)
    except FileFailure:
        return None
