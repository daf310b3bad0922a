"""Reads the labelled and unlabelled headlines, and keeps evaluation out of training.

One rule holds everything together: a text that appears in an evaluation file, or in the
held-out tenth of train.news-tone, is never seen by an optimiser.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LABELS = ("negative", "neutral", "positive")
LABEL_ID = {name: index for index, name in enumerate(LABELS)}

# A head for each label definition: NewsMTSC judges the target, SEntFiN the finance of an
# entity, the others reviews. As one label they would contradict each other.
HEADS = ("tone", "newsmtsc", "sentfin", "reviews", "dynasent")
TRAIN_FILES = {
    "train.news-tone": "tone",
    "train.news-tone-2": "tone",
    "train.newsmtsc": "newsmtsc",
    "train.sentfin": "sentfin",
    "train.sst5": "reviews",
    "train.uci-amazon": "reviews",
    "train.uci-imdb": "reviews",
    "train.dynasent-r1": "dynasent",
}
EVAL_FILES = {
    "eval.news-tone.dev": "tone",
    "eval.sentfin.dev": "sentfin",
    "eval.newsmtsc.dev_rw": "newsmtsc",
    "eval.newsmtsc.dev_mt": "newsmtsc",
    "eval.sst2.dev": "reviews",
    "eval.dynasent-r2.dev": "dynasent",
}
UNLABELLED = "unlabelled.headlines"
HELD_OUT_SEED = 20261122
FOLDS = 5


@dataclass(frozen=True)
class Row:
    text: str
    label: str | None = None
    valence: int | None = None


def read(data: Path, name: str) -> list[Row]:
    """Rows of `<data>/<name>.jsonl`, in file order."""
    with open(data / f"{name}.jsonl", encoding="utf-8") as lines:
        parsed = [json.loads(line) for line in lines if line.strip()]
    return [Row(r["text"], r.get("label"), r.get("valence")) for r in parsed]


def fingerprint(text: str) -> str:
    """What two texts share when a reader would call them the same: letters and digits only."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def fold_of(text: str) -> int:
    """The fifth (0 to 4) that a text belongs to in cross-validation; texts that a reader would call the same share it."""
    return int(hashlib.sha256(fingerprint(text).encode()).hexdigest()[:8], 16) % FOLDS


def split_news_tone(data: Path) -> tuple[list[Row], list[Row]]:
    """(training rows, held-out tenth), stratified by label, the same on every run."""
    rows = read(data, "train.news-tone")
    generator = np.random.default_rng(HELD_OUT_SEED)
    held: set[int] = set()
    for label in LABELS:
        index = np.array([i for i, r in enumerate(rows) if r.label == label])
        held.update(generator.permutation(index)[: len(index) // 10].tolist())
    held_texts = {fingerprint(rows[i].text) for i in held}
    training = [r for i, r in enumerate(rows) if i not in held and fingerprint(r.text) not in held_texts]
    return training, [rows[i] for i in sorted(held)]


def forbidden(data: Path) -> set[str]:
    """Fingerprints that no training row may have: every evaluation text and the held-out tenth."""
    texts = {fingerprint(r.text) for name in EVAL_FILES for r in read(data, name)}
    return texts | {fingerprint(r.text) for r in split_news_tone(data)[1]}


def tone_rows(data: Path) -> list[Row]:
    """Headlines with a tone that was read, without the held-out tenth: the files', and those kept by hash."""
    from labels import join  # here, since it reads with this module

    kept_by_hash = [Row(row["text"], row["label"], row["valence"]) for row in join(data)]
    return split_news_tone(data)[0] + read(data, "train.news-tone-2") + kept_by_hash


def training_rows(data: Path) -> dict[str, list[Row]]:
    """Labelled training rows for each head, without anything forbidden, and a headline once."""
    banned = forbidden(data)
    rows: dict[str, list[Row]] = {head: [] for head in HEADS}
    rows["tone"] = list({fingerprint(row.text): row for row in reversed(tone_rows(data))}.values())[::-1]
    for name, head in TRAIN_FILES.items():
        if head != "tone":
            rows[head].extend(read(data, name))
    return {head: [row for row in found if fingerprint(row.text) not in banned] for head, found in rows.items()}


def without_fold(rows: list[Row], fold: int | None) -> list[Row]:
    """Rows outside of a fifth; all rows where it is None."""
    return rows if fold is None else [row for row in rows if fold_of(row.text) != fold]


def soft_rows(data: Path) -> list[Row]:
    """What the teachers label: every unlabelled headline, then every labelled tone row of training, a text once."""
    rows = unlabelled_rows(data) + training_rows(data)["tone"]
    once: dict[str, Row] = {}
    for row in rows:
        once.setdefault(fingerprint(row.text), row)
    return list(once.values())


def unlabelled_rows(data: Path) -> list[Row]:
    """Unlabelled headlines, without duplicates, evaluation texts or labelled tone headlines."""
    seen = forbidden(data) | {fingerprint(r.text) for r in split_news_tone(data)[0]}
    rows = []
    for row in read(data, UNLABELLED):
        key = fingerprint(row.text)
        if key and key not in seen:
            seen.add(key)
            rows.append(row)
    return rows
