"""The self-test vision model in PyTorch: a small ViT, a projector and a llama decoder, as llama.cpp computes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn


@dataclass(frozen=True)
class Size:
    """Widths and depths; everything that the GGUF files have to say of the shape."""

    vocabulary: int = 1289
    numbers: int = 9
    side: int = 64
    patch: int = 8
    see_width: int = 192
    see_layers: int = 4
    see_heads: int = 3
    see_hidden: int = 512
    width: int = 192
    layers: int = 4
    heads: int = 6
    hidden: int = 512
    context: int = 2048

    @property
    def patches(self) -> int:
        """Places that a picture takes in the context."""
        return (self.side // self.patch) ** 2

    def to_json(self) -> dict[str, int]:
        """For the checkpoint."""
        return asdict(self)


EPSILON = 1e-5
ROPE_BASE = 1e6
"""High, so that most pairs of a head hardly turn within a prompt and can match words."""
_LOOKING_BACK = ((1, 2, 3), (1,))
"""Heads of the first two layers that start out looking so many tokens back."""
_SHARPNESS = (6.9, 2.8, 2.2, 2.2, 2.0, 1.9, 0.9, 0.2)
"""Of a head's pairs, fastest first: so 93 % of the attention goes to one of 400 tokens."""

_NEARNESS = (2.0, 6.0, 8.0)
"""Of the fourth to sixth pair: a number beats one that stands a source before it."""


