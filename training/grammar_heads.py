"""How well heads find grammar: labelled sentences, words put together from pieces, and scores of every head.

A head's weight from word to word is the sum over the pieces of the word looked at, the mean over those of the word that looks.
A row (a word that looks) is right when its strongest word is one that it is linked to; every word of the sentence stands to choose,
punctuation and the word itself too, special tokens do not. Two words are neighbours when nothing stands between them.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from byte_bpe import _WORDS
from grammar_labels import WORD, read_labels, words_of
from wordpiece import CLS, SEP

FOLDER = Path(__file__).resolve().parent / "grammar"
OFFSETS = [o for o in range(-8, 9) if o]


@dataclass
class Labelled:
    """One sentence: its pieces, the word that each belongs to (-1 for a special token), and `rows[kind][word]`, the words linked."""
    text: str
    ids: list
    owner: list
    words: int
    rows: dict = field(default_factory=dict)


def rows_of(links):
    """`{kind: {word: {linked words}}}` of `(kind, from, to)`."""
    rows = {}
    for kind, a, b in links:
        rows.setdefault(kind, {}).setdefault(a, set()).add(b)
    return rows


def own_sentences(path=FOLDER / "own.txt"):
    """`[(text, [(kind, from, to)])]` of the sentences of our own, marked `*` and `>`."""
    found, kind = [], None
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = re.match(r"## ([\w-]+)", line)[1]
        elif line and not line.startswith("#"):
            text = line.replace("*", "").replace(">", "")
            places = {start: index for index, (_, start, _) in enumerate(words_of(text))}
            marks, taken = {"*": [], ">": []}, 0
            for place, sign in enumerate(line):
                if sign in marks:
                    marks[sign].append(places[place - taken])
                    taken += 1
            found.append((text, [(kind, a, b) for a in marks["*"] for b in marks[">"]]))
    return found


def with_word_pieces(text, links, encoder):
    """A `Labelled` for the masked model: `[CLS] pieces [SEP]`."""
    words = words_of(text)
    pieces = [encoder.encode(word) for word, _, _ in words]
    owner = [-1, *(index for index, each in enumerate(pieces) for _ in each), -1]
    return Labelled(text, [CLS, *(i for each in pieces for i in each), SEP], owner, len(words), rows_of(links))


def with_byte_pairs(text, links, bpe):
    """A `Labelled` for the causal model: pieces alone, a space belongs to the word behind it."""
    words, ids, owner = words_of(text), [], []
    for match in _WORDS.finditer(text):
        begins = match.start() + len(match.group()) - len(match.group().lstrip())
        word = next((i for i, (_, start, end) in enumerate(words) if start <= begins < end), len(words) - 1)
        pieces = bpe.encode(match.group())
        ids += pieces
        owner += [word] * len(pieces)
    return Labelled(text, ids, owner, len(words), rows_of(links))


def word_weights(weights, owner, words):
    """`[L,H,W,W]` from `[L,H,T,T]`."""
    member = (np.array(owner)[None, :] == np.arange(words)[:, None]).astype(weights.dtype)
    return (member / np.maximum(1, member.sum(1, keepdims=True))) @ weights @ member.T


def batches(sentences, rows=48):
    """Sentences of one length together, so that nothing is padded."""
    by_length = {}
    for sentence in sentences:
        by_length.setdefault(len(sentence.ids), []).append(sentence)
    for length in sorted(by_length):
        group = by_length[length]
        yield from (group[i:i + rows] for i in range(0, len(group), rows))


def grammar_scores(attention, sentences, causal=False):
    """`{kind: what was counted}` over the sentences; `attention(ids [B,T])` gives `[L,B,H,T,T]`.

    Each holds `pairs`, `share [L,H]`, `far`, `far_share [L,H]`, and the baselines `offset`, `offset_share`, `far_offset`,
    `far_offset_share`, `uniform`. For a causal model only rows whose words all stand before them count.
    """
    kept = {}
    for group in batches(sentences):
        weights = attention(np.array([s.ids for s in group]))
        for place, sentence in enumerate(group):
            strongest = word_weights(weights[:, place], sentence.owner, sentence.words).argmax(-1)
            for kind, rows in sentence.rows.items():
                for word, linked in rows.items():
                    if causal and max(linked) >= word:
                        continue
                    near = any(abs(word - other) == 1 for other in linked)
                    hit = np.isin(strongest[:, :, word], list(linked))
                    seen = word if causal else sentence.words
                    kept.setdefault(kind, []).append((near, hit, [word + o in linked for o in OFFSETS], len(linked) / seen))
    return {kind: _figures(rows) for kind, rows in kept.items()}


def _figures(rows):
    near = np.array([row[0] for row in rows])
    hits, offsets = np.stack([row[1] for row in rows]), np.array([row[2] for row in rows])
    figures = {"pairs": len(rows), "share": hits.mean(0), "uniform": float(np.mean([row[3] for row in rows])), "far": int((~near).sum())}
    figures["offset"], figures["offset_share"] = _best_offset(offsets)
    if figures["far"]:
        figures["far_share"] = hits[~near].mean(0)
        figures["far_offset"], figures["far_offset_share"] = _best_offset(offsets[~near])
    return figures


def _best_offset(offsets):
    shares = offsets.mean(0)
    return OFFSETS[int(shares.argmax())], float(shares.max())


def as_figures(scores, heads=None):
    """What is told of each kind, as data: of the head that `heads` names for it, else of its best one.

    `{kind: {pairs, uniform, offset, offsetShare, layer, head, share, far, farOffset, farOffsetShare, farLayer, farHead, farShare}}`, all
    from `far` on where pairs that are no neighbours are among them, of which the best head may be another one.
    """
    figures = {}
    for kind, f in scores.items():
        layer, head = (heads or {}).get(kind) or _best_head(f["share"])
        told = {"pairs": f["pairs"], "uniform": f["uniform"], "offset": f["offset"], "offsetShare": f["offset_share"],
                "layer": layer, "head": head, "share": float(f["share"][layer, head])}
        if f["far"]:
            far_layer, far_head = (heads or {}).get(kind) or _best_head(f["far_share"])
            told.update(far=f["far"], farOffset=f["far_offset"], farOffsetShare=f["far_offset_share"], farLayer=far_layer, farHead=far_head,
                        farShare=float(f["far_share"][far_layer, far_head]))
        figures[kind] = told
    return figures


def _best_head(shares):
    return tuple(int(i) for i in np.unravel_index(shares.argmax(), shares.shape))


def as_table(figures, before=None):
    """The figures as a table in Markdown; with the best head of a former model, `before`, beside them."""
    titles = ("link", "words", "best fixed offset", "by chance", "head", "share", "not neighbours", "best fixed offset", "head", "share")
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for kind, f in figures.items():
        old = (before or {}).get(kind)
        share = f"{f['share']:.3f}" + (f" (before, {old['layer']}.{old['head']}: {old['share']:.3f})" if old else "")
        far = "0 | | | |"
        if "far" in f:
            far = f"{f['far']:,} | {f['farOffset']:+d}: {f['farOffsetShare']:.3f} | {f['farLayer']}.{f['farHead']} | {f['farShare']:.3f}"
            far += f" (before, {old['farLayer']}.{old['farHead']}: {old['farShare']:.3f}) |" if old and "far" in old else " |"
        lines.append(f"| {kind} | {f['pairs']:,} | {f['offset']:+d}: {f['offsetShare']:.3f} | {f['uniform']:.3f} | {f['layer']}.{f['head']} | "
                     f"{share} | {far}")
    return "\n".join(lines)


def relations(figures, learns, heads):
    """
    What a model's `config.json` says of its taught heads, for the extension to show: `{"heads": [{layer, head, relation, origin, scores}]}`.

    `heads` is `{relation: (layer, head)}`, `learns` the kinds of links of each relation; a score holds `kind, words, share, offsetShare` and, of
    words that are no neighbours of theirs, `apart` with the same.
    """
    def found(words, share, offset_share):
        return {"words": words, "share": round(share, 4), "offsetShare": round(offset_share, 4)}

    def score(kind):
        f = figures[kind]
        apart = {"apart": found(f["far"], f["farShare"], f["farOffsetShare"])} if "far" in f else {}
        return {"kind": kind, **found(f["pairs"], f["share"], f["offsetShare"]), **apart}

    return {"heads": [{"layer": layer, "head": head, "relation": name, "origin": "taught", "scores": [score(kind) for kind in learns[name] if kind in figures]}
                      for name, (layer, head) in heads.items()]}


def held_out(encode):
    """The held-out sentences and those of our own as `Labelled`; `encode(text, links)` is one of the two functions above."""
    return [encode(*each) for each in [*read_labels(FOLDER / "held-out.tsv"), *own_sentences()]]


def for_tests(attention, encode, figures, count=60, causal=False):
    """What a test repeats: the figures, some held-out sentences and all of our own, and what the figures' heads do on them.

    `{"grammar": figures, "labelledRight": {kind: [rows in which the head is right, rows]}, "labelled": [{text, links}]}`; links are
    `[kind, from, to]`, places of words as `WORD` finds them.
    """
    natural = read_labels(FOLDER / "held-out.tsv")
    chosen = [*natural[::max(1, len(natural) // count)], *own_sentences()]
    chosen = [(text, [link for link in links if link[0] in figures and not (causal and link[1] < link[2])]) for text, links in chosen]
    chosen = [each for each in chosen if each[1]]
    heads = {kind: (f["layer"], f["head"]) for kind, f in figures.items()}
    scores = grammar_scores(attention, [encode(*each) for each in chosen], causal)
    right = {kind: [round(float(f["share"][heads[kind]]) * f["pairs"]), f["pairs"]] for kind, f in scores.items()}
    labelled = [{"text": text, "links": [list(link) for link in links]} for text, links in chosen]
    return {"grammar": figures, "labelledRight": right, "labelled": labelled}
