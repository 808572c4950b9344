"""A small T5 (Raffel et al. 2020): pre-norm with RMS, no biases, relative position buckets, unscaled scores; hub names.

The decoder works with or without a cache: `past` holds, a layer, the keys and values `[B,H,T,K]` of the decoder's own words and
of the encoder's, in this order.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class T5Config:
    """Sizes, with the names that `config.json` uses."""
    vocab_size: int = 568
    d_model: int = 64
    d_kv: int = 16
    d_ff: int = 256
    num_layers: int = 2
    num_decoder_layers: int = 2
    num_heads: int = 4
    relative_attention_num_buckets: int = 16
    relative_attention_max_distance: int = 32


class RMSNorm(nn.Module):
    """Scale by the root of the mean square; no mean is taken off."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def bucket(distance, both_ways, buckets, longest):
    """Bucket of each signed distance (key minus query): exact when near, logarithmic when far."""
    found = torch.zeros_like(distance)
    if both_ways:
        buckets = buckets // 2
        found = found + (distance > 0).to(torch.long) * buckets
        distance = distance.abs()
    else:
        distance = -torch.minimum(distance, torch.zeros_like(distance))
    exact = buckets // 2
    far = exact + (torch.log(distance.clamp(min=1).float() / exact) / math.log(longest / exact) * (buckets - exact)).to(torch.long)
    return found + torch.where(distance < exact, distance, far.clamp(max=buckets - 1))


class Attention(nn.Module):
    """softmax(Q Kᵀ + bias) V; keys and values come from `x`, from `memory`, or from the cache."""

    def __init__(self, c, with_bias=False, both_ways=True):
        super().__init__()
        inner = c.num_heads * c.d_kv
        self.q, self.k = nn.Linear(c.d_model, inner, bias=False), nn.Linear(c.d_model, inner, bias=False)
        self.v, self.o = nn.Linear(c.d_model, inner, bias=False), nn.Linear(inner, c.d_model, bias=False)
        self.heads, self.size, self.both_ways = c.num_heads, c.d_kv, both_ways
        self.buckets, self.longest = c.relative_attention_num_buckets, c.relative_attention_max_distance
        if with_bias:
            self.relative_attention_bias = nn.Embedding(self.buckets, c.num_heads)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def position_bias(self, queries, keys):
        """Bias `[1,H,Q,K]`; the queries are the last `queries` of the `keys` positions."""
        places = torch.arange(keys)
        distance = places[None, :] - places[keys - queries:, None]
        return self.relative_attention_bias(bucket(distance, self.both_ways, self.buckets, self.longest)).permute(2, 0, 1)[None]

    def forward(self, x, keys, values, bias):
        scores = torch.matmul(self.split(self.q(x)), keys.transpose(-1, -2)) + bias
        weights = torch.softmax(scores, dim=-1)
        context = torch.matmul(weights, values).transpose(1, 2)
        return self.o(context.reshape(x.shape[0], x.shape[1], self.heads * self.size)), weights


class SelfLayer(nn.Module):
    """Self-attention sublayer; `past` is `(keys, values)` of the words before, or None."""

    def __init__(self, c, with_bias, both_ways):
        super().__init__()
        self.SelfAttention, self.layer_norm = Attention(c, with_bias, both_ways), RMSNorm(c.d_model)

    def forward(self, x, bias, past):
        attention, seen = self.SelfAttention, self.layer_norm(x)
        keys, values = attention.split(attention.k(seen)), attention.split(attention.v(seen))
        if past:
            keys, values = torch.cat([past[0], keys], 2), torch.cat([past[1], values], 2)
        added, _ = attention(seen, keys, values, bias)
        return x + added, keys, values


class CrossLayer(nn.Module):
    """Cross-attention sublayer; `past` is the `(keys, values)` of the source, or None on the first call."""

    def __init__(self, c):
        super().__init__()
        self.EncDecAttention, self.layer_norm = Attention(c), RMSNorm(c.d_model)

    def forward(self, x, memory, mask, past):
        attention = self.EncDecAttention
        keys, values = past or (attention.split(attention.k(memory)), attention.split(attention.v(memory)))
        added, weights = attention(self.layer_norm(x), keys, values, mask)
        return x + added, keys, values, weights


