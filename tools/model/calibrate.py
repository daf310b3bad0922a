"""Fits the temperature, last, on the int8 model and on held-out training rows only.

    python calibrate.py

Writes calibration.json beside the model: probabilities are softmax(logits / temperature), and a
score is `uncertain` when the probability of its label is under `uncertainBelow`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

import data as corpus
from paths import MODEL, add_data_argument
from scoring import gold, logits, session, softened

UNCERTAIN_BELOW = 0.6


def log_loss(values: np.ndarray, truth: np.ndarray, temperature: float) -> float:
    p = softened(values, temperature)
    return float(-np.log(np.maximum(p[np.arange(len(truth)), truth], 1e-9)).mean())


def fit_temperature(values: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the lowest log loss; golden-section search, the loss has one valley."""
    low, high, ratio = 0.2, 5.0, (5**0.5 - 1) / 2
    for _ in range(60):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if log_loss(values, truth, a) < log_loss(values, truth, b):
            high = b
        else:
            low = a
    return round((low + high) / 2, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    held = corpus.split_news_tone(options.data)[1]
    values = logits(session(options.model / "onnx" / "model_quantized.onnx"), [r.text for r in held])
    temperature = fit_temperature(values, gold(held))
    calibration = {
        "temperature": temperature,
        "uncertainBelow": UNCERTAIN_BELOW,
        "labels": list(corpus.LABELS),
        "fittedOn": {"rows": len(held), "what": "a held-out tenth of train.news-tone, never trained on", "logLoss": round(log_loss(values, gold(held), temperature), 4)},
    }
    (options.model / "calibration.json").write_text(json.dumps(calibration, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(calibration))


if __name__ == "__main__":
    main()
