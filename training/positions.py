"""Positions as sines and cosines, and heads that begin as looking to one place beside them."""

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
def begin_with_neighbours(words, positions, query, key, size, offsets, amplitude):
    """Begin the embeddings' weights and a first layer so that its head number i looks `offsets[i]` places away.

    Positions fill the first half of `positions` `[P,D]`, at `amplitude`; words (0.05) keep out of the fast ones. All of it is then
    trained as all else.
    """
    half = positions.shape[1] // 2
    waves, rates = sinusoids(len(positions), half)
    positions[:, :half] = amplitude * math.sqrt(2) * waves
    words *= 2.5
    words[:, :size] = 0
    for head, offset in enumerate(offsets):
        look_beside(query, key, head, size, offset, rates)
