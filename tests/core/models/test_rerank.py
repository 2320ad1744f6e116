"""Reading question and passage together."""

import numpy as np

from desktop_mmrag.models.rerank import CrossEncoder
from tests.core.models.graphs import cross_encoder, entry, word_tokenizer


def test_passages_are_scored_in_their_order(tmp_path):
    cross_encoder(tmp_path / "model" / "text.onnx")
    word_tokenizer(tmp_path / "model" / "tokenizer.json")
    described = entry(tmp_path / "model", "reranker", "tiny-reranker", batch=2)
    home = tmp_path / "model"
    reranker = CrossEncoder(described, home / "text.onnx", home / "tokenizer.json", threads=1)
    passages = ["cat and cat and a cat", "dog", "a cat in the snow", "", "cat cat"]
    scores = reranker.score("where is the cat", passages)
    assert scores.dtype == np.float32
    assert scores.tolist() == [3, 0, 1, 0, 2]
    assert reranker.score("cat", []).shape == (0,)
