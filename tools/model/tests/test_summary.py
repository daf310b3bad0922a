"""What is read as a headline's first sentence, and how two readings are compared."""

import json

import numpy as np
import pytest

from labels import hash_of
from scoring import accuracy
from summary import LABELLED, labels, mcnemar, paired
from summary_texts import A_DOCUMENT, ROWS, Item, clean, documents, drawn, english, first_sentence, items, says_more

FEED = """<rss version="2.0"><channel><title>x</title>{}</channel></rss>"""
ENTRY = "<item><title>{}</title><description>{}</description></item>"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The bridge is open again. Thousands came.", "The bridge is open again."),
        ("Is it over? Not yet.", "Is it over?"),
        ("“We won!” She wept.", "“We won!”"),
        ("Mr. Smith of the U.S. Senate met J. Doe Jr. Monday. Then he left.", "Mr. Smith of the U.S. Senate met J. Doe Jr. Monday."),
        ("Version 2.1 of the tool costs $3.50 now. Buy it.", "Version 2.1 of the tool costs $3.50 now."),
        ("The town waits for news Continue reading...", "The town waits for news"),
        ("The town waits for […]", "The town waits for"),
        ("no end at all", "no end at all"),
        ("", ""),
    ],
)
def test_a_sentence_ends_at_its_mark_and_not_after_an_abbreviation(text, sentence):
    assert first_sentence(text) == sentence


def test_a_sentence_without_an_end_is_cut_after_a_whole_word():
    cut = first_sentence("whistle " * 100 + ". Next")
    assert len(cut) <= 300 and set(cut.split()) == {"whistle"}


def test_markup_and_entities_go_as_they_do_in_the_product():
    assert clean("<p>Rain &amp;amp; <b>wind</b>y</p><p>AT&amp;T</p><script>x()</script>") == "Rain & windy AT&T"
    assert clean("&lt;em&gt;Late&lt;/em&gt;&nbsp;news \u200b5 < 6") == "Late news 5 < 6"


def test_a_summary_must_say_more_than_the_title():
    assert says_more("Rain", "A storm is on its way to the coast.")
    assert not says_more("A storm is on its way", "A storm is on its way!")
    assert not says_more("A storm is on its way to the southern coast, says the office", "A storm is on its way to the southern coast")
    assert not says_more("Rain", "The post Rain appeared first on The Daily Weather.")
    assert not says_more("Rain", "submitted by someone to a place with a long name")
    assert not says_more("Rain", "A short one.")


def test_other_languages_are_left_out():
    assert english("The town waits for the flood")
    assert not english("Die Stadt wartet auf das Hochwasser, das in der Nacht war")
    assert not english("La ville attend la crue de la nuit") and not english("5, 6, 7")


def test_a_full_stop_joins_title_and_sentence_once():
    assert Item("Rain", "It rains.", "x").joined(". ") == "Rain. It rains."
    assert Item("Rain?", "It rains.", "x").joined(". ") == "Rain? It rains."
    assert Item("Rain?", "It rains.", "x").joined(" - ") == "Rain? - It rains."


def test_items_of_real_captures_are_read_once(tmp_path):
    pytest.importorskip("feedparser", reason="feedparser, which reads the feed documents, is not installed")
    entry = ENTRY.format("Rain is on its way", "&lt;p&gt;The coast expects the largest storm of the year.&lt;/p&gt; More.")
    same = ENTRY.format("Rain is on its way", "The office has another sentence for this title.")
    (tmp_path / "a.xml").write_text(FEED.format(entry + same), encoding="utf-8")
    (tmp_path / "b.xml").write_text(FEED.format(ENTRY.format("Made up", "The sentence of a feed that nobody has published.")), encoding="utf-8")
    (tmp_path / "index.json").write_text(json.dumps([{"file": "a.xml", "real": True}, {"file": "b.xml", "real": False}]), encoding="utf-8")
    assert [path.name for path in documents(tmp_path)] == ["a.xml"]
    assert list(items(tmp_path)) == [Item("Rain is on its way", "The coast expects the largest storm of the year.", "a.xml")]


def test_news_is_drawn_first_and_of_other_documents_a_few():
    other = [Item(f"t{i}", f"s{i}", f"{i // 10}-blog.xml") for i in range(50)]
    news = [Item(f"n{i}", f"m{i}", "f-guardian.rss") for i in range(30)]
    rows = drawn(other + news)
    assert all(item.news for item in rows[:30]) and len(rows) == 30 + 5 * A_DOCUMENT
    assert rows == drawn(other + news) and len(drawn(news * 20)) == ROWS


def test_pairs_are_compared_on_the_same_rows():
    truth = np.array([0, 1, 2, 1] * 10)
    right, wrong = np.eye(3)[truth], np.eye(3)[(truth + 1) % 3]
    assert paired(truth, wrong, right, accuracy) == (1.0, [1.0, 1.0])
    assert paired(truth, right, right, accuracy) == (0.0, [0.0, 0.0])
    # Two of ten heads or fewer, or of tails: 2 * 56 / 1024.
    assert mcnemar(8, 2) == mcnemar(2, 8) == pytest.approx(0.109375) and mcnemar(0, 0) == 1


def test_labels_stand_beside_a_hash_of_title_and_sentence():
    assert Item("Rain", "It rains.", "x").hash == hash_of("Rain It rains.")
    rows = labels().values()
    assert len(rows) == 300 and len(LABELLED.read_text(encoding="utf-8").splitlines()) == 301
    assert all(-2 <= int(row["valence"]) <= 2 and row["kind"] in ("news", "other") for row in rows)
    assert sum(row["title_valence"] != "" for row in rows) == 100
