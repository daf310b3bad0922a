"""Runs an ONNX model the way the product does, and measures what comes out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort

from data import LABEL_ID, LABELS, Row
from texts import encode, pad
from training import macro_f1, softmax

BINS = 15
RESAMPLES = 2000


def session(path: Path, threads: int = 2) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(model: ort.InferenceSession, ids: list[list[int]], length: int | None = None) -> np.ndarray:
    input_ids, mask = pad(ids, length)
    return model.run(["logits"], {"input_ids": input_ids, "attention_mask": mask})[0]


def logits(model: ort.InferenceSession, texts: list[str], batch: int = 32) -> np.ndarray:
    """Logits (rows, 3) in the order of `texts`, batched by token length."""
    ids = encode(texts)
    order = np.argsort([len(r) for r in ids], kind="stable")
    out = np.zeros((len(ids), 3), np.float32)
    for start in range(0, len(order), batch):
        index = order[start : start + batch]
        out[index] = run(model, [ids[i] for i in index])
    return out


def gold(rows: list[Row]) -> np.ndarray:
    return np.array([LABEL_ID[r.label] for r in rows])


def tone(probabilities: np.ndarray) -> np.ndarray:
    """P(positive) - P(negative), in -1..1."""
    return probabilities[:, 2] - probabilities[:, 0]


def calibration_error(truth: np.ndarray, probabilities: np.ndarray, bins: int = BINS) -> float:
    """Expected calibration error of the predicted label, in `bins` equal confidence bins."""
    confidence, right = probabilities.max(-1), probabilities.argmax(-1) == truth
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    parts = [(index == b) for b in range(bins)]
    return float(sum(abs(right[p].mean() - confidence[p].mean()) * p.mean() for p in parts if p.any()))


def interval(measure, truth: np.ndarray, probabilities: np.ndarray, seed: int = 3) -> list[float]:
    """95 % bootstrap interval of `measure(truth, probabilities)`."""
    generator, n = np.random.default_rng(seed), len(truth)
    values = [measure(truth[i], probabilities[i]) for i in (generator.integers(0, n, n) for _ in range(RESAMPLES))]
    return [round(float(v), 4) for v in np.quantile(values, [0.025, 0.975])]


def accuracy(truth: np.ndarray, probabilities: np.ndarray) -> float:
    return float((probabilities.argmax(-1) == truth).mean())


def f1(truth: np.ndarray, probabilities: np.ndarray) -> float:
    return macro_f1(truth, probabilities.argmax(-1))


def report(truth: np.ndarray, probabilities: np.ndarray) -> dict:
    """Accuracy and macro-F1 (over the labels that occur) with intervals, and the confusion table."""
    guess = probabilities.argmax(-1)
    confusion = [[int(((truth == i) & (guess == j)).sum()) for j in range(3)] for i in range(3)]
    per_class = {}
    for i, label in enumerate(LABELS):
        hit = confusion[i][i]
        predicted, actual = sum(row[i] for row in confusion), sum(confusion[i])
        per_class[label] = {
            "precision": round(hit / predicted, 4) if predicted else None,
            "recall": round(hit / actual, 4) if actual else None,
            "rows": actual,
        }
    return {
        "rows": len(truth),
        "accuracy": round(accuracy(truth, probabilities), 4),
        "accuracyInterval": interval(accuracy, truth, probabilities),
        "macroF1": round(f1(truth, probabilities), 4),
        "macroF1Interval": interval(f1, truth, probabilities),
        "perClass": per_class,
        "confusion": confusion,
    }


def calibrated_report(truth: np.ndarray, probabilities: np.ndarray) -> dict:
    """`report`, and the calibration error with its interval."""
    return {
        **report(truth, probabilities),
        "calibrationError": round(calibration_error(truth, probabilities), 4),
        "calibrationErrorInterval": interval(calibration_error, truth, probabilities),
    }


def softened(values: np.ndarray, temperature: float) -> np.ndarray:
    return softmax(values / temperature)
