"""Tokenisation as the product does it, and batches of similar length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from fold import backbone

MAX_TOKENS = 512  # what the product truncates to, special tokens included
TRAINING_TOKENS = 64  # no headline is longer; the longest twentieth of NewsMTSC is cut


def tokenizer(path: Path | None = None, max_tokens: int = MAX_TOKENS) -> Tokenizer:
    """A tokenizer file with truncation to `max_tokens` and no padding."""
    loaded = Tokenizer.from_file(str(path or backbone() / "tokenizer.json"))
    loaded.no_padding()
    loaded.enable_truncation(max_tokens)
    return loaded


def encode(texts: list[str], max_tokens: int = MAX_TOKENS, path: Path | None = None) -> list[list[int]]:
    return [e.ids for e in tokenizer(path, max_tokens).encode_batch(texts)]


def pad(ids: list[list[int]], length: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(input_ids, attention_mask), int64, padded on the right with 0."""
    length = length or max(len(row) for row in ids)
    input_ids = np.zeros((len(ids), length), np.int64)
    mask = np.zeros((len(ids), length), np.int64)
    for i, row in enumerate(ids):
        input_ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return input_ids, mask


def pad_tensors(ids: list[list[int]], device: torch.device | str = "cpu") -> tuple[torch.Tensor, torch.Tensor]:
    input_ids, mask = pad(ids)
    return torch.from_numpy(input_ids).to(device), torch.from_numpy(mask).to(device)


def buckets(lengths: np.ndarray, size: int, generator: np.random.Generator) -> list[np.ndarray]:
    """Shuffled batches whose rows have similar length, so that little is spent on padding."""
    order = generator.permutation(len(lengths))
    batches: list[np.ndarray] = []
    for start in range(0, len(order), size * 64):
        chunk = order[start : start + size * 64]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        batches.extend(chunk[i : i + size] for i in range(0, len(chunk), size))
    generator.shuffle(batches)
    return batches
