"""Files changed byte by byte: each is kept or listed with a plain reason, and nothing else happens."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag.domain import ExtractRequest
from desktop_mmrag.errors import FileFailure
from desktop_mmrag.extract.isolation.worker import Extractors
from tests.core.extract.raw_files import write_dng
from tests.core.extract.test_chats import CHAT, IPHONE
from tests.core.extract.test_photo_kinds import BLUE, GREEN, RED, draw, moving

_TAKEOUT = {"title": "a.jpg", "photoTakenTime": {"timestamp": "1"}, "people": [{"name": "Ada"}]}
_XMP = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description xmp:Rating='5'>"
    "<dc:title><rdf:Alt><rdf:li>A</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>"
)


def _dng(path: Path) -> None:
    write_dng(path, Image.effect_noise((320, 240), 80).convert("RGB"))


MAKERS: dict[str, Callable[[Path], object]] = {
    "a.dng": _dng,
    "a.gif": lambda path: moving(path, [RED, GREEN, BLUE]),
    "a.webp": lambda path: moving(path, [RED, GREEN, BLUE]),
    "a.png": lambda path: moving(path, [RED, GREEN, BLUE]),
    "a.svg": draw,
    "a.xmp": lambda path: path.write_text(_XMP),
    "a.jpg.json": lambda path: path.write_text(json.dumps(_TAKEOUT)),
    "_chat.txt": lambda path: path.write_text(IPHONE, encoding="utf-8"),
    "result.json": lambda path: path.write_text(json.dumps(CHAT)),
}


def changed(whole: bytes, chance: random.Random) -> bytes:
    """A few bytes altered, most of them near the beginning where the structure is; often cut off."""
    data = bytearray(whole)
    for _ in range(chance.choice([1, 4, 30])):
        at = min(int(chance.random() ** 3 * len(data)), len(data) - 1)
        data[at] = chance.choice([0, 255, 127, chance.randrange(256)])
    if chance.random() < 0.3:
        del data[chance.randrange(8, len(data)) :]
    return bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(MAKERS))
def test_altered_files_are_kept_or_listed(
    tmp_path: Path,
    extractors: Extractors,
    request_for: Callable[[Path], ExtractRequest],
    name: str,
) -> None:
    path = tmp_path / name
    MAKERS[name](path)
    whole = path.read_bytes()
    chance = random.Random(name)
    outcomes = set()
    for _ in range(40):
        path.write_bytes(changed(whole, chance))
        try:
            list(extractors.understand(request_for(path)))
            outcomes.add("kept")
        except FileFailure as failure:
            assert failure.message and failure.hint
            outcomes.add(type(failure).__name__)
    assert outcomes <= {"kept", "FileDamaged", "FileUnsupported", "FileTooLarge", "DecoderCrashed"}
