"""The folded encoder and the library's DistilBERT both say what the BERT backbone says."""

import pytest
import torch
from transformers import BertModel, DistilBertConfig, DistilBertForSequenceClassification

from export import config
from fold import backbone, folded_encoder
from model import COMPACT, SequenceClassifier
from texts import encode, pad_tensors

TEXTS = ["Rates held", "Flood destroys homes and sweeps away bridges in coastal towns", "Why do cats purr? Scientists think they know!"]


@pytest.fixture(scope="module")
def batch():
    return pad_tensors(encode(TEXTS))


@torch.no_grad()
def test_last_hidden_states_agree_with_bert(batch):
    ids, mask = batch
    bert = BertModel.from_pretrained(backbone()).eval()
    expected = bert(input_ids=ids, attention_mask=mask).last_hidden_state
    actual = folded_encoder().eval()(ids, mask)
    assert (expected - actual)[mask.bool()].abs().max() < 1e-4


@torch.no_grad()
def test_agrees_with_the_librarys_distilbert(batch):
    ids, mask = batch
    torch.manual_seed(1)
    plain = SequenceClassifier(COMPACT).eval()
    plain.distilbert.load_state_dict(folded_encoder().state_dict())
    library = DistilBertForSequenceClassification(DistilBertConfig(**config(COMPACT))).eval()
    missing, unexpected = library.load_state_dict(plain.state_dict(), strict=False)
    assert not missing and not unexpected
    assert (library(input_ids=ids, attention_mask=mask).logits - plain(ids, mask)).abs().max() < 1e-4
