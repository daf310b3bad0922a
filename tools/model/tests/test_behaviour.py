"""The behavioural suite: two parts that share nothing, and figures that follow the answers."""

import numpy as np

import behaviour
from behaviour import Case, agreed, figures, suite, training_rows


def test_is_the_same_at_each_call_and_large_enough():
    assert suite("TEST") == suite("TEST")
    assert len(suite("TEST")) >= 600


def test_no_sentence_of_the_part_that_is_judged_is_trained_on():
    trained = {row.text for row in training_rows()}
    assert trained and not trained & {case.text for case in suite("TEST")}
    assert not {case.template for case in suite("TRAIN") if case.template} & {case.template for case in suite("TEST")}


def test_a_quantity_and_its_verb_agree():
    assert agreed("Rents", "is down by a fifth") == "Rents are down by a fifth"
    assert agreed("Unemployment", "falls") == "Unemployment falls"
    assert agreed("Homelessness", "eases") == "Homelessness eases"
    assert agreed("Exports", "reaches all-time high") == "Exports reach all-time high"


def test_no_slot_stays_open():
    assert not [case.text for part in ("TRAIN", "TEST") for case in suite(part) if "{" in case.text]


def test_figures_follow_the_answers():
    cases = [Case("quotes", "a", ("negative",)), Case("quotes", "b", ("neutral", "positive"))]
    cases += [Case("groups", f"{group} sing", ("neutral",), "{who} sing", group) for group in ("one", "two", "three")]
    tones = {"two sing": 0.4}

    def probabilities_of(texts):
        tone = np.array([tones.get(text, 0.0) for text in texts])
        return np.stack([np.full_like(tone, 0.1), 0.8 - tone, 0.1 + tone], -1)

    found = figures(cases, probabilities_of)
    assert found["kinds"]["quotes"] == {"sentences": 2, "right": 0.5, "wrong": ["a (neutral)"]}
    assert found["groups"]["groupsBeyond"] == [["two", 0.4]]
    assert found["groups"]["median"] == 0.0
    assert set(found["sameLabel"].values()) == {1.0}
    assert "below the aim" in behaviour.shown(found)


def test_a_swap_puts_another_group_in_every_place_and_nothing_else():
    texts = ["Russia says Russia won", "White House opens", "Apple fined", "Muslims pray in Paris"]
    found = dict(behaviour.swapped(texts, seed=1))
    assert set(found) == {0, 2, 3}
    assert found[0].count(found[0].split()[0]) == 2 and "Russia" not in found[0]
    assert found[2].endswith(" fined") and found[3].endswith(" pray in Paris")
    assert found == dict(behaviour.swapped(texts, seed=1))


def test_another_form_keeps_the_words_but_for_one_typing_error():
    texts = [f"Old bridge number {number} opens" for number in range(300)]
    found = behaviour.reformed(texts, seed=2)
    assert 20 < len(found) < 90 and found == behaviour.reformed(texts, seed=2)
    assert all(text != texts[index] for index, text in found)
    assert not [text for _, text in found if "The Daily Post" in text or "News:" in text], "those judge the model"
