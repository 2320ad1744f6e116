"""Which picture a side-car lies beside, by their names alone. Paths are relative to a source folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

# Google Takeout names its JSON after the picture, with this behind it, and cuts both off together.
_TAKEOUT_TAIL = ".supplemental-metadata"
_TAKEOUT_LONGEST = 46
# Takeouts of long names differ by a character or two in where they cut.
_TAKEOUT_CUT = 40
_COPY = re.compile(r"\((\d+)\)$")
_EDITED = re.compile(
    r"-(edited|bearbeitet|bewerkt|edytowane|editado|editada|edité|modifié|modifie|modificato|"
    r"redigerad|redigeret|redigert|muokattu|upraveno|editat|编辑|編集済み|수정됨)$",
    re.IGNORECASE,
)


def lies_beside(sidecar: str, picture: str) -> bool:
    """Whether a side-car's name says that it speaks of this picture. Paths relative to one folder.

    photo.jpg.xmp and photo.xmp; photo.jpg.json, photo.jpg.supplemental-metadata.json and what is
    left of that at 46 characters, photo.jpg(1).json for photo(1).jpg, and photo.jpg.json for
    photo-edited.jpg.
    """
    path, other = PurePosixPath(sidecar), PurePosixPath(picture)
    if path.parent != other.parent or sidecar == picture:
        return False
    base = path.stem.casefold()
    if path.suffix.lower() == ".json":
        return any(_takeout_of(base, named) for named in _takeout_names(other))
    return base in (other.name.casefold(), other.stem.casefold())


def _takeout_names(picture: PurePosixPath) -> Iterator[tuple[str, str]]:
    """Names that a takeout's JSON may be called after, each with the number of the copy."""
    suffix = picture.suffix.casefold()
    stem = picture.stem.casefold()
    yield stem + suffix, ""
    for plain in dict.fromkeys((stem, _EDITED.sub("", stem))):
        yield plain + suffix, ""
        if number := _COPY.search(plain):
            first = _EDITED.sub("", plain[: number.start()])
            yield first + suffix, number[1]


def _takeout_of(base: str, named: tuple[str, str]) -> bool:
    name, copy = named
    number = _COPY.search(base)
    if copy and (number is None or number[1] != copy):
        return False
    bare = base[: number.start()] if copy and number else base
    whole = name + _TAKEOUT_TAIL
    if bare == name or (bare.startswith(f"{name}.") and whole.startswith(bare)):
        return True
    # "very long name.jpg" cut off in the name itself, or a picture listed without its suffix.
    cut = _TAKEOUT_CUT <= len(bare) <= _TAKEOUT_LONGEST and name.startswith(bare)
    return cut or bare == PurePosixPath(name).stem


def starts_of_sidecars(picture: str) -> Iterator[str]:
    """What the paths of a picture's side-cars begin with."""
    path = PurePosixPath(picture)
    above = picture[: len(picture) - len(path.name)]
    stem = path.stem
    bare = _EDITED.sub("", _COPY.sub("", _EDITED.sub("", stem)))
    for start in dict.fromkeys((stem, _EDITED.sub("", stem), bare)):
        yield f"{above}{start}."
    if len(path.name) > _TAKEOUT_CUT:
        yield above + path.name[:_TAKEOUT_CUT]


def starts_of_pictures(sidecar: str) -> Iterator[str]:
    """What the paths of a side-car's pictures begin with."""
    path = PurePosixPath(sidecar)
    above = sidecar[: len(sidecar) - len(path.name)]
    if path.suffix.lower() != ".json":
        yield f"{above}{path.stem}" if path.stem.count(".") else f"{above}{path.stem}."
        return
    bare = _COPY.sub("", path.stem)
    first, dot, _ = bare.partition(".")
    if not dot and len(bare) >= _TAKEOUT_CUT:
        yield above + bare
        return
    for mark in ".(-":
        yield f"{above}{first}{mark}"
