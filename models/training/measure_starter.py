"""Measures a starter encoder on what it never learned from, through the program's own encoder.

    python models/training/measure_starter.py --model FILE.onnx --data FOLDER --captioned FOLDER

Prints recall of photos by human captions and by labels, and how often the right caption of a
drawing wins over wrong ones.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from starter_pictures import SIZE, prepared, read_set
from starter_scenes import draw_scene

from desktop_mmrag import bundled
from desktop_mmrag.domain import ImageTextEncoder, Vectors
from desktop_mmrag.models.clip import ClipEncoder, ProjectedTextSide
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.text import SentenceEncoder

NOT_LABELS = frozenset({"Not sure", "Skip", "Other"})
AT = (1, 5, 10)


def starter(model: Path | None = None, threads: int = 2) -> ImageTextEncoder:
    """The starter that comes with the program, or another file in its place."""
    folder = ModelFolder(Path(tempfile.mkdtemp()), bundled.models())
    entry, text = folder.require("starter-image-text"), folder.require("all-minilm-l6-v2")
    sentences = SentenceEncoder(
        text, folder.path(text, "text"), folder.path(text, "tokenizer"), threads
    )
    file = model or folder.path(entry, "image")
    return ClipEncoder(entry, file, ProjectedTextSide(sentences, None), threads)


def by_captions(encoder: ImageTextEncoder, folder: Path) -> dict[str, float]:
    """Every second photo, the ones that training did not see, by each of its captions."""
    rows = [json.loads(line) for line in (folder / "captions.jsonl").read_text().splitlines()]
    rows = sorted(rows, key=lambda row: row["file"])[1::2]
    photos = _embedded(encoder, ((folder / row["file"]).read_bytes() for row in rows))
    captions = encoder.embed_texts([said for row in rows for said in row["captions"]])
    own = np.repeat(np.arange(len(rows)), [len(row["captions"]) for row in rows])
    similarity = captions @ photos.T
    ranks = (similarity > similarity[np.arange(len(own)), own][:, None]).sum(axis=1)
    return _summary(ranks, len(rows))


def by_labels(encoder: ImageTextEncoder, data: Path, name: str, at_most: int) -> dict[str, float]:
    """Photos set aside, each by its label, among photos of other labels."""
    rows = [
        row
        for row in read_set(data, name)
        if row.aside and row.caption and row.label not in NOT_LABELS
    ]
    rows = rows[:: max(1, len(rows) // at_most)][:at_most]
    photos = _embedded(encoder, (row.picture for row in rows))
    labels = sorted({row.caption for row in rows})
    of = np.array([labels.index(row.caption) for row in rows])
    similarity = encoder.embed_texts(labels) @ photos.T
    ranks = [
        int((similarity[label][of != label] > similarity[label, at]).sum())
        for at, label in enumerate(of)
    ]
    return _summary(np.array(ranks), len(rows))


def by_drawings(
    encoder: ImageTextEncoder, scenes: int, seed: int = 99
) -> dict[str, dict[str, float]]:
    """How often the right caption lies nearest, with the share that guessing would reach."""
    rng = random.Random(seed)
    drawn = [draw_scene(rng, SIZE) for _ in range(scenes)]
    vectors = encoder.embed_pictures(np.stack([scene.pixels for scene in drawn]))
    right, chance = defaultdict(list), defaultdict(list)
    for scene, vector in zip(drawn, vectors, strict=True):
        said = encoder.embed_texts([scene.caption, *scene.others]) @ vector
        right[scene.about].append(float(said[0] > said[1:].max()))
        chance[scene.about].append(1 / len(said))
    return {
        about: {
            "right": _rounded(np.mean(right[about])),
            "chance": _rounded(np.mean(chance[about])),
        }
        for about in sorted(right)
    }


def _embedded(encoder: ImageTextEncoder, pictures: Iterable[bytes]) -> Vectors:
    pixels: Sequence[NDArray[np.uint8]] = [prepared(picture) for picture in pictures]
    return encoder.embed_pictures(np.stack(pixels))


def _summary(ranks: NDArray[np.int64], photos: int) -> dict[str, float]:
    recall = {f"R@{k}": _rounded((ranks < k).mean()) for k in AT}
    return {"photos": photos, **recall, "median rank": float(np.median(ranks)) + 1}


def _rounded(value: float | np.floating[object]) -> float:
    return round(float(value), 3)


def main() -> None:
    """Prints one line a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--captioned", type=Path)
    parser.add_argument("--scenes", type=int, default=600)
    args = parser.parse_args()
    encoder = starter(args.model)
    print("drawings", json.dumps(by_drawings(encoder, args.scenes)), flush=True)
    if args.captioned:
        print("human captions", json.dumps(by_captions(encoder, args.captioned)), flush=True)
    if args.data:
        for name in ("tiny-imagenet-64", "open-photos-112"):
            print(name, json.dumps(by_labels(encoder, args.data, name, 1000)), flush=True)


if __name__ == "__main__":
    main()
