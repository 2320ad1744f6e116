"""A camera's raw picture by the preview that the camera put in; what has none is developed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, Any

import rawpy
from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from desktop_mmrag.domain import Facts
from desktop_mmrag.errors import FileDamaged, FileTooLarge, FileUnsupported
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.pictures import xmp
from desktop_mmrag.extract.pictures.exif import facts_of_exif
from desktop_mmrag.extract.pictures.pixels import FULL_SIZE
from desktop_mmrag.library.facts import merged

# Below this a preview is a stamp for the camera's menu.
_LARGE_ENOUGH = 480
# LibRaw's flip: 5 and 6 are quarter turns.
_SIDEWAYS = (5, 6)
_BYTE_ORDERS = {b"II": "<", b"MM": ">"}
_XMP_TAG = 0x02BC
_LARGEST_PACKET = 1_000_000
_TIFF = (b"II*\x00", b"MM\x00*")


def open_preview(path: Path) -> Image.Image:
    """The largest preview, or the sensor's values developed at half size.

    Raises FileUnsupported for a camera that LibRaw does not know, FileDamaged, FileTooLarge.
    """
    with explained(path):
        try:
            with rawpy.imread(str(path)) as raw:
                sizes = raw.sizes
                image = _preview(raw) or _developed(raw, path)
        except rawpy.LibRawFileUnsupportedError as problem:
            return _not_raw(path, problem)
        except rawpy.LibRawError as problem:
            raise FileDamaged(f"{path.name} could not be decoded: {_words(problem)}.") from problem
    seen = (sizes.width, sizes.height)
    image.info[FULL_SIZE] = seen[::-1] if sizes.flip in _SIDEWAYS else seen
    return image


def _preview(raw: rawpy.RawPy) -> Image.Image | None:
    try:
        found = raw.extract_thumb()
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        return None
    image: Image.Image
    if not isinstance(found.data, bytes):
        image = Image.fromarray(found.data)
    else:
        # LibRaw adds the camera's EXIF to previews that have none, orientation included.
        image = JpegImagePlugin.JpegImageFile(io.BytesIO(found.data))
    return image if max(image.size) >= min(_LARGE_ENOUGH, max(raw.sizes[2:4])) else None


def _developed(raw: rawpy.RawPy, path: Path) -> Image.Image:
    limit = Image.MAX_IMAGE_PIXELS
    if limit and raw.sizes.raw_width * raw.sizes.raw_height > limit:
        raise FileTooLarge(f"{path.name} has more pixels than the limit allows.")
    return Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))


def _not_raw(path: Path, problem: Exception) -> Image.Image:
    """A TIFF under a camera's suffix is a picture all the same."""
    with path.open("rb") as file:
        head = file.read(4)
    if head not in _TIFF:
        raise FileUnsupported(
            f"{path.name} comes from a camera that is not known, or is damaged.",
            "Convert it to DNG or JPEG if it should be found.",
        ) from problem
    try:
        return Image.open(path, formats=("TIFF",))
    except UnidentifiedImageError:
        raise FileDamaged(f"{path.name} begins like a raw picture but breaks off.") from problem


def facts_of(path: Path, preview: Facts) -> Facts:
    """What the raw file says of itself, and where it is silent what its preview says."""
    try:
        with path.open("rb") as file:
            exif = _exif(file)
            said = facts_of_exif(exif, _written(exif)) if exif is not None else Facts()
    except Exception:
        # Metadata of strangers breaks in every way; no such break may cost the picture.
        return preview
    return merged(said, [(preview, False)])


def _exif(file: IO[bytes]) -> Image.Exif | None:
    """The directory that most raw formats begin with; cameras only change TIFF's second mark."""
    head = file.read(8)
    order = _BYTE_ORDERS.get(head[:2])
    if order is None:
        return None
    exif = Image.Exif()
    exif.endian = order
    exif.load_from_fp(file, int.from_bytes(head[4:8], "little" if order == "<" else "big"))
    # Read while the file is open.
    for directory in (0x8769, 0x8825):
        exif.get_ifd(directory)
    return exif


def _written(exif: Image.Exif) -> Facts:
    packet: Any = exif.get(_XMP_TAG)
    if isinstance(packet, tuple):
        packet = bytes(packet)
    return xmp.facts_in(packet[:_LARGEST_PACKET]) if isinstance(packet, bytes) else Facts()


def _words(problem: Exception) -> str:
    said = problem.args[0] if problem.args else ""
    words = said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)
    return words or type(problem).__name__
