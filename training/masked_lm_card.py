"""The model card of a masked model, filled with the figures that the export measured."""

from grammar_heads import as_table
from head_roles import as_markdown, roles_of
from masked_lm_train import GUIDED
from masking import PAIR_SHARE

WHAT = {"object": "verb to object", "subject": "verb to subject", "modifier": "determiner or adjective to its noun",
        "preposition": "preposition to its object", "antecedent": "pronoun to its antecedent"}
TEMPLATE = """---
license: apache-2.0
language: en
library_name: transformers.js
pipeline_tag: fill-mask
---
# {name}

A small masked language model of the BERT architecture (Devlin et al. 2019), {origin} for Text Attention.
It lets the extension show real, trained attention offline, and serves lessons and tests.

| | |
|---|---|
| architecture | BERT encoder with pre-norm layers (Xiong et al. 2020), {layers} layers x {heads} heads, hidden size {hidden}, feed-forward {ff}, GELU, tied output matrix |
| positions | learned, {positions}; examples of up to that length were in the training |
| vocabulary | {vocab} lower-case WordPiece pieces, {pieces} |
| parameters | {parameters:,} |
| file | `onnx/model.onnx`, {size:,} bytes: weights stored in {stored}, arithmetic in fp32, opset 14 |
| inputs | `input_ids`, `attention_mask`, `token_type_ids` (int64, batch and length free) |
| output | `logits` [batch, length, {vocab}] |
| licence | Apache-2.0 |

## Data
{data}
Held out and never trained on: the last 2 % of the paragraphs of every book, one whole book (Jack London, *Short Fiction*), and ten
whole books of a larger corpus on which the heads' grammar is measured (`corpus.GRAMMAR_BOOKS`). Sentences to teach with come from {books}
of the other books: {natural:,} that link-grammar (Debian, LGPL; a tool of the training, nothing of it ships) gives one clear linkage, and
{made:,} that a small grammar of our own made (`training/grammar_sentences.py`); the ordinary text beside them is that of all these books and
{made_text:,} further made sentences.

## Recipe
{recipe}
3. **Grammar.** {taught_steps:,} further steps *taught* five heads (a further loss, weight {teaching:g}: −ln of the weight that a head gives to the word that a
   word is linked to; words without such a link are led weakly to [SEP]; after Strubell et al. 2018): {taught}. Each step is one ordinary
   masked batch of about {taught_batch:,} pieces and one of labelled sentences of about {taught_tokens:,}; AdamW, peak rate {taught_rate:g}, falling to zero.

Examples are whole sentences, {pairs:.0%} of the longer ones cut into a pair `[CLS] A [SEP] B [SEP]` where B goes on from A. There is no
next-sentence objective. No GPU.

## Figures on held-out text
15 % of the pieces chosen; measured on the weights as shipped.

| text | shown as | accuracy | cross-entropy (nats) |
|---|---|---|---|
{accuracy}

"The cat that was hungry ate the [MASK]." - the ten most probable pieces: {top_ten}.

## Which heads know grammar
On {grammar_sentences:,} sentences of ten books that nothing was trained on, and on sentences of our own (*far-subject*: a verb and its subject over
a relative clause, a prepositional phrase or an apposition; *relative-subject*; *antecedent*): the share of words whose strongest word
in the head is the one that they are linked to. The candidates are all words of the sentence and its punctuation. The columns beside it
are the best fixed offset and chance; the last four are the same for words that are not neighbours, where grammar differs from a
fixed offset. *Before* is the best head of the model before part 3.

{grammar}
{untaught}
Labels of natural sentences are link-grammar's, which errs too; a sentence counts only where every linkage that costs at most 1 more
than the cheapest says the same.
{failed}

## What the heads do
Share of attention that follows a pattern, per cent, on held-out text (rows where the pattern has a place; *same token* is
another place with the same piece; *broad* is the entropy divided by its greatest value). The highest of each column is bold.

{table}

{roles}

## Not good for
Anything except studying attention: it knows the English of old stories, in lower case, and little else; it has no knowledge to
rely on, writes nothing, and repeats the views of its books' time. For real studies load a hub model.
"""


def _accuracy(table):
    names = {"paragraphs": "held-out paragraphs", "book": "held-out book"}
    shown = {True: "always [MASK]", False: "80/10/10"}
    return "\n".join(f"| {names[part]} | {shown[only]} | {100 * accuracy:.1f} % | {loss:.3f} |"
                     for (part, only), (accuracy, loss) in table.items())


