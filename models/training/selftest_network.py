"""The self-test vision model in PyTorch: a small ViT, a projector and a llama decoder, as llama.cpp computes them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn


@dataclass(frozen=True)
class Size:
    """Widths and depths; everything that the GGUF files have to say of the shape."""

    vocabulary: int = 1024
    side: int = 64
    patch: int = 8
    see_width: int = 192
    see_layers: int = 4
    see_heads: int = 3
    see_hidden: int = 512
    width: int = 192
    layers: int = 4
    heads: int = 3
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
ROPE_BASE = 10000.0


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

    def forward(self, x: Tensor, positions: Tensor, mask: Tensor, wanted: Tensor) -> Tensor:
        """`positions` int [n, length]; bool `mask` [n, 1, length, length] is true where seen."""
        angles = positions[:, None, :, None].float() * self.turns
        turn = torch.polar(torch.ones_like(angles), angles)
        hidden = torch.zeros(mask.shape, dtype=torch.bfloat16).masked_fill(~mask, -30000.0)
        for block in self.blocks:
            x = block(x, turn, hidden)
        # The output shares the embedding's weights.
        return self.norm(x[wanted]) @ self.embedding.weight.T


class DecoderBlock(nn.Module):
    """Causal attention with rotary positions, and SwiGLU."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.norm1 = nn.RMSNorm(size.width, EPSILON)
        self.norm2 = nn.RMSNorm(size.width, EPSILON)
        self.q, self.k, self.v, self.out = (
            nn.Linear(size.width, size.width, bias=False) for _ in range(4)
        )
        self.gate = nn.Linear(size.width, size.hidden, bias=False)
        self.up = nn.Linear(size.width, size.hidden, bias=False)
        self.down = nn.Linear(size.hidden, size.width, bias=False)

    def forward(self, x: Tensor, turn: Tensor, hidden: Tensor) -> Tensor:
        """`hidden` is added to the scores: 0 where seen, far below elsewhere."""
        y = self.norm1(x)
        q, k, v = (_split(part(y), self.heads) for part in (self.q, self.k, self.v))
        q, k = _turned(q, turn), _turned(k, turn)
        x = x + self.out(_joined(_attention(q.to(v.dtype), k.to(v.dtype), v, hidden)))
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
