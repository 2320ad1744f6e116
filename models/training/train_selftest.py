"""Trains the self-test vision model on drawn pictures and made-up sources, and writes it for llama.cpp.

    pip install torch pillow tokenizers gguf numpy
    python models/training/train_selftest.py [--minutes 60] [--steps N] [--out models/selftest-vision]

Runs on a CPU; bfloat16 products make it several times faster where the processor has them.
`measure_selftest.py` beside it measures the result through llama.cpp.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import selftest_export
import selftest_words
import torch
import torch.nn.functional as F  # noqa: N812
from selftest_drawing import COLOURS, SHAPES, Mark
from selftest_network import Pointing, SelfTestModel, Size
from selftest_words import Lesson
from tokenizers import Tokenizer
from torch import Tensor

_PICTURES = 28
_TOKENS = 5000
"""Of sources in a batch, where lengths differ more."""
_PEAK_RATE = 3e-3
_WARM_UP = 0.02


@dataclass(frozen=True)
class Batch:
    """Lessons as tensors. `mask` keeps the questions of one lesson from seeing each other."""

    pictures: Tensor | None
    truth: Tensor | None
    tokens: Tensor
    positions: Tensor
    mask: Tensor
    wanted: Tensor
    targets: Tensor


def batch_of(lessons: list[Lesson]) -> Batch:
    """Pads to the longest lesson."""
    rows = [_row(lesson) for lesson in lessons]
    longest = max(len(tokens) for tokens, *_ in rows)
    tokens, positions, segments, targets = (
        torch.from_numpy(np.stack([_padded(row[part], longest, fill) for row in rows]))
        for part, fill in enumerate((0, 0, -1, -1))
    )
    same = segments[:, :, None] == segments[:, None, :]
    shared = (segments == 0)[:, None, :]
    causal = torch.ones(longest, longest, dtype=torch.bool).tril()
    drawings = [lesson.drawing for lesson in lessons if lesson.drawing is not None]
    pictures = [np.asarray(drawing.image) for drawing in drawings]
    return Batch(
        _normalised(np.stack(pictures)) if pictures else None,
        torch.from_numpy(np.stack([_truth(d.marks) for d in drawings])) if pictures else None,
        tokens,
        positions,
        ((same | shared) & causal)[:, None],
        targets >= 0,
        targets[targets >= 0],
    )


def _row(lesson: Lesson) -> tuple[list[int], list[int], list[int], list[int]]:
    """Tokens, positions, segments (0 is shared) and the next token where it is to be learnt."""
    tokens, segments = list(lesson.shared), [0] * len(lesson.shared)
    positions, targets = list(range(len(tokens))), [-1] * len(tokens)
    for number, (branch, answer) in enumerate(lesson.branches, start=1):
        tokens += branch
        segments += [number] * len(branch)
        positions += range(len(lesson.shared), len(lesson.shared) + len(branch))
        targets += [-1] * (answer - 1) + branch[answer:] + [-1]
    return tokens, positions, segments, targets


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# Shapes, colours, letters, places in the word; 0 is nothing in each.
_KINDS = (len(SHAPES) + 1, len(COLOURS) + 1, len(_LETTERS) + 1, 6)
_ROW = 8


def _truth(marks: Sequence[Mark]) -> np.ndarray:
    """int64 [patches, 4]: what lies in each patch."""
    truth = np.zeros((_ROW, _ROW, 4), np.int64)
    colours = list(COLOURS)
    for mark in marks:
        left, top, right, bottom = mark.box
        rows = _covered(top, bottom)
        columns = _covered(left, right)
        shape = SHAPES.index(mark.shape) + 1 if mark.shape else 0
        letter = _LETTERS.index(mark.letter) + 1 if mark.letter else 0
        truth[rows, columns] = (shape, colours.index(mark.colour) + 1, letter, mark.index)
    return truth.reshape(-1, 4)


def _covered(start: float, end: float) -> slice:
    """Patches whose centre lies between; at least the one in the middle."""
    first, last = round(start * _ROW), round(end * _ROW)
    if first >= last:
        first = min(_ROW - 1, int((start + end) / 2 * _ROW))
        last = first + 1
    return slice(max(0, first), min(_ROW, last))


def _padded(values: list[int], length: int, fill: int) -> np.ndarray:
    return np.array(values + [fill] * (length - len(values)), dtype=np.int64)


def _normalised(pictures: np.ndarray) -> Tensor:
    return (torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.5


def picture_lessons(tokenizer: Tokenizer, chance: random.Random) -> list[Lesson]:
    """A batch of drawings."""
    return [selftest_words.picture_lesson(tokenizer, chance) for _ in range(_PICTURES)]


def sources_lessons(tokenizer: Tokenizer, chance: random.Random, level: int) -> list[Lesson]:
    """A batch of sources."""
    made: list[Lesson] = []
    room = _TOKENS
    while room > 0:
        made.append(selftest_words.sources_lesson(tokenizer, chance, level))
        room -= len(made[-1].shared) + sum(len(branch) for branch, _ in made[-1].branches)
    return made


def _level_for(level: int, recent: list[float], done: float) -> int:
    """The next level when this one is nearly mastered, or when time presses."""
    if level < 3 and len(recent) >= 25 and float(np.mean(recent[-25:])) > 0.93:
        recent.clear()
        return level + 1
    return max(level, 2 if done > 0.45 else 0, 3 if done > 0.6 else 0)


def optimizers(model: SelfTestModel, pointing: Pointing) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside, AdamW for the rest."""
    inside = [p for n, p in model.named_parameters() if p.ndim == 2 and _is_inside(n)]
    chosen = {id(p) for p in inside}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    rest += pointing.parameters()
    return [
        torch.optim.Muon(inside, lr=_PEAK_RATE, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, lr=_PEAK_RATE, weight_decay=0.0, betas=(0.9, 0.98)),
    ]


