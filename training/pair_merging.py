"""Byte-pair merging (Sennrich et al. 2016): the most frequent neighbouring pair inside words becomes one symbol, again and again."""

from collections import Counter, defaultdict


def _merge(symbols, left, right, joined):
    out, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and symbols[i] == left and symbols[i + 1] == right:
            out.append(joined)
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out


def merges(words, weights, join):
    """Yield `(left, right, joined)` in order of rank, for ever while pairs are left.

    `words` are lists of symbols, `weights` their counts, `join(left, right)` makes the new symbol. Ties are broken by the pair
    itself, so that the result does not depend on the order of a dictionary.
    """
    words = list(words)
    pairs, where = Counter(), defaultdict(set)
    for index, symbols in enumerate(words):
        for pair in zip(symbols, symbols[1:]):
            pairs[pair] += weights[index]
            where[pair].add(index)
    while pairs:
        (left, right), _ = max(pairs.items(), key=lambda item: (item[1], item[0]))
        joined = join(left, right)
        yield left, right, joined
        for index in list(where[(left, right)]):
            symbols, weight = words[index], weights[index]
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] -= weight
                if pairs[pair] <= 0:
                    del pairs[pair]
                where[pair].discard(index)
            words[index] = _merge(symbols, left, right, joined)
            for pair in zip(words[index], words[index][1:]):
                pairs[pair] += weight
                where[pair].add(index)
