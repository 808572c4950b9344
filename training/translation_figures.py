"""What a model of the translation task gets right, and how its attention lies over the known alignment."""

from collections import Counter

import numpy as np

import translation_task as task

SAMPLE = 20


def right_ones(data, sentences, translate):
    """Return `[(weights [...,T,S], (source, target, links)), ...]` of the sentences that come out word for word.

    `translate(source ids)` gives `(target ids, a row of weights [...,S] for each)`. Only for those sentences are the true links known.
    """
    kept = []
    for sentence in sentences:
        ids, rows = translate(data.encode(sentence[0]))
        if ids == data.encode(sentence[1]):
            kept.append((np.stack(rows, -2), sentence))
    return kept


def error_rate(kept, which=()):
    """Alignment error rate of the source word that each target word looks at most; `which` names layer and head, if there are any."""
    if not kept:
        return 1.0
    return task.alignment_error_rate([w[which].argmax(-1).tolist() for w, _ in kept], [links for _, (_, _, links) in kept])


def misses(kept, which=(), most=5):
    """The commonest `(target word, source word looked at, its share of that target word's places)` where the look is wrong."""
    wrong, places = Counter(), Counter()
    for weights, (source, target, links) in kept:
        for word, look, true in zip(target, weights[which].argmax(-1), links):
            places[word] += 1
            if true and look not in true:
                wrong[word, source[look]] += 1
    return [(word, looked, count / places[word]) for (word, looked), count in wrong.most_common(most)]


def written(words):
    """The sentence as a person writes it."""
    return " ".join(words).replace(" 's", "'s").replace(" .", ".")


def figures_of(data, translate, which=()):
    """Return `(figures, kept)`: what the card reports of the held-out sentences with a sample for the tests, and their weights."""
    kept = right_ones(data, data.held_out, translate)
    sample = data.held_out[:SAMPLE]
    right = right_ones(data, sample, translate)
    return {
        "heldOut": len(data.held_out), "exact": len(kept) / len(data.held_out), "alignmentErrorRate": error_rate(kept, which),
        "sampleExact": len(right), "sampleAlignmentErrorRate": error_rate(right, which),
        "sample": [{"source": written(s), "target": written(t), "links": links} for s, t, links in sample],
    }, kept
