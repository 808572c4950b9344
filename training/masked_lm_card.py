"""The model card of masked-lm-small, filled with the figures that the export measured."""

from head_roles import as_markdown, roles_of
from masked_lm_train import GUIDED
from masking import PAIR_SHARE

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
| architecture | BERT encoder with pre-norm layers (Xiong et al. 2020), {layers} layers x {heads} heads, hidden size {hidden}, feed-forward {ff}, GELU, tied output matrix |
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
`training/make masked-lm-small`. Seed {seed}; {steps:,} steps of about {batch:,} pieces, 80/10/10 as in the paper. Muon (peak rate {muon:g}) for the
matrices, AdamW for queries and keys ({query_key:g}) and for all else ({adam:g}), weight decay {decay:g}, {warm_up} steps of warm-up, no
dropout. The rate was constant and then fell to zero from step {falling:,}, with {share:.0%} of the pieces masked before the fall and
{late_share:.0%} in it. Products in bfloat16 after the first {float32:,} steps. The four heads of layer 0 began as looking one and two
places to either side (mimetic initialisation, Trockman and Kolter 2023), all other heads at random. Of those none found a
pattern that has a name; therefore {guided_steps:,} further steps, the rate falling to zero from {guided_rate:.0%} of its peak, led three of them to one
(a further loss, weight {guidance:g}; Deshpande and Narasimhan 2020): {guided}. What all heads do now is measured below.
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

## Not good for
Anything but looking at attention: it knows the English of old stories, in lower case, and little else; it has no knowledge to
rely on, writes nothing, and repeats the views of its books' time. For real studies load a hub model.
"""


def _accuracy(table):
    names = {"paragraphs": "held-out paragraphs", "book": "held-out book"}
    shown = {True: "always [MASK]", False: "80/10/10"}
    return "\n".join(f"| {names[part]} | {shown[only]} | {100 * accuracy:.1f} % | {loss:.3f} |"
                     for (part, only), (accuracy, loss) in table.items())


def card(config, figures):
    """Return the text of the card."""
    t = figures["options"]
    return TEMPLATE.format(
        layers=config.num_hidden_layers, heads=config.num_attention_heads, hidden=config.hidden_size,
        ff=config.intermediate_size, positions=config.max_position_embeddings, vocab=config.vocab_size,
        parameters=figures["parameters"], size=figures["size"], tokens=figures["tokens"], pairs=PAIR_SHARE, seed=t["seed"],
        steps=t["steps"], batch=t["tokens"], muon=t["muon_lr"], query_key=t["query_key_lr"], adam=t["adam_lr"],
        decay=t["weight_decay"], warm_up=t["warm_up"], falling=round(t["steps"] * t["decay_from"]), share=t["share"],
        late_share=t["late_share"], float32=t["float32_steps"], guided_steps=t["guided_steps"], guided_rate=t["guided_rate"], guidance=t["guidance"],
        guided=", ".join(f"head {layer}.{head} to *{name}*" for (layer, head), name in GUIDED.items()), accuracy=_accuracy(figures["accuracy"]),
        top_ten=", ".join(f"{piece} {odds:.1%}" for piece, odds in figures["top_ten"]),
        table=as_markdown(figures["scores"]), roles=roles_of(figures["scores"]))
