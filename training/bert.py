"""A small BERT (Devlin et al. 2019) with pre-norm layers (Xiong et al. 2020), modules named as in the hub's checkpoints.

Written so that the exported graph shows attention as MatMul, Div, Add (mask), Softmax `[B,H,T,T]`, MatMul.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from positions import begin_with_neighbours

BESIDE = (-1, 1, -2, 2)  # where the heads of the first layer look at first


@dataclass
class BertConfig:
    """Sizes, with the names that `config.json` uses."""
    vocab_size: int = 4096
    hidden_size: int = 128
    num_hidden_layers: int = 5
    num_attention_heads: int = 4
    intermediate_size: int = 512
    max_position_embeddings: int = 256
    type_vocab_size: int = 2


class Embeddings(nn.Module):
    """Piece + position + segment, then LayerNorm."""

    def __init__(self, c):
        super().__init__()
        self.word_embeddings = nn.Embedding(c.vocab_size, c.hidden_size, padding_idx=0)
        self.position_embeddings = nn.Embedding(c.max_position_embeddings, c.hidden_size)
        self.token_type_embeddings = nn.Embedding(c.type_vocab_size, c.hidden_size)
        self.LayerNorm = nn.LayerNorm(c.hidden_size, eps=1e-12)

    def forward(self, ids, segments):
        positions = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        return self.LayerNorm(self.word_embeddings(ids) + self.position_embeddings(positions)
                              + self.token_type_embeddings(segments))


class SelfAttention(nn.Module):
    """softmax(Q Kᵀ / √d) V for all heads; returns the context `[B,Q,D]` and the weights `[B,H,Q,T]`.

    `asking` holds the queries' states: `x` itself, or the few positions whose result is wanted.
    """

    def __init__(self, c):
        super().__init__()
        self.heads, self.size = c.num_attention_heads, c.hidden_size // c.num_attention_heads
        self.query = nn.Linear(c.hidden_size, c.hidden_size)
        self.key = nn.Linear(c.hidden_size, c.hidden_size)
        self.value = nn.Linear(c.hidden_size, c.hidden_size)

    def _split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def forward(self, x, mask, asking):
        query, key, value = self._split(self.query(asking)), self._split(self.key(x)), self._split(self.value(x))
        # In training the queries are divided, which is the same product and touches less memory than dividing the scores.
        if torch.is_grad_enabled():
            scores = torch.matmul(query / math.sqrt(self.size), key.transpose(-1, -2))
        else:
            scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(self.size)
        if mask is not None:
            scores = scores + mask
        weights = torch.softmax(scores, dim=-1)
        context = torch.matmul(weights, value).transpose(1, 2)
        return context.reshape(asking.shape), weights


class SublayerOutput(nn.Module):
    """Projection onto the residual stream: the end of either half of a layer."""

    def __init__(self, size_in, size_out):
        super().__init__()
        self.dense = nn.Linear(size_in, size_out)

    def forward(self, x, residual):
        return self.dense(x) + residual


class Attention(nn.Module):
    """LayerNorm, self-attention, output projection, residual."""

    def __init__(self, c):
        super().__init__()
        self.LayerNorm = nn.LayerNorm(c.hidden_size, eps=1e-12)
        self.self = SelfAttention(c)
        self.output = SublayerOutput(c.hidden_size, c.hidden_size)

    def forward(self, x, mask, columns=None):
        normed, residual = self.LayerNorm(x), x
        asking = normed
        if columns is not None:
            where = columns[:, :, None].expand(-1, -1, x.shape[2])
            asking, residual = normed.gather(1, where), x.gather(1, where)
        context, weights = self.self(normed, mask, asking)
        return self.output(context, residual), weights


class Intermediate(nn.Module):
    """LayerNorm and the widening half of the feed-forward network, with GELU."""

    def __init__(self, c):
        super().__init__()
        self.LayerNorm = nn.LayerNorm(c.hidden_size, eps=1e-12)
        self.dense = nn.Linear(c.hidden_size, c.intermediate_size)

    def forward(self, x):
        return F.gelu(self.dense(self.LayerNorm(x)))


class Layer(nn.Module):
    """Attention, then feed-forward; at the positions `columns` `[B,K]` only, where they are given."""

    def __init__(self, c):
        super().__init__()
        self.attention = Attention(c)
        self.intermediate = Intermediate(c)
        self.output = SublayerOutput(c.intermediate_size, c.hidden_size)

    def forward(self, x, mask, columns=None):
        x, weights = self.attention(x, mask, columns)
        return self.output(self.intermediate(x), x), weights


class Encoder(nn.Module):
    """The stack of layers and a last LayerNorm; collects every layer's attention weights.

    With `columns` `[B,K]` the last layer works at those positions only, all that training looks at.
    """

    def __init__(self, c):
        super().__init__()
        self.layer = nn.ModuleList([Layer(c) for _ in range(c.num_hidden_layers)])
        self.LayerNorm = nn.LayerNorm(c.hidden_size, eps=1e-12)

    def forward(self, x, mask, columns=None):
        weights = []
        for layer in self.layer:
            x, w = layer(x, mask, columns if layer is self.layer[-1] else None)
            weights.append(w)
        return self.LayerNorm(x), weights


class Bert(nn.Module):
    """Embeddings and encoder. `attention_mask` is 1 for real tokens, 0 for padding, or None."""

    def __init__(self, c):
        super().__init__()
        self.embeddings = Embeddings(c)
        self.encoder = Encoder(c)

    def forward(self, ids, segments, attention_mask=None, columns=None):
        mask = None
        if attention_mask is not None:
            mask = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * torch.finfo(torch.float32).min
        return self.encoder(self.embeddings(ids, segments), mask, columns)


class Transform(nn.Module):
    """Dense, GELU, LayerNorm before the scores over the vocabulary."""

    def __init__(self, c):
        super().__init__()
        self.dense = nn.Linear(c.hidden_size, c.hidden_size)
        self.LayerNorm = nn.LayerNorm(c.hidden_size, eps=1e-12)

    def forward(self, x):
        # In training the products may be bfloat16; norms are always float32.
        return self.LayerNorm(F.gelu(self.dense(x)).float())


class Predictions(nn.Module):
    """Scores over the vocabulary with the embedding matrix itself (tied) and a bias."""

    def __init__(self, c):
        super().__init__()
        self.transform = Transform(c)
        self.bias = nn.Parameter(torch.zeros(c.vocab_size))

    def forward(self, x, embedding):
        return torch.matmul(self.transform(x), embedding.t()) + self.bias


class Head(nn.Module):
    """Holds the predictions under the name that hub checkpoints give them."""

    def __init__(self, c):
        super().__init__()
        self.predictions = Predictions(c)

    def forward(self, x, embedding):
        return self.predictions(x, embedding)


class BertForMaskedLM(nn.Module):
    """`forward` gives logits `[B,T,V]`; `score` gives them at chosen positions only, which is what training needs."""

    def __init__(self, c):
        super().__init__()
        self.config = c
        self.bert = Bert(c)
        self.cls = Head(c)
        self.apply(self._initialise)
        e, first = self.bert.embeddings, self.bert.encoder.layer[0].attention.self
        begin_with_neighbours(e.word_embeddings.weight, e.position_embeddings.weight, first.query.weight, first.key.weight, first.size,
                              BESIDE, amplitude=0.08)

    def _initialise(self, module):
        if isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=module.in_features ** -0.5)
            nn.init.zeros_(module.bias)
        if isinstance(module, SublayerOutput):
            # Each of the 2 L sublayers adds its part to the stream: together they begin as large as the embeddings (Radford et al. 2019).
            nn.init.normal_(module.dense.weight, std=(2 * self.config.num_hidden_layers * module.dense.in_features) ** -0.5)

    def forward(self, input_ids, attention_mask, token_type_ids):
        hidden, _ = self.bert(input_ids, token_type_ids, attention_mask)
        return self.cls(hidden, self.bert.embeddings.word_embeddings.weight)

    def score(self, ids, segments, columns):
        """Logits `[B,K,V]` at the positions `columns` `[B,K]` of a batch without padding, and the weights of every layer.

        Those of the last layer have the rows of `columns` only.
        """
        hidden, weights = self.bert(ids, segments, columns=columns)
        return self.cls(hidden, self.bert.embeddings.word_embeddings.weight), weights
