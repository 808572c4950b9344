"""The model cards of the translation task's models, filled with the figures that were measured."""

TEMPLATE = """---
license: apache-2.0
language: [en, es]
{library}pipeline_tag: translation
---
# {name}

{what}
Trained from scratch for Text Attention, so that the attention between two languages can be compared with the true alignment,
offline.

| | |
|---|---|
{rows}| vocabulary | {words} whole words of both languages, lower case; nothing else is known (`<unk>`) |
| parameters | {parameters:,} |
| files | {files}: weights stored in fp16, arithmetic in fp32, opset 14 |
| licence | Apache-2.0 |

## Data
Sentences of a grammar of our own (`training/translation_task.py`), {train:,} to train on and {sentences:,} others held out. English to Spanish:
adjectives move after the noun, "the king's horse" turns round ("el caballo del rey"), an object pronoun moves before the verb,
"will see" becomes one word, articles and adjectives agree, subject pronouns are dropped. Which source words each target word
renders is known for every sentence; the article of what is owned counts as rendering "'s".

## Recipe
`training/make {name}`. Seed {seed}; {steps:,} steps of {batch} sentences, {optimizer} with a rate rising to {lr:g} and falling to zero in a line.{extra}

## Figures on held-out sentences
Measured on the weights as shipped, decoding greedily.

| | |
|---|---|
| word for word right | {exact:.1%} of {sentences:,} sentences |
| alignment error rate | {rate:.3f} |

The alignment error rate (Och and Ney 2003) takes for each target word the source word with the most weight; a target word that
renders one source word has a sure link, one that renders several has possible links. It counts the sentences that came out right.

The commonest looks at another word than the true one:
{misses}.

{roles}
## Not good for
Anything except studying attention: a sentence outside the grammar, or with a word that it does not know, gives nonsense.
"""


def card(name, figures, misses, data, *, what, rows, files, optimizer, roles, parameters, options, library="", extra=""):
    """Return the text of one card; `rows` are further `(name, value)` lines of the first table, `files` maps each file to its bytes."""
    return TEMPLATE.format(
        name=name, what=what, library=library, rows="".join(f"| {key} | {value} |\n" for key, value in rows), words=len(data.words),
        parameters=parameters, files=", ".join(f"`onnx/{file}` ({size:,} bytes)" for file, size in files.items()),
        train=len(data.train), sentences=figures["heldOut"], seed=options.seed, steps=options.steps, batch=options.batch,
        optimizer=optimizer, lr=options.lr, extra=extra, exact=figures["exact"], rate=figures["alignmentErrorRate"],
        misses="; ".join(f'"{word}" at "{looked}" ({share:.0%} of its places)' for word, looked, share in misses), roles=roles)
