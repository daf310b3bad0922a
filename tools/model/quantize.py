"""int8 weights with static activations, so that a score cannot depend on its batch.

ONNX Runtime's dynamic quantisation takes one activation range over the whole batch: a text's
score then moves with its neighbours. Here every activation range is a constant, measured once
on headlines, and the graph is written with ONNX Runtime's fused integer operators
(QAttention, MatMulIntegerToFloat). Weights use seven bits and one scale per output column:
on AVX2 without VNNI, 255 * 127 * 2 overflows the 16-bit sums, 255 * 64 * 2 does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from texts import encode, pad

WEIGHT_LEVELS = 64  # reduce_range: seven bits
SAMPLE = 4000
# 0: one scale a tensor, 1: every channel fills the range. Chosen on the held-out tenth.
STRENGTH = 0.6
DAMPING = 0.01


def initialisers(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    return {t.name: numpy_helper.to_array(t) for t in graph.initializer}


def quantised_inputs(graph: onnx.GraphProto) -> list[str]:
    """Tensors that feed an integer multiplication."""
    known = {t.name for t in graph.initializer}
    found = []
    for node in graph.node:
        if node.op_type in ("Attention", "MatMul", "Gemm") and node.input[1] in known and node.input[0] not in found:
            found.append(node.input[0])
    return found


def calibration_texts() -> list[str]:
    """Headlines for the ranges: unlabelled ones only."""
    from data import unlabelled_rows
    from paths import default_data

    rows = unlabelled_rows(default_data())
    order = np.random.default_rng(7).permutation(len(rows))[:SAMPLE]
    return [rows[i].text for i in order]


@dataclass
class Activation:
    """What was seen of one tensor: the range of each channel, and how channels go together."""

    low: np.ndarray
    high: np.ndarray
    gram: np.ndarray  # (channels, channels): sum over tokens of x xT

    def add(self, rows: np.ndarray) -> None:
        self.low, self.high = np.minimum(self.low, rows.min(0)), np.maximum(self.high, rows.max(0))
        self.gram += rows.T @ rows

    @staticmethod
    def empty(channels: int) -> "Activation":
        return Activation(np.full(channels, np.inf), np.full(channels, -np.inf), np.zeros((channels, channels), np.float32))


def observe(fp32: Path, texts: list[str]) -> dict[str, Activation]:
    """Runs the fp32 model on `texts` and watches every tensor that will be quantised."""
    model = onnx.load(str(fp32))
    names = quantised_inputs(model.graph)
    model.graph.output.extend(helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    seen: dict[str, Activation] = {}
    ids = sorted(encode(texts), key=len)
    for start in range(0, len(ids), 32):
        input_ids, mask = pad(ids[start : start + 32])
        for name, value in zip(names, session.run(names, {"input_ids": input_ids, "attention_mask": mask})):
            # padded positions are no activations that a text produces
            real = value[mask.astype(bool)] if value.ndim == 3 else value
            seen.setdefault(name, Activation.empty(real.shape[1])).add(real)
    return seen


def smoothing(seen: Activation, strength: float) -> np.ndarray:
    """What each channel is divided by before it is quantised, so that no channel sets the range alone.

    After SmoothQuant (Xiao et al., 2022). The weights take the factor back.
    """
    width = np.maximum(np.maximum(-seen.low, seen.high), 1e-3)
    return ((width / np.median(width)) ** strength).astype(np.float32)


def quantise_columns(weight: np.ndarray, gram: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(int8 weight, scale of each column) with |value| <= 64, rounded for the inputs it will see.

    After GPTQ (Frantar et al., 2022): each row's rounding error is made up for by the rows that
    follow, as far as their inputs go together with its own.
    """
    scale = np.abs(weight).max(0) / WEIGHT_LEVELS
    scale[scale == 0] = 1.0
    damped = gram.astype(np.float64)
    damped[np.diag_indices_from(damped)] += DAMPING * np.diag(damped).mean() + 1e-9
    spread = np.linalg.cholesky(np.linalg.inv(damped)).T
    left, quantised = weight.astype(np.float64).copy(), np.zeros(weight.shape, np.int8)
    for i in range(len(left)):
        quantised[i] = np.clip(np.round(left[i] / scale), -WEIGHT_LEVELS, WEIGHT_LEVELS)
        error = (left[i] - quantised[i] * scale) / spread[i, i]
        left[i + 1 :] -= np.outer(spread[i, i + 1 :], error)
    return quantised, scale.astype(np.float32)


