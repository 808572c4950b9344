"""A small GPT-2 (Radford et al. 2019): pre-norm decoder, learned positions, tied output matrix, works with a cache.

One norm more, behind the embeddings (as BLOOM has it, Le Scao et al. 2022): without it perplexity after 300 steps was 189, with it 142.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from positions import begin_with_neighbours

BESIDE = (-1, -2)  # where the first heads of the first layer look at first


@dataclass
class GPT2Config:
    """Sizes, with the names that `config.json` uses."""
    vocab_size: int = 4096
    n_embd: int = 128
    n_layer: int = 4
    n_head: int = 4
    n_positions: int = 256


class Attention(nn.Module):
    """Causal self-attention; `past` is `(keys, values)` `[B,H,T,D/H]` of the pieces before, or None."""

    def __init__(self, c):
        super().__init__()
        self.heads, self.size = c.n_head, c.n_embd // c.n_head
        self.q_proj, self.k_proj = nn.Linear(c.n_embd, c.n_embd), nn.Linear(c.n_embd, c.n_embd)
        self.v_proj, self.c_proj = nn.Linear(c.n_embd, c.n_embd), nn.Linear(c.n_embd, c.n_embd)

    def _split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def forward(self, x, mask, past):
        query, keys, values = self._split(self.q_proj(x)), self._split(self.k_proj(x)), self._split(self.v_proj(x))
        if past:
            keys, values = torch.cat([past[0], keys], 2), torch.cat([past[1], values], 2)
        scores = torch.matmul(query, keys.transpose(-1, -2)) / math.sqrt(self.size) + mask
        weights = torch.softmax(scores, dim=-1)
        context = torch.matmul(weights, values).transpose(1, 2).reshape(x.shape)
        return self.c_proj(context), (keys, values), weights


class MLP(nn.Module):
    """Feed-forward network four times as wide, with GELU."""

    def __init__(self, c):
        super().__init__()
        self.c_fc, self.c_proj = nn.Linear(c.n_embd, 4 * c.n_embd), nn.Linear(4 * c.n_embd, c.n_embd)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x)))


class Block(nn.Module):
    """One layer."""

    def __init__(self, c):
        super().__init__()
        self.ln_1, self.attn = nn.LayerNorm(c.n_embd), Attention(c)
        self.ln_2, self.mlp = nn.LayerNorm(c.n_embd), MLP(c)

    def forward(self, x, mask, past):
        added, cache, weights = self.attn(self.ln_1(x), mask, past)
        x = x + added
        return x + self.mlp(self.ln_2(x)), cache, weights


class Transformer(nn.Module):
    """Embeddings and their norm, layers, last norm."""

    def __init__(self, c):
        super().__init__()
        self.word_embeddings, self.position_embeddings = nn.Embedding(c.vocab_size, c.n_embd), nn.Embedding(c.n_positions, c.n_embd)
        self.ln_e, self.ln_f = nn.LayerNorm(c.n_embd), nn.LayerNorm(c.n_embd)
        self.h = nn.ModuleList([Block(c) for _ in range(c.n_layer)])

    def forward(self, ids, positions, mask, past):
        x, present, weights = self.ln_e(self.word_embeddings(ids) + self.position_embeddings(positions)), [], []
        for index, block in enumerate(self.h):
            x, cache, w = block(x, mask, past[index] if past else None)
            present.append(cache)
            weights.append(w)
        return self.ln_f(x), present, weights


class GPT2(nn.Module):
    """`run` gives everything; `forward` is the exported graph."""

    def __init__(self, c):
        super().__init__()
        self.config, self.transformer = c, Transformer(c)
        for name, module in self.named_modules():
            if isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                # The projections into the residual stream start small, so that depth does not add up.
                shrink = (2 * c.n_layer) ** -0.5 if name.endswith("c_proj") else 1.0
                nn.init.normal_(module.weight, std=shrink * module.in_features ** -0.5)
                nn.init.zeros_(module.bias)
        t, first = self.transformer, self.transformer.h[0].attn
        begin_with_neighbours(t.word_embeddings.weight, t.position_embeddings.weight, first.q_proj.weight, first.k_proj.weight, first.size,
                              BESIDE, amplitude=0.12)

    def weights(self, ids):
        """The attention weights of each layer, `[B,H,T,T]`, without the scores over the vocabulary."""
        length = ids.shape[1]
        mask = torch.triu(torch.ones(length, length), 1) * torch.finfo(torch.float32).min
        return self.transformer(ids, torch.arange(length)[None, :], mask, None)[2]

    def run(self, ids, positions=None, attention_mask=None, past=None):
        """Return `(logits [B,T,V], present, weights of each layer [B,H,T,K])`; the queries are the last T of K positions."""
        before = past[0][0].shape[2] if past else 0
        keys = torch.arange(before + ids.shape[1])
        queries = keys[before:]
        smallest = torch.finfo(torch.float32).min
        mask = (keys[None, :] > queries[:, None]).to(torch.float32) * smallest
        if attention_mask is not None:
            mask = torch.clamp(mask + (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * smallest, min=smallest)
        hidden, present, weights = self.transformer(ids, queries[None, :] if positions is None else positions, mask, past)
        return torch.matmul(hidden, self.transformer.word_embeddings.weight.t()), present, weights

    def forward(self, input_ids, attention_mask, position_ids, *cache):
        past = [cache[i:i + 2] for i in range(0, len(cache), 2)]
        logits, present, _ = self.run(input_ids, position_ids, attention_mask, past)
        return (logits, *(tensor for layer in present for tensor in layer))
