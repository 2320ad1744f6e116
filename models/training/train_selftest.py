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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import selftest_export
import selftest_words
import torch
import torch.nn.functional as F  # noqa: N812
from selftest_network import SelfTestModel, Size
from selftest_words import PICTURE, Lesson
from tokenizers import Tokenizer
from torch import Tensor

_LESSONS = 28
_PEAK_RATE = 3e-3
_WARM_UP = 0.02


@dataclass(frozen=True)
class Batch:
    """Lessons as tensors. `mask` keeps the questions of one lesson from seeing each other."""

    pictures: Tensor | None
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
    pictures = [np.asarray(lesson.picture) for lesson in lessons if lesson.picture is not None]
    return Batch(
        _normalised(np.stack(pictures)) if pictures else None,
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


def _padded(values: list[int], length: int, fill: int) -> np.ndarray:
    return np.array(values + [fill] * (length - len(values)), dtype=np.int64)


def _normalised(pictures: np.ndarray) -> Tensor:
    return (torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.5


def lessons(tokenizer: Tokenizer, chance: random.Random, done: float) -> list[Lesson]:
    """A batch of one kind; `done` is how much of the training is over, 0 to 1."""
    if chance.random() < 0.55:
        return [selftest_words.picture_lesson(tokenizer, chance) for _ in range(_LESSONS)]
    hardest = min(1.0, done * 4)
    return [selftest_words.sources_lesson(tokenizer, chance, hardest) for _ in range(_LESSONS // 2)]


def optimizers(model: SelfTestModel) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside, AdamW for the rest."""
    inside = [p for n, p in model.named_parameters() if p.ndim == 2 and _is_inside(n)]
    chosen = {id(p) for p in inside}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    return [
        torch.optim.Muon(inside, lr=_PEAK_RATE, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, lr=_PEAK_RATE, weight_decay=0.0, betas=(0.9, 0.98)),
    ]


def _is_inside(name: str) -> bool:
    return "embedding" not in name and "places" not in name


def train(
    tokenizer: Tokenizer, size: Size, minutes: float, steps: int | None, seed: int, out: Path
) -> SelfTestModel:
    """Trains for `minutes`, or for `steps` when given; an average of the last weights."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = SelfTestModel(size)
    learners = optimizers(model)
    started, step, done = time.monotonic(), 0, 0.0
    average = _average_of(model)
    right: dict[bool, list[float]] = {False: [], True: []}
    while done < 1:
        used = (time.monotonic() - started) / (60 * minutes)
        done = step / steps if steps else used
        for learner in learners:
            for group in learner.param_groups:
                group["lr"] = _rate(done)
        made = lessons(tokenizer, chance, done)
        loss, share = _learn(model, learners, batch_of(made))
        _follow(average, model)
        right[made[0].shared.count(PICTURE) > 0 and len(made) == _LESSONS].append(share)
        step += 1
        if step % 50 == 0:
            words, seen = (float(np.mean(right[key][-25:] or [0])) for key in (False, True))
            print(f"{step} {used * minutes:.1f} min loss {loss:.3f} sources {words:.3f} pictures {seen:.3f}", flush=True)
        if step % 400 == 0:
            torch.save({"size": size.to_json(), "weights": average.state_dict()}, out / "checkpoint.pt")
    return average


def _learn(
    model: SelfTestModel, learners: list[torch.optim.Optimizer], batch: Batch
) -> tuple[float, float]:
    """Loss and share of answer tokens right."""
    with torch.autocast("cpu", torch.bfloat16):
        logits = model(batch.pictures, batch.tokens, batch.positions, batch.mask, batch.wanted)
    loss = F.cross_entropy(logits.float(), batch.targets)
    for learner in learners:
        learner.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for learner in learners:
        learner.step()
    share = (logits.argmax(-1) == batch.targets).float().mean()
    return loss.item(), share.item()


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
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--steps", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "selftest-vision")
    chosen = arguments.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    size = Size()
    tokenizer = selftest_words.learn_vocabulary(size.vocabulary)
    model = train(tokenizer, size, chosen.minutes, chosen.steps, chosen.seed, chosen.out)
    selftest_export.export(model, tokenizer, chosen.out)


if __name__ == "__main__":
    main()
