"""Vectors carried over into another space."""

import json
import struct

import numpy as np
import pytest

from desktop_mmrag.errors import ModelDamaged
from desktop_mmrag.models.projection import load_projection


def safetensors(path, **tensors):
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        data = tensor.astype("<f4").tobytes()
        place = [len(body), len(body) + len(data)]
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": place}
        body += data
    packed = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(packed)) + packed + body)
    return path


def test_a_linear_layer_is_applied_as_pytorch_does(tmp_path):
    weight = np.arange(6, dtype=np.float32).reshape(2, 3)
    project = load_projection(safetensors(tmp_path / "p.safetensors", weight=weight), threads=1)
    assert project(np.array([[1, 0, 2]], np.float32)).tolist() == [[4, 13]]


def test_its_bias_is_added(tmp_path):
    path = safetensors(tmp_path / "p.safetensors", weight=np.eye(2), bias=np.array([10.0, 20.0]))
    assert load_projection(path, threads=1)(np.ones((1, 2), np.float32)).tolist() == [[11, 21]]


@pytest.mark.parametrize("keep", [0, 4, 8, 40, -1])
def test_a_file_cut_short_is_a_damaged_model(tmp_path, keep):
    path = safetensors(tmp_path / "p.safetensors", weight=np.ones((2, 3)))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelDamaged):
        load_projection(path, threads=1)


def test_two_layers_are_not_one(tmp_path):
    path = safetensors(tmp_path / "p.safetensors", one=np.ones((2, 3)), two=np.ones((3, 2)))
    with pytest.raises(ModelDamaged):
        load_projection(path, threads=1)
