"""`model:train`: the student, from hard labels alone or from the teachers' soft labels.

    python train.py --plain          the backbone on labelled rows only (also the first step)
    python train.py                  the shipped student: soft labels from teach.py
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

import data as corpus
from fold import folded_encoder
from model import COMPACT, MultiHead
from paths import WORK, add_data_argument

from training import Examples, Settings, fit, labelled


def plain_examples(data: Path, auxiliary: bool) -> Examples:
    rows = corpus.training_rows(data)
    examples = labelled(rows["tone"], "tone")
    for head in corpus.HEADS[1:] if auxiliary else ():
        examples += labelled(rows[head], head, weight=0.5)
    return examples


def student(seed: int) -> MultiHead:
    torch.manual_seed(seed)
    return MultiHead(folded_encoder(), COMPACT.width, corpus.HEADS)


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
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    held = corpus.split_news_tone(options.data)[1]
    plan = None
    if options.plain:
        examples = plain_examples(options.data, options.auxiliary)
        out = options.out or WORK / f"plain-{options.seed}"
    else:
        from distill import student_examples

        examples, plan = student_examples(options.data, options.epochs, options.seed)
        out = options.out or WORK / f"student-{options.seed}"
    settings = Settings(epochs=options.epochs, rate=options.rate, batch=options.batch, seed=options.seed)
    fit(student(options.seed), COMPACT.layers, examples, held, settings, out, plan=plan)


if __name__ == "__main__":
    main()
