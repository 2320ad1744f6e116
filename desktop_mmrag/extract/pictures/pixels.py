"""Decoding a picture file to upright RGB of a bounded size, and preparing pixels for an encoder."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, UnidentifiedImageError

from desktop_mmrag.domain import Box, PictureInput, Pixels
from desktop_mmrag.errors import FileDamaged, FileTooLarge, FileUnsupported
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.kinds import Kind

# The one decoder that may run for each kind; its module registers it with Pillow.
_DECODERS = {
    Kind.JPEG: ("JPEG", "PIL.JpegImagePlugin"),
    Kind.PNG: ("PNG", "PIL.PngImagePlugin"),
    Kind.WEBP: ("WEBP", "PIL.WebPImagePlugin"),
    Kind.GIF: ("GIF", "PIL.GifImagePlugin"),
    Kind.TIFF: ("TIFF", "PIL.TiffImagePlugin"),
    Kind.BMP: ("BMP", "PIL.BmpImagePlugin"),
    Kind.AVIF: ("AVIF", "PIL.AvifImagePlugin"),
    Kind.HEIC: ("HEIF", "pillow_heif"),
}
_PAINTED = frozenset({Kind.RAW, Kind.SVG})
_ORIENTATION = 0x0112
FULL_SIZE = "full size"
"""Key in `Image.info` for width and height, upright, of what a picture is a reduced preview of."""
_SIDEWAYS = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as decoded, not yet turned upright."""

    image: Image.Image
    """RGB, reduced where the decoder could do so cheaply."""
    full_size: tuple[int, int]
    """Width and height of the whole picture, upright."""
    orientation: int
    """The EXIF orientation, 1 to 8, that is still to be applied."""

    def upright(self, image: Image.Image) -> Image.Image:
        """`image`, a version of this picture, turned the right way up."""
        method = _TURNS.get(self.orientation)
        return image if method is None else image.transpose(method)


# CIPA DC-008 (Exif 2.32), tag 274: how stored rows and columns map to the upright picture.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def limit_megapixels(megapixels: int) -> None:
    """Makes Pillow refuse pictures above the limit, before any pixel is decoded."""
    Image.MAX_IMAGE_PIXELS = megapixels * 1_000_000
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def open_picture(path: Path, kind: Kind, data: bytes | None = None) -> Image.Image:
    """Reads the header only. Raises FileTooLarge, FileDamaged and the other file failures.

    `data`: the picture's bytes where they lie inside another file; `path` then only names it.
    """
    if kind in _PAINTED and data is None:
        return _within_limit(_painted(path, kind), path)
    if kind not in _DECODERS:
        raise FileUnsupported(f"{path.name} is {kind}, not a picture.")
    with explained(path):
        if kind in (Kind.HEIC, Kind.AVIF) and data is None:
            _check_complete(path)
        source = path if data is None else io.BytesIO(data)
        try:
            image = Image.open(source, formats=(_registered(kind),))
        except UnidentifiedImageError as problem:
            raise FileDamaged(f"{path.name} begins like {kind} but cannot be decoded.") from problem
        except OSError as problem:
            # Pillow's own, of a WebP: "could not create decoder object".
            if problem.errno is not None:
                raise
            raise FileDamaged(
                f"{path.name} begins like {kind} but cannot be opened; it may be cut off."
            ) from problem
    return _within_limit(image, path)


def _within_limit(image: Image.Image, path: Path) -> Image.Image:
    width, height = image.size
    limit = Image.MAX_IMAGE_PIXELS or width * height
    if width * height > limit:
        raise FileTooLarge(f"{path.name} has more pixels than the limit allows.")
    return image


def _painted(path: Path, kind: Kind) -> Image.Image:
    """What becomes a picture only by work of its own: raw pictures and drawings."""
    if kind is Kind.RAW:
        from desktop_mmrag.extract.pictures import raw

        return raw.open_preview(path)
    from desktop_mmrag.extract.pictures import vector_drawing

    return vector_drawing.paint(path)


def decode(image: Image.Image, path: Path, shortest: int = 0, longest: int = 0) -> Decoded:
    """Decodes an opened picture, once, at the smallest scale that keeps both sides large enough.

    `shortest`, `longest`: pixels that the shorter and the longer side must keep (where the
    picture has them); 0 and 0 asks for full size. JPEG decodes at reduced scale; what others
    decode is averaged down at once, which costs a seventh of resizing it twice.
    """
    with explained(path):
        orientation = _orientation(image)
        width, height = image.size
        if (shortest or longest) and image.format in ("JPEG", "MPO"):
            image.draft("RGB", _draft_size(image.size, shortest, longest))
        image.load()
        rgb = to_rgb(image)
        factor = _reduction(rgb.size, shortest, longest)
        rgb = rgb.reduce(factor) if factor > 1 else rgb
    full = (height, width) if orientation in _SIDEWAYS else (width, height)
    full = image.info.get(FULL_SIZE, full)
    return Decoded(rgb, full, orientation)


