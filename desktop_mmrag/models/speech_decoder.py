"""Runs an ONNX decoder that writes one token after another and keeps what it has read."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.onnx_session import OnnxSession

_PRESENT = re.compile(r"^present\.(\d+)\.(decoder|encoder)\.(key|value)$")
_CACHE = "past_key_values"
_HEARD = "encoder_hidden_states"
_BRANCH = "use_cache_branch"


class MergedDecoder:
    """`decoder_model_merged.onnx` as Optimum exports it: with and without a cache in one graph."""

    def __init__(self, path: Path, threads: int) -> None:
        """Raises ModelDamaged when the graph is no such decoder."""
        self._session = OnnxSession(path, threads)
        self._inputs = {item.name: item for item in self._session.inputs}
        self._outputs = {
            found[0]: f"{_CACHE}.{found[1]}.{found[2]}.{found[3]}"
            for item in self._session.outputs
            if (found := _PRESENT.match(item.name))
        }
        wanted = {"input_ids", _HEARD, *self._outputs.values()}
        if not self._outputs or not wanted <= self._inputs.keys():
            raise ModelDamaged(f"{path.name} is no decoder of speech with a cache.")

    def begin(self, heard: NDArray[np.float32]) -> Writing:
        """Starts to write down what an encoder heard, float32 [1, frames, width]."""
        return Writing(self._session, self._outputs, self._empty(), heard, _BRANCH in self._inputs)

    def _empty(self) -> dict[str, NDArray[np.float32]]:
        """A cache of nothing: [1, heads, 0, width] for each layer."""
        shapes = {name: self._inputs[name].shape for name in self._outputs.values()}
        return {
            name: np.zeros((1, shape[1] or 1, 0, shape[3] or 1), np.float32)
            for name, shape in shapes.items()
        }


class Writing:
    """One stretch being written down."""

    def __init__(
        self,
        session: OnnxSession,
        outputs: dict[str, str],
        cache: dict[str, NDArray[np.float32]],
        heard: NDArray[np.float32],
        branches: bool,
    ) -> None:
        self._session, self._outputs, self._cache = session, outputs, cache
        self._heard, self._branches = heard, branches
        self._begun = False

    def read(self, tokens: list[int]) -> NDArray[np.float32]:
        """The logits [vocabulary] for the token that follows these; several only at first."""
        fed: dict[str, NDArray[np.generic]] = {
            "input_ids": np.array([tokens], np.int64),
            _HEARD: self._heard,
            **self._cache,
        }
        if self._branches:
            fed[_BRANCH] = np.array([self._begun])
        result = self._session.run_all(fed, ["logits", *self._outputs])
        for name, value in zip(self._outputs, result[1:], strict=True):
            # What the encoder heard is cached once; later its outputs are left empty.
            if not self._begun or ".decoder." in name:
                self._cache[self._outputs[name]] = value
        self._begun = True
        return np.asarray(result[0][0, -1], np.float32)
