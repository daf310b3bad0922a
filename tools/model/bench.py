"""Speed in Python, the same runtime as the product's: one text at a time, and batches of 32.

    python bench.py            this model and the full-size one, int8 and fp32, two threads

The product's own figures come from `npm run bench:model`.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

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


def measure(path: Path, ids: list[list[int]], threads: int, rounds: int) -> dict[str, float]:
    """p50 and p99 in milliseconds, and texts a second in batches of 32."""
    model = session(path, threads)
    for row in ids:
        run(model, [row])
    single = []
    for _ in range(rounds):
        for row in ids:
            started = time.perf_counter()
            run(model, [row])
            single.append((time.perf_counter() - started) * 1000)
    batch, rates = ids[4:36], []
    for _ in range(max(3, rounds)):
        started = time.perf_counter()
        run(model, batch)
        rates.append(32 / (time.perf_counter() - started))
    # medians: the machine has other things to do, and a pause is not the model's speed
    return {"p50": float(np.median(single)), "p99": float(np.quantile(single, 0.99)), "rate": float(np.median(rates))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    ids = texts()
    for name, path in MODELS.items():
        m = measure(path, ids, options.threads, options.rounds)
        print(f"{name:18} p50 {m['p50']:7.2f} ms  p99 {m['p99']:7.2f} ms  {m['rate']:7.0f} texts/s")


if __name__ == "__main__":
    main()
