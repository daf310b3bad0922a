"""Speed in Python, the same runtime as the product's: one text at a time, and batches of 32.

    python bench.py            this model and the full-size one, int8 and fp32, two threads

The product's own figures come from `npm run bench:model`.
"""

from __future__ import annotations

import argparse
import json
import time
import numpy as np

from paths import FIXTURES, MODEL, WORK
from scoring import run, session
from texts import encode

MODELS = {
    "this model, int8": MODEL / "onnx" / "model_quantized.onnx",
    "this model, fp32": WORK / "barometer-fp32" / "onnx" / "model.onnx",
    "full size, int8": WORK / "full-size" / "int8" / "onnx" / "model_quantized.onnx",
    "full size, fp32": WORK / "full-size" / "fp32" / "onnx" / "model.onnx",
}


def texts() -> list[list[int]]:
    lines = (FIXTURES / "forty.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(encode([json.loads(line)["text"] for line in lines]), key=len)


def measure(threads: int, rounds: int) -> list[dict]:
    """p50 and p99 in milliseconds, and texts a second in batches of 32, for each model.

    The models take turns, so that other work on the machine slows all of them alike; medians,
    because a pause is not the model's speed.
    """
    ids, batch = texts(), texts()[4:36]
    sessions = {name: session(path, threads) for name, path in MODELS.items()}
    single: dict[str, list[float]] = {name: [] for name in MODELS}
    rates: dict[str, list[float]] = {name: [] for name in MODELS}
    for turn in range(rounds + 1):
        for name, model in sessions.items():
            for row in ids:
                started = time.perf_counter()
                run(model, [row])
                single[name].append((time.perf_counter() - started) * 1000)
            for _ in range(4):
                started = time.perf_counter()
                run(model, batch)
                rates[name].append(len(batch) / (time.perf_counter() - started))
            if turn == 0:  # the first turn warms the models up
                single[name].clear(), rates[name].clear()
    return [
        {
            "model": name,
            "p50": round(float(np.median(single[name])), 2),
            "p99": round(float(np.quantile(single[name], 0.99)), 2),
            "textsPerSecond": round(float(np.median(rates[name]))),
        }
        for name in MODELS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    found = measure(options.threads, options.rounds)
    for m in found:
        print(f"{m['model']:18} p50 {m['p50']:7.2f} ms  p99 {m['p99']:7.2f} ms  {m['textsPerSecond']:7} texts/s")
    (WORK / "speed.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
