"""Examples and batches for the masked language model.

An example is a run of whole sentences of one paragraph stream, as `[CLS] A [SEP]` or `[CLS] A [SEP] B [SEP]` where B goes on
from A. Examples of one length go into one batch, so nothing is ever padded and no score is computed for nothing.
"""

import numpy as np

from wordpiece import CLS, MASK, SEP, SPECIAL

# Upper limits of an example's length, and how often each is drawn: mostly short (speed), some up to the last position.
LIMITS, SHARES = (16, 32, 64, 128, 256), (0.12, 0.22, 0.52, 0.10, 0.04)
PAIR_SHARE = 0.6


class Examples:
    """Endless, seeded supply of batches `(ids [B,T], segments [B,T])` of about `tokens` tokens each."""

    def __init__(self, sentence_ids, tokens, seed, limits=LIMITS, shares=SHARES):
        self.sentences, self.tokens, self.rng = sentence_ids, tokens, np.random.default_rng(seed)
        self.limits, self.shares = limits, shares

    def _examples(self):
        """One pass over all sentences in order: lists of consecutive sentences that fit a drawn limit."""
        limits = self.rng.choice(self.limits, p=self.shares, size=len(self.sentences))
        run, length, drawn = [], 0, 0
        limit = int(limits[0])
        for sentence in self.sentences:
            if run and length + len(sentence) > limit - 3:
                yield run
                run, length, drawn = [], 0, drawn + 1
                limit = int(limits[drawn])
            run.append(sentence[:limit - 3])
            length += len(run[-1])
        if run:
            yield run

    def _assemble(self, run):
        pair = len(run) > 1 and self.rng.random() < PAIR_SHARE
        cut = int(self.rng.integers(1, len(run))) if pair else len(run)
        first = [CLS] + [i for s in run[:cut] for i in s] + [SEP]
        second = [i for s in run[cut:] for i in s] + [SEP] if pair else []
        return first + second, len(first)

    def epoch(self):
        """All batches of one pass in random order."""
        by_length = {}
        for run in self._examples():
            ids, first = self._assemble(run)
            # Long lengths are rare: cut to a multiple of eight so that they still fill batches.
            length = len(ids) if len(ids) <= 64 else len(ids) // 8 * 8
            by_length.setdefault(length, []).append((ids[:length - 1] + [SEP] if length < len(ids) else ids, first))
        batches = []
        for length, examples in by_length.items():
            order = self.rng.permutation(len(examples))
            size = max(1, self.tokens // length)
            batches += [(length, [examples[i] for i in order[k:k + size]]) for k in range(0, len(order), size)]
        for index in self.rng.permutation(len(batches)):
            length, examples = batches[index]
            ids = np.array([ids for ids, _ in examples], dtype=np.int64)
            segments = (np.arange(length)[None, :] >= np.array([first for _, first in examples])[:, None]).astype(np.int64)
            yield ids, segments


def mask(ids, rng, vocab_size, share=0.15, keep=0.1, swap=0.1, inside=None):
    """Choose `share` of each row's tokens, never [CLS] or [SEP]; return `(masked ids [B,T], columns [B,K], targets [B,K])`.

    Of the chosen, `keep` stay, `swap` become a random piece, the others become [MASK] (Devlin et al. 2019, section 3.1). With `inside`,
    which says of every piece of the vocabulary whether it goes on a word, the pieces of a word are chosen together (whole-word masking),
    but for a word that the count ends in.
    """
    ordinary = (ids != CLS) & (ids != SEP)
    count = max(1, round(share * (ids.shape[1] - 3)))
    draws = rng.random(ids.shape)
    if inside is not None:
        # A piece inside a word has its first piece's draw, a little later for each place.
        begins = np.maximum.accumulate(np.where(inside[ids], 0, np.arange(ids.shape[1])), axis=1)
        draws = np.take_along_axis(draws, begins, 1) + 1e-9 * np.arange(ids.shape[1])
    columns = np.sort(np.argsort(np.where(ordinary, draws, 2.0), axis=1)[:, :count], axis=1)
    targets = np.take_along_axis(ids, columns, 1)
    draw = rng.random(columns.shape)
    shown = np.where(draw < 1 - keep - swap, MASK, rng.integers(len(SPECIAL), vocab_size, columns.shape))
    shown = np.where(draw >= 1 - keep, targets, shown)
    masked = ids.copy()
    np.put_along_axis(masked, columns, shown, 1)
    return masked, columns, targets
