"""Labels stay beside their headlines."""

import pytest

import labels
from labels import Reading, agreement, hash_of, kappa, median, slips


def reading(text: str, valence: int, reader: str = "a", kind: str = "random") -> Reading:
    return Reading(hash_of(text), valence, reader, "b", kind)


def test_a_headline_is_known_by_its_letters_and_digits():
    assert hash_of("It’s 5 – Done!") == hash_of("its 5 done") != hash_of("its 6 done")


def test_valences_fold_to_three_labels():
    assert [reading("x", v).label for v in (-2, -1, 0, 1, 2)] == ["negative", "negative", "neutral", "positive", "positive"]


def test_several_readers_give_the_middle_one_and_of_two_the_one_nearer_to_neutral():
    assert median([2, -1, 0]) == 0 and median([1, 1, -2]) == 1
    assert median([-2, -1]) == median([-1, -2]) == -1 and median([1, 0]) == 0


def test_kappa_is_that_of_cohen():
    # 20 yes/yes, 15 no/no, 5 and 10 mixed: observed 0.7, expected 0.5.
    one = ["positive"] * 25 + ["negative"] * 25
    other = ["positive"] * 20 + ["negative"] * 5 + ["positive"] * 10 + ["negative"] * 15
    assert kappa(one, other) == pytest.approx(0.4)


def test_readers_are_compared_on_common_rows_only():
    given = [reading("x", 1, "a", "common"), reading("x", -1, "b", "common"), reading("y", 1, "a"), reading("y", 1, "b")]
    assert [(a, b, rows, equal) for a, b, rows, equal, _ in agreement(given)] == [("a", "b", 1, 0.0)]


def test_a_reader_who_skipped_a_line_is_found():
    names = ["negative", "neutral", "positive"]
    texts = [f"headline number {i}" for i in range(120)]
    true = [(i * i + i // 7) % 3 for i in range(120)]
    scores = {hash_of(t): {n: 0.9 if k == true[i] else 0.05 for k, n in enumerate(names)} for i, t in enumerate(texts)}
    right = [reading(t, true[i] - 1) for i, t in enumerate(texts)]
    assert slips(right, scores) == []
    skipped = right[:60] + [reading(texts[i], true[min(i + 1, 119)] - 1) for i in range(60, 120)]
    assert slips(skipped, scores) == [("a", "b", 60, 1)]


def test_every_label_is_one_of_five_and_readers_agree():
    given = labels.readings()
    assert all(-2 <= one.valence <= 2 for one in given)
    assert all(value >= 0.7 for *_, value in agreement(given))