def quantise_rows(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(int8 embedding table, scale of each row); no product of integers, so all eight bits."""
    scale = np.abs(table).max(1, keepdims=True) / 127
    scale[scale == 0] = 1.0
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


class Rewriter:
    """Rewrites one graph; collects new nodes in order and new constants by name."""

    def __init__(self, graph: onnx.GraphProto, seen: dict[str, Activation], strength: float):
        self.constants = initialisers(graph)
        self.seen, self.strength = seen, strength
        self.nodes: list[onnx.NodeProto] = []
        self.contexts: set[str] = set()  # outputs of attention, which are divided at their source

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = value
        return name

    def activation(self, name: str, free: bool) -> tuple[str, str, str, np.ndarray]:
        """(uint8 tensor, scale, zero point, divisor of each channel) of an activation.

        `free`: whoever makes the activation divides it already, so no multiplication is added.
        """
        seen = self.seen[name]
        divisor = smoothing(seen, self.strength)
        source = name
        if not free:
            source = f"{name}_smooth"
            factor = self.constant(f"{name}_factor", 1 / divisor)
            self.nodes.append(helper.make_node("Mul", [name, factor], [source]))
        low, high = min(0.0, (seen.low / divisor).min()), max(0.0, (seen.high / divisor).max())
        scale = max((high - low) / 255, 1e-8)
        scale_name = self.constant(f"{name}_scale", np.array(scale, np.float32))
        zero = self.constant(f"{name}_zero", np.array(np.clip(round(-low / scale), 0, 255), np.uint8))
        self.nodes.append(helper.make_node("QuantizeLinear", [source, scale_name, zero], [f"{name}_u8"]))
        return f"{name}_u8", scale_name, zero, divisor

    def weight(self, name: str, source: str, divisor: np.ndarray, transposed: bool = False) -> tuple[str, str, str]:
        value = self.constants.pop(name)
        gram = self.seen[source].gram / np.outer(divisor, divisor)
        quantised, scale = quantise_columns((value.T if transposed else value) * divisor[:, None], gram)
        zero = self.constant(f"{name}_zero", np.zeros(scale.shape, np.int8))
        return self.constant(f"{name}_i8", quantised), self.constant(f"{name}_scale", scale), zero

    def matmul(self, node: onnx.NodeProto, transposed: bool = False) -> None:
        u8, scale, zero, divisor = self.activation(node.input[0], free=node.input[0] in self.contexts)
        i8, columns, weight_zero = self.weight(node.input[1], node.input[0], divisor, transposed)
        bias = [node.input[2]] if len(node.input) > 2 else []
        inputs = [u8, i8, scale, columns, zero, weight_zero, *bias]
        self.nodes.append(helper.make_node("MatMulIntegerToFloat", inputs, list(node.output), domain="com.microsoft"))

    def attention(self, node: onnx.NodeProto) -> None:
        weight, bias, context = node.input[1], node.input[2], node.output[0]
        # A context channel is an average of one value channel: dividing that column of the value
        # projection divides the context, at no cost when the model runs.
        divisor = smoothing(self.seen[context], self.strength)
        third = len(divisor)
        for name in (weight, bias):
            changed = self.constants[name].copy()
            changed[..., 2 * third :] /= divisor
            self.constants[name] = changed
        self.contexts.add(context)
        u8, scale, zero, divisor = self.activation(node.input[0], free=False)
        i8, columns, weight_zero = self.weight(weight, node.input[0], divisor)
        mask = node.input[3] if len(node.input) > 3 else ""
        inputs = [u8, i8, bias, scale, columns, mask, zero, weight_zero]
        heads = next(a.i for a in node.attribute if a.name == "num_heads")
        self.nodes.append(
            helper.make_node("QAttention", inputs, list(node.output), domain="com.microsoft", num_heads=heads, unidirectional=0)
        )

    def gather(self, node: onnx.NodeProto) -> None:
        table, index, out = node.input[0], node.input[1], node.output[0]
        quantised, scale = quantise_rows(self.constants.pop(table))
        i8, rows = self.constant(f"{table}_i8", quantised), self.constant(f"{table}_scale", scale)
        self.nodes += [
            helper.make_node("Gather", [i8, index], [f"{out}_i8"], axis=0),
            helper.make_node("Gather", [rows, index], [f"{out}_scale"], axis=0),
            helper.make_node("Cast", [f"{out}_i8"], [f"{out}_f32"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{out}_f32", f"{out}_scale"], [out]),
        ]

    def rewrite(self, node: onnx.NodeProto) -> None:
        known = len(node.input) > 1 and node.input[1] in self.constants
        if node.op_type == "Attention" and known:
            self.attention(node)
        elif node.op_type == "MatMul" and known:
            self.matmul(node)
        elif node.op_type == "Gemm" and known:
            transposed = any(a.name == "transB" and a.i for a in node.attribute)
            self.matmul(node, transposed)
        elif node.op_type == "Gather" and self.constants.get(node.input[0], np.zeros(0)).ndim == 2:
            self.gather(node)
        else:
            self.nodes.append(node)


def quantize(fp32: Path, out: Path, texts: list[str] | None = None, strength: float = STRENGTH) -> None:
    """Writes the int8 model for the fp32 one."""
    seen = observe(fp32, texts or calibration_texts())
    model = onnx.load(str(fp32))
    rewriter = Rewriter(model.graph, seen, strength)
    for node in model.graph.node:
        rewriter.rewrite(node)
    used = {name for node in rewriter.nodes for name in node.input}
    graph = helper.make_graph(
        rewriter.nodes, "barometer", model.graph.input, model.graph.output,
        [numpy_helper.from_array(value, name) for name, value in rewriter.constants.items() if name in used],
    )
    written = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version, producer_name="barometer")
    out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(written, str(out))
