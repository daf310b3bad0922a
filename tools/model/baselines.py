"""Two baselines for the same tables: TF-IDF with logistic regression, and VADER.

    python baselines.py            writes .work/baselines.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import data as corpus
from paths import WORK, add_data_argument
from scoring import accuracy, gold, report

VADER_BAND = 0.05  # its authors' threshold for neutral


def tfidf(data: Path):
    """Words and word pairs, trained on train.news-tone; the strength chosen on its held-out tenth."""
    training, held = corpus.split_news_tone(data)
    best, best_accuracy = None, -1.0
    for strength in (0.5, 1.0, 2.0, 4.0, 8.0):
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, strip_accents="unicode"),
            LogisticRegression(C=strength, max_iter=2000),
        ).fit([r.text for r in training], gold(training))
        reached = accuracy(gold(held), model.predict_proba([r.text for r in held]))
        if reached > best_accuracy:
            best, best_accuracy = model, reached
    return best


def vader(texts: list[str]) -> np.ndarray:
    """One-hot rows: VADER gives a score, not probabilities."""
    analyser = SentimentIntensityAnalyzer()
    scores = np.array([analyser.polarity_scores(t)["compound"] for t in texts])
    return np.eye(3)[1 + (scores >= VADER_BAND).astype(int) - (scores <= -VADER_BAND).astype(int)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    options = parser.parse_args()
    model, found = tfidf(options.data), {}
    for name in corpus.EVAL_FILES:
        rows = corpus.read(options.data, name)
        texts, truth = [r.text for r in rows], gold(rows)
        found[name] = {"tfidf": report(truth, model.predict_proba(texts)), "vader": report(truth, vader(texts))}
        print(name, *(f"{k} {v['accuracy']:.3f}/{v['macroF1']:.3f}" for k, v in found[name].items()))
    WORK.mkdir(exist_ok=True)
    (WORK / "baselines.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
