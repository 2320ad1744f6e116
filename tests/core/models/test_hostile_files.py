"""Model files are input like any other: what they name and claim is checked before it is followed."""

import struct

import gguf
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from desktop_mmrag.errors import ModelDamaged, ModelUnrecognised
from desktop_mmrag.models.gguf_file import is_picture_part, read_header
from desktop_mmrag.models.onnx_file import external_files
from desktop_mmrag.models.onnx_session import OnnxSession
from tests.core.models.graphs import text_tower, vision_tower


def external_tensor(location):
    tensor = TensorProto(name="weights", data_type=TensorProto.FLOAT, dims=[4])
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=str(location))
    return tensor


def graph_with(tensor, where="initializer"):
    node = helper.make_node("Add", ["x", "weights"], ["y"])
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [4])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [4])
    if where == "initializer":
        return helper.make_graph([node], "g", [x], [y], [tensor])
    constant = helper.make_node("Constant", [], ["weights"], value=tensor)
    if where == "constant":
        return helper.make_graph([constant, node], "g", [x], [y])
    inner = helper.make_graph(
        [constant], "inner", [], [helper.make_tensor_value_info("weights", 1, [4])]
    )
    chosen = helper.make_node("If", ["flag"], ["weights"], then_branch=inner, else_branch=inner)
    flag = helper.make_tensor_value_info("flag", TensorProto.BOOL, [])
    return helper.make_graph([chosen, node], "g", [x, flag], [y])


def save(path, graph):
    path.write_bytes(helper.make_model(graph).SerializeToString())
    return path


@pytest.mark.parametrize("where", ["initializer", "constant", "branch"])
@pytest.mark.parametrize("location", ["../secret.bin", "/etc/passwd", "a/../../secret.bin"])
def test_numbers_from_a_file_elsewhere_are_refused(tmp_path, where, location):
    path = save(tmp_path / "m.onnx", graph_with(external_tensor(location), where))
    with pytest.raises(ModelDamaged, match="outside its folder"):
        external_files(path)
    with pytest.raises(ModelDamaged):
        OnnxSession(path, threads=1)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "secret.bin").write_bytes(bytes(16))
    try:
        (tmp_path / "model" / "weights.bin").symlink_to(tmp_path / "secret.bin")
    except OSError:
        pytest.skip("this system makes no links")
    path = save(tmp_path / "model" / "m.onnx", graph_with(external_tensor("weights.bin")))
    with pytest.raises(ModelDamaged):
        external_files(path)


def test_numbers_from_a_file_beside_it_are_found(tmp_path):
    path = save(tmp_path / "m.onnx", graph_with(external_tensor("weights.bin")))
    assert external_files(path) == {(tmp_path / "weights.bin").resolve()}


def test_a_model_in_one_file_names_no_other(tmp_path):
    assert external_files(vision_tower(tmp_path / "v.onnx")) == set()
    assert (
        onnx.load(text_tower(tmp_path / "t.onnx")) and external_files(tmp_path / "t.onnx") == set()
    )


@pytest.mark.parametrize(
    "data", [b"", b"not a model at all", b"\x3a\xff\xff\xff\xff\x0f", b"\xff" * 64]
)
def test_what_is_no_onnx_file_is_a_damaged_model(tmp_path, data):
    path = tmp_path / "m.onnx"
    path.write_bytes(data)
    with pytest.raises(ModelDamaged):
        OnnxSession(path, threads=1)


def test_random_bytes_never_get_past_the_reader(tmp_path):
    rng, good = np.random.default_rng(0), text_tower(tmp_path / "t.onnx").read_bytes()
    for attempt in range(200):
        data = bytearray(good[: 400 + attempt])
        for place in rng.integers(0, len(data), 8):
            data[place] = rng.integers(0, 256)
        path = tmp_path / "m.onnx"
        path.write_bytes(bytes(data))
        try:
            external_files(path)
        except ModelDamaged:
            continue


def written(path, architecture, **more):
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(more.pop("name", "Test"))
    writer.add_array("tokenizer.tokens", ["a", "b", "c"])
    writer.add_array("numbers", [1, 2, 3])
    writer.add_uint32("after.arrays", 7)
    writer.add_tensor("t", np.zeros((2, 2), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_gguf_header_is_read(tmp_path):
    header = read_header(written(tmp_path / "m.gguf", "llama"))
    assert header["general.architecture"] == "llama"
    assert header["general.name"] == "Test"
    assert header["after.arrays"] == 7
    assert not is_picture_part(header)
    assert is_picture_part(read_header(written(tmp_path / "p.gguf", "clip")))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GGUF",
        b"GGML" + struct.pack("<IQQ", 3, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 9, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1 << 62),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 8, 1 << 60),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 99),
        (b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 9))
        + struct.pack("<IQ", 9, 1) * 40,
    ],
)
def test_a_gguf_file_that_lies_is_not_recognised(tmp_path, data):
    path = tmp_path / "m.gguf"
    path.write_bytes(data)
    with pytest.raises(ModelUnrecognised):
        read_header(path)
