"""Lessons of the self-test vision model as tensors: tokens, masks, and what lies in each patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from selftest_drawing import COLOURS, PLACES, SHAPES, Drawing, Mark
from selftest_words import Lesson
from torch import Tensor

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_MOST = 6
"""Shapes in a drawing."""
KINDS = (
    *(len(SHAPES) + 1, len(COLOURS) + 1, len(_LETTERS) + 1, 6),
    *(len(PLACES) + 1, _MOST + 1, _MOST + 1, _MOST + 1),
)
"""Of a patch: its shape, colour, letter, place in the word, cell of the grid, how many have its
shape, how many its colour, how many shapes there are in all; 0 is nothing in each."""
_ROW = 8


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
    ends: Tensor
    """Where in `targets` each answer has its last token."""

    def share_right(self, said: Tensor) -> float:
        """Of the answers, those that are right in every token; `said` int, as `targets`."""
        wrong = torch.cumsum(said != self.targets, 0)[self.ends]
        return float((torch.diff(wrong, prepend=torch.zeros_like(wrong[:1])) == 0).float().mean())


def batch_of(lessons: Sequence[Lesson]) -> Batch:
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
    pictures, truth = seen_and_true(drawings) if drawings else (None, None)
    mask = ((same | shared) & causal)[:, None]
    lengths = [len(branch) - answer for lesson in lessons for branch, answer in lesson.branches]
    ends = torch.cumsum(torch.tensor(lengths), 0) - 1
    wanted = targets >= 0
    return Batch(pictures, truth, tokens, positions, mask, wanted, targets[wanted], ends)


def seen_and_true(drawings: Sequence[Drawing]) -> tuple[Tensor, Tensor]:
    """Pixels float [n, 3, side, side] and what lies in each patch, int64 [n, patches, kinds]."""
    pixels = torch.from_numpy(np.stack([np.asarray(drawing.image) for drawing in drawings]))
    truth = torch.from_numpy(np.stack([_truth(drawing.marks) for drawing in drawings]))
    return (pixels.permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.5, truth


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


def _truth(marks: Sequence[Mark]) -> np.ndarray:
    """int64 [patches, kinds]."""
    truth = np.zeros((_ROW, _ROW, len(KINDS)), np.int64)
    colours = list(COLOURS)
    shaped = [mark for mark in marks if mark.shape]
    alike = Counter(mark.shape for mark in shaped)
    coloured = Counter(mark.colour for mark in shaped)
    truth[..., -1] = len(shaped)
    for mark in marks:
        left, top, right, bottom = mark.box
        shape = SHAPES.index(mark.shape) + 1 if mark.shape else 0
        letter = _LETTERS.index(mark.letter) + 1 if mark.letter else 0
        told = (shape, colours.index(mark.colour) + 1, letter, mark.index, mark.cell)
        counts = (alike[mark.shape], coloured[mark.colour]) if mark.shape else (0, 0)
        truth[_covered(top, bottom), _covered(left, right), :-1] = (*told, *counts)
    return truth.reshape(-1, len(KINDS))


def _covered(start: float, end: float) -> slice:
    """Patches whose centre lies between; at least the one in the middle."""
    first, last = round(start * _ROW), round(end * _ROW)
    if first >= last:
        first = min(_ROW - 1, int((start + end) / 2 * _ROW))
        last = first + 1
    return slice(max(0, first), min(_ROW, last))
