"""Trains the self-test vision model on drawn pictures and made-up sources, and writes it for llama.cpp.

    pip install torch pillow tokenizers gguf numpy
    python models/training/train_selftest.py [--minutes 120] [--steps N] [--out models/selftest-vision]

First the picture side learns alone to say what lies in each patch, then both sides learn to
answer. Runs on a CPU; bfloat16 products make it several times faster where the processor has
them. `measure_selftest.py` beside it measures the result through llama.cpp.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import selftest_drawing
import selftest_export
import selftest_words
import torch
import torch.nn.functional as F  # noqa: N812
from selftest_batches import KINDS, Batch, batch_of, seen_and_true
from selftest_network import Pointing, SelfTestModel, Size
from selftest_words import Lesson
from tokenizers import Tokenizer
from torch import Tensor

_SEEN_ALONE = 80
"""Drawings in a batch for the picture side alone."""
_PICTURES = 24
"""Drawings with questions in a batch."""
_TOKENS = 4500
"""Of sources in a batch."""
_ALONE = 0.15
"""Share of the time for the picture side alone."""
_PEAK_RATE = 3e-3
_SEEING_RATE = 0.2
"""Of the peak, for the picture side once it no longer learns alone."""
_WARM_UP = 0.01
_SOURCES = 0.6
"""Share of batches that are sources, which take longer to learn than drawings."""
_FALLING = 0.75
"""Share of the time in which the rate falls, to nothing at the end."""
_RECENT = 25


@dataclass
class Progress:
    """How training goes: shares of answers right of late, and how hard the sources are."""

    level: int = 0
    sources: deque[float] = field(default_factory=lambda: deque([0.0], maxlen=_RECENT))
    drawings: deque[float] = field(default_factory=lambda: deque([0.0], maxlen=_RECENT))
    pointed: float = 0.0

    def rise(self, done: float) -> None:
        """To the next level when this one is nearly mastered, or when time presses."""
        if self.level < 2 and len(self.sources) == _RECENT and _mean(self.sources) > 0.8:
            self.level += 1
            self.sources.clear()
        self.level = max(self.level, 1 if done > 0.08 else 0, 2 if done > 0.15 else 0)

    def __str__(self) -> str:
        told = f"level {self.level} sources {_mean(self.sources):.3f}"
        return f"{told} drawings {_mean(self.drawings):.3f} pointing {self.pointed:.3f}"


class Training:
    """The model, what helps it to learn, and the average of its last weights."""

    def __init__(self, size: Size, tokenizer: Tokenizer, seed: int) -> None:
        torch.manual_seed(seed)
        self.chance = random.Random(seed)
        self.tokenizer = tokenizer
        self.model = SelfTestModel(size)
        self.pointing = Pointing(size.width, KINDS)
        self.average = copy.deepcopy(self.model).requires_grad_(False)
        self.learners = [
            *_optimizers(self.model.seeing, self.pointing),
            *_optimizers(self.model.decoder),
        ]
        self.progress = Progress()
        self.step = 0

    def resume(self, checkpoint: Path) -> None:
        """Starts from the weights of `checkpoint`; one of the picture side alone will do."""
        saved = torch.load(checkpoint)
        self.model.load_state_dict(saved["weights"], strict=False)
        if "pointing" in saved:
            self.pointing.load_state_dict(saved["pointing"])
        self.average.load_state_dict(self.model.state_dict())

    def see(self) -> None:
        """One step of the picture side alone."""
        drawings = [selftest_drawing.draw(self.chance) for _ in range(_SEEN_ALONE)]
        pictures, truth = seen_and_true(drawings)
        with torch.autocast("cpu", torch.bfloat16):
            loss = self.pointing(self.model.seeing(pictures), truth)
        self.progress.pointed = loss.item()
        self._learn(loss)

    def connect(self) -> None:
        """Between the two stages: words for shapes and colours find them in pictures."""
        drawings = [selftest_drawing.draw(self.chance) for _ in range(_SEEN_ALONE)]
        with torch.no_grad():
            seen = self.model.seeing(seen_and_true(drawings)[0])
        words = selftest_words.names_drawn(self.tokenizer)
        self.model.connect(words, self.pointing.readings(0, 1), seen)

    def answer(self, done: float, sources_share: float) -> None:
        """One step of answering."""
        told = self.chance.random() < sources_share
        lessons = self._sources() if told else self._drawings()
        batch = batch_of(lessons)
        with torch.autocast("cpu", torch.bfloat16):
            seen = self._seen(batch)
            logits = self.model(seen, batch.tokens, batch.positions, batch.mask, batch.wanted)
            pointed = self._pointed(seen, batch)
        loss = F.cross_entropy(logits.float(), batch.targets) + pointed
        self._learn(loss)
        recent = self.progress.sources if told else self.progress.drawings
        recent.append(batch.share_right(logits.argmax(-1)))
        self.progress.rise(done)

    def set_rates(self, rate: float, seeing: float) -> None:
        """`rate` for the decoder, `seeing` times as much for the picture side."""
        for number, learner in enumerate(self.learners):
            for group in learner.param_groups:
                group["lr"] = rate * (seeing if number < 2 else 1)

    def save(self, path: Path) -> None:
        """The average, from which training may go on."""
        torch.save(
            {
                "size": self.model.size.to_json(),
                "weights": self.average.state_dict(),
                "tokenizer": self.tokenizer.to_str(),
                "pointing": self.pointing.state_dict(),
            },
            path,
        )

    def _seen(self, batch: Batch) -> Tensor | None:
        if batch.pictures is None:
            return None
        # It has learnt most already, and going back through it costs a quarter of a step.
        with torch.set_grad_enabled(self.step % 3 == 0):
            seen: Tensor = self.model.seeing(batch.pictures)
        return seen

    def _pointed(self, seen: Tensor | None, batch: Batch) -> Tensor | float:
        if seen is None or not seen.requires_grad:
            return 0.0
        pointed: Tensor = self.pointing(seen, batch.truth)
        self.progress.pointed = pointed.item()
        return pointed

    def _learn(self, loss: Tensor) -> None:
        for learner in self.learners:
            learner.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*self.model.parameters(), *self.pointing.parameters()], 1.0)
        for learner in self.learners:
            learner.step()
        with torch.no_grad():
            pairs = zip(self.average.parameters(), self.model.parameters(), strict=True)
            for slow, fast in pairs:
                slow.lerp_(fast, 0.02)
        self.step += 1

    def _drawings(self) -> list[Lesson]:
        made = selftest_words.picture_lesson
        return [made(self.tokenizer, self.chance) for _ in range(_PICTURES)]

    def _sources(self) -> list[Lesson]:
        plan = selftest_words.plan(self.chance, self.progress.level)
        lessons: list[Lesson] = []
        longest = 0
        while (len(lessons) + 1) * longest < _TOKENS:
            lessons.append(selftest_words.sources_lesson(self.tokenizer, self.chance, plan))
            longest = max(longest, lessons[-1].length)
        return lessons


def train(training: Training, minutes: float, steps: int | None, alone: float, out: Path) -> None:
    """Trains for `minutes`, or for `steps` when given; `alone` of it the picture side by itself."""
    started, done = time.monotonic(), 0.0
    connected = alone == 0
    while done < 1:
        used = (time.monotonic() - started) / (60 * minutes)
        done = training.step / steps if steps else used
        if done < alone:
            training.set_rates(_rate(done / alone), 1.0)
            training.see()
        else:
            if not connected:
                training.connect()
                connected = True
            now = (done - alone) / (1 - alone)
            training.set_rates(_rate(now), _SEEING_RATE)
            training.answer(now, _SOURCES)
        if training.step % 50 == 0:
            print(f"{training.step} {used * minutes:.1f} min {training.progress}", flush=True)
        if training.step % 100 == 0:
            training.save(out / "checkpoint.pt")
    training.save(out / "checkpoint.pt")


def _rate(done: float) -> float:
    return _PEAK_RATE * min(1.0, done / _WARM_UP + 0.01, max(0.0, (1 - done) / _FALLING) + 0.01)


def _optimizers(*parts: torch.nn.Module) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside, AdamW for the rest."""
    named = [(name, weights) for part in parts for name, weights in part.named_parameters()]
    inside = [weights for name, weights in named if weights.ndim == 2 and "blocks" in name]
    chosen = {id(weights) for weights in inside}
    rest = [weights for _, weights in named if id(weights) not in chosen]
    return [
        torch.optim.Muon(inside, lr=_PEAK_RATE, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, lr=_PEAK_RATE, weight_decay=0.0, betas=(0.9, 0.98)),
    ]


def _mean(shares: deque[float]) -> float:
    return sum(shares) / max(1, len(shares))


def main() -> None:
    """Trains and writes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=120)
    arguments.add_argument("--steps", type=int)
    arguments.add_argument("--resume", type=Path, help="a checkpoint to start from")
    arguments.add_argument("--level", type=int, default=0, help="of sources to start from, to 2")
    arguments.add_argument("--alone", type=float, default=_ALONE, help="share for pictures alone")
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
    training = Training(size, tokenizer, chosen.seed)
    if chosen.resume is not None:
        training.resume(chosen.resume)
    training.progress.level = chosen.level
    train(training, chosen.minutes, chosen.steps, chosen.alone, chosen.out)
    selftest_export.export(training.average, tokenizer, chosen.out)


if __name__ == "__main__":
    main()
