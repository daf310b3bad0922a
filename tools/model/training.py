"""One training loop for teachers and students: soft targets for several heads at once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from data import HEADS, LABEL_ID, Row
from parallel import EVERY, Group
from texts import TRAINING_TOKENS, buckets, pad_tensors
from texts import encode as encode_texts

# How the five steps of valence soften the three labels: a reader of "mildly negative" hesitates
# towards neutral, never towards positive. Rows: valence -2, -1, 0, 1, 2.
VALENCE_TARGETS = np.array(
    [[0.97, 0.025, 0.005], [0.88, 0.11, 0.01], [0.055, 0.90, 0.045], [0.01, 0.11, 0.88], [0.005, 0.025, 0.97]],
    np.float32,
)


DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

Encode = Callable[[list[str]], list[list[int]]]


def student_ids(texts: list[str]) -> list[list[int]]:
    return encode_texts(texts, TRAINING_TOKENS)


@dataclass
class Examples:
    """Texts with a target distribution and a weight for each head; weight 0 means unknown."""

    ids: list[list[int]] = field(default_factory=list)
    targets: np.ndarray = field(default_factory=lambda: np.zeros((0, len(HEADS), 3), np.float32))
    weights: np.ndarray = field(default_factory=lambda: np.zeros((0, len(HEADS)), np.float32))
    valence: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.float32))
    valence_weight: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.float32))

    def __len__(self) -> int:
        return len(self.ids)

    def __add__(self, other: "Examples") -> "Examples":
        return Examples(
            self.ids + other.ids,
            *(np.concatenate([getattr(self, n), getattr(other, n)]) for n in ("targets", "weights", "valence", "valence_weight")),
        )


def labelled(rows: list[Row], head: str, weight: float = 1.0, smoothing: float = 0.05, encode: Encode = student_ids) -> Examples:
    """Hard labels as slightly softened targets of one head; tone rows are softened by valence."""
    targets = np.zeros((len(rows), len(HEADS), 3), np.float32)
    weights = np.zeros((len(rows), len(HEADS)), np.float32)
    column = HEADS.index(head)
    weights[:, column] = weight
    valence = np.zeros(len(rows), np.float32)
    for i, row in enumerate(rows):
        if row.valence is not None:
            targets[i, column] = VALENCE_TARGETS[row.valence + 2]
            valence[i] = row.valence
        else:
            targets[i, column] = smoothing / 3
            targets[i, column, LABEL_ID[row.label]] += 1 - smoothing
    known = np.array([float(r.valence is not None) for r in rows], np.float32)
    return Examples(encode([r.text for r in rows]), targets, weights, valence, known)


@dataclass(frozen=True)
class Settings:
    epochs: int
    rate: float
    batch: int = 32
    head_rate: float = 5e-4
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.06
    valence_weight: float = 0.2
    ema: float = 0.998
    seed: int = 1


def layer_rates(model: nn.Module, settings: Settings, layers: int) -> list[dict]:
    """Parameter groups: the lower the layer, the slower it learns; heads are new and learn fast."""
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("heads."):
            rate = settings.head_rate
        elif ".layer." in name:
            rate = settings.rate * settings.layer_decay ** (layers - 1 - int(name.split(".layer.")[1].split(".")[0]))
        else:
            rate = settings.rate * settings.layer_decay**layers
        decay = 0.0 if parameter.ndim == 1 else settings.weight_decay
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay})
    merged: dict[tuple[float, float], dict] = {}
    for group in groups:
        key = (group["peak"], group["weight_decay"])
        merged.setdefault(key, {**group, "params": []})["params"] += group["params"]
    return list(merged.values())


def soft_loss(logits, valence, targets, weights, valence_target, valence_weight, settings: Settings):
    """Cross-entropy with soft targets over all heads, plus the valence regression."""
    per_head = -(targets * F.log_softmax(logits.float(), -1)).sum(-1)
    classes = (per_head * weights).sum() / len(targets)
    regression = (F.smooth_l1_loss(valence.float(), valence_target, reduction="none") * valence_weight).mean()
    return classes + settings.valence_weight * regression


@torch.no_grad()
def predict(model: nn.Module, ids: list[list[int]], batch: int = 64) -> tuple[np.ndarray, np.ndarray]:
    """(logits[rows, heads, 3], valence[rows]) in the order of `ids`."""
    model.eval()
    order = np.argsort([len(r) for r in ids], kind="stable")
    logits = np.zeros((len(ids), len(model.heads), 3), np.float32)
    valence = np.zeros(len(ids), np.float32)
    device = next(model.parameters()).device
    for start in range(0, len(order), batch):
        index = order[start : start + batch]
        with torch.autocast(device.type, torch.bfloat16):
            l, v = model(*pad_tensors([ids[i] for i in index], device))
        logits[index], valence[index] = l.float().cpu().numpy(), v.float().cpu().numpy()
    return logits, valence


def softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)


def macro_f1(gold: np.ndarray, guess: np.ndarray) -> float:
    scores = []
    for label in sorted(set(gold.tolist())):
        hit = ((gold == label) & (guess == label)).sum()
        scores.append(2 * hit / max(1, (gold == label).sum() + (guess == label).sum()))
    return float(np.mean(scores))


def selection_score(model: nn.Module, held: list[Row], encode: Encode = student_ids) -> dict[str, float]:
    """Accuracy, macro-F1 and log loss of the tone head on the held-out tenth."""
    gold = np.array([LABEL_ID[r.label] for r in held])
    logits, _ = predict(model, encode([r.text for r in held]))
    p = softmax(logits[:, 0])
    return {
        "accuracy": float((p.argmax(-1) == gold).mean()),
        "macroF1": macro_f1(gold, p.argmax(-1)),
        "logLoss": float(-np.log(p[np.arange(len(gold)), gold] + 1e-9).mean()),
    }


def fit(
    model: nn.Module,
    layers: int,
    examples: Examples,
    held: list[Row],
    settings: Settings,
    out: Path,
    plan: list[np.ndarray] | None = None,
    encode: Encode = student_ids,
) -> nn.Module:
    """Trains, writes a checkpoint and a log line an epoch, and returns the averaged weights.

    `plan` names the rows that each epoch reads, all of them if not given. A run that was cut
    off goes on from `<out>/checkpoint.pt`.
    """
    out.mkdir(parents=True, exist_ok=True)
    together = Group()
    torch.manual_seed(settings.seed + 1000 * together.rank)  # dropout differs, the order of rows does not
    generator = np.random.default_rng(settings.seed)
    model = model.to(DEVICE)
    optimiser = torch.optim.AdamW(layer_rates(model, settings, layers), fused=True)  # no temporaries
    lengths = np.array([len(r) for r in examples.ids])
    plan = plan or [np.arange(len(examples))] * settings.epochs
    steps = sum(-(-len(part) // settings.batch) for part in plan) // together.size
    trained = [p for p in model.parameters() if p.requires_grad]
    average, step, first = deepcopy(model), 0, 0
    if (out / "checkpoint.pt").exists():
        state = torch.load(out / "checkpoint.pt", weights_only=True, map_location=DEVICE)
        model.load_state_dict(state["model"]), average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        step, first = state["step"], state["epoch"]
        for part in plan[:first]:  # so that the order of rows goes on as it would have
            buckets(lengths[part], settings.batch, generator)
    targets, weights = torch.from_numpy(examples.targets).to(DEVICE), torch.from_numpy(examples.weights).to(DEVICE)
    valence, valence_weight = torch.from_numpy(examples.valence).to(DEVICE), torch.from_numpy(examples.valence_weight).to(DEVICE)
    for epoch in range(first, settings.epochs):
        model.train()
        started, total, mark = time.time(), 0.0, time.time()
        part = plan[epoch]
        batches = together.share([part[index] for index in buckets(lengths[part], settings.batch, generator)])
        for count, index in enumerate(batches, 1):
            done = step / steps
            factor = min(1.0, done / settings.warmup) if settings.warmup else 1.0
            factor *= 1.0 if done < settings.warmup else max(0.0, (1 - done) / (1 - settings.warmup))
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * factor
            with torch.autocast(DEVICE, torch.bfloat16):
                logits, guess = model(*pad_tensors([examples.ids[i] for i in index], DEVICE))
            loss = soft_loss(logits, guess, targets[index], weights[index], valence[index], valence_weight[index], settings)
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0, foreach=True)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step, total = step + 1, total + loss.detach()
            if step % EVERY == 0:  # averaging each step would cost a tenth of the time
                together.average(trained)
                decay = min(settings.ema, (step + 1) / (step + 10)) ** EVERY
                with torch.no_grad():
                    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - decay)
            if together.first and time.time() - mark > 60:
                mark = time.time()
                rate = count * settings.batch * together.size / (mark - started)
                print(f"  epoch {epoch + 1} batch {count}/{len(batches)} loss {float(total) / count:.4f} {rate:.0f} texts/s", flush=True)
        together.average(trained)
        if not together.first:
            continue
        line = {
            "epoch": epoch + 1, "loss": round(float(total) / len(batches), 4), "seconds": round(time.time() - started),
            "textsPerSecond": round(len(part) / (time.time() - started), 1),
            "last": selection_score(model, held, encode), "average": selection_score(average, held, encode),
        }
        print(json.dumps(line), flush=True)
        with open(out / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                    "step": step, "epoch": epoch + 1}, out / "checkpoint.pt")
    if not together.first:
        return average.eval()
    (out / "settings.json").write_text(json.dumps({**asdict(settings), "examples": len(examples)}, indent=2))
    torch.save({name: part.cpu() for name, part in average.state_dict().items()}, out / "weights.pt")
    return average.eval()
