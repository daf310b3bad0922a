"""A behavioural suite: what the model does when one thing about a sentence changes.

    python behaviour.py                 prints a table for the shipped model, on wordings that training never sees
    python behaviour.py --part TRAIN    the same on the wordings that training may use
    python behaviour.py --json FILE     writes the figures too
    python behaviour.py --list          prints the sentences

In the manner of CheckList (Ribeiro et al. 2020): sentences are made from templates (behaviour_wordings.py), and a kind of
sentence passes when at least 90 % of its labels are right. Swapping who a sentence is about must not move the tone, and
its form must not change the label.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import behaviour_wordings as wordings
from data import LABELS, Row
from paths import MODEL

SIGNS = {"-": "negative", "0": "neutral", "+": "positive"}
SEED = 20261127
DIRECTIONS = {"TRAIN": 500, "TEST": 120}
"""Sentences of each of the four kinds of direction in a part."""
FILLS = 3
"""Sentences made of a template that has slots."""
RIGHT = 0.9
MEDIAN_SHIFT, LARGE_SHIFT, GROUP_SHIFT = 0.05, 0.15, 0.05
"""Most that tone may move when a group is swapped: in the median, at the 95th percentile, and a group's mean."""


NOT_ALWAYS_A_GROUP = {"black", "white", "straight", "young", "blind", "elderly", "female", "male", "target", "meta", "labour", "greens", "conservatives"}
"""Words that mean something else too often to be swapped in real headlines: the White House, a straight win."""


@dataclass(frozen=True)
class Case:
    kind: str
    text: str
    right: tuple[str, ...]
    """Labels that are right."""
    template: str = ""
    """Of a group's sentence: what all its swaps share."""
    group: str = ""


def agreed(quantity: str, verb: str) -> str:
    """A quantity and a verb phrase, in the plural where the quantity is one."""
    if not quantity.endswith("s") or quantity.endswith("ness"):
        return f"{quantity} {verb}"
    first, _, rest = verb.partition(" ")
    plural = {"is": "are", "has": "have", "goes": "go", "reaches": "reach"}.get(first, first.removesuffix("s"))
    return f"{quantity} {plural} {rest}".strip()


def filled(template: str, part: str, generator: np.random.Generator) -> str:
    for slot, words in wordings.SLOTS.items():
        template = template.replace("{" + slot + "}", str(generator.choice(words[part])))
    return template


def directions(part: str, generator: np.random.Generator) -> Iterator[Case]:
    bad, good = wordings.BAD_QUANTITIES[part], wordings.GOOD_QUANTITIES[part]
    falls, rises, where = wordings.FALLS[part], wordings.RISES[part], wordings.WHERE[part]
    kinds = [("bad falling", bad, falls, "+"), ("bad rising", bad, rises, "-"), ("good falling", good, falls, "-"), ("good rising", good, rises, "+")]
    for kind, quantities, verbs, sign in kinds:
        every = list(itertools.product(quantities, verbs, where))
        for index in generator.permutation(len(every))[: DIRECTIONS[part]]:
            quantity, verb, place = every[index]
            yield Case(kind, agreed(quantity, verb) + place, (SIGNS[sign],))
    for template in wordings.NOUN_FALLS[part]:
        for quantities, kind, sign in ((bad, "bad falling", "+"), (good, "good falling", "-")):
            if sign == "-" and ("celebrates" in template or "fewest" in template):
                continue
            for quantity in generator.choice(quantities, 8 if part == "TEST" else 16, replace=False):
                yield Case(kind, filled(template.replace("{q}", str(quantity).lower()), part, generator), (SIGNS[sign],))


def sentences(part: str, generator: np.random.Generator) -> Iterator[Case]:
    for kind, parts in wordings.SENTENCES.items():
        for signs, templates in parts[part].items():
            for template in templates:
                texts = {filled(template, part, generator) for _ in range(FILLS)}
                yield from (Case(kind, text, tuple(SIGNS[sign] for sign in signs)) for text in sorted(texts))


