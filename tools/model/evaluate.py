"""`model:evaluate`: measures the shipped int8 model and writes metrics.json and the model card.

    python evaluate.py [--weights .work/student-1/weights.pt]

The tone head is measured as it ships (int8). The other heads never ship; they are measured in
fp32 from the training weights. Needs baselines.py and export.py to have run.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import behaviour
import card
import data as corpus
from distill import judge_teachers
from fold import folded_encoder
from model import COMPACT, MultiHead
from paths import FIXTURES, MODEL, WORK, add_data_argument
from scoring import calibration_error, gold, interval, logits, report, run, session, softened, tone
from texts import encode, pad_tensors
from train import fold_folders, judge
from training import softmax

LONG_TEXT_TOKENS = 200


@torch.no_grad()
def head_logits(model: MultiHead, texts: list[str]) -> np.ndarray:
    """fp32 logits (rows, heads, 3)."""
    ids = encode(texts)
    order = np.argsort([len(r) for r in ids], kind="stable")
    out = np.zeros((len(ids), len(corpus.HEADS), 3), np.float32)
    for start in range(0, len(order), 32):
        index = order[start : start + 32]
        out[index] = model(*pad_tensors([ids[i] for i in index]))[0].numpy()
    return out


def with_binary(result: dict, truth: np.ndarray, probabilities: np.ndarray) -> dict:
    """Adds the accuracy between the two poles where a set has no neutral rows."""
    if (truth != 1).all():
        two = np.where(probabilities[:, 2] >= probabilities[:, 0], 2, 0)
        result["binaryAccuracy"] = round(float((two == truth).mean()), 4)
    return result


def sets(data: Path, int8, heads: MultiHead, temperature: float, baselines: dict) -> dict:
    found = {}
    for name, head in corpus.EVAL_FILES.items():
        rows = corpus.read(data, name)
        texts, truth = [r.text for r in rows], gold(rows)
        shipped = softened(logits(int8, texts), temperature)
        own = softmax(head_logits(heads, texts)[:, corpus.HEADS.index(head)])
        found[name] = {
            "head": head,
            "toneHead": with_binary(report(truth, shipped), truth, shipped) | {"ece": round(calibration_error(truth, shipped), 4)},
            "ownHead": with_binary(report(truth, own), truth, own),
            **baselines[name],
        }
    return found


def calibration(data: Path, int8, stored: dict) -> dict:
    rows = corpus.read(data, "eval.news-tone.dev")
    truth, values = gold(rows), logits(int8, [r.text for r in rows])
    p, raw = softened(values, stored["temperature"]), softmax(values)
    right, doubt = p.argmax(-1) == truth, p.max(-1) < stored["uncertainBelow"]
    return {
        "temperature": stored["temperature"],
        "uncertainBelow": stored["uncertainBelow"],
        "ece": round(calibration_error(truth, p), 4),
        "eceInterval": interval(calibration_error, truth, p),
        "eceWithoutTemperature": round(calibration_error(truth, raw), 4),
        "uncertainShare": round(float(doubt.mean()), 4),
        "accuracyCertain": round(float(right[~doubt].mean()), 4),
        "accuracyUncertain": round(float(right[doubt].mean()), 4) if doubt.any() else None,
    }


def compression(data: Path, int8, fp32, temperature: float) -> dict:
    """int8 against fp32 on every evaluation set."""
    found = {}
    for name in corpus.EVAL_FILES:
        rows = corpus.read(data, name)
        texts, truth = [r.text for r in rows], gold(rows)
        small, full = (softened(logits(m, texts), temperature) for m in (int8, fp32))
        difference = np.abs(tone(small) - tone(full))
        found[name] = {
            "agreement": round(float((small.argmax(-1) == full.argmax(-1)).mean()), 4),
            "accuracyInt8": round(float((small.argmax(-1) == truth).mean()), 4),
            "accuracyFp32": round(float((full.argmax(-1) == truth).mean()), 4),
            "toneDifferenceP99": round(float(np.quantile(difference, 0.99)), 4),
        }
    return found


def batches(data: Path, int8, temperature: float) -> dict:
    """Each dev headline alone, in full batches of 32, and beside a text of 200 tokens."""
    ids = encode([r.text for r in corpus.read(data, "eval.news-tone.dev")])
    long = encode(["The committee said on Monday that the report would be published later . " * 40], LONG_TEXT_TOKENS)[0]
    alone = np.concatenate([run(int8, [row]) for row in ids])
    full = np.concatenate([run(int8, ids[i : i + 32]) for i in range(0, len(ids), 32)])
    beside = np.concatenate([run(int8, [row, long])[:1] for row in ids])
    reference, found = softened(alone, temperature), {}
    for name, values in (("fullBatches", full), ("besideLongText", beside)):
        p = softened(values, temperature)
        found[name] = {
            "labelFlips": round(float((p.argmax(-1) != reference.argmax(-1)).mean()), 4),
            "toneDifferenceP99": round(float(np.quantile(np.abs(tone(p) - tone(reference)), 0.99)), 6),
            "toneDifferenceMax": round(float(np.abs(tone(p) - tone(reference)).max()), 6),
        }
    return found


def forty(int8, temperature: float) -> dict:
    lines = (FIXTURES / "forty.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [corpus.Row(**json.loads(line)) for line in lines]
    p = softened(logits(int8, [r.text for r in rows]), temperature)
    wrong = [
        {"text": r.text, "label": r.label, "said": corpus.LABELS[int(g)], "confidence": round(float(c), 3)}
        for r, g, c in zip(rows, p.argmax(-1), p.max(-1))
        if corpus.LABELS[int(g)] != r.label
    ]
    return {"rows": len(rows), "right": len(rows) - len(wrong), "wrong": wrong}


def failures(data: Path, int8, temperature: float, count: int = 10) -> list[dict]:
    """The most confident mistakes on news-tone dev, poles confused first."""
    rows = corpus.read(data, "eval.news-tone.dev")
    truth, p = gold(rows), softened(logits(int8, [r.text for r in rows]), temperature)
    guess = p.argmax(-1)
    wrong = [i for i in range(len(rows)) if guess[i] != truth[i]]
    wrong.sort(key=lambda i: (-abs(int(guess[i]) - int(truth[i])), -p[i].max()))
    return [
        {"text": rows[i].text, "label": rows[i].label, "said": corpus.LABELS[guess[i]], "confidence": round(float(p[i].max()), 2)}
        for i in wrong[:count]
    ]


def effort() -> list[dict]:
    """What each epoch of the teachers (their mean) and of the student reached on the held-out tenth, from their logs."""
    found = []
    runs = {"one of five teachers (12 layers, 768 wide; do not ship), in the mean": [f"teacher-{fold}" for fold in range(corpus.FOLDS)], "this model with its soft labels": ["student-1"]}
    for name, folders in runs.items():
        logs = [[json.loads(line) for line in (WORK / folder / "log.jsonl").read_text().splitlines()] for folder in folders if (WORK / folder / "log.jsonl").exists()]
        for lines in zip(*logs):
            mean = {key: round(float(np.mean([line["average"][key] for line in lines])), 4) for key in ("accuracy", "macroF1")}
            found.append({"what": f"{name}, epoch {lines[0]['epoch']}", **mean, "minutes": round(float(np.mean([line["seconds"] for line in lines])) / 60, 1)})
    return found


def cross_validation(data: Path) -> dict | None:
    """Teachers and students on the fifths of train.news-tone that they have not seen (fp32); None where they were not trained here."""
    folders = fold_folders(WORK / "student-fold")
    if not all((folder / "fold.npz").exists() for folder in folders):
        return None
    return {"teachers": judge_teachers(data), "students": judge(folders)}


def behaviours(probabilities_of) -> dict:
    """The behavioural suite on wordings that training never saw: of this model, and of the one before where .work/behaviour-before.json has it."""
    before = WORK / "behaviour-before.json"
    now = behaviour.figures(behaviour.suite("TEST"), probabilities_of)
    return {"now": now, "before": json.loads(before.read_text(encoding="utf-8")) if before.exists() else None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--weights", type=Path, default=WORK / "student-1" / "weights.pt")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--fp32", type=Path, default=WORK / "barometer-fp32" / "onnx" / "model.onnx")
    options = parser.parse_args()
    heads = MultiHead(folded_encoder(), COMPACT.width, corpus.HEADS)
    heads.load_state_dict(torch.load(options.weights, weights_only=True))
    heads.eval()
    int8, fp32 = session(options.model / "onnx" / "model_quantized.onnx"), session(options.fp32)
    stored = json.loads((options.model / "calibration.json").read_text())
    temperature = stored["temperature"]
    baselines = json.loads((WORK / "baselines.json").read_text())
    metrics = {
        "machine": "2 cores of an AMD EPYC, Linux x64",
        "sets": sets(options.data, int8, heads.eval(), temperature, baselines),
        "calibration": calibration(options.data, int8, stored),
        "compression": compression(options.data, int8, fp32, temperature),
        "batchIndependence": batches(options.data, int8, temperature),
        "forty": forty(int8, temperature),
        "failures": failures(options.data, int8, temperature),
        "behaviour": behaviours(lambda texts: softened(logits(int8, texts), temperature)),
        "effort": effort(),
        "crossValidation": cross_validation(options.data),
        "bytes": {"onnx/model_quantized.onnx": (options.model / "onnx" / "model_quantized.onnx").stat().st_size},
    }
    speed = WORK / "speed.json"
    if speed.exists():
        metrics["speed"] = json.loads(speed.read_text())
    (options.model / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    card.write(options.model, metrics)
    dev = metrics["sets"]["eval.news-tone.dev"]["toneHead"]
    print(f"news-tone dev: {dev['accuracy']} / {dev['macroF1']}, ECE {metrics['calibration']['ece']}, forty {metrics['forty']['right']}/40")


if __name__ == "__main__":
    main()