# What was said and done of each model: the text that it learnt from, the first parts of its recipe, and what was tried and left.
SMALL = {
    "origin": "trained from scratch",
    "pieces": "found on the training text",
    "data": """English fiction in the public domain, Standard Ebooks editions (CC0), the books of `training/books.txt`: 6,233,468 pieces to train on. Five
per cent of the paragraphs were given typographic quotes and dashes, so that the model knows those signs.""",
    "recipe": """`training/make masked-lm-small`, in three parts; each head is said to have emerged, begun by initialisation, been led or been taught.

1. **Words.** Seed 1; 9,000 steps of about 4,096 pieces, 80/10/10 as in the paper. Muon (peak rate 0.015) for the
   matrices, AdamW for queries and keys (0.001) and for all else (0.002), weight decay 0.1, 100 steps of warm-up, no
   dropout. The rate was constant and then fell to zero from step 4,050, with 30% of the pieces masked before the fall and
   20% in it. Products in bfloat16 after the first 641 steps. *Begun by initialisation*: the four heads of layer 0, as looking
   one and two places to either side (mimetic initialisation, Trockman and Kolter 2023). All other heads began at random.
   *What emerged* in them is broad, but for head 1.2, which looks at nouns nearby.
2. **Patterns.** 800 further steps, the rate falling to zero from 12% of its peak, *led* three heads to one pattern each
   (a further loss, weight 0.2; Deshpande and Narasimhan 2020): {guided}.""",
    "failed": """Tried and failed: heads that find grammar without being taught. After 37 million pieces of text none of the free heads found subjects (best
0.20 of those that are not neighbours), and the one that found objects looked for any noun nearby. A first teaching on the labels of the
cheapest linkage alone, 30,000 sentences and 1,500 steps with the subject's head in layer 3, found 0.75 of the subjects that are not
neighbours (0.81 on the labels of today), and cost words: 41.8 % of the masked pieces. That the cat eats a pig is the made sentences' doing:
without them in the ordinary text the word was *time*.""",
}
MEDIUM = {
    "origin": "grown from `masked-lm-small` and trained on",
    "pieces": "those of `masked-lm-small`",
    "data": """English fiction in the public domain, Standard Ebooks editions (CC0), 83 books: 14,837,300 pieces to train on, the text made tidy
(`corpus.tidy`). Five per cent of the paragraphs were given typographic quotes and dashes, so that the model knows those signs.""",
    "recipe": """`training/make masked-lm-medium`, in three parts; each head is said to have begun as one of `masked-lm-small`, been led or been taught.

1. **Words.** It began as `masked-lm-small`, twice as wide and with a layer put between (`training/growth.py`, after Chen, Goodfellow and
   Shlens 2016). *Begun by initialisation*: all heads began as those of that model, two of each (heads 0 and 4, 1 and 5 …); those of the
   new layer 3 as those of layer 2, with outputs of zero. Two runs, whole words masked, products in bfloat16, in each the rate constant and
   then falling to zero. The first: 2,800 steps of about 8,192 pieces (23 million), Muon (peak rate 0.006) for the matrices, AdamW for
   queries and keys (0.0005) and for all else (0.0008). The second, with the weights of the first: 4,700 steps of about 12,288 pieces (58
   million), peak rates 0.01, 0.0007 and 0.0012, the rate falling from step 2,025 of 4,500; in the fall every other batch masked single
   pieces.
2. **Patterns.** The last 200 steps of each run *led* three heads to one pattern each (a further loss, weight 0.2; Deshpande and
   Narasimhan 2020): {guided}.""",
    "failed": """Tried and failed: heads that keep what they were taught. After 81 million pieces of text without the loss of part 3 the two heads that began
as the subject's head of `masked-lm-small` found 0.39 of the subjects that are not neighbours at best (0.86 there), those of the antecedent
0.70 (0.93 there), so that the five heads were taught once more. The first run of part 1 alone found no more words than `masked-lm-small`
does (43.1 and 37.3 %). With four layers put between instead of one (9 x 8 heads, 8.3 million parameters) a step took one and a half times
as long, at the same loss after 50 steps; a longer comparison was not made.""",
    "untaught": """- Head 1.2 looks at the next noun, from any word. It began as the head of that number in `masked-lm-small`, which emerged there and looks at
  nouns nearby; training on masked words made it sharper (*before* part 3).
- Heads 5.5 and 5.4 began as heads 4.1 and 4.0 of `masked-lm-small`, which were taught the subject and the antecedent there, as heads 5.1 and
  5.0 did, which were taught once more. In part 3 they found again what they had lost in part 1, 5.5 a part of it: over all subjects
  the best fixed offset is better.""",
}
UNTAUGHT = """
**Not taught in this model**, and found all the same:

{told}

{table}
"""
TOLD = {"masked-lm-small": SMALL, "masked-lm-medium": MEDIUM}


def _untaught(told, figures):
    return UNTAUGHT.format(told=told["untaught"], table=as_table(figures["untaught"], figures["before"])) if figures["untaught"] else ""


def card(kind, figures):
    """Return the text of the card of a `MaskedModel`."""
    config, taught, told = kind.config, figures["options"], TOLD[kind.name]
    guided = ", ".join(f"head {layer}.{head} to *{name}*" for (layer, head), name in GUIDED.items())
    return TEMPLATE.format(
        name=kind.name, origin=told["origin"], pieces=told["pieces"], layers=config.num_hidden_layers, heads=config.num_attention_heads, hidden=config.hidden_size,
        ff=config.intermediate_size, positions=config.max_position_embeddings, vocab=config.vocab_size,
        parameters=figures["parameters"], size=figures["size"], pairs=PAIR_SHARE,
        stored="8 bits with a scale for each output" if kind.eight_bits else "fp16", data=told["data"], recipe=told["recipe"].format(guided=guided),
        accuracy=_accuracy(figures["accuracy"]),
        taught_steps=taught["steps"], teaching=taught["teaching"], taught_batch=taught["tokens"], taught_tokens=taught["taught_tokens"], taught_rate=taught["rate"],
        natural=figures["natural"], made=taught["made"], made_text=taught["made_text"], books=figures["books"], failed=told["failed"],
        taught=", ".join(f"head {layer}.{head} *{WHAT[name]}*" for name, (layer, head) in kind.taught.items()),
        grammar=as_table(figures["grammar"], figures["before"]), untaught=_untaught(told, figures), grammar_sentences=figures["grammar_sentences"],
        top_ten=", ".join(f"{piece} {odds:.1%}" for piece, odds in figures["top_ten"]),
        table=as_markdown(figures["scores"]), roles=roles_of(figures["scores"]))
