"""The exported graphs: fused, equal to PyTorch, safe on AVX2, and blind to their neighbours."""

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from export import export_fp32, operators
from fold import folded_encoder
from model import COMPACT, SequenceClassifier
from quantize import WEIGHT_LEVELS, quantize
from scoring import run, session
from texts import encode, pad_tensors

TEXTS = ["Rates held", "Flood destroys homes and sweeps away bridges in coastal towns", "Village celebrates first clean well"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("export")
    model = SequenceClassifier(COMPACT).eval()
    model.distilbert.load_state_dict(folded_encoder().state_dict())
    torch.nn.init.normal_(model.classifier.weight, std=0.5)
    fp32 = export_fp32(model, folder / "fp32", COMPACT)
    quantize(fp32, folder / "int8.onnx", TEXTS * 8)
    return model, fp32, folder / "int8.onnx"


def test_every_attention_gelu_and_layer_norm_is_fused(exported):
    fp32, int8 = operators(exported[1]), operators(exported[2])
    assert fp32["Attention"] == 6 and fp32["BiasGelu"] == 6 and fp32["SkipLayerNormalization"] == 12
    assert int8["QAttention"] == 6 and int8["BiasGelu"] == 6 and int8["SkipLayerNormalization"] == 12
    assert "Softmax" not in fp32 and "Erf" not in fp32
    assert "MatMul" not in int8 and "Gemm" not in int8


@torch.no_grad()
def test_fp32_export_equals_pytorch(exported):
    model, fp32, _ = exported
    ids = encode(TEXTS)
    assert np.abs(run(session(fp32), ids) - model(*pad_tensors(ids)).numpy()).max() < 1e-4


def test_int8_stays_near_fp32(exported):
    _, fp32, int8 = exported
    ids = encode(TEXTS)
    assert np.abs(run(session(fp32), ids) - run(session(int8), ids)).max() < 0.15


def test_products_of_weights_cannot_saturate_avx2(exported):
    graph = onnx.load(str(exported[2])).graph
    tables = ("word_embeddings", "position_embeddings")  # looked up, never multiplied as integers
    for tensor in graph.initializer:
        if tensor.name.endswith("_i8") and not any(t in tensor.name for t in tables):
            assert np.abs(numpy_helper.to_array(tensor).astype(int)).max() <= WEIGHT_LEVELS, tensor.name
    assert 255 * WEIGHT_LEVELS * 2 < 2**15


def test_a_score_does_not_depend_on_its_batch(exported):
    model = session(exported[2])
    ids = encode(TEXTS + ["A long text with many more words than any of the headlines around it has. " * 14])
    alone = np.concatenate([run(model, [row]) for row in ids])
    assert np.abs(run(model, ids) - alone).max() < 1e-4
