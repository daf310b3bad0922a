"""`model:export`: trained weights to ONNX, fused and quantised, with the files the product loads.

    python export.py [--weights .work/student-1/weights.pt] [--out models/barometer-distilbert-news]

Writes the fp32 model to .work/barometer-fp32/ (for comparison only) and the int8 model to
`--out`. Run calibrate.py afterwards, then manifest.py.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import onnx
import torch
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from data import HEADS, LABELS
from fold import backbone, folded_encoder
from model import COMPACT, MultiHead, SequenceClassifier, Size
from paths import MODEL, WORK
from texts import MAX_TOKENS

OPSET = 17


def config(size: Size) -> dict:
    """config.json as `DistilBertForSequenceClassification` reads it."""
    return {
        "model_type": "distilbert",
        "architectures": ["DistilBertForSequenceClassification"],
        "activation": "gelu",
        "attention_dropout": 0.1,
        "dim": size.width,
        "dropout": 0.1,
        "hidden_dim": size.inner,
        "id2label": {str(i): name for i, name in enumerate(LABELS)},
        "initializer_range": 0.02,
        "label2id": {name: i for i, name in enumerate(LABELS)},
        "max_position_embeddings": size.positions,
        "n_heads": size.heads,
        "n_layers": size.layers,
        "pad_token_id": 0,
        "qa_dropout": 0.1,
        "seq_classif_dropout": 0.1,
        "sinusoidal_pos_embds": False,
        "tie_weights_": True,
        "vocab_size": size.vocabulary,
    }


def write_tokenizer(folder: Path) -> None:
    """The backbone's tokenizer, truncating at what the positions allow and never padding by itself."""
    tokenizer = json.loads((backbone() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = None
    tokenizer["truncation"] = None
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    settings = {
        "tokenizer_class": "DistilBertTokenizer",
        "do_lower_case": True,
        "do_basic_tokenize": True,
        "tokenize_chinese_chars": True,
        "strip_accents": None,
        "clean_up_tokenization_spaces": True,
        "model_max_length": MAX_TOKENS,
        "unk_token": "[UNK]",
        "sep_token": "[SEP]",
        "pad_token": "[PAD]",
        "cls_token": "[CLS]",
        "mask_token": "[MASK]",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def write_settings(folder: Path, size: Size) -> None:
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config(size), indent=2) + "\n", encoding="utf-8")
    write_tokenizer(folder)


def to_onnx(model: SequenceClassifier, path: Path) -> None:
    """The plain export, rows and tokens dynamic."""
    ids = torch.randint(1000, 2000, (2, 9))
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    torch.onnx.export(
        model.eval(), (ids, mask), str(path), dynamo=False, opset_version=OPSET, do_constant_folding=True,
        input_names=["input_ids", "attention_mask"], output_names=["logits"],
        dynamic_axes={"input_ids": {0: "rows", 1: "tokens"}, "attention_mask": {0: "rows", 1: "tokens"}, "logits": {0: "rows"}},
    )


def fuse(plain: Path, fused: Path, size: Size) -> dict[str, int]:
    """Fuses attention, GELU and layer norm; answers how many of each operator remain."""
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # it wants a segment input, which DistilBERT has not
    result = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=size.heads, hidden_size=size.width, optimization_options=options, opt_level=0
    )
    result.save_model_to_file(str(fused))
    return operators(fused)


def operators(path: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    for node in onnx.load(str(path)).graph.node:
        counts[node.op_type] = counts.get(node.op_type, 0) + 1
    return counts


def trained(weights: Path) -> SequenceClassifier:
    model = MultiHead(folded_encoder(), COMPACT.width, HEADS)
    model.load_state_dict(torch.load(weights, weights_only=True))
    return model.shipped()


def export_fp32(model: SequenceClassifier, folder: Path, size: Size) -> Path:
    """Writes a folder with the fp32 model, loadable by the product."""
    shutil.rmtree(folder, ignore_errors=True)
    write_settings(folder, size)
    plain = WORK / "plain.onnx"
    to_onnx(model, plain)
    counts = fuse(plain, folder / "onnx" / "model.onnx", size)
    plain.unlink()
    if counts.get("Attention") != size.layers:
        raise SystemExit(f"Attention was not fused in every layer: {counts}")
    print(f"{folder.name}: {counts}")
    return folder / "onnx" / "model.onnx"


def main() -> None:
    from quantize import quantize

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WORK / "student-1" / "weights.pt")
    parser.add_argument("--fp32", type=Path, default=WORK / "barometer-fp32")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    fp32 = export_fp32(trained(options.weights), options.fp32, COMPACT)
    write_settings(options.out, COMPACT)
    quantize(fp32, options.out / "onnx" / "model_quantized.onnx")
    print(f"int8: {(options.out / 'onnx' / 'model_quantized.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
