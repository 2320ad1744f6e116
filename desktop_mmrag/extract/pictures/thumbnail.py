"""The preview: a small JPEG picture of a file."""

from __future__ import annotations

import io
from math import ceil

from PIL import Image

LONGEST_SIDE = 512
LARGE_ENOUGH = 448
# JPEG takes 0.4 ms for a preview where the quickest WebP takes 4 ms and saves an eighth.
_QUALITY = 75


def small(image: Image.Image) -> Image.Image:
    """At most 512 pixels a side; a whole-number reduction where it serves, six times as cheap."""
    longest = max(image.size)
    if longest <= LONGEST_SIDE:
        return image
    factor = ceil(longest / LONGEST_SIDE)
    if longest / factor >= LARGE_ENOUGH and min(image.size) >= factor:
        reduced = image.reduce(factor)
        if max(reduced.size) <= LONGEST_SIDE:
            return reduced
    size = [max(1, round(side * LONGEST_SIDE / longest)) for side in image.size]
    return image.resize((size[0], size[1]), Image.Resampling.BILINEAR, reducing_gap=2.0)


def jpeg(image: Image.Image) -> bytes:
    """An RGB picture of at most 512 pixels a side as JPEG."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
