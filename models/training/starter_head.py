"""Turns features of the starter's network into vectors of the sentence encoder's space.

A picture's vector is the mean of its classes' vectors, weighted by how likely each class is
(ConSE, Norouzi et al. 2014, arXiv 1312.5650), less what all classes have in common. Learned here:
more classes, from labelled pictures; and, for drawings, a linear layer behind a gate that opens
for drawings alone, for drawings are not photos of anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

TEMPERATURE = 3.0
"""Flattens the likelihoods. Of 1, 1.5, 2, 2.5, 3 and 4 the best on half of photos-captioned."""
MASS = 0.6
"""How much of a labelled picture goes to its new class; the rest stays with what it resembles."""
RESERVE = 2.0
"""By how much more, in logits, a new class must fit before it counts. Without it new classes claim
one photo in fifteen that is none of theirs and "volcano" finds people; with 4 they know little."""
_STEPS, _RATE, _DECAY = 120, 0.02, 3e-5
_GATE_STEPS, _GATE_RATE, _GATE_DECAY = 200, 0.05, 1e-4
_RIDGE = 1000.0


@dataclass(frozen=True, slots=True)
class Classes:
    """Linear classifier over features with what each class means; logits are already flattened."""

    weights: Matrix
    """float32 [features, classes]."""
    bias: Matrix
    meanings: Matrix
    """float32 [classes, 384], the common part taken off."""

    def likelihoods(self, features: Matrix) -> Matrix:
        """float32 [n, classes]; a row's sum is 1."""
        logits = features @ self.weights + self.bias
        logits -= logits.max(axis=1, keepdims=True)
        likely = np.exp(logits)
        return np.asarray(likely / likely.sum(axis=1, keepdims=True), np.float32)

    def vectors(self, features: Matrix) -> Matrix:
        """float32 [n, 384], not of unit length."""
        return self.likelihoods(features) @ self.meanings


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is added for drawings."""

    gate: Matrix
    """float32 [features, 1]."""
    gate_bias: float
    layer: Matrix
    """float32 [features, 384]."""
    layer_bias: Matrix

    def openness(self, features: Matrix) -> Matrix:
        """float32 [n, 1], between 0 (a photo) and 1 (a drawing)."""
        return np.asarray(_sigmoid(features @ self.gate + self.gate_bias), np.float32)

    def vectors(self, features: Matrix) -> Matrix:
        """float32 [n, 384]."""
        return self.openness(features) * (features @ self.layer + self.layer_bias)


@dataclass(frozen=True, slots=True)
class Head:
    """Features to vectors."""

    classes: Classes
    drawings: Drawings

    def vectors(self, features: Matrix) -> Matrix:
        """Unit vectors float32 [n, 384]."""
        found = self.classes.vectors(features) + self.drawings.vectors(features)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Features of labelled pictures, and of photos that are none of the labels."""

    features: Matrix
    labels: NDArray[np.int64]
    meanings: Matrix
    """float32 [labels, 384]: the labels in words."""
    none_of_them: Matrix


def more_classes(
    first: Classes,
    common: Matrix,
    lesson: Lesson,
    steps: int = _STEPS,
    told: Callable[[float], None] = lambda loss: None,
) -> Classes:
    """`first` with a class for each label, learned beside the old ones, which stay as they are.

    Cross-entropy with Adam over all pictures at once; photos that are none of the labels weigh
    half of everything, for without them a new class claims whatever it has never seen.
    """
    features = np.concatenate([lesson.features, lesson.none_of_them])
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    scaled = ((features - middle) / spread).astype(np.float32)
    old = _log_sum_exp(features @ first.weights + first.bias)
    targets = np.zeros((len(features), len(lesson.meanings)), np.float32)
    targets[np.arange(len(lesson.labels)), lesson.labels] = MASS
    weigh = _half_each(len(lesson.features), len(lesson.none_of_them))
    weights, bias = _Learned((scaled.shape[1], len(lesson.meanings))), _Learned((targets.shape[1],))
    bias.value += 1
    for step in range(steps):
        mass = _mass(scaled @ weights.value + bias.value, old)
        wrong = (mass - targets) * weigh
        rate = _RATE * (1 - step / steps)
        weights.learn(scaled.T @ wrong + _DECAY * weights.value, rate)
        bias.learn(wrong.sum(axis=0), rate)
        told(float(np.abs(wrong).sum()))
    unscaled = weights.value / spread[:, None]
    return Classes(
        np.concatenate([first.weights, unscaled], axis=1).astype(np.float32),
        np.concatenate([first.bias, bias.value - middle @ unscaled - RESERVE]).astype(np.float32),
        np.concatenate([first.meanings, lesson.meanings - common]).astype(np.float32),
    )


