"""Writes manifest.json: the files that the product loads, each with its size and SHA-256.

    python manifest.py
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from data import LABELS
from paths import MODEL

LOADED = ("calibration.json", "config.json", "onnx/model_quantized.onnx", "tokenizer.json", "tokenizer_config.json")
LIMIT = 24_000_000


def manifest(folder: Path) -> dict:
    files = []
    for name in sorted(LOADED):
        content = (folder / name).read_bytes()
        files.append({"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    lines = "\n".join(f"{f['path']}:{f['sha256']}" for f in files)
    return {
        "schemaVersion": 1,
        "id": "barometer-distilbert-news",
        "revision": hashlib.sha256(lines.encode()).hexdigest()[:12],
        "modelType": "distilbert",
        "classes": list(LABELS),
        "files": files,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    folder = parser.parse_args().model
    written = manifest(folder)
    (folder / "manifest.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    total = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    print(f"revision {written['revision']}, {total:,} bytes in all")
    if total > LIMIT:
        raise SystemExit(f"over the limit of {LIMIT:,} bytes")


if __name__ == "__main__":
    main()
