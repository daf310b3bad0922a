"""The model card: prose from model-card.md, every figure from metrics.json."""

from __future__ import annotations

from pathlib import Path

from paths import TOOL

NAMES = {
    "eval.news-tone.dev": "news-tone dev",
    "eval.sentfin.dev": "SEntFiN dev",
    "eval.newsmtsc.dev_rw": "NewsMTSC dev_rw",
    "eval.newsmtsc.dev_mt": "NewsMTSC dev_mt",
    "eval.sst2.dev": "SST-2 dev",
    "eval.dynasent-r2.dev": "DynaSent r2 dev",
}


def table(header: list[str], rows: list[list[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def scored(result: dict) -> str:
    low, high = result["accuracyInterval"]
    f_low, f_high = result["macroF1Interval"]
    return f"{result['accuracy']:.3f} ({low:.3f}–{high:.3f}) / {result['macroF1']:.3f} ({f_low:.3f}–{f_high:.3f})"


def quality(metrics: dict) -> str:
    rows = []
    for name, found in metrics["sets"].items():
        own = "the same" if found["head"] == "tone" else scored(found["ownHead"])
        rows.append([NAMES[name], found["toneHead"]["rows"], scored(found["toneHead"]), own, scored(found["tfidf"]), scored(found["vader"])])
    header = ["set", "rows", "tone head (ships, int8)", "its own head (fp32, does not ship)", "TF-IDF + logistic regression", "VADER"]
    return table(header, rows)


def binary(metrics: dict) -> str:
    found = metrics["sets"]["eval.sst2.dev"]
    tone, own = found["toneHead"]["binaryAccuracy"], found["ownHead"]["binaryAccuracy"]
    return f"tone head {tone:.3f}, its own head {own:.3f}"


def per_class(metrics: dict) -> str:
    found = metrics["sets"]["eval.news-tone.dev"]["toneHead"]
    rows = []
    for i, (label, values) in enumerate(found["perClass"].items()):
        rows.append([label, f"{values['precision']:.3f}", f"{values['recall']:.3f}", values["rows"], *found["confusion"][i]])
    return table(["label", "precision", "recall", "rows", "read as negative", "as neutral", "as positive"], rows)


def calibration(metrics: dict) -> str:
    c = metrics["calibration"]
    low, high = c["eceInterval"]
    rows = [
        ["temperature", c["temperature"]],
        ["expected calibration error, 15 bins (95 % interval)", f"{c['ece']:.3f} ({low:.3f}–{high:.3f})"],
        ["the same without temperature", f"{c['eceWithoutTemperature']:.3f}"],
        [f"`uncertain`: confidence under {c['uncertainBelow']}", percent(c["uncertainShare"])],
        ["accuracy where certain", percent(c["accuracyCertain"])],
        ["accuracy where uncertain", percent(c["accuracyUncertain"])],
    ]
    return table(["on news-tone dev", ""], rows)


def compression(metrics: dict) -> str:
    rows = [
        [NAMES[n], f"{c['accuracyFp32']:.3f}", f"{c['accuracyInt8']:.3f}", percent(c["agreement"]), f"{c['toneDifferenceP99']:.3f}"]
        for n, c in metrics["compression"].items()
    ]
    return table(["set", "accuracy fp32", "accuracy int8", "same label", "difference of tone, 99th percentile"], rows)


def batches(metrics: dict) -> str:
    names = {"fullBatches": "in batches of 32", "besideLongText": "beside a text of 200 tokens"}
    rows = [[names[n], percent(b["labelFlips"]), b["toneDifferenceP99"], b["toneDifferenceMax"]] for n, b in metrics["batchIndependence"].items()]
    return table(["each dev headline, against alone", "labels changed", "tone, 99th percentile", "tone, largest"], rows)


def failures(metrics: dict) -> str:
    rows = [[f["text"].replace("|", "\\|"), f["label"], f["said"], f["confidence"]] for f in metrics["failures"]]
    return table(["headline", "label", "the model says", "confidence"], rows)


def behaviour(metrics: dict) -> str:
    now, before = metrics["behaviour"]["now"], metrics["behaviour"]["before"]
    then = lambda read, shape: shape(read(before)) if before else "not measured"  # noqa: E731
    rate = lambda value: f"{100 * value:.1f} %"  # noqa: E731
    plain = lambda value: f"{value:.3f}"  # noqa: E731
    rows = []
    for name, found in now["kinds"].items():
        rows.append([f"{name} ({found['sentences']} sentences)", rate(found["right"]), then(lambda f: f["kinds"][name]["right"], rate), "90 %"])
    for name, share in now["sameLabel"].items():
        rows.append([f"the same label: {name}", rate(share), then(lambda f: f["sameLabel"][name], rate), "90 %"])
    groups = now["groups"]
    rows.append([f"{groups['groups']} groups swapped, tone moves in the median by", plain(groups["median"]), then(lambda f: f["groups"]["median"], plain), "0.05"])
    rows.append(["at the 95th percentile by", plain(groups["percentile95"]), then(lambda f: f["groups"]["percentile95"], plain), "0.15"])
    rows.append(["groups whose mean tone differs by more than 0.05", len(groups["groupsBeyond"]), then(lambda f: f["groups"]["groupsBeyond"], len), "0"])
    failing = [f"{name}: “{found['wrong'][0]}”" for name, found in now["kinds"].items() if found["wrong"]]
    return table(["unseen wordings", "this model", "the model before", "aim"], rows) + "\n\nOne sentence of each kind that still fails: " + "; ".join(failing) + "."


def effort(metrics: dict) -> str:
    rows = [[e["what"], f"{e['accuracy']:.3f}", f"{e['macroF1']:.3f}", e["minutes"]] for e in metrics["effort"]]
    return table(["step", "accuracy", "macro-F1", "minutes"], rows)


def crossValidation(metrics: dict) -> str:  # noqa: N802 - the name of its place in the card
    found = metrics.get("crossValidation")
    if not found:
        return "Cross-validation was not run with this model."
    rows = []
    for name, part in (("a teacher, fp32", found["teachers"]), ("this model, fp32, learning from one teacher", found["students"])):
        low, high = part["calibrationErrorInterval"]
        rows.append([name, part["rows"], scored(part), f"{part['calibrationError']:.3f} ({low:.3f}–{high:.3f})"])
    return table(["each fifth of train.news-tone read by one that did not learn from it", "rows", "accuracy / macro-F1", "calibration error, without a temperature"], rows)


def speed(metrics: dict) -> str:
    rows = [[s["model"], s["p50"], s["p99"], s["textsPerSecond"]] for s in metrics.get("speed", [])]
    return table(["model", "p50, ms", "p99, ms", "texts/s in batches of 32"], rows)


def forty(metrics: dict) -> str:
    f = metrics["forty"]
    wrong = "; ".join(f"“{w['text']}” ({w['label']}, read as {w['said']})" for w in f["wrong"])
    return f"{f['right']} of {f['rows']} right" + (f"; wrong: {wrong}." if wrong else ".")


def write(folder: Path, metrics: dict) -> None:
    text = (TOOL / "model-card.md").read_text(encoding="utf-8")
    parts = {f.__name__: f for f in (quality, binary, per_class, calibration, compression, batches, failures, behaviour, effort, speed, forty, crossValidation)}
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part(metrics))
    text = text.replace("{{machine}}", metrics["machine"])
    (folder / "README.md").write_text(text, encoding="utf-8")
