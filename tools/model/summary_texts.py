"""Titles and first sentences of feed documents, as the product would have them: what summary.py measures on."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import fingerprint
from labels import hash_of

SEED = 20261127
ROWS, A_DOCUMENT = 300, 2
"""Most texts, and most of a document that is no news."""
NEWS = (
    "guardian.rss", "customfields.rss", "HuffPostCanada.xml", "google_alerts_atom.xml", "tpm.atom", "wapowellness.xml", "wapowellness-altns.xml", "geo-rss-issue-27.rss",
    "atom-customfields.atom", "slashdot.xml", "InfoQPersonalizedFeedforUnregisteredUserRegisteredtoupgrade.xml", "issue137-rss.xml",
    "rss2sample.xml", "illegally-nested.xml", "lr.xml", "at.xml", "FeedBurnerXHTML.xml",
)
"""Documents that report news or comment on it, by the end of their name; of these all texts are drawn."""

UNREAD = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
TAGS = re.compile(r"<!--.*?(?:-->|$)|<(?:/?[a-z]|[!?])[^<>]*>", re.IGNORECASE | re.DOTALL)
INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|em|font|i|q|small|span|strong|sub|sup|tt|u)\b", re.IGNORECASE)
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

LONGEST = 300
"""Characters of a first sentence; what has no end before that is cut after a whole word."""
END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9]|\s*$)")
ABBREVIATION = re.compile(r"(?:^|[\s(“\"'])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$")
BOILERPLATE = re.compile(r"appeared first on|^\W*(?:submitted by|continue reading|read (?:more|the)|view full|click (?:here|to)|posted (?:by|a photo)|comments?\b|https?:)", re.IGNORECASE)
TAIL = re.compile(r"\s*(?:\[?(?:…|\.{3})\]?|continue reading\W*|read more\W*|\(?more\W*\)?)$", re.IGNORECASE)
"""What sites put at the end of a summary that goes on elsewhere."""
SHORTEST = 25
"""Letters and digits of a summary's sentence, below which it says nothing."""

ENGLISH = frozenset("the of to is are were and for with that this it its by from be been has have his her their they you your we not who how what why can about our my says".split())
ENGLISH_SHARE = 0.08
"""Least share of these words, which other languages lack, in a text of title and sentence."""


@dataclass(frozen=True)
class Item:
    title: str
    sentence: str
    document: str

    @property
    def hash(self) -> str:
        return hash_of(f"{self.title} {self.sentence}")

    @property
    def news(self) -> bool:
        return self.document.endswith(tuple("-" + name for name in NEWS))

    def joined(self, join: str) -> str:
        """Title and sentence as one text; a full stop is left out where the title has an end."""
        return f"{self.title}{join.lstrip('.') if self.title[-1] in '.?!…' else join}{self.sentence}"


def visible(text: str) -> str:
    return TAGS.sub(lambda tag: "" if INLINE.match(tag[0]) else " ", UNREAD.sub(" ", text))


def clean(raw: str) -> str:
    """Plain text as the product keeps it (clean-text.ts): tags stripped, entities decoded at most twice, white space folded."""
    text = visible(html.unescape(visible(html.unescape(visible(raw)))))
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def first_sentence(text: str) -> str:
    """Up to the first full stop, question or exclamation mark before white space and a capital, a digit or a quote, or at the end.

    Not after an initial or a known abbreviation ("Mr.", "U.S."); without such an end, 300 characters, cut after a whole word. "Continue reading…" at the end does not count.
    """
    text = TAIL.sub("", text)
    for end in END.finditer(text[: LONGEST + 1]):
        if end.end() <= LONGEST and not ABBREVIATION.search(text[: end.end()]):
            return text[: end.end()]
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]


def says_more(title: str, sentence: str) -> bool:
    """Whether the sentence is more than the title again, a site's standing phrase, or a few letters."""
    one, other = fingerprint(title), fingerprint(sentence)
    rest = other.removeprefix(one) if one else other
    return len(rest) >= SHORTEST and rest not in one and not BOILERPLATE.search(sentence)


def english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return bool(words) and sum(word in ENGLISH for word in words) / len(words) >= ENGLISH_SHARE


def documents(folder: Path) -> list[Path]:
    index = folder / "index.json"
    if not index.exists():
        return sorted(path for path in folder.rglob("*") if path.is_file())
    return sorted(folder / entry["file"] for entry in json.loads(index.read_text(encoding="utf-8")) if entry["real"])


def items(folder: Path) -> Iterator[Item]:
    """English items with a title and a summary that says more; each title once, and each sentence once."""
    import feedparser  # here: the tests of the rules do without it

    seen: set[str] = set()
    for path in documents(folder):
        for entry in feedparser.parse(path.read_bytes()).entries:
            title, sentence = clean(entry.get("title", "")), first_sentence(clean(entry.get("summary", "")))
            keys = {fingerprint(title), fingerprint(sentence)}
            if title and says_more(title, sentence) and english(f"{title} {sentence}") and not keys & seen:
                seen |= keys
                yield Item(title, sentence, path.name)


def drawn(found: list[Item]) -> list[Item]:
    """The news, then a few of each other document, up to ROWS; in the same order at each call."""
    shuffled = [found[i] for i in np.random.default_rng(SEED).permutation(len(found))]
    taken, count = [item for item in shuffled if item.news], {}
    for item in shuffled:
        count[item.document] = count.get(item.document, 0) + 1
        if not item.news and count[item.document] <= A_DOCUMENT:
            taken.append(item)
    return taken[:ROWS]
