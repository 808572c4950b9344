"""What the heads of a model do, measured on held-out text.

Pattern score: s(P) = sum(A * P) / sum(A) over the rows (queries) where P has a one; the share of attention that follows P.
Broad: the mean over rows of the entropy divided by ln(number of keys that the row sees). Examples of one length, nothing padded.
"""

import numpy as np

AIM = 0.5  # a head "does" a pattern when at least half of its attention follows it


def pattern_matrices(ids, cls_id, sep_id):
    """Return `{name: P [B,T,T]}` of zeros and ones for a batch of ids `[B,T]`; row = query."""
    batch, length = ids.shape
    eye = np.eye(length, dtype=bool)
    whole = np.ones((batch, length, length), dtype=bool)
    return {
        "previous": whole & np.eye(length, k=-1, dtype=bool),
        "next": whole & np.eye(length, k=1, dtype=bool),
        "two back": whole & np.eye(length, k=-2, dtype=bool),
        "two ahead": whole & np.eye(length, k=2, dtype=bool),
        "three back": whole & np.eye(length, k=-3, dtype=bool),
        "three ahead": whole & np.eye(length, k=3, dtype=bool),
        "self": whole & eye,
        "same token": (ids[:, :, None] == ids[:, None, :]) & ~eye,
        "first [CLS]": whole & (ids == cls_id)[:, None, :],
        "separator [SEP]": whole & (ids == sep_id)[:, None, :],
    }


def causal_matrices(ids):
    """As `pattern_matrices`, for heads that look back; nothing is asked of the first row, which can look nowhere else."""
    batch, length = ids.shape
    eye, later = np.eye(length, dtype=bool), np.ones((batch, length, 1), dtype=bool)
    later[:, 0] = False
    return {
        "previous": later & np.eye(length, k=-1, dtype=bool),
        "two back": later & np.eye(length, k=-2, dtype=bool),
        "self": later & eye,
        "same token": (ids[:, :, None] == ids[:, None, :]) & np.tri(length, k=-1, dtype=bool),
        "first": later & (np.arange(length) == 0),
    }


def measure(attention, batches, patterns, causal=False):
    """Scores per head over `batches` of `(ids, segments)`; `attention(ids, segments)` gives `[L,B,H,T,T]`.

    `patterns(ids)` gives the matrices. Returns `{name: [L,H]}` with their names and "broad".
    """
    on, all_of, entropy, rows = {}, {}, 0.0, 0
    for ids, segments in batches:
        weights = attention(ids, segments)
        for name, pattern in patterns(ids).items():
            asked = pattern.any(-1)
            on[name] = on.get(name, 0.0) + (weights * pattern[None, :, None]).sum((1, 3, 4))
            all_of[name] = all_of.get(name, 0.0) + (weights.sum(-1) * asked[None, :, None]).sum((1, 3))
        logs = np.where(weights > 0, np.log(np.maximum(weights, 1e-30)), 0.0)
        first = 1 if causal else 0
        seen = np.arange(1, ids.shape[1] + 1) if causal else np.full(ids.shape[1], ids.shape[1])
        entropy = entropy - ((weights * logs).sum(-1)[..., first:] / np.log(seen[first:])).sum((1, 3))
        rows += ids.shape[0] * (ids.shape[1] - first)
    scores = {name: on[name] / all_of[name] for name in on}
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


def roles_of(scores):
    """A line a pattern: the head that does it most, and whether it does mainly that."""
    lines = []
    for name, (layer, head, score) in best(scores).items():
        verdict = "" if score >= AIM else f" - below {AIM:.0%}: no head of this model does mainly this"
        lines.append(f"- {name}: head {layer}.{head}, {score:.1%}{verdict}")
    return "\n".join(lines)
