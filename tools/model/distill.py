"""What the student learns from: the teachers' soft labels, the labelled rows of every head, and the behavioural suite's part for training."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

import behaviour
import data as corpus
from data import HEADS, Row
from paths import TOOL, WORK
from scoring import calibrated_report
from texts import TRAINING_TOKENS, encode
from training import Examples, labelled

PACKED = TOOL / "labels" / "teachers.npz"
STEPS = 50  # of a valence, in its packed form

# How much a soft label counts for each head; the teacher knows these two definitions only.
SOFT_WEIGHTS = {"tone": 1.0, "sentfin": 0.25}
LABELLED_WEIGHT = 1.0  # a label that was read counts as much as the teachers' guess at the same headline
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


def of_each_teacher(rows: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Probabilities (folds, rows, heads, 3) and valences (folds, rows) of the teachers trained here; None without them."""
    folders = [WORK / "soft-labels" / str(fold) for fold in range(corpus.FOLDS)]
    read = [[np.load(path) for path in sorted(folder.glob("*.npz"))] for folder in folders]
    if not any(read):
        return None
    probabilities, valence = ([np.concatenate([part[name] for part in parts]) if parts else [] for parts in read] for name in ("probabilities", "valence"))
    for fold, found in enumerate(valence):
        if len(found) != rows:
            raise SystemExit(f"Teacher {fold} has labelled {len(found)} of {rows} headlines: run teach.py --label {fold}")
    return np.stack(probabilities).astype(np.float32), np.stack(valence).astype(np.float32)


def cross_fitted(data: Path, rows: list[Row], alone: int | None = None) -> tuple[np.ndarray, np.ndarray] | None:
    """Probabilities (rows, heads, 3) and valences (rows) of `data.soft_rows` from the teachers trained here; None without them.

    A labelled row has those of the teacher that did not learn from it. Another has the mean of five, or those of the one
    teacher named: in cross-validation, of the one that has not seen the fifth that judges.
    """
    each = of_each_teacher(len(rows))
    if each is None:
        return None
    labelled_texts = {corpus.fingerprint(row.text) for row in corpus.training_rows(data)["tone"]}
    probabilities, valence = (part.mean(0) if alone is None else part[alone].copy() for part in each)
    for place, row in enumerate(rows):
        if corpus.fingerprint(row.text) in labelled_texts:
            fold = corpus.fold_of(row.text)
            probabilities[place], valence[place] = each[0][fold, place], each[1][fold, place]
    return probabilities, valence


def soft_labels(data: Path, rows: list[Row], fold: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """As `cross_fitted`; of the teachers trained here, else those kept in the repository, which are of no single fold."""
    trained = cross_fitted(data, rows, fold)
    if trained is not None:
        return trained
    if fold is not None or not PACKED.exists():
        raise SystemExit("No soft labels yet: run teach.py --fold and teach.py --label for 0 to 4")
    packed = np.load(PACKED)
    if len(packed["valence"]) != len(rows):
        raise SystemExit(f"{PACKED.name} is of {len(packed['valence'])} headlines, not of these {len(rows)}: train the teachers again")
    probabilities = np.full((len(rows), len(HEADS), 3), 1 / 3, np.float32)
    for column, head in enumerate(SOFT_WEIGHTS):
        of_head = packed["probabilities"][:, column].astype(np.float32)
        probabilities[:, HEADS.index(head)] = of_head / of_head.sum(-1, keepdims=True)
    return probabilities, packed["valence"].astype(np.float32) / STEPS


def pack(data: Path) -> None:
    """Keeps the soft labels in the repository, in whole 255ths: training the teachers anew takes hours."""
    rows = corpus.soft_rows(data)
    trained = cross_fitted(data, rows)
    if trained is None:
        raise SystemExit("No soft labels yet: run teach.py --fold and teach.py --label for 0 to 4")
    probabilities, valence = trained
    heads = probabilities[:, [HEADS.index(head) for head in SOFT_WEIGHTS]]
    whole = np.clip(np.rint(heads * 255), 1, 255).astype(np.uint8)
    np.savez_compressed(PACKED, probabilities=whole, valence=np.clip(np.rint(valence * STEPS), -127, 127).astype(np.int8))


def judge_teachers(data: Path) -> dict:
    """Cross-validated figures of the teachers on train.news-tone: each row by the one that did not learn from it."""
    rows = corpus.soft_rows(data)
    probabilities, _ = soft_labels(data, rows)
    labels = {corpus.fingerprint(row.text): row.label for row in corpus.split_news_tone(data)[0]}
    judged = [place for place, row in enumerate(rows) if corpus.fingerprint(row.text) in labels]
    truth = np.array([corpus.LABEL_ID[labels[corpus.fingerprint(rows[place].text)]] for place in judged])
    return calibrated_report(truth, probabilities[judged, 0])


def student_examples(data: Path, epochs: int, seed: int, fold: int | None = None, labelled_weight: float = LABELLED_WEIGHT) -> tuple[Examples, list[np.ndarray]]:
    """All rows, and which of them each epoch reads; with a fold, nothing that belongs to it."""
    everything = corpus.soft_rows(data)
    probabilities, valence = soft_labels(data, everything, fold)
    kept = [place for place, row in enumerate(everything) if fold is None or corpus.fold_of(row.text) != fold]
    texts, probabilities, valence = [everything[place].text for place in kept], probabilities[kept], valence[kept]
    rows, generator = corpus.training_rows(data), np.random.default_rng(seed)
    tone = corpus.without_fold(rows["tone"], fold)
    examples = softly_labelled(texts, probabilities, valence)
    examples += labelled(tone, "tone", labelled_weight)
    examples += labelled(behaviour.training_rows(), "tone", BEHAVIOUR_WEIGHT)
    # the same headline about somebody else keeps its tone, and so does the same headline in another form
    for change, number in ((behaviour.swapped, seed), (behaviour.swapped, seed + 2), (behaviour.reformed, seed)):
        again = change(texts, number)
        places = [place for place, _ in again]
        examples += softly_labelled([text for _, text in again], probabilities[places], valence[places])
    again = behaviour.swapped([row.text for row in tone], seed + 1)
    examples += labelled([replace(tone[place], text=text) for place, text in again], "tone", labelled_weight)
    plan = [[np.arange(len(examples))] for _ in range(epochs)]
    for head, weight in AUXILIARY_WEIGHT.items():
        first = len(examples)
        examples += labelled(rows[head], head, weight)
        order = np.tile(generator.permutation(np.arange(first, len(examples))), AUXILIARY_PASSES[head])
        for epoch, part in enumerate(np.array_split(order, epochs)):
            plan[epoch].append(part)
    return examples, [np.concatenate(parts) for parts in plan]