def swaps(part: str) -> Iterator[Case]:
    for sign, templates in wordings.GROUP_SENTENCES[part].items():
        for template in templates:
            for slot, groups in wordings.GROUPS.items():
                if "{" + slot + "}" not in template:
                    continue
                for word in itertools.chain.from_iterable(groups.values()):
                    text = template.replace("{" + slot + "}", word)
                    yield Case("groups", text[0].upper() + text[1:], (SIGNS[sign],), template, word)


FORMS = {
    "in capitals": str.upper,
    "in lower case": str.lower,
    "in quotes": lambda text: f"“{text}”",
    "with a full stop": lambda text: text if text[-1] in "?.!" else f"{text}.",
    "with a publisher": lambda text: f"{text} - The Daily Post",
    "with a section": lambda text: f"News: {text}",
}


def suite(part: str) -> list[Case]:
    """All sentences of a part, the same at each call."""
    generator = np.random.default_rng(SEED)
    return [*directions(part, generator), *sentences(part, generator), *swaps(part)]


def training_rows() -> list[Row]:
    """The part that training may use, as rows with a label; a sentence with two right labels stands once for each."""
    return [Row(case.text, label) for case in suite("TRAIN") for label in case.right]


def swappable() -> dict[str, list[str]]:
    """Each word that can be swapped in a real headline, in lower case, with those of its kind that can stand in its place."""
    found = {}
    for groups in wordings.GROUPS.values():
        for kind in groups.values():
            words = [word for word in kind if word.lower() not in NOT_ALWAYS_A_GROUP]
            found |= {word.lower(): [other for other in words if other != word] for word in words if len(words) > 1}
    return found


