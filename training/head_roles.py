"""What the heads of an encoder do, measured on held-out text.

Pattern score: s(P) = sum(A * P) / sum(A) over the rows (queries) where P has a one; the share of attention that follows P.
Broad: the mean over rows of the entropy divided by ln(number of keys). Examples of one length, nothing padded.
"""

import numpy as np

PATTERNS = ("previous", "next", "self", "same token", "first [CLS]", "separator [SEP]")


def pattern_matrices(ids, cls_id, sep_id):
    """Return `{name: P [B,T,T]}` of zeros and ones for a batch of ids `[B,T]`; row = query."""
    batch, length = ids.shape
    eye = np.eye(length, dtype=bool)
    whole = np.ones((batch, length, length), dtype=bool)
    return {
        "previous": whole & np.eye(length, k=-1, dtype=bool),
        "next": whole & np.eye(length, k=1, dtype=bool),
        "self": whole & eye,
        "same token": (ids[:, :, None] == ids[:, None, :]) & ~eye,
        "first [CLS]": whole & (ids == cls_id)[:, None, :],
        "separator [SEP]": whole & (ids == sep_id)[:, None, :],
    }


def measure(attention, batches, cls_id, sep_id):
    """Scores per head over `batches` of `(ids, segments)`; `attention(ids, segments)` gives `[L,B,H,T,T]`.

    Returns `{name: [L,H]}` with the names of PATTERNS and "broad".
    """
    on, all_of, entropy, rows = {}, {}, 0.0, 0
    for ids, segments in batches:
        weights = attention(ids, segments)
        for name, pattern in pattern_matrices(ids, cls_id, sep_id).items():
            asked = pattern.any(-1)
            on[name] = on.get(name, 0.0) + (weights * pattern[None, :, None]).sum((1, 3, 4))
            all_of[name] = all_of.get(name, 0.0) + (weights.sum(-1) * asked[None, :, None]).sum((1, 3))
        logs = np.where(weights > 0, np.log(np.maximum(weights, 1e-30)), 0.0)
        entropy = entropy - (weights * logs).sum(-1).sum((1, 3)) / np.log(ids.shape[1])
        rows += ids.size
    scores = {name: on[name] / all_of[name] for name in PATTERNS}
    scores["broad"] = entropy / rows
    return scores


def best(scores):
    """Return `{name: (layer, head, score)}`: the head that scores highest for each pattern."""
    found = {}
    for name, table in scores.items():
        layer, head = np.unravel_index(np.argmax(table), table.shape)
        found[name] = (int(layer), int(head), float(table[layer, head]))
    return found


def as_markdown(scores):
    """A table, one row a head, scores in per cent; the highest of each column is bold."""
    names = list(scores)
    lines = ["| layer.head | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    layers, heads = scores[names[0]].shape
    tops = {name: table.max() for name, table in scores.items()}
    for layer in range(layers):
        for head in range(heads):
            cells = []
            for name in names:
                value = scores[name][layer, head]
                cell = f"{100 * value:.0f}"
                cells.append(f"**{cell}**" if value == tops[name] else cell)
            lines.append(f"| {layer}.{head} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
