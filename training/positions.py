"""Positions as sines and cosines, and heads that begin as looking beside them or as resting on one word."""

import math

import torch


def sinusoids(positions, size, fastest=2.0, longest=200.0):
    """Return `(waves [positions, size], rates)`: sines and cosines of the positions, after Vaswani et al. (2017).

    The rates go from `fastest` to `1 / longest` radians a position.
    """
    rates = torch.exp(torch.linspace(math.log(fastest), -math.log(longest), size // 2))
    angles = torch.arange(positions)[:, None] * rates[None, :]
    return torch.stack([angles.sin(), angles.cos()], dim=-1).reshape(positions, size), rates


@torch.no_grad()
def look_beside(query, key, head, size, offset, rates, gain=1.5):
    """Begin `head` (of `size`) as one that looks `offset` positions away (mimetic initialisation, Trockman and Kolter 2023).

    `query` and `key` are the weights `[D,D]` of a first layer whose input has the sines and cosines in its first places, fast ones
    first. The key takes them as they are, the query turned by `offset` steps: the score is highest where key - query = offset.
    """
    rows = slice(head * size, (head + 1) * size)
    query[rows], key[rows] = 0, 0
    for pair in range(size // 2):
        at, row, angle = 2 * pair, head * size + 2 * pair, float(rates[pair]) * offset
        key[row, at] = key[row + 1, at + 1] = gain
        query[row, at], query[row, at + 1] = gain * math.cos(angle), gain * math.sin(angle)
        query[row + 1, at], query[row + 1, at + 1] = -gain * math.sin(angle), gain * math.cos(angle)


@torch.no_grad()
def place_positions(words, positions, fast, amplitude):
    """Begin the embeddings' weights: positions fill the first half of `positions` `[P,D]`, at `amplitude`; words (0.05) keep out of the
    first `fast` places, where the fastest waves are. Returns the waves' rates."""
    half = positions.shape[1] // 2
    waves, rates = sinusoids(len(positions), half)
    positions[:, :half] = amplitude * math.sqrt(2) * waves
    words *= 2.5
    words[:, :fast] = 0
    return rates


@torch.no_grad()
def mark_word(words, index, strength=5.0):
    """Begin with a place of the embedding, the last, that tells one word from all others; returns that place."""
    words[:, -1] = 0
    words[index, -1] = strength * 0.05
    return words.shape[1] - 1


@torch.no_grad()
def rest_on(query_bias, key, head, size, place, asking=8.0, answering=3.2):
    """Begin `head` as one that rests on the word that `place` marks, and looks elsewhere only where something scores higher.

    That is what most heads of BERT do with [SEP] (Clark et al. 2019).
    """
    row = head * size
    key[row] = 0
    key[row, place], query_bias[row] = answering, asking
