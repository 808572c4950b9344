"""Teach heads to look from a word to the word it is linked to: examples from labelled sentences, and the loss of their heads.

After Strubell et al. (2018), who teach one head the syntactic head of every word with a loss of its own; here each head learns one kind.
"""

import numpy as np
import torch

from grammar_labels import words_of
from wordpiece import CLS, SEP

# What each taught head learns: the kinds of links that are its own.
LEARNS = {"subject": ("subject",), "object": ("object", "complement"), "modifier": ("determiner", "adjective"),
          "preposition": ("preposition",), "antecedent": ("antecedent",)}
# link-grammar says nothing of pronouns: a row of one that is not linked is left as it is by the head that learns them.
PRONOUNS = set("he him his himself she her hers herself it its itself they them their theirs who which that".split())
FAR = 2.0  # how much more a row counts whose word is no neighbour


def pronoun_places(text):
    """Places of the pronouns of a text."""
    return {place for place, (word, _, _) in enumerate(words_of(text)) if word.lower() in PRONOUNS}


class Teaching:
    """Batches of labelled sentences of one length: `epoch(n)` yields `(ids [B,T], segments [B,T], targets)`.

    `targets[name]` is `(links [B,T,T], rows [B,T], idle [B,T])`: where a linked row should look, how much the row counts, and which
    rows have no such link and may rest. `join(parts)` puts one or two labelled sentences into one example, `(ids, segments, owner)`
    with words counted on.
    """

    def __init__(self, labelled, names, join, tokens, seed, joined_share=0.35):
        self.labelled, self.names, self.join, self.tokens, self.seed, self.joined_share = labelled, names, join, tokens, seed, joined_share

    def epoch(self, number):
        """All sentences once, in random order, some of them two in one example."""
        rng = np.random.default_rng([self.seed, number, 77])
        order, at, by_length = rng.permutation(len(self.labelled)), 0, {}
        while at < len(order):
            count = 2 if rng.random() < self.joined_share else 1
            parts = [self.labelled[i] for i in order[at:at + count]]
            at += count
            ids, segments, owner = self.join(parts, rng)
            by_length.setdefault(len(ids), []).append((ids, segments, owner, parts))
        groups = []
        for length, examples in by_length.items():
            size = max(1, self.tokens // length)
            groups += [examples[i:i + size] for i in range(0, len(examples), size)]
        for index in rng.permutation(len(groups)):
            yield self._batch(groups[index])

    def _batch(self, group):
        ids, segments = (np.array([example[i] for example in group], dtype=np.int64) for i in (0, 1))
        size, length = ids.shape
        targets = {}
        for name in self.names:
            links = np.zeros((size, length, length), np.float32)
            rows, idle = np.zeros((size, length), np.float32), np.zeros((size, length), np.float32)
            for place, (_, _, owner, parts) in enumerate(group):
                begin = 0
                for part, whole, pronouns in parts:
                    linked = {}
                    for kind in LEARNS[name]:
                        for word, others in part.rows.get(kind, {}).items():
                            linked.setdefault(word, set()).update(others)
                    for word, others in linked.items():
                        mine = owner == begin + word
                        links[place][np.ix_(mine, np.isin(owner, [begin + other for other in others]))] = 1
                        rows[place, mine] = FAR if min(abs(word - other) for other in others) > 1 else 1.0
                    if name in whole:
                        quiet = [begin + w for w in range(part.words) if w not in linked and not (name == "antecedent" and w in pronouns)]
                        idle[place, np.isin(owner, quiet)] = 1
                    begin += part.words
            targets[name] = (links, rows, idle)
        return ids, segments, targets


def taught_loss(weights, targets, heads, rest, idle_share=0.15):
    """The loss of the taught heads: -ln of the weight on the linked words, and weakly of that on `rest [B,T,T]` where nothing is linked.

    `weights` are those of every layer, `[B,H,T,T]`; `heads` is `{name: (layer, head)}`. Returns the sum and each head's own part.
    """
    parts = {}
    for name, (layer, head) in heads.items():
        mine = weights[layer][:, head].float()
        links, rows, idle = (torch.from_numpy(each) for each in targets[name])
        found = -(mine * links).sum(-1).clamp_min(1e-6).log()
        quiet = -(mine * rest).sum(-1).clamp_min(1e-6).log()
        parts[name] = (found * rows).sum() / rows.sum().clamp_min(1) + idle_share * (quiet * idle).sum() / idle.sum().clamp_min(1)
    return sum(parts.values()), {name: part.item() for name, part in parts.items()}


def word_piece_example(parts, rng):
    """One or two labelled sentences as the masked model reads them: run on, or as a pair."""
    inner = [(part[0].ids[1:-1], part[0].owner[1:-1], part[0].words) for part in parts]
    pair = len(parts) == 2 and rng.random() < 0.4
    ids, segments, owner, begin = [CLS], [0], [-1], 0
    for index, (pieces, words, count) in enumerate(inner):
        segment = int(pair and index == 1)
        ids, owner = ids + pieces, owner + [begin + w for w in words]
        segments = segments + [segment] * len(pieces)
        begin += count
        if pair or index == len(inner) - 1:
            ids, segments, owner = ids + [SEP], segments + [segment], owner + [-1]
    return ids, segments, np.array(owner)


def prepared(labelled, encode, whole):
    """`[(Labelled, kinds whose rows are all known, pronouns)]` of `[(text, links)]`."""
    return [(encode(text, links), whole, pronoun_places(text)) for text, links in labelled]
