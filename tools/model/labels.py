"""Labels that readers gave to unlabelled headlines, kept by hash: the headlines belong to their publishers.

    python labels.py join               writes .work/news-tone-by-hash.jsonl: the labels beside their headlines, for training
    python labels.py agree              prints how far the readers agree on the rows that all of them read
    python labels.py align SCORES       checks that no reader slipped by a line; SCORES is what `barometer score` wrote for the headlines
    python labels.py collect FOLDER NAME  takes over into labels/NAME.tsv what readers wrote: FOLDER/in/*.tsv (id, headline),
                                        FOLDER/out/<batch>.<reader>.tsv (id, valence), FOLDER/kinds.json (id to random, hard or common)

The files `labels/news-tone-*.tsv` have a row a label, in the order in which it was read: hash of the headline, valence (-2 to 2, as
in label_guidelines.md), reader, batch, and why the headline was chosen.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import LABELS, UNLABELLED, fingerprint, forbidden, read
from paths import TOOL, WORK, default_data

FOLDER = TOOL / "labels"
BLOCK = 60
"""Rows within which a reader who skipped a line would show."""


@dataclass(frozen=True)
class Reading:
    hash: str
    valence: int
    reader: str
    batch: str
    kind: str

    @property
    def label(self) -> str:
        return LABELS[(self.valence > 0) - (self.valence < 0) + 1]


def hash_of(text: str) -> str:
    """16 hex digits that two texts share when their letters and digits are the same."""
    return hashlib.sha256(fingerprint(text).encode()).hexdigest()[:16]


def readings() -> list[Reading]:
    found = []
    for path in sorted(FOLDER.glob("news-tone-*.tsv")):
        with open(path, encoding="utf-8", newline="") as file:
            found += [Reading(r["hash"], int(r["valence"]), r["reader"], r["batch"], r["kind"]) for r in csv.DictReader(file, delimiter="\t")]
    return found


def median(valences: list[int]) -> int:
    """The middle one; of two middle ones the one nearer to neutral, as the guidelines have it for a reader who is torn."""
    ordered = sorted(valences)
    return min(ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2], key=abs)


def headlines(data: Path) -> dict[str, str]:
    return {hash_of(row.text): row.text for row in read(data, UNLABELLED)}


def join(data: Path) -> list[dict]:
    """Rows to train with: each headline once, by the median of its readers; none that judges the model."""
    texts, banned = headlines(data), forbidden(data)
    votes: dict[str, list[Reading]] = defaultdict(list)
    for one in readings():
        votes[one.hash].append(one)
    rows = []
    for key, given in votes.items():
        text = texts.get(key)
        if text is None or fingerprint(text) in banned:
            continue
        valence = median([one.valence for one in given])
        rows.append({"text": text, "label": LABELS[(valence > 0) - (valence < 0) + 1], "valence": valence, "source": f"by hash, {given[0].kind}"})
    return rows


def kappa(one: list[str], other: list[str]) -> float:
    """Cohen's kappa of two lists of labels (Cohen 1960)."""
    observed = float(np.mean([a == b for a, b in zip(one, other)]))
    counts = Counter(one), Counter(other)
    expected = sum(counts[0][label] * counts[1][label] for label in LABELS) / len(one) ** 2
    return (observed - expected) / (1 - expected)


def agreement(given: list[Reading]) -> list[tuple[str, str, int, float, float]]:
    """For each two readers: rows that both read, share of equal labels, kappa."""
    by_reader: dict[str, dict[str, str]] = defaultdict(dict)
    for one in given:
        if one.kind == "common":
            by_reader[one.reader][one.hash] = one.label
    found = []
    for a, b in itertools.combinations(sorted(by_reader), 2):
        both = [key for key in by_reader[a] if key in by_reader[b]]
        if both:
            pairs = [by_reader[a][k] for k in both], [by_reader[b][k] for k in both]
            found.append((a, b, len(both), float(np.mean([x == y for x, y in zip(*pairs)])), kappa(*pairs)))
    return found


def slips(given: list[Reading], scores: dict[str, dict[str, float]], offsets: tuple[int, ...] = (-2, -1, 0, 1, 2)) -> list[tuple[str, str, int, int]]:
    """Blocks of a batch in which the model's mean probability of the label is highest beside another row than its own.

    A reader's label at row i is compared with the model's answer for row i + offset. Reader, batch, first row, best offset.
    """
    batches: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for one in given:
        batches[one.reader, one.batch].append(one)
    found = []
    for (reader, batch), rows in sorted(batches.items()):
        for start in range(0, len(rows), BLOCK):
            block = range(start, min(start + BLOCK, len(rows)))

            def mean(offset: int) -> float:
                asked = [(rows[i].label, rows[i + offset].hash) for i in block if 0 <= i + offset < len(rows)]
                return float(np.mean([scores[key][label] for label, key in asked if key in scores] or [0.0]))

            best = max(offsets, key=mean)
            if best != 0 and len(block) >= BLOCK // 2:
                found.append((reader, batch, start, best))
    return found


def collect(folder: Path) -> list[Reading]:
    kinds = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
    found = []
    for written in sorted((folder / "out").glob("*.tsv")):
        batch, reader, _ = written.name.split(".")
        with open(folder / "in" / f"{batch}.tsv", encoding="utf-8") as file:
            texts = dict(line.rstrip("\n").split("\t", 1) for line in file)
        with open(written, encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    key, valence = line.split()
                    if not -2 <= int(valence) <= 2:
                        raise SystemExit(f"{written}: {key} has the valence {valence}, which is none from -2 to 2.")
                    found.append(Reading(hash_of(texts[key]), int(valence), reader, batch, kinds[key]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=default_data())
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("join")
    commands.add_parser("agree")
    commands.add_parser("align").add_argument("scores", type=Path)
    collecting = commands.add_parser("collect")
    collecting.add_argument("folder", type=Path)
    collecting.add_argument("name", help="such as news-tone-4")
    args = parser.parse_args()
    if args.command == "collect":
        found = collect(args.folder)
        path = FOLDER / f"{args.name}.tsv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow(["hash", "valence", "reader", "batch", "kind"])
            writer.writerows([one.hash, one.valence, one.reader, one.batch, one.kind] for one in found)
        print(f"{len(found)} labels in {path.name}")
    elif args.command == "join":
        rows = join(args.data)
        WORK.mkdir(exist_ok=True)
        with open(WORK / "news-tone-by-hash.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        print(f"{len(rows)} headlines: {dict(Counter(row['label'] for row in rows))}")
    elif args.command == "agree":
        for one, other, rows, equal, value in agreement(readings()):
            print(f"{one} and {other}: {rows} rows, {equal:.2f} the same label, kappa {value:.2f}")
    else:
        with open(args.scores, encoding="utf-8") as file:
            scores = {hash_of(row["text"]): row["scores"] for row in map(json.loads, file) if "scores" in row}
        given = readings()
        blocks = sum(-(-count // BLOCK) for count in Counter((one.reader, one.batch) for one in given).values())
        found = slips(given, scores)
        for reader, batch, start, offset in found:
            print(f"{reader}, {batch}, from row {start}: the labels fit best {abs(offset)} {'below' if offset > 0 else 'above'}")
        print(f"{blocks - len(found)} of {blocks} blocks stand beside their own headlines")


if __name__ == "__main__":
    main()
