"""DistilBERT, written plainly.

The parameter names are those of `DistilBertForSequenceClassification`, so a state dict moves
between the two. It is written out here because ONNX Runtime's optimizer recognises attention
in this shape (one MatMul, Add, Softmax, MatMul chain with static head counts) and does not in
the graph that the library's own module exports to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

MASKED = -10000.0  # what ONNX Runtime's fused Attention adds to the score of a padded position


@dataclass(frozen=True)
class Size:
    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6


COMPACT = Size()
FULL = Size(width=768, heads=12, inner=3072, layers=6)


class Embeddings(nn.Module):
    def __init__(self, size: Size, dropout: float):
        super().__init__()
        self.word_embeddings = nn.Embedding(size.vocabulary, size.width)
        self.position_embeddings = nn.Embedding(size.positions, size.width)
        self.LayerNorm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        positions = torch.arange(input_ids.shape[1], device=input_ids.device).unsqueeze(0)
        summed = self.word_embeddings(input_ids) + self.position_embeddings(positions)
        return self.dropout(self.LayerNorm(summed))


class Attention(nn.Module):
    def __init__(self, size: Size, dropout: float):
        super().__init__()
        self.heads, self.head_width = size.heads, size.width // size.heads
        self.q_lin = nn.Linear(size.width, size.width)
        self.k_lin = nn.Linear(size.width, size.width)
        self.v_lin = nn.Linear(size.width, size.width)
        self.out_lin = nn.Linear(size.width, size.width)
        self.dropout = nn.Dropout(dropout)

    def split(self, x: torch.Tensor) -> torch.Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, self.head_width).permute(0, 2, 1, 3)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        query, key, value = self.split(self.q_lin(x)), self.split(self.k_lin(x)), self.split(self.v_lin(x))
        scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(self.head_width)
        weights = self.dropout(torch.softmax(scores + bias, dim=-1))
        context = torch.matmul(weights, value).permute(0, 2, 1, 3).contiguous()
        return self.out_lin(context.view(x.shape[0], x.shape[1], self.heads * self.head_width))


class FeedForward(nn.Module):
    def __init__(self, size: Size, dropout: float):
        super().__init__()
        self.lin1 = nn.Linear(size.width, size.inner)
        self.lin2 = nn.Linear(size.inner, size.width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dropout(self.lin2(F.gelu(self.lin1(x))))


class Layer(nn.Module):
    def __init__(self, size: Size, dropout: float, attention_dropout: float):
        super().__init__()
        self.attention = Attention(size, attention_dropout)
        self.dropout = nn.Dropout(dropout)
        self.sa_layer_norm = nn.LayerNorm(size.width, eps=1e-12)
        self.ffn = FeedForward(size, dropout)
        self.output_layer_norm = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        x = self.sa_layer_norm(self.dropout(self.attention(x, bias)) + x)
        return self.output_layer_norm(self.ffn(x) + x)


class Transformer(nn.Module):
    def __init__(self, size: Size, dropout: float, attention_dropout: float):
        super().__init__()
        self.layer = nn.ModuleList(Layer(size, dropout, attention_dropout) for _ in range(size.layers))

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        for layer in self.layer:
            x = layer(x, bias)
        return x


class Encoder(nn.Module):
    """Token ids and mask (rows, tokens) to hidden states (rows, tokens, width)."""

    def __init__(self, size: Size = COMPACT, dropout: float = 0.1, attention_dropout: float = 0.0):
        super().__init__()
        self.size = size
        self.embeddings = Embeddings(size, dropout)
        self.transformer = Transformer(size, dropout, attention_dropout)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        bias = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * MASKED
        return self.transformer(self.embeddings(input_ids), bias)


class SequenceClassifier(nn.Module):
    """The shipped form: encoder, `pre_classifier`, ReLU, `classifier` over the first token."""

    def __init__(self, size: Size = COMPACT, labels: int = 3):
        super().__init__()
        self.distilbert = Encoder(size)
        self.pre_classifier = nn.Linear(size.width, size.width)
        self.classifier = nn.Linear(size.width, labels)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        first = self.distilbert(input_ids, attention_mask)[:, 0]
        return self.classifier(F.relu(self.pre_classifier(first)))


class Head(nn.Module):
    """DistilBERT's classification head, with an optional reading of the five-step valence."""

    def __init__(self, width: int, dropout: float = 0.1, valence: bool = False):
        super().__init__()
        self.pre_classifier = nn.Linear(width, width)
        self.classifier = nn.Linear(width, 3)
        self.dropout = nn.Dropout(dropout)
        self.valence = nn.Linear(width, 1) if valence else None

    def forward(self, pooled: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        hidden = self.dropout(F.relu(self.pre_classifier(pooled)))
        valence = self.valence(hidden).squeeze(-1) if self.valence is not None else None
        return self.classifier(hidden), valence


class MultiHead(nn.Module):
    """One encoder, one head for each label definition; only `tone` ships."""

    def __init__(self, encoder: nn.Module, width: int, heads: tuple[str, ...], mean_pooling: bool = False):
        super().__init__()
        self.encoder, self.mean_pooling = encoder, mean_pooling
        self.heads = nn.ModuleDict({name: Head(width, valence=name == "tone") for name in heads})
        for module in self.heads.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor):
        hidden = self.encoder(input_ids, attention_mask)
        if self.mean_pooling:
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * mask).sum(1) / mask.sum(1)
        else:
            pooled = hidden[:, 0]
        read = {name: head(pooled) for name, head in self.heads.items()}
        logits = torch.stack([read[name][0] for name in self.heads], dim=1)
        return logits, read["tone"][1]

    def shipped(self, size: Size = COMPACT) -> SequenceClassifier:
        """The tone head on the encoder, as a plain `DistilBertForSequenceClassification`."""
        model = SequenceClassifier(size)
        model.distilbert.load_state_dict(self.encoder.state_dict())
        model.pre_classifier.load_state_dict(self.heads["tone"].pre_classifier.state_dict())
        model.classifier.load_state_dict(self.heads["tone"].classifier.state_dict())
        return model.eval()
