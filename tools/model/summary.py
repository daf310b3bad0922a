"""What the first sentence of a summary adds to a headline's tone: measured on feed documents that were read for it.

    python summary.py FOLDER           prints how the shipped model reads the title alone, and with the first sentence
    python summary.py FOLDER --list    prints the texts that were drawn, with their hash: what a reader labels

FOLDER holds feed documents as sites published them (RSS, Atom, RDF); with an index.json in it, only those that it calls
real captures count. The texts belong to their publishers: `labels/summary.tsv` keeps what a reader said of each by hash
(of title and sentence), and the rows are drawn again from the folder. feedparser reads the documents; nothing else needs it.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator
from math import comb
from pathlib import Path

import numpy as np

from behaviour import shipped
from data import LABELS
from labels import FOLDER
from paths import MODEL
from scoring import RESAMPLES, accuracy, f1, interval, logits, session
from summary_texts import Item, drawn, items
from texts import encode

LABELLED = FOLDER / "summary.tsv"
"""Hash, valence of title and sentence, valence of the title alone where it was read before the sentence, and whether it is news."""
RUNS = 5

def labels() -> dict[str, dict[str, str]]:
    with open(LABELLED, encoding="utf-8", newline="") as file:
        return {row["hash"]: row for row in csv.DictReader(file, delimiter="\t")}


def class_of(valence: int) -> int:
    return int(np.sign(valence)) + 1


def paired(truth: np.ndarray, one: np.ndarray, other: np.ndarray, measure) -> tuple[float, list[float]]:
    """`measure` of `other` less that of `one`, and its 95 % interval by drawing rows again, both on the same rows."""
    generator, n = np.random.default_rng(3), len(truth)
    differences = [measure(truth[i], other[i]) - measure(truth[i], one[i]) for i in (generator.integers(0, n, n) for _ in range(RESAMPLES))]
    return measure(truth, other) - measure(truth, one), np.quantile(differences, [0.025, 0.975]).tolist()


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p of McNemar's test: how often a fair coin parts the changed rows at least as unevenly."""
    n, few = gained + lost, min(gained, lost)
    return min(1.0, 2 * sum(comb(n, k) for k in range(few + 1)) / 2**n)


def compared(name: str, truth: np.ndarray, alone: np.ndarray, read: np.ndarray) -> str:
    """A line: how well `read` does, and against the title alone."""
    text = f"  {name:24}"
    for measure in (accuracy, f1):
        low, high = interval(measure, truth, read)
        text += f" {measure(truth, read):.3f} ({low:.3f} to {high:.3f})"
    if read is not alone:
        for measure in (accuracy, f1):
            difference, (low, high) = paired(truth, alone, read, measure)
            text += f" {difference:+.3f} ({low:+.3f} to {high:+.3f})"
        was, now = alone.argmax(-1), read.argmax(-1)
        gained, lost = int(((was != truth) & (now == truth)).sum()), int(((was == truth) & (now != truth)).sum())
        text += f"  labels changed {(was != now).mean():.1%}, put right {gained}, made wrong {lost}, p = {mcnemar(gained, lost):.2f}"
    return text


def cost(model: Path, readings: dict[str, list[str]]) -> Iterator[str]:
    """Tokens a text, and the shortest of some runs in batches of 32; the readings take turns, since other work may run beside them."""
    loaded, times = session(model / "onnx" / "model_quantized.onnx"), {name: np.inf for name in readings}
    for _ in range(RUNS):
        for name, texts in readings.items():
            begun = time.perf_counter()
            logits(loaded, texts)
            times[name] = min(times[name], time.perf_counter() - begun)
    for name, texts in readings.items():
        lengths = [len(ids) for ids in encode(texts)]
        yield f"  {name:24} {np.mean(lengths):.1f} tokens a text, {max(lengths)} at most; {1000 * times[name] / len(texts):.2f} ms a text"


def read_twice(found: list[tuple[Item, dict[str, str]]], alone: np.ndarray, joined: np.ndarray) -> Iterator[str]:
    """Of the texts whose title was labelled before the sentence was seen: how often the two labels differ, and what that means."""
    twice = np.array([label["title_valence"] != "" for _, label in found])
    title = np.array([class_of(int(label["title_valence"])) for _, label in found if label["title_valence"]])
    both = np.array([class_of(int(label["valence"])) for _, label in found if label["title_valence"]])
    alone, joined, same = alone[twice], joined[twice], title == both
    yield f"The reader gave {(~same).sum()} of {len(same)} titles another label once the sentence was read. Accuracy, difference from the title alone:"
    for name, truth, rows in (("by the later label", both, same | ~same), ("by the title's label", title, same | ~same), ("where the two agree", both, same), ("where they differ", both, ~same)):
        difference, (low, high) = paired(truth[rows], alone[rows], joined[rows], accuracy)
        yield f"  {name:24} {accuracy(truth[rows], alone[rows]):.3f} alone, {accuracy(truth[rows], joined[rows]):.3f} joined, {difference:+.3f} ({low:+.3f} to {high:+.3f}), {rows.sum()} texts"


def report(found: list[tuple[Item, dict[str, str]]], model: Path) -> Iterator[str]:
    """What main prints, line by line."""
    texts = [item for item, _ in found]
    readings = {
        "title alone": [item.title for item in texts],
        "title. first sentence": [item.joined(". ") for item in texts],
        "title - first sentence": [item.joined(" - ") for item in texts],
        "first sentence alone": [item.sentence for item in texts],
    }
    of = {name: shipped(model)(given) for name, given in readings.items()}
    of["mean of the two alone"] = (of["title alone"] + of["first sentence alone"]) / 2
    truth = np.array([class_of(int(label["valence"])) for _, label in found])
    news = np.array([label["kind"] == "news" for _, label in found])
    for kind, rows in (("news", news), ("news and others", np.ones(len(found), bool))):
        counts = ", ".join(f"{(truth[rows] == i).sum()} {name}" for i, name in enumerate(LABELS))
        yield f"{rows.sum()} texts, {kind} ({counts}): accuracy, macro-F1, difference of both from the title alone"
        alone = of["title alone"][rows]
        yield from (compared(name, truth[rows], alone, alone if name == "title alone" else read[rows]) for name, read in of.items())
    yield from read_twice(found, of["title alone"], of["title. first sentence"])
    yield "Cost, news and others:"
    yield from cost(model, readings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of feed documents")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of a model as the product loads it")
    parser.add_argument("--list", action="store_true", help="print the texts instead")
    options = parser.parse_args()
    rows = drawn(list(items(options.folder)))
    if options.list:
        for item in rows:
            print(item.hash, "news" if item.news else "other", item.title, item.sentence, sep="\t")
        return
    known = labels()
    found = [(item, known[item.hash]) for item in rows if item.hash in known]
    if len(found) < len(known):
        print(f"{len(known) - len(found)} of {len(known)} labelled texts are not in {options.folder}.")
    if not found:
        raise SystemExit(f"{options.folder} has none of the texts that were labelled.")
    for line in report(found, options.model):
        print(line)


if __name__ == "__main__":
    main()
