"""Opens an ONNX model for the processor, and runs it on named arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.onnx_file import external_files

# On Windows the runtime reports through the system and heeds this alone.
ort.disable_telemetry_events()

_ERRORS_ONLY = 3
"""ONNX Runtime's severity: 0 verbose, 1 info, 2 warning, 3 error, 4 fatal."""

_TYPES = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
}


@dataclass(frozen=True, slots=True)
class TensorShape:
    """An input or output: its name and its axes, None where the length is free."""

    name: str
    shape: tuple[int | None, ...]
    dtype: str


class OnnxSession:
    """A loaded graph. `run` may be called from several threads at once."""

    def __init__(self, path: Path, threads: int) -> None:
        """Raises ModelDamaged when the file cannot be loaded or reads files elsewhere."""
        external_files(path)
        self._name = path.name
        try:
            self._session = ort.InferenceSession(
                str(path), _options(threads), providers=["CPUExecutionProvider"]
            )
        except Exception as problem:  # The runtime raises types of its own without a common base.
            raise ModelDamaged(f"{path.name} cannot be loaded: {_first_line(problem)}") from problem
        self.inputs = tuple(_shape(item) for item in self._session.get_inputs())
        self.outputs = tuple(_shape(item) for item in self._session.get_outputs())

    def run(self, arrays: Mapping[str, NDArray[Any]], output: str) -> NDArray[np.float32]:
        """One output as float32. Arrays that the graph does not take are left out, types cast.

        Raises ModelDamaged when the graph wants an array that is not given, or fails.
        """
        fed = {item.name: self._cast(item, arrays) for item in self.inputs}
        try:
            (result,) = self._session.run([output], fed)
        except Exception as problem:
            raise ModelDamaged(f"{self._name} failed: {_first_line(problem)}") from problem
        return np.asarray(result, np.float32)

    def run_all(
        self, arrays: Mapping[str, NDArray[Any]], outputs: Sequence[str]
    ) -> list[NDArray[np.float32]]:
        """Several outputs as float32, in the order they are named. Otherwise as `run`."""
        fed = {item.name: self._cast(item, arrays) for item in self.inputs}
        try:
            results = self._session.run(list(outputs), fed)
        except Exception as problem:
            raise ModelDamaged(f"{self._name} failed: {_first_line(problem)}") from problem
        return [np.asarray(result, np.float32) for result in results]

    def output_named(self, wanted: str | None, rank: int) -> str:
        """`wanted` if the graph has it, else its first output with `rank` axes.

        Raises ModelDamaged when there is neither.
        """
        names = [item.name for item in self.outputs]
        if wanted in names:
            return str(wanted)
        fitting = [item.name for item in self.outputs if len(item.shape) == rank]
        if not fitting:
            raise ModelDamaged(f"{self._name} has no output that can be used, only {names}.")
        return fitting[0]

    def _cast(self, item: TensorShape, arrays: Mapping[str, NDArray[Any]]) -> NDArray[Any]:
        if item.name not in arrays:
            raise ModelDamaged(f"{self._name} wants an input {item.name!r} that is not known.")
        return arrays[item.name].astype(_TYPES.get(item.dtype, np.float32), copy=False)


def _options(threads: int) -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = _ERRORS_ONLY
    # Idle threads that spin take the cores from the processes that decode files. Measured on
    # 2 cores beside 2 busy processes: 13 % more vectors and about 20 % more of the others' work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _shape(item: Any) -> TensorShape:
    axes = tuple(axis if isinstance(axis, int) else None for axis in item.shape)
    return TensorShape(item.name, axes, item.type)


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0] if str(problem).strip() else repr(problem)
