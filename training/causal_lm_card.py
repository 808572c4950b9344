"""The model card of causal-lm-small, filled with the figures that the training measured."""

from types import SimpleNamespace

from causal_lm_teach import TAUGHT
from grammar_heads import as_table
from head_roles import as_markdown, roles_of

TEMPLATE = """---
license: apache-2.0
language: en
library_name: transformers.js
pipeline_tag: text-generation
---
# causal-lm-small

A small causal language model of the GPT-2 architecture (Radford et al. 2019), trained from scratch for Text Attention.
It lets the extension show causal attention and an induction head offline.

| | |
|---|---|
| architecture | GPT-2, pre-norm with a norm after the embeddings, {layers} layers x {heads} heads, hidden size {hidden}, feed-forward {ff}, GELU, tied output matrix |
| positions | learned, {positions} |
| vocabulary | {vocab} pieces, byte-level BPE, found on the training text |
| parameters | {parameters:,} |
| file | `onnx/model.onnx`, {size:,} bytes: weights stored in fp16, arithmetic in fp32, opset 14; with a cache |
| licence | Apache-2.0 |

## Data
English fiction in the public domain, Standard Ebooks editions (CC0), the books of `training/books.txt`: {tokens:,} pieces to train on. Held
out and never trained on: the last 2 % of the paragraphs of every book, {held_out:,} pieces, and ten whole books of a larger corpus, on
which the head's grammar is measured. Sentences to teach with come from {books} of the other books: {natural:,} that link-grammar (Debian, LGPL; a
tool of the training, nothing of it ships) gives one clear linkage, and {made:,} that a small grammar of our own made.

## Recipe
`training/make causal-lm-small`. *Words*: seed {seed}; {steps:,} steps of about {batch:,} pieces. Muon (peak rate {muon:g}) for the matrices, AdamW for
queries and keys ({query_key:g}) and for all else ({adam:g}), weight decay {decay:g}; {warm_up} steps of warm-up, the rate falls to zero from
{decay_from:.0%} of the steps on; products in bfloat16. {repeats:.0%} of the batches, from step {more_from:,} on {late_repeats:.0%}, are random
pieces repeated once, which can be predicted only by looking back. *Begun by initialisation*: two heads of layer 0, as looking one and two places
back (mimetic initialisation, Trockman and Kolter 2023); what they do now is measured below. All other heads began at random. *What
emerged*: the heads of induction, from the pieces said twice.

*Grammar*: {taught_steps:,} further steps *taught* head {head} to look from a verb back to its subject (a further loss, weight {teaching:g}: −ln of the
weight that the head gives to the subject; words without one are led weakly to themselves; after Strubell et al. 2018). Each step is one
ordinary batch of about {taught_batch:,} pieces, or {taught_repeats:.0%} of them pieces said twice, and one of labelled sentences; AdamW, peak rate {taught_rate:g},
falling to zero. No GPU.

## Figures on held-out text
Windows of 256 pieces, the first two of each given; measured on the weights as shipped.

| | perplexity |
|---|---|
| this model | {perplexity:.1f} |
| trigram, interpolated Kneser-Ney, same pieces and training text | {trigram:.1f} |

## Does a head know subjects?
On {grammar_sentences:,} sentences of ten books that nothing was trained on, and on sentences of our own (*far-subject*: over a relative clause, a
prepositional phrase or an apposition; *relative-subject*): the share of verbs whose strongest word in the head is their subject, of
the verbs after their subject. The candidates are all words up to the verb. The columns beside it are the best fixed offset and
chance; the last four are the same for verbs that do not directly follow their subject. *Before* is the best head before that part.

{grammar}

## What the heads do
Share of attention that follows a pattern, per cent, on held-out text (rows where the pattern has a place, the first row left
out; *same token* is an earlier place with the same piece; *broad* is the entropy divided by its greatest value). *Induction*
is measured on random pieces said twice: the share that looks at the piece after the first occurrence. The highest of each column is
bold.

{table}

{roles}

## Not good for
Anything except studying attention: it continues in the English of old stories and means nothing by it, has no knowledge to rely
on, and repeats the views of its books' time. For real studies load a hub model.
"""


# What the words were learnt with, for a model that goes on from the weights that ship: `causal_lm_train.py`'s own settings.
FIRST = SimpleNamespace(seed=1, steps=6000, tokens=4096, muon_lr=0.025, query_key_lr=1e-3, adam_lr=3e-3, weight_decay=0.1, warm_up=100,
                        decay_from=0.45, repeat_share=0.05, more_repeats_from=300, late_repeat_share=0.12)
TRAINED_ON = 6415822  # pieces


def card(config, figures):
    """Return the text of the card."""
    options, taught = FIRST, figures["taught"]
    return TEMPLATE.format(
        layers=config.n_layer, heads=config.n_head, hidden=config.n_embd, ff=4 * config.n_embd, positions=config.n_positions,
        vocab=config.vocab_size, parameters=figures["parameters"], size=figures["size"], tokens=TRAINED_ON,
        taught_steps=taught["steps"], teaching=taught["teaching"], taught_batch=taught["tokens"], taught_rate=taught["rate"],
        taught_repeats=taught["repeat_share"], head="{}.{}".format(*TAUGHT["subject"]), natural=figures["natural"], made=taught["made"],
        books=figures["books"], grammar_sentences=figures["grammar_sentences"], grammar=as_table(figures["grammar"], figures["before"]),
        held_out=figures["held_out"], seed=options.seed, steps=options.steps, batch=options.tokens, muon=options.muon_lr,
        query_key=options.query_key_lr, adam=options.adam_lr, decay=options.weight_decay, warm_up=options.warm_up,
        decay_from=options.decay_from, repeats=options.repeat_share, more_from=options.more_repeats_from,
        late_repeats=options.late_repeat_share, perplexity=figures["perplexity"], trigram=figures["trigram"],
        table=as_markdown(figures["scores"]), roles=roles_of(figures["scores"]))
