"""Writes what the TypeScript tests compare their token ids with.

    python fixtures.py

models/barometer-distilbert-news-fixtures/token-ids.jsonl: about 300 texts made here, odd ones
included. .work/token-ids.unlabelled.jsonl: every unlabelled headline, for the full comparison.
Each line is {"text","ids"}; ids are truncated at 512 tokens, special tokens included.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import data as corpus
from paths import FIXTURES, MODEL, WORK, add_data_argument
from texts import encode

HEADLINES = """Central bank holds rates as inflation cools
U.S.-China trade talks resume; tariffs 'on the table', officials say
COVID-19: what we know (and don't) about the new variant
Dow drops 1,200.5 points -- its worst day since March 2020
“We won’t give up,” says mayor—after third flood in 18 months
It's official: EU & UK sign £4.5bn fishing deal
Why do cats purr? Scientists think they know!
#MeToo, @POTUS and https://example.org/a?b=c&d=%20e in one line
He said: "It isn't over..." (more to come)
50% off!!! Buy 1, get 2 free*
AT&T, H&M, P&G and Marks & Spencer report earnings
The café's naïve façade: a résumé of déjà vu
Ex-minister's son-in-law's court date re-scheduled
Q3 EPS $1.23 v. $1.19 est.; revenue +7.8% y/y
[LIVE] Match 4/5: 3-2 (AET)
Breaking\tnews\twith\ttabs
  leading and trailing spaces  
double  spaces   inside    a     headline
UPPER CASE HEADLINE SHOUTS AT READERS
MiXeD cAsE hEaDlInE
supercalifragilisticexpialidocious antidisestablishmentarianism
a
I
.
...
?!
--
_under_scores_ and `backticks` and ~tildes~
{"json": ["looks", 1, true, null]}
<b>bold</b> &amp; &lt;escaped&gt; &#39;entities&#39;
C:\\path\\to\\file and /usr/local/bin
x=1;y=2;z=x+y
1 2 3 4 5 6 7 8 9 10
3.14159265358979323846
12:30 GMT / 07:30 EST
+44 20 7946 0958
don't can't won't shan't y'all'd've
rock 'n' roll
[CLS] and [SEP] and [MASK] and [PAD] and [UNK] written out
[cls] [sep] [mask] in lower case
[unused0] [unused42] in a headline
##ing ##ed wordpiece marks""".split("\n")
ACCENTS = """Zürich überrascht: Größte Bank warnt
São Paulo, Bogotá, Málaga, Łódź, Kraków, Şanlıurfa
İstanbul'da deprem, ığdır, IĞDIR
Ångström, Ærø, Œuvre, ßtraße, ẞ
Đà Nẵng và Thành phố Hồ Chí Minh
naïve naïve coöperate coo\u0308perate
e\u0301 E\u0301 \u00e9 \u00c9 combining and composed
a\u0300\u0301\u0302\u0303\u0304 stacked marks
Ελλάδα: νέα μέτρα για την οικονομία ΣΑΣ σας ς
Россия и Украина: переговоры Ё ё Й й
Україна їжак ґанок
Българската икономика расте
Հայաստան ՀԱՅԱՍՏԱՆ
საქართველო ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ
עברית: חדשות היום שָׁלוֹם
العربية: أخبار اليوم مُحَمَّد
فارسی: خبرهای امروز می‌خواهم
हिन्दी समाचार आज क्षेत्र
বাংলা খবর আজ
தமிழ் செய்திகள்
తెలుగు వార్తలు
ไทย ข่าววันนี้ ที่นี่
ລາວ ខ្មែរ မြန်မာ
አማርኛ ዜና
ᐃᓄᒃᑎᑐᑦ ᏣᎳᎩ
Ǆ ǅ ǆ Ǉ ǈ ﬁ ﬂ ﬃ ligatures
Ⅷ ⅷ ① ㈠ ½ ¾ ² ³ numbers
ＦＵＬＬ ｗｉｄｔｈ １２３ ！？
𝐁𝐨𝐥𝐝 𝓼𝓬𝓻𝓲𝓹𝓽 𝔣𝔯𝔞𝔨𝔱𝔲𝔯 𝟙𝟚𝟛
ᴀʙᴄ ₐₑᵢ ʰʲʷ""".split("\n")
EAST = """日本銀行、金利を引き上げ
中国经济增长放缓,股市下跌
台灣選舉結果出爐
한국 대통령, 새 경제 정책 발표
한국 decomposed
東京 Tokyo 大阪 Osaka mixed 混合 text
ひらがな カタカナ ｶﾀｶﾅ ガ ガ
。、「」『』【】〜・ー
𠀀𠀁𪜀𫝀 extension planes
㐀㐁 extension A 豈更車 compatibility
〇〡〢 々 〆 ヶ
中a国b人c
习近平会见 Putin 在北京""".split("\n")
SIGNS = """Markets soar 🚀📈 as inflation falls 📉
🇺🇸🇬🇧🇺🇦 flags
👨‍👩‍👧‍👦 family joined
👍🏽👋🏿 skin tones
❤️ with selector, ❤ without
☀️☁️⚡️🔥💧
1️⃣ 2️⃣ #️⃣ keycaps
🏴󠁧󠁢󠁥󠁮󠁧󠁿 tag sequence
😀😃😄😁😆 in a row
text😀without🎉spaces
™ ® © ℠ № ℃ ℉ Ω K Å
€ £ ¥ ₹ ₽ ₿ ¢ ₩ ₺
→ ← ↑ ↓ ⇒ ⇔ ➜
√ ∞ ≠ ≤ ≥ ± × ÷ ∑ ∫ ∂
• · ‣ ◦ ▪ ■ □ ★ ☆
‘single’ “double” ‚low‘ „low“ «guillemets» ‹single›
en–dash em—dash minus−sign hyphen‐hyphen non‑breaking soft\u00adhyphen
ellipsis… two‥ one․
primes ′ ″ ‴ and ` ´ ¨ ^ ˜
† ‡ § ¶ ¦ ¬ ° º ª
♠ ♥ ♦ ♣ ♪ ♫
box ─│┌┐└┘ ▓▒░
braille ⠃⠗⠇ runes ᚠᚢᚦ cuneiform 𒀀𒀁
\U0001f9d1\u200d\U0001f4bb astronaut \U0001f468\u200d\U0001f680""".split("\n")
ODD = [
    "", " ", "\t", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2028", "\u0000", "\ufffd", "\u0085", "\u00ad",
    "nul\u0000inside", "bell\u0007bell", "escape\u001b[31mred\u001b[0m", "delete\u007fchar", "c1\u0080\u0099\u009fcontrols",
    "line\nbreak", "carriage\r\nreturn", "vertical\u000btab", "form\u000cfeed", "next\u0085line", "unit\u001fseparator",
    "line\u2028separator", "paragraph\u2029separator", "no\u00a0break", "thin\u2009space", "hair\u200aspace",
    "figure\u2007space", "ideographic\u3000space", "ogham\u1680space", "mongolian\u180evowel", "medium\u205fspace",
    "narrow\u202fspace", "zero\u200bwidth", "non\u200cjoiner", "join\u200der", "word\u2060joiner", "bom\ufeffinside",
    "\ufeffbom first", "rtl\u202emark\u202c", "lrm\u200e rlm\u200f", "isolate\u2066x\u2069", "replacement\ufffdcharacter",
    "private\ue000use\uf8ff", "plane15\U000f0000", "plane16\U00100000", "noncharacter\ufdd0\ufffe\uffff", "tag\U000e0001\U000e0041",
    "variation\ufe0e\ufe0f", "interlinear\ufff9x\ufffby\ufffa", "object\ufffcreplacement", "unassigned\u0378\u0380",
    "turkish dotless \u0131 and dotted \u0130", "kelvin \u212a and angstrom \u212b", "long s \u017f", "sigma \u03a3 \u03c3 \u03c2",
    "hebrew points \u05b0\u05b1", "thai marks \u0e31\u0e34", "enclosing a\u20dd b\u20e3", "combining alone \u0301 here",
    "\u0301starts with a mark", "double \u035c tie", "hangul jamo \u1112\u1161\u11ab", "devanagari \u0915\u094d\u0937",
    "emoji then mark \U0001f600\u0301", "zalgo h\u0316\u0323\u0354e\u0347\u0353l\u0324\u0325p\u0330", "\u01c5 titlecase", "\u1e9e capital sharp s",
]
LONG = [
    "word " * 600, "a" * 99, "a" * 100, "a" * 101, "a" * 5000, "ab" * 51, "é" * 100, "é" * 101, "日" * 700, "😀" * 101,
    "x-" * 300, "." * 600, "1234567890" * 11, "supercalifragilistic" * 5, "supercalifragilistic" * 6, "long headline with many words " * 40,
    ("a" * 98 + "é é") * 2, "\u0301" * 150 + " a", "a\u0301" * 60, " " * 1000 + "end",
]
WORDS = "storm bank crisis win peace Øresund café growth déjà 2026 U.S. £3m 東京 🚀 election vaccine Łódź vote -- don't … 'quoted' 5% rises".split(" ")
RANGES = [(0x20, 0x7F), (0xA0, 0x250), (0x250, 0x600), (0x2000, 0x2100), (0x2190, 0x2800), (0x3000, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0x1F300, 0x1F700), (0x900, 0x1000)]


def generated(count: int) -> list[str]:
    """Random headlines: known words in odd company, and characters drawn from many scripts."""
    source = random.Random(20261123)
    mixed = [" ".join(source.choices(WORDS, k=source.randint(3, 14))) for _ in range(count // 2)]
    scripts = []
    for _ in range(count - len(mixed)):
        low, high = source.choice(RANGES)
        letters = (chr(source.randrange(low, high)) for _ in range(source.randint(5, 40)))
        scripts.append("".join(c if source.random() > 0.15 else " " for c in letters))
    return mixed + scripts


def write(path: Path, texts: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    ids = encode(texts, path=MODEL / "tokenizer.json")
    with open(path, "w", encoding="utf-8") as out:
        for text, row in zip(texts, ids):
            # ASCII escapes keep control characters and odd spaces safe in any editor
            out.write(json.dumps({"text": text, "ids": row}, separators=(",", ":")) + "\n")
    print(f"{path.name}: {len(texts)} texts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    options = parser.parse_args()
    own = HEADLINES + ACCENTS + EAST + SIGNS + ODD + LONG
    write(FIXTURES / "token-ids.jsonl", own + generated(300 - len(own) if len(own) < 200 else 100))
    write(WORK / "token-ids.unlabelled.jsonl", [r.text for r in corpus.read(options.data, corpus.UNLABELLED)])


if __name__ == "__main__":
    main()