def _is_inside(name: str) -> bool:
    return "embedding" not in name and "places" not in name


def train(
    tokenizer: Tokenizer,
    size: Size,
    minutes: float,
    steps: int | None,
    seed: int,
    out: Path,
    resume: Path | None = None,
) -> SelfTestModel:
    """Trains for `minutes`, or for `steps` when given; an average of the last weights."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = SelfTestModel(size)
    if resume is not None:
        model.load_state_dict(torch.load(resume)["weights"])
    pointing = Pointing(size.width, _KINDS)
    learners = optimizers(model, pointing)
    started, step, done = time.monotonic(), 0, 0.0
    average = _average_of(model)
    sources: list[float] = []
    drawings: list[float] = []
    level, pointed = 0, 0.0
    while done < 1:
        used = (time.monotonic() - started) / (60 * minutes)
        done = step / steps if steps else used
        for learner in learners:
            for group in learner.param_groups:
                group["lr"] = _rate(done)
        if chance.random() < 0.6:
            batch = batch_of(picture_lessons(tokenizer, chance))
            _loss, share, pointed = _learn(model, pointing, learners, batch)
            drawings.append(share)
        else:
            batch = batch_of(sources_lessons(tokenizer, chance, level))
            _loss, share, _ = _learn(model, pointing, learners, batch)
            sources.append(share)
            level = _level_for(level, sources, done)
        _follow(average, model)
        step += 1
        if step % 50 == 0:
            words, seen = (float(np.mean(shares[-25:] or [0])) for shares in (sources, drawings))
            told = f"level {level} sources {words:.3f} drawings {seen:.3f} pointing {pointed:.2f}"
            print(f"{step} {used * minutes:.1f} min {told}", flush=True)
        if step % 400 == 0 or done >= 1:
            saved = {"size": size.to_json(), "weights": average.state_dict()}
            torch.save(saved, out / "checkpoint.pt")
    return average


def _learn(
    model: SelfTestModel,
    pointing: Pointing,
    learners: list[torch.optim.Optimizer],
    batch: Batch,
) -> tuple[float, float, float]:
    """Loss, share of answer tokens right, and the loss of pointing."""
    with torch.autocast("cpu", torch.bfloat16):
        seen = model.seeing(batch.pictures) if batch.pictures is not None else None
        logits = model(seen, batch.tokens, batch.positions, batch.mask, batch.wanted)
        pointed = pointing(seen, batch.truth) if seen is not None else 0.0
    loss = F.cross_entropy(logits.float(), batch.targets) + 0.5 * pointed
    for learner in learners:
        learner.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_([*model.parameters(), *pointing.parameters()], 1.0)
    for learner in learners:
        learner.step()
    share = (logits.argmax(-1) == batch.targets).float().mean()
    return loss.item(), share.item(), float(torch.as_tensor(pointed).detach())


def _rate(done: float) -> float:
    return _PEAK_RATE * min(1.0, done / _WARM_UP + 0.01, max(0.0, (1 - done) / 0.6) + 0.01)


def _average_of(model: SelfTestModel) -> SelfTestModel:
    average = SelfTestModel(model.size)
    average.load_state_dict(model.state_dict())
    return average.requires_grad_(False)


def _follow(average: SelfTestModel, model: SelfTestModel, keep: float = 0.98) -> None:
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), model.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)


def main() -> None:
    """Trains and writes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--steps", type=int)
    arguments.add_argument("--resume", type=Path, help="a checkpoint to start from")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "selftest-vision"
    )
    chosen = arguments.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    size = Size()
    tokenizer = selftest_words.learn_vocabulary(size.vocabulary)
    model = train(
        tokenizer, size, chosen.minutes, chosen.steps, chosen.seed, chosen.out, chosen.resume
    )
    selftest_export.export(model, tokenizer, chosen.out)


if __name__ == "__main__":
    main()