def learn_drawings(
    classes: Classes, drawn: Matrix, said: Matrix, photos: Matrix, steps: int = _GATE_STEPS
) -> Drawings:
    """From features of drawings with the vectors [n, 384] of what they show, and of photos.

    The gate by logistic regression, both kinds weighing the same; the layer by ridge regression
    on what the classes leave unsaid.
    """
    features = np.concatenate([drawn, photos])
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    scaled = ((features - middle) / spread).astype(np.float32)
    wanted = np.concatenate([np.ones(len(drawn)), np.zeros(len(photos))]).astype(np.float32)
    weigh = _half_each(len(drawn), len(photos))[:, 0]
    gate, bias = _Learned((scaled.shape[1],)), _Learned(())
    for step in range(steps):
        wrong = (_sigmoid(scaled @ gate.value + bias.value) - wanted) * weigh
        rate = _GATE_RATE * (1 - step / steps)
        gate.learn(scaled.T @ wrong + _GATE_DECAY * gate.value, rate)
        bias.learn(wrong.sum(), rate)
    layer = _ridge(drawn, said - classes.vectors(drawn))
    unscaled = gate.value / spread
    return Drawings(
        unscaled[:, None].astype(np.float32),
        float(bias.value - middle @ unscaled),
        layer[:-1],
        layer[-1],
    )


def _ridge(features: Matrix, wanted: Matrix) -> Matrix:
    """float32 [features + 1, 384]; the last row is the bias."""
    ones = np.concatenate([features, np.ones((len(features), 1), np.float32)], axis=1)
    square = ones.T @ ones + _RIDGE * np.eye(ones.shape[1], dtype=np.float32)
    return np.asarray(np.linalg.solve(square, ones.T @ wanted), np.float32)


class _Learned:
    """Numbers that Adam moves (Kingma and Ba 2015, arXiv 1412.6980)."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.value = np.zeros(shape, np.float32)
        self._mean, self._square = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self._steps = 0

    def learn(self, slope: Matrix | np.float32, rate: float) -> None:
        self._steps += 1
        self._mean = 0.9 * self._mean + 0.1 * slope
        self._square = 0.99 * self._square + 0.01 * np.square(slope)
        mean = self._mean / (1 - 0.9**self._steps)
        square = self._square / (1 - 0.99**self._steps)
        self.value = np.asarray(self.value - rate * mean / (np.sqrt(square) + 1e-8), np.float32)


def _half_each(first: int, second: int) -> Matrix:
    halves = [np.full(first, 0.5 / first), np.full(second, 0.5 / max(1, second))]
    return np.concatenate(halves).astype(np.float32)[:, None]


def _mass(logits: Matrix, old: Matrix) -> Matrix:
    """Likelihoods of new classes beside old ones whose exponentials sum to exp(old)."""
    highest = np.maximum(logits.max(axis=1), old)
    likely = np.exp(logits - highest[:, None])
    return np.asarray(likely / (likely.sum(axis=1) + np.exp(old - highest))[:, None], np.float32)


def _log_sum_exp(logits: Matrix) -> Matrix:
    highest = logits.max(axis=1)
    total = np.exp(logits - highest[:, None]).sum(axis=1)
    return np.asarray(np.log(total) + highest, np.float32)


def _sigmoid(value: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(value, -30, 30))), np.float32)
