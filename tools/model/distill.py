"""What the student learns from: the teachers' soft labels, the labelled rows of every head, and the behavioural suite's part for training."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

import behaviour
import data as corpus
from data import HEADS
from paths import TOOL, WORK
from texts import TRAINING_TOKENS, encode
from training import Examples, labelled

PACKED = TOOL / "labels" / "teacher-1.npz"
STEPS = 50  # of a valence, in its packed form

# How much a soft label counts for each head; the teacher knows these two definitions only.
SOFT_WEIGHTS = {"tone": 1.0, "sentfin": 0.25}
LABELLED_WEIGHT = 2.0  # a label that was read counts twice as much as a teacher's guess
BEHAVIOUR_WEIGHT = 1.0
# Weight, and number of passes over all epochs, of the other labelled heads. Reviews and long news
# sentences cost time and serve heads that do not ship.
AUXILIARY_WEIGHT = {"sentfin": 0.5, "newsmtsc": 0.3, "reviews": 0.3, "dynasent": 0.3}
AUXILIARY_PASSES = {"sentfin": 2, "newsmtsc": 1, "reviews": 1, "dynasent": 1}


def softly_labelled(texts: list[str], probabilities: np.ndarray, valence: np.ndarray) -> Examples:
    """Unlabelled texts with the teachers' probabilities (rows, heads, 3) and valence."""
    weights = np.zeros((len(texts), len(HEADS)), np.float32)
    for head, weight in SOFT_WEIGHTS.items():
        weights[:, HEADS.index(head)] = weight
    known = np.ones(len(texts), np.float32)
    return Examples(encode(texts, TRAINING_TOKENS), probabilities.astype(np.float32), weights, valence.astype(np.float32), known)


def soft_labels(headlines: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places among the unlabelled headlines, probabilities (rows, heads, 3) and valence: of the teacher trained here, else those kept in the repository."""
    stored = [np.load(path) for path in sorted((WORK / "soft-labels").glob("*.npz"))]
    if stored:
        return tuple(np.concatenate([s[n] for s in stored]) for n in ("index", "probabilities", "valence"))
    if not PACKED.exists():
        raise SystemExit("No soft labels yet: run teach.py, then teach.py --label")
    packed = np.load(PACKED)
    if len(packed["valence"]) != headlines:
        raise SystemExit(f"{PACKED.name} is of {len(packed['valence'])} headlines, not of these {headlines}: run teach.py, then teach.py --label")
    probabilities = np.full((headlines, len(HEADS), 3), 1 / 3, np.float32)
    for column, head in enumerate(SOFT_WEIGHTS):
        of_head = packed["probabilities"][:, column].astype(np.float32)
        probabilities[:, HEADS.index(head)] = of_head / of_head.sum(-1, keepdims=True)
    return np.arange(headlines), probabilities, packed["valence"].astype(np.float32) / STEPS


def pack(headlines: int) -> None:
    """Keeps the soft labels in the repository, in whole 255ths: training the teacher anew takes an hour."""
    index, probabilities, valence = soft_labels(headlines)
    order = np.argsort(index)
    if not np.array_equal(index[order], np.arange(headlines)):
        raise SystemExit("Some headlines have no soft label yet: run teach.py --label")
    heads = probabilities[order][:, [HEADS.index(head) for head in SOFT_WEIGHTS]]
    whole = np.clip(np.rint(heads * 255), 1, 255).astype(np.uint8)
    np.savez_compressed(PACKED, probabilities=whole, valence=np.clip(np.rint(valence[order] * STEPS), -127, 127).astype(np.int8))


def student_examples(data: Path, epochs: int, seed: int) -> tuple[Examples, list[np.ndarray]]:
    """All rows, and which of them each epoch reads."""
    unlabelled = corpus.unlabelled_rows(data)
    index, probabilities, valence = soft_labels(len(unlabelled))
    rows, generator = corpus.training_rows(data), np.random.default_rng(seed)
    texts = [unlabelled[i].text for i in index]
    examples = softly_labelled(texts, probabilities, valence)
    examples += labelled(rows["tone"], "tone", LABELLED_WEIGHT)
    examples += labelled(behaviour.training_rows(), "tone", BEHAVIOUR_WEIGHT)
    # the same headline about somebody else keeps its tone
    again = behaviour.swapped(texts, seed)
    places = [place for place, _ in again]
    examples += softly_labelled([text for _, text in again], probabilities[places], valence[places])
    again = behaviour.swapped([row.text for row in rows["tone"]], seed + 1)
    examples += labelled([replace(rows["tone"][place], text=text) for place, text in again], "tone", LABELLED_WEIGHT)
    plan = [[np.arange(len(examples))] for _ in range(epochs)]
    for head, weight in AUXILIARY_WEIGHT.items():
        first = len(examples)
        examples += labelled(rows[head], head, weight)
        order = np.tile(generator.permutation(np.arange(first, len(examples))), AUXILIARY_PASSES[head])
        for epoch, part in enumerate(np.array_split(order, epochs)):
            plan[epoch].append(part)
    return examples, [np.concatenate(parts) for parts in plan]