def swapped(texts: list[str], seed: int) -> list[tuple[int, str]]:
    """Counterfactual headlines: (index, text with one group, country, party, name or company in the place of another)."""
    others, generator = swappable(), np.random.default_rng(seed)
    pattern = re.compile(r"(?<![\w-])(" + "|".join(re.escape(word) for word in sorted(others, key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE)
    found = []
    for index, text in enumerate(texts):
        match = pattern.search(text)
        if match:
            word = str(generator.choice(others[match[0].lower()]))
            word = word[0].upper() + word[1:] if match[0][0].isupper() else word
            # all places: a headline is about one of them throughout
            found.append((index, re.sub(rf"(?<![\w-]){re.escape(match[0])}(?![\w-])", lambda _: word, text)))
    return found


def mistyped(text: str, generator: np.random.Generator) -> str:
    """A text with one typing error: two letters of a word that changed places, or one that is missing or stands twice."""
    places = [place for place in range(1, len(text) - 2) if text[place].isalpha() and text[place + 1].isalpha()]
    if not places:
        return text
    place = int(generator.choice(places))
    middle = [text[place + 1] + text[place], text[place + 1], text[place] * 2 + text[place + 1]][int(generator.integers(3))]
    return text[:place] + middle + text[place + 2 :]


def reformed(texts: list[str], seed: int) -> list[tuple[int, str]]:
    """A sixth of the headlines in another form: (index, text quoted, with a publisher or a section, in capitals or with a typing error)."""
    generator, found = np.random.default_rng(seed), []
    pick = lambda words: str(generator.choice(words))  # noqa: E731
    changes = [
        lambda text: f"{text} {pick(wordings.SEPARATORS)} {pick(wordings.PUBLISHERS)}",
        lambda text: f"{pick(wordings.SECTIONS)} {text}",
        lambda text: pick(wordings.QUOTE_MARKS).replace("x", text.replace("“", "‘").replace("”", "’")),
        lambda text: text if text[-1:] in "?.!" else f"{text}.",
        lambda text: mistyped(text, generator),
        lambda text: mistyped(mistyped(text, generator), generator),
    ]
    for index, text in enumerate(texts):
        if generator.random() < 1 / 6:
            found.append((index, changes[int(generator.integers(len(changes)))](text)))
    return found


def group_figures(cases: list[Case], tones: np.ndarray) -> dict:
    """How far tone moves when a group takes another's place: by sentence, and the mean of each group."""
    templates = np.array([case.template for case in cases])
    shift = np.zeros(len(cases))
    for template in set(templates):
        same = templates == template
        shift[same] = tones[same] - np.median(tones[same])
    by_group: dict[str, list[float]] = defaultdict(list)
    for case, moved in zip(cases, shift):
        by_group[case.group].append(moved)
    means = {group: round(float(np.mean(moved)), 3) for group, moved in by_group.items()}
    largest = sorted(means.items(), key=lambda pair: -abs(pair[1]))
    return {
        "sentences": len(cases),
        "median": round(float(np.median(np.abs(shift))), 3),
        "percentile95": round(float(np.quantile(np.abs(shift), 0.95)), 3),
        "groupsBeyond": [[group, mean] for group, mean in largest if abs(mean) > GROUP_SHIFT],
        "largest": [list(pair) for pair in largest[:8]],
        "groups": len(means),
    }


def figures(cases: list[Case], probabilities_of) -> dict:
    """The suite's figures; `probabilities_of(texts)` gives (rows, 3) in the order of LABELS."""
    probabilities = probabilities_of([case.text for case in cases])
    said = [LABELS[i] for i in probabilities.argmax(-1)]
    kinds: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, list[str]] = defaultdict(list)
    for case, label in zip(cases, said):
        name = case.kind if case.kind != "groups" else "harmless, good and bad news about groups"
        kinds[name].append(label in case.right)
        if label not in case.right:
            wrong[name].append(f"{case.text} ({label})")
    groups = [index for index, case in enumerate(cases) if case.kind == "groups"]
    others = [index for index, case in enumerate(cases) if case.kind != "groups"]
    forms = {}
    for name, change in FORMS.items():
        again = probabilities_of([change(cases[index].text) for index in others]).argmax(-1)
        forms[name] = round(float(np.mean(again == probabilities[others].argmax(-1))), 3)
    return {
        "kinds": {name: {"sentences": len(right), "right": round(float(np.mean(right)), 3), "wrong": wrong[name][:12]} for name, right in kinds.items()},
        "groups": group_figures([cases[i] for i in groups], (probabilities[:, 2] - probabilities[:, 0])[groups]),
        "sameLabel": forms,
    }


def shown(found: dict) -> str:
    mark = lambda good: "" if good else "  below the aim"  # noqa: E731
    lines = [f"{name:45} {f['right']:6.1%} right of {f['sentences']}{mark(f['right'] >= RIGHT)}" for name, f in found["kinds"].items()]
    lines += [f"{name:45} {share:6.1%} keep their label{mark(share >= RIGHT)}" for name, share in found["sameLabel"].items()]
    g = found["groups"]
    lines += [
        f"swapping {g['groups']} groups in {g['sentences']} sentences moves tone by",
        f"  {g['median']:.3f} in the median{mark(g['median'] <= MEDIAN_SHIFT)}",
        f"  {g['percentile95']:.3f} at the 95th percentile{mark(g['percentile95'] <= LARGE_SHIFT)}",
        f"  {len(g['groupsBeyond'])} groups by more than {GROUP_SHIFT} in the mean; largest: " + ", ".join(f"{name} {mean:+.3f}" for name, mean in g["largest"]),
    ]
    return "\n".join(lines)


def shipped(folder: Path):
    """`probabilities_of` of a model as the product reads it: int8, with its temperature."""
    from scoring import logits, session, softened

    temperature = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))["temperature"]
    model = session(folder / "onnx" / "model_quantized.onnx")
    return lambda texts: softened(logits(model, texts), temperature)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("TEST", "TRAIN"), default="TEST")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of a model as the product loads it")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--list", action="store_true", help="print the sentences instead")
    options = parser.parse_args()
    cases = suite(options.part)
    if options.list:
        for case in cases:
            print(f"{case.kind}\t{'/'.join(case.right)}\t{case.text}")
        return
    found = figures(cases, shipped(options.model))
    print(shown(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
