"""A trigram model with interpolated Kneser-Ney smoothing (Chen and Goodman 1998), to compare a causal model's perplexity with."""

import math
from collections import Counter


class Trigram:
    """Counts of one training stream; one discount of 0.75 at each order."""

    def __init__(self, stream, vocab_size, discount=0.75):
        self.discount, self.vocab_size = discount, vocab_size
        triples = Counter(zip(stream, stream[1:], stream[2:]))
        # Lower orders count in how many different contexts a piece goes on, not how often.
        pairs = Counter((b, c) for _, b, c in triples)
        singles = Counter(c for _, c in pairs)
        self.levels = [(singles, *self._sums(singles, lambda key: ())), (pairs, *self._sums(pairs, lambda key: key[:1])),
                       (triples, *self._sums(triples, lambda key: key[:2]))]

    @staticmethod
    def _sums(counts, context_of):
        totals, kinds = Counter(), Counter()
        for key, n in counts.items():
            context = context_of(key)
            totals[context] += n
            kinds[context] += 1
        return totals, kinds

    def probability(self, a, b, c):
        """P(c | a b)."""
        found = 1 / self.vocab_size
        for (counts, totals, kinds), context, key in zip(self.levels, ((), (b,), (a, b)), (c, (b, c), (a, b, c))):
            total = totals.get(context, 0)
            if total:
                found = (max(0.0, counts.get(key, 0) - self.discount) + self.discount * kinds[context] * found) / total
        return found

    def perplexity(self, streams):
        """Perplexity over the streams; the first two pieces of each are given."""
        lost = total = 0
        for stream in streams:
            for a, b, c in zip(stream, stream[1:], stream[2:]):
                lost -= math.log(self.probability(a, b, c))
                total += 1
        return math.exp(lost / total)
