"""Nothing that judges the model may train it."""

import pytest

import data as corpus
from paths import default_data
from quantize import calibration_texts

pytestmark = pytest.mark.skipif(not default_data().exists(), reason="the data directory is not here")


@pytest.fixture(scope="module")
def banned():
    return corpus.forbidden(default_data())


def test_no_labelled_training_row_is_an_evaluation_or_held_out_text(banned):
    for head, rows in corpus.training_rows(default_data()).items():
        assert not [r for r in rows if corpus.fingerprint(r.text) in banned], head


def test_no_unlabelled_row_is_an_evaluation_or_held_out_text(banned):
    assert not [r for r in corpus.unlabelled_rows(default_data()) if corpus.fingerprint(r.text) in banned]


def test_activation_ranges_come_from_unlabelled_headlines_only(banned):
    assert not [t for t in calibration_texts() if corpus.fingerprint(t) in banned]


def test_the_held_out_tenth_is_the_same_every_time_and_a_tenth_of_each_label():
    training, held = corpus.split_news_tone(default_data())
    assert held == corpus.split_news_tone(default_data())[1]
    for label in corpus.LABELS:
        in_held = sum(r.label == label for r in held)
        assert in_held == (in_held + sum(r.label == label for r in training)) // 10


def test_training_code_reads_no_evaluation_file():
    assert not set(corpus.TRAIN_FILES) & set(corpus.EVAL_FILES)
    assert all(name.startswith("train.") for name in corpus.TRAIN_FILES)


def test_a_fifth_keeps_texts_together_that_a_reader_would_call_the_same():
    assert corpus.fold_of("It’s 5 – Done!") == corpus.fold_of("its 5 done")
    rows = [corpus.Row(f"headline {number}") for number in range(500)]
    parts = [corpus.without_fold(rows, fold) for fold in range(corpus.FOLDS)]
    assert sum(500 - len(part) for part in parts) == 500 and corpus.without_fold(rows, None) == rows
    assert all(350 < len(part) < 450 for part in parts)


def test_what_the_teachers_label_holds_every_text_of_training_once():
    rows = [corpus.fingerprint(row.text) for row in corpus.soft_rows(default_data())]
    assert len(rows) == len(set(rows))
    assert {corpus.fingerprint(row.text) for row in corpus.training_rows(default_data())["tone"]} <= set(rows)
