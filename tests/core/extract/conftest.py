"""What the tests of extraction share: a tokenizer, requests, and data beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_mmrag.domain import ExtractRequest, Part, PictureInput, Segment, Summary
from desktop_mmrag.extract.isolation.serving import Desk
from desktop_mmrag.extract.isolation.worker import Extractors, Limits

Understand = Callable[[Path], tuple[list[Segment], Summary]]
SIZE = 224


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A word-level tokenizer: every word and every mark is one token."""
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer = {
        "version": "1.0",
        "truncation": {
            "max_length": 16,
            "strategy": "LongestFirst",
            "stride": 0,
            "direction": "Right",
        },
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"},
    }
    path.write_text(json.dumps(tokenizer), encoding="utf-8")
    return path


@pytest.fixture
def request_for(tokenizer_file: Path) -> Callable[[Path], ExtractRequest]:
    return lambda path: ExtractRequest(path, PictureInput(SIZE), tokenizer_file, 128)


@pytest.fixture
def understand(request_for: Callable[[Path], ExtractRequest]) -> Understand:
    """The first pass in this process: segments and summary."""
    desk = Desk(megapixels=250, reading_threads=1)

    def run(path: Path) -> tuple[list[Segment], Summary]:
        parts: list[Part] = [part for part in desk.understand(request_for(path)) if part]
        segments = [part for part in parts[:-1] if isinstance(part, Segment)]
        assert len(segments) == len(parts) - 1
        assert isinstance(parts[-1], Summary)
        return segments, parts[-1]

    return run


@pytest.fixture(scope="session")
def extractors() -> Iterator[Extractors]:
    with Extractors(Limits(), 1) as running:
        yield running


@pytest.fixture(scope="session")
def data() -> Path:
    """Public files for development, beside the checkout."""
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the development data is not beside this checkout")
    return folder