class FeedForward(nn.Module):
    """ReLU feed-forward sublayer."""

    def __init__(self, c):
        super().__init__()
        self.layer_norm = RMSNorm(c.d_model)
        self.wi, self.wo = nn.Linear(c.d_model, c.d_ff, bias=False), nn.Linear(c.d_ff, c.d_model, bias=False)

    def forward(self, x):
        return x + self.wo(torch.relu(self.wi(self.layer_norm(x))))


class Block(nn.Module):
    """One layer: self-attention, in the decoder cross-attention, feed-forward. Returns `(x, cache, cross weights)`."""

    def __init__(self, c, first, decoder):
        super().__init__()
        cross = [CrossLayer(c)] if decoder else []
        self.layer = nn.ModuleList([SelfLayer(c, first, not decoder), *cross, FeedForward(c)])

    def forward(self, x, bias, memory, mask, past):
        x, keys, values = self.layer[0](x, bias, past[:2] if past else None)
        cache, weights = (keys, values), None
        if len(self.layer) == 3:
            x, source_keys, source_values, weights = self.layer[1](x, memory, mask, past[2:] if past else None)
            cache += (source_keys, source_values)
        return self.layer[-1](x), cache, weights


class Stack(nn.Module):
    """The layers of one side and the last norm; the first layer's position bias serves all."""

    def __init__(self, c, layers, decoder):
        super().__init__()
        self.block = nn.ModuleList([Block(c, i == 0, decoder) for i in range(layers)])
        self.final_layer_norm = RMSNorm(c.d_model)

    def position_bias(self, queries, keys):
        return self.block[0].layer[0].SelfAttention.position_bias(queries, keys)

    def forward(self, x, bias, memory=None, mask=None, past=None):
        present, cross = [], []
        for index, block in enumerate(self.block):
            x, cache, weights = block(x, bias, memory, mask, past[index] if past else None)
            present.append(cache)
            cross.append(weights)
        return self.final_layer_norm(x), present, cross


class T5(nn.Module):
    """`encode`, then `decode`; `forward` does both for training (teacher forcing)."""

    def __init__(self, c):
        super().__init__()
        self.config = c
        self.shared = nn.Embedding(c.vocab_size, c.d_model)
        self.encoder, self.decoder = Stack(c, c.num_layers, False), Stack(c, c.num_decoder_layers, True)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=module.in_features ** -0.5)
            if isinstance(module, Attention):
                nn.init.normal_(module.q.weight, std=(c.d_model * c.d_kv) ** -0.5)

    def encode(self, ids, attention_mask=None):
        """Hidden states `[B,S,D]` of source ids `[B,S]`."""
        bias = self.encoder.position_bias(ids.shape[1], ids.shape[1])
        if attention_mask is not None:
            bias = bias + far_away(attention_mask)
        return self.encoder(self.shared(ids), bias)[0]

    def decode(self, ids, memory, attention_mask=None, past=None):
        """Return `(logits [B,T,V], present, cross weights of each layer)`."""
        length = ids.shape[1] + (past[0][0].shape[2] if past else 0)
        bias = self.decoder.position_bias(ids.shape[1], length)
        if past is None:
            bias = bias + torch.full((length, length), torch.finfo(torch.float32).min).triu(1)
        mask = torch.zeros(1) if attention_mask is None else far_away(attention_mask)
        x, present, cross = self.decoder(self.shared(ids), bias, memory, mask, past)
        return torch.matmul(x * self.config.d_model ** -0.5, self.shared.weight.t()), present, cross

    def forward(self, source, target_in):
        return self.decode(target_in, self.encode(source))[0]


def far_away(attention_mask):
    """0 where the mask `[B,S]` is 1, the smallest number where it is 0; shape `[B,1,1,S]`."""
    return (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * torch.finfo(torch.float32).min
