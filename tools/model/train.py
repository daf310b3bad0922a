"""`model:train`: the student, from hard labels alone or from the teachers' soft labels.

    python train.py --plain          the backbone on labelled rows only (also the first step)
    python train.py                  the shipped student: soft labels from teach.py
    python train.py --fold 0         the same without a fifth of the tone rows, and what it makes of that fifth; so 1 to 4
    python train.py --judge          accuracy and macro-F1 over the five fifths (cross-validation), with 95 % intervals
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import data as corpus
from fold import folded_encoder
from model import COMPACT, MultiHead
from paths import WORK, add_data_argument
from scoring import calibrated_report
from training import Examples, Settings, fit, labelled, predict, softmax, student_ids


def plain_examples(data: Path, auxiliary: bool) -> Examples:
    rows = corpus.training_rows(data)
    examples = labelled(rows["tone"], "tone")
    for head in corpus.HEADS[1:] if auxiliary else ():
        examples += labelled(rows[head], head, weight=0.5)
    return examples


def student(seed: int) -> MultiHead:
    torch.manual_seed(seed)
    return MultiHead(folded_encoder(), COMPACT.width, corpus.HEADS)


def read_fold(model: MultiHead, data: Path, fold: int, out: Path) -> None:
    """Keeps what a student makes of the fifth of train.news-tone that it has not seen: probabilities (rows, 3) and labels (rows)."""
    rows = [row for row in corpus.split_news_tone(data)[0] if corpus.fold_of(row.text) == fold]
    logits, _ = predict(model, student_ids([row.text for row in rows]))
    np.savez(out / "fold.npz", probabilities=softmax(logits[:, 0]), truth=np.array([corpus.LABEL_ID[row.label] for row in rows]))


def fold_folders(stem: Path) -> list[Path]:
    return [stem.with_name(f"{stem.name}-{fold}") for fold in range(corpus.FOLDS)]


def judge(folders: list[Path]) -> dict:
    """Cross-validated figures of the students in `folders`, one a fold, as `scoring.calibrated_report` has them."""
    parts = [np.load(folder / "fold.npz") for folder in folders]
    truth, probabilities = (np.concatenate([part[name] for part in parts]) for name in ("truth", "probabilities"))
    return {
        **calibrated_report(truth, probabilities),
        "folds": [round(float((part["probabilities"].argmax(-1) == part["truth"]).mean()), 4) for part in parts],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--plain", action="store_true", help="labelled rows only, no teacher")
    parser.add_argument("--auxiliary", action="store_true", help="with --plain: the other label definitions too")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="per process; 1 with torch.distributed.run")
    parser.add_argument("--fold", type=int, choices=range(corpus.FOLDS), help="leave this fifth out, and read it at the end")
    parser.add_argument("--labelled-weight", type=float, default=None, help="how much a label that was read counts beside the teachers' guess at 1")
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--out", type=Path, default=None, help="with --judge: what comes before -0 to -4 in the names of the folders")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.judge:
        print(json.dumps(judge(fold_folders(options.out or WORK / "student-fold")), indent=1))
        return
    held = corpus.split_news_tone(options.data)[1]
    plan = None
    if options.plain:
        examples = plain_examples(options.data, options.auxiliary)
        out = options.out or WORK / f"plain-{options.seed}"
    else:
        from distill import LABELLED_WEIGHT, student_examples

        weight = LABELLED_WEIGHT if options.labelled_weight is None else options.labelled_weight
        examples, plan = student_examples(options.data, options.epochs, options.seed, options.fold, weight)
        out = options.out or WORK / (f"student-{options.seed}" if options.fold is None else f"student-fold-{options.fold}")
    settings = Settings(epochs=options.epochs, rate=options.rate, batch=options.batch, seed=options.seed)
    model = fit(student(options.seed), COMPACT.layers, examples, held, settings, out, plan=plan)
    if options.fold is not None:
        read_fold(model, options.data, options.fold, out)


if __name__ == "__main__":
    main()
