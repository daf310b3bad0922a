"""What the student learns from: the teachers' soft labels, and the labelled rows of every head."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import data as corpus
from data import HEADS
from paths import WORK
from texts import TRAINING_TOKENS, encode
from training import VALENCE_TARGETS, Examples, labelled

# How much a soft label counts for each head; the teacher knows these two definitions only.
SOFT_WEIGHTS = {"tone": 1.0, "sentfin": 0.25}
# On labelled tone rows the target is this part the label, the rest the teacher.
LABEL_SHARE = 0.6
LABELLED_WEIGHT = 2.0  # a label that was read counts twice as much as a teacher's guess
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


def student_examples(data: Path, epochs: int, seed: int) -> tuple[Examples, list[np.ndarray]]:
    """All rows, and which of them each epoch reads."""
    unlabelled, tone = corpus.unlabelled_rows(data), corpus.split_news_tone(data)[0]
    stored = np.load(WORK / "soft-labels.npz")
    probabilities, valence = stored["probabilities"].copy(), stored["valence"].copy()
    count = len(probabilities) - len(tone)  # teach.py may have been told to label fewer headlines
    for i, row in enumerate(tone, start=count):
        probabilities[i, 0] = LABEL_SHARE * VALENCE_TARGETS[row.valence + 2] + (1 - LABEL_SHARE) * probabilities[i, 0]
        valence[i] = LABEL_SHARE * row.valence + (1 - LABEL_SHARE) * valence[i]
    examples = softly_labelled([r.text for r in unlabelled[:count] + tone], probabilities, valence)
    examples.weights[count:, HEADS.index("tone")] = LABELLED_WEIGHT
    plan = [[np.arange(len(examples))] for _ in range(epochs)]
    rows, generator = corpus.training_rows(data), np.random.default_rng(seed)
    for head, weight in AUXILIARY_WEIGHT.items():
        first = len(examples)
        examples += labelled(rows[head], head, weight)
        order = np.tile(generator.permutation(np.arange(first, len(examples))), AUXILIARY_PASSES[head])
        for epoch, part in enumerate(np.array_split(order, epochs)):
            plan[epoch].append(part)
    return examples, [np.concatenate(parts) for parts in plan]
