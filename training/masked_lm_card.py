"""The model card of masked-lm-small, filled with the figures that the export measured."""

from head_roles import as_markdown, best
from masking import PAIR_SHARE

AIM = 0.5  # a head "does" a pattern when at least half of its attention follows it

TEMPLATE = """---
license: apache-2.0
language: en
library_name: transformers.js
pipeline_tag: fill-mask
---
# masked-lm-small

A small masked language model of the BERT architecture (Devlin et al. 2019), trained from nothing for Text Attention.
It is here so that the extension shows real, trained attention without a network, and for lessons and tests.

| | |
|---|---|
| architecture | BERT encoder, post-norm, {layers} layers x {heads} heads, hidden size {hidden}, feed-forward {ff}, GELU, tied output matrix |
| positions | learned, {positions}; examples of up to that length were in the training |
| vocabulary | {vocab} lower-case WordPiece pieces, found on the training text |
| parameters | {parameters:,} |
| file | `onnx/model.onnx`, {size:,} bytes: weights stored in fp16, arithmetic in fp32, opset 14 |
| inputs | `input_ids`, `attention_mask`, `token_type_ids` (int64, batch and length free) |
| output | `logits` [batch, length, {vocab}] |
| licence | Apache-2.0 |

## Data
English fiction in the public domain, Standard Ebooks editions (CC0): {tokens:,} pieces to train on. Five
per cent of the paragraphs were given typographic quotes and dashes, so that the model knows those signs.
Held out and never trained on: the last 2 % of the paragraphs of every book, and one whole book (Jack London, *Short Fiction*).

## Recipe
`training/README.md` tells the one command. Seed {seed}; {steps:,} steps of about {batch:,} pieces. The first {causal:,} steps were a
left-to-right language model (every piece is a target, so a step teaches more), the rest masked, 80/10/10 as in the paper. Muon
(peak rate {muon}) for the matrices and AdamW (peak rate {adam}) for all else, {warm_up} steps of warm-up, no dropout. The rate was
constant and then fell to zero, in {cycles}.
Examples are whole sentences, {pairs:.0%} of the longer ones cut into a pair `[CLS] A [SEP] B [SEP]` where B goes on from A. There is no
next-sentence objective. One CPU core.

## Figures on held-out text
15 % of the pieces chosen; measured on the weights as shipped.

| text | shown as | accuracy | cross-entropy (nats) |
|---|---|---|---|
{accuracy}

"The cat that was hungry ate the [MASK]." - the ten likeliest: {top_ten}.

## What the heads do
Share of attention that follows a pattern, per cent, on held-out text (rows where the pattern has a place; *same token* is
another place with the same piece; *broad* is the entropy divided by its greatest value). The highest of each column is bold.

{table}

{roles}

The work is uneven: layer 0 looks at neighbours and at the piece itself, layers 1 and 2 rest on [CLS] and [SEP] (places where
attention does little), layer 3 looks evenly at everything. Heads in between, such as syntactic ones, did not emerge.

## Not good for
Anything but looking at attention: it knows the English of old stories, in lower case, and little else; it has no knowledge to
rely on, writes nothing, and repeats the views of its books' time. For real studies load a hub model.
"""


def _roles(scores):
    lines = []
    for name, (layer, head, score) in best(scores).items():
        verdict = "" if score >= AIM else f" - below {AIM:.0%}: no head of this model does mainly this"
        lines.append(f"- {name}: head {layer}.{head}, {score:.1%}{verdict}")
    return "\n".join(lines)


def _accuracy(table):
    names = {"paragraphs": "held-out paragraphs", "book": "held-out book"}
    shown = {True: "always [MASK]", False: "80/10/10"}
    return "\n".join(f"| {names[part]} | {shown[only]} | {100 * accuracy:.1f} % | {loss:.3f} |"
                     for (part, only), (accuracy, loss) in table.items())


def _cycles(cycles):
    """Say each cycle of the rate: `up to step N, falling from step M, so much masked`."""
    return "; then ".join(
        f"a cycle up to step {c['steps']:,}, falling from step {round(c['steps'] * c['decay_from']):,}, with {c['share']:.0%} of the "
        f"pieces masked before the fall and {c['late_share']:.0%} in it" for c in cycles)


def card(config, figures):
    """Return the text of the card."""
    t = figures["cycles"][0]
    return TEMPLATE.format(
        layers=config.num_hidden_layers, heads=config.num_attention_heads, hidden=config.hidden_size,
        ff=config.intermediate_size, positions=config.max_position_embeddings, vocab=config.vocab_size,
        parameters=figures["parameters"], size=figures["size"], tokens=figures["tokens"],
        pairs=PAIR_SHARE, seed=t["seed"], steps=figures["step"], batch=t["tokens"], muon=t["muon_lr"],
        adam=t["adam_lr"], warm_up=t["warm_up"], causal=t["causal_steps"], cycles=_cycles(figures["cycles"]), accuracy=_accuracy(figures["accuracy"]),
        top_ten=", ".join(f"{piece} {odds:.1%}" for piece, odds in figures["top_ten"]),
        table=as_markdown(figures["scores"]), roles=_roles(figures["scores"]))