class Seeing(nn.Module):
    """float [n, 3, side, side], each value (pixel / 255 - 0.5) / 0.5, to float [n, patches, width]."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.patches = nn.Conv2d(3, size.see_width, size.patch, size.patch, bias=False)
        self.places = nn.Parameter(torch.randn(size.patches, size.see_width) * 0.02)
        self.before = nn.LayerNorm(size.see_width, EPSILON)
        self.blocks = nn.ModuleList(SeeingBlock(size) for _ in range(size.see_layers))
        self.after = nn.LayerNorm(size.see_width, EPSILON)
        self.first = nn.Linear(size.see_width, size.width)
        self.second = nn.Linear(size.width, size.width)

    def forward(self, pictures: Tensor) -> Tensor:
        """Through the blocks and the projector."""
        # As one product: PyTorch's convolution is several times slower here.
        cells = F.unfold(pictures, self.size.patch, stride=self.size.patch).transpose(1, 2)
        x = cells @ self.patches.weight.flatten(1).T + self.places
        x = self.before(x)
        for block in self.blocks:
            x = block(x)
        return self.second(F.gelu(self.first(self.after(x)), approximate="tanh"))


class SeeingBlock(nn.Module):
    """Attention and a hidden layer, normalised before each."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.see_heads
        self.norm1 = nn.LayerNorm(size.see_width, EPSILON)
        self.norm2 = nn.LayerNorm(size.see_width, EPSILON)
        self.q, self.k, self.v, self.out = (
            nn.Linear(size.see_width, size.see_width) for _ in range(4)
        )
        self.up = nn.Linear(size.see_width, size.see_hidden)
        self.down = nn.Linear(size.see_hidden, size.see_width)

    def forward(self, x: Tensor) -> Tensor:
        """Shape kept."""
        y = self.norm1(x)
        q, k, v = (_split(part(y), self.heads) for part in (self.q, self.k, self.v))
        x = x + self.out(_joined(_attention(q, k, v, None)))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Decoder(nn.Module):
    """Embeddings float [n, length, width] to logits over the vocabulary at the places asked for."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.embedding = nn.Embedding(size.vocabulary, size.width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.blocks = nn.ModuleList(DecoderBlock(size) for _ in range(size.layers))
        self.norm = nn.RMSNorm(size.width, EPSILON)
        # llama.cpp turns neighbouring pairs of a llama head, which is the order trained here.
        half = size.width // size.heads // 2
        self.register_buffer("turns", ROPE_BASE ** (-torch.arange(half) / half), persistent=False)
        # Copying from afar is learnt several times sooner when words know their neighbours.
        self.blocks[0].look_for(size.heads - 1, self._make_alike(size.numbers), self.turns)
        for block, distances in zip(self.blocks, _LOOKING_BACK, strict=False):
            for head, back in enumerate(distances):
                block.look_back(head, back, self.turns)

    def _make_alike(self, numbers: int) -> Tensor:
        """Gives the last tokens, the numbers of sources, one direction in common: float [width]."""
        with torch.no_grad():
            shared = torch.randn_like(self.embedding.weight[0]) * self.embedding.weight.std()
            self.embedding.weight[-numbers:] += shared
        return shared / shared.norm()

    def forward(self, x: Tensor, positions: Tensor, mask: Tensor, wanted: Tensor) -> Tensor:
        """`positions` int [n, length]; bool `mask` [n, 1, length, length] is true where seen."""
        angles = positions[:, None, :, None].float() * self.turns
        turn = torch.polar(torch.ones_like(angles), angles)
        hidden = torch.zeros(mask.shape, dtype=torch.bfloat16).masked_fill(~mask, -30000.0)
        for block in self.blocks[:-1]:
            x = block(x, turn, hidden)
        # The output shares the embedding's weights.
        return self.norm(self.blocks[-1](x, turn, hidden, wanted)) @ self.embedding.weight.T


class DecoderBlock(nn.Module):
    """Causal attention with rotary positions, and SwiGLU."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.norm1 = nn.RMSNorm(size.width, EPSILON)
        self.norm2 = nn.RMSNorm(size.width, EPSILON)
        self.q, self.k = (nn.Linear(size.width, size.width) for _ in range(2))
        self.v, self.out = (nn.Linear(size.width, size.width, bias=False) for _ in range(2))
        for part in (self.q, self.k):
            nn.init.zeros_(part.bias)
        self.gate = nn.Linear(size.width, size.hidden, bias=False)
        self.up = nn.Linear(size.width, size.hidden, bias=False)
        self.down = nn.Linear(size.hidden, size.width, bias=False)

    def look_back(self, head: int, back: int, turns: Tensor) -> None:
        """Has `head` attend to the token `back` places before, until training moves it."""
        wide = len(turns) * 2
        own = slice(head * wide, (head + 1) * wide)
        long = torch.zeros_like(turns)
        long[: len(_SHARPNESS)] = torch.tensor(_SHARPNESS).sqrt() * wide**0.25
        with torch.no_grad():
            self.q.weight[own] *= 0.1
            self.k.weight[own] *= 0.1
            self.q.bias[own] = torch.view_as_real(torch.polar(long, -turns * back)).flatten()
            self.k.bias[own] = torch.view_as_real(torch.polar(long, 0 * turns)).flatten()

    def look_for(self, head: int, alike: Tensor, turns: Tensor) -> None:
        """Has `head` attend to the nearest token before that has the direction `alike`."""
        wide = len(turns) * 2
        own = slice(head * wide, (head + 1) * wide)
        near = torch.zeros_like(turns)
        near[3:6] = torch.tensor(_NEARNESS).sqrt() * wide**0.25
        with torch.no_grad():
            self.q.weight[own] *= 0.1
            self.k.weight[own] *= 0.1
            self.q.bias[own] = self.k.bias[own] = torch.view_as_real(
                torch.polar(near, 0 * turns)
            ).flatten()
            # The slowest pairs hardly turn: there, words are matched wherever they stand.
            slowest = slice(own.stop - 4, own.stop)
            self.k.weight[slowest] += alike
            self.q.bias[slowest] = 1.75

    def match(self, head: int, asked: Tensor, told: Tensor, alike: Tensor) -> None:
        """Has `head` attend from tokens with one of the directions `asked` to those of `alike`
        that have the direction of the same row in `told`; each float [pairs, width].
        """
        wide = self.q.out_features // self.heads
        own = slice(head * wide, (head + 1) * wide)
        # As in look_for; before the last four, so that hardly any of these turns.
        rows, slowest = (
            slice(own.stop - 4 - len(asked), own.stop - 4),
            slice(own.stop - 4, own.stop),
        )
        with torch.no_grad():
            for part in (self.q, self.k):
                part.weight[own] *= 0.1
                part.bias[own] = 0
            self.q.weight[rows] = F.normalize(asked, dim=1)
            self.k.weight[rows] = told
            self.k.weight[slowest] += F.normalize(alike, dim=0) / 2
            self.q.bias[slowest] = 2.5

    def forward(
        self, x: Tensor, turn: Tensor, hidden: Tensor, wanted: Tensor | None = None
    ) -> Tensor:
        """`hidden` is added to the scores: 0 where seen, far below elsewhere.

        With `wanted`, float [m, width] at the places where that is true.
        """
        y = self.norm1(x)
        q, k, v = (_split(part(y), self.heads) for part in (self.q, self.k, self.v))
        q, k = _turned(q, turn), _turned(k, turn)
        found = _joined(_attention(q.to(v.dtype), k.to(v.dtype), v, hidden))
        if wanted is not None:
            x, found = x[wanted], found[wanted]
        x = x + self.out(found)
        y = self.norm2(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


def _attention(q: Tensor, k: Tensor, v: Tensor, hidden: Tensor | None) -> Tensor:
    """Written out: on CPUs the backward pass of PyTorch's own is several times slower."""
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    if hidden is not None:
        scores = scores + hidden
    return torch.softmax(scores, -1, dtype=scores.dtype) @ v


def _split(x: Tensor, heads: int) -> Tensor:
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def _joined(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(2)


def _turned(x: Tensor, turn: Tensor) -> Tensor:
    pairs = torch.view_as_complex(x.float().unflatten(-1, (-1, 2)).contiguous())
    return torch.view_as_real(pairs * turn).flatten(-2)


class Pointing(nn.Module):
    """Says of each patch what lies there; helps seeing to learn and is thrown away afterwards."""

    def __init__(self, width: int, kinds: tuple[int, ...]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(nn.Linear(width, kind) for kind in kinds)

    def readings(self, *kinds: int) -> Tensor:
        """What tells the values of `kinds` from each other, but for 0: float [values, width]."""
        found = [self.heads[kind].weight.detach() for kind in kinds]
        return torch.cat([(each - each.mean(0))[1:] for each in found])

    def forward(self, seen: Tensor, truth: Tensor) -> Tensor:
        """The loss over float [n, patches, width] with int [n, patches, kinds]; 0 is nothing."""
        losses = []
        for number, head in enumerate(self.heads):
            each = F.cross_entropy(
                head(seen).float().flatten(0, 1), truth[..., number].flatten(), reduction="none"
            )
            there = truth[..., number].flatten() > 0
            losses.append(each.mean() + each[there].sum() / there.sum().clamp(min=1))
        return torch.stack(losses).mean()


class SelfTestModel(nn.Module):
    """Seeing and speaking together."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.seeing = Seeing(size)
        self.decoder = Decoder(size)

    def connect(self, words: Sequence[Sequence[int]], readings: Tensor, seen: Tensor) -> None:
        """Lets words find what they name in a picture, before training goes on from there.

        `words`: for each row of `readings` the tokens that name it; `readings` float [n, width]
        tell it in float `seen` [n, patches, width].
        """
        embedding = self.decoder.embedding.weight.detach()
        asked = torch.stack([embedding[list(tokens)].mean(0) for tokens in words])
        asked = asked - asked.mean(0)
        block = self.decoder.blocks[1]
        block.match(block.heads - 1, asked, 2 * readings, seen.mean((0, 1)))

    def forward(
        self,
        seen: Tensor | None,
        tokens: Tensor,
        positions: Tensor,
        mask: Tensor,
        wanted: Tensor,
    ) -> Tensor:
        """Logits float [m, vocabulary] at the m places where bool `wanted` [n, length] is true.

        `tokens` int [n, length] is -1 where the patches of `seen`, the pictures seen, stand.
        """
        x = self.decoder.embedding(tokens.clamp(min=0))
        if seen is not None:
            x = x.index_put((tokens < 0).nonzero(as_tuple=True), seen.flatten(0, 1).to(x.dtype))
        return self.decoder(x, positions, mask, wanted)
