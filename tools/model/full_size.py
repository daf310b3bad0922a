"""A full-size DistilBERT (67 M parameters) with random weights, for the comparison of speed.

    python full_size.py --out .work/full-size

Time does not depend on the values of the weights. It goes through the same export, fusion and
quantisation as the shipped model; `<out>/fp32` and `<out>/int8` load like it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from export import export_fp32, write_settings
from model import FULL, SequenceClassifier
from paths import WORK
from quantize import quantize

TEXTS = ["Central bank holds rates as inflation cools", "Flood destroys homes", "Village celebrates first clean well"] * 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WORK / "full-size")
    options = parser.parse_args()
    torch.manual_seed(0)
    model = SequenceClassifier(FULL)
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters")
    fp32 = export_fp32(model, options.out / "fp32", FULL)
    write_settings(options.out / "int8", FULL)
    quantize(fp32, options.out / "int8" / "onnx" / "model_quantized.onnx", TEXTS)


if __name__ == "__main__":
    main()