def _draft_size(size: tuple[int, int], shortest: int, longest: int) -> tuple[int, int]:
    factor = max(shortest / min(size), longest / max(size), 1e-6)
    return max(1, int(size[0] * factor)), max(1, int(size[1] * factor))


def _reduction(size: tuple[int, int], shortest: int, longest: int) -> int:
    """The whole number by which both sides can shrink and stay large enough."""
    if not shortest and not longest:
        return 1
    return max(1, min(min(size) // max(1, shortest), max(size) // max(1, longest)))


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # Broken metadata must not cost the picture.
        return 1
    return value if value in range(1, 9) else 1


def to_rgb(image: Image.Image) -> Image.Image:
    """8-bit RGB; transparency on white, deep greys scaled rather than clipped."""
    if image.mode == "RGB":
        return image
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _from_deep(image).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return image.convert("RGB")


def _from_deep(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.float32)
    if image.mode.startswith("I;16") or (image.mode == "I" and values.max() <= 65535):
        values = values / 257.0 if values.max() > 255 else values
    else:
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        values = (np.nan_to_num(values) - low) * (255.0 / max(high - low, 1e-6))
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def prepare(picture: Image.Image, wanted: PictureInput) -> Pixels:
    """Pixels for the encoder: uint8 [size, size, 3] by antialiased bicubic.

    `picture` is RGB and upright. Sizes and the crop round as torchvision's Resize and
    CenterCrop do, which is what CLIP was trained with.
    """
    size = wanted.size
    if wanted.resize == "exact":
        return np.array(picture.resize((size, size), Image.Resampling.BICUBIC))
    return np.array(
        picture.resize((size, size), Image.Resampling.BICUBIC, box=_middle(picture.size, size))
    )


def _middle(shape: tuple[int, int], size: int) -> tuple[float, float, float, float]:
    """What becomes the middle `size` x `size` pixels, in pixels of the picture.

    Resizing that part alone gives the same values, for a quarter less.
    """
    width, height = _shortest_to(shape, size)
    left, top = round((width - size) / 2), round((height - size) / 2)
    across, down = shape[0] / width, shape[1] / height
    return left * across, top * down, (left + size) * across, (top + size) * down


def _shortest_to(size: tuple[int, int], shortest: int) -> tuple[int, int]:
    width, height = size
    if width <= height:
        return shortest, int(shortest * height / width)
    return int(shortest * width / height), shortest


def shrink(image: Image.Image, longest_side: int) -> Image.Image:
    """At most `longest_side` pixels a side; never enlarged."""
    longest = max(image.size)
    if longest <= longest_side:
        return image
    size = tuple(max(1, round(side * longest_side / longest)) for side in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.BICUBIC, reducing_gap=3.0)


def crop(image: Image.Image, box: Box | None) -> Image.Image:
    """The part of an upright picture that lies in `box`; at least one pixel."""
    if box is None:
        return image
    width, height = image.size
    left = min(max(0, int(box.x0 * width)), width - 1)
    top = min(max(0, int(box.y0 * height)), height - 1)
    right = max(left + 1, min(width, round(box.x1 * width)))
    bottom = max(top + 1, min(height, round(box.y1 * height)))
    return image.crop((left, top, right, bottom))


def load_photo(
    path: Path,
    kind: Kind,
    longest_side: int,
    box: Box | None = None,
    page: int | None = None,
    second: float | None = None,
) -> Image.Image:
    """A photo file, or the part in `box`, upright RGB of at most `longest_side` pixels a side.

    `page` of a TIFF with several, counted from 1; `second` of a picture that moves.
    """
    part = min(box.x1 - box.x0, box.y1 - box.y0) if box else 1.0
    with open_picture(path, kind) as image:
        if page is not None and page > 1:
            with explained(path):
                image.seek(page - 1)
            _within_limit(image, path)
        if second:
            from desktop_mmrag.extract.pictures import animation

            animation.show(image, path, second)
        decoded = decode(image, path, longest=int(longest_side / max(part, 1e-3)))
        upright = decoded.upright(decoded.image)
        return shrink(crop(upright, box), longest_side)


def as_array(image: Image.Image) -> Pixels:
    """uint8 [height, width, 3] of an RGB picture."""
    return np.array(image)


def _check_complete(path: Path) -> None:
    """libheif fills what is missing with grey; the lengths of the boxes tell a cut-off file.

    Box layout: ISO/IEC 14496-12, 4.2. Raises FileDamaged.
    """
    size, position = path.stat().st_size, 0
    with path.open("rb") as file:
        while position + 8 <= size:
            file.seek(position)
            length = int.from_bytes(file.read(4), "big")
            if length == 1:
                file.seek(position + 8)
                length = int.from_bytes(file.read(8), "big")
            if length == 0:
                return
            position += max(length, 8)
    if position > size:
        raise FileDamaged(f"{path.name} ends before the picture does.")


@cache
def _registered(kind: Kind) -> str:
    """Pillow's name of the decoder, loaded."""
    name, module = _DECODERS[kind]
    import_module(module)
    if kind is Kind.HEIC:
        from pillow_heif import options, register_heif_opener

        options.DECODE_THREADS = 1
        register_heif_opener(thumbnails=False)
    return name
