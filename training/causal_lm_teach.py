"""Teach one head of the causal model to look from a verb back to its subject, ordinary batches between the labelled ones.

Begins with the weights of `causal_lm_train.py`'s checkpoint where there is one, else with those that ship; saves often, and goes on from
its last checkpoint to the same numbers. `grammar_labels.py` comes first.
"""

import argparse
import pickle
import random
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
from causal_lm_train import attention_of, batch_of, induction_scores, perplexity, random_pieces, windows
from gpt2 import GPT2, GPT2Config
from grammar_heads import as_figures, as_table, grammar_scores, held_out, own_sentences, with_byte_pairs
from grammar_labels import read_labels
from grammar_sentences import made_sentences
from shipped import byte_pairs
from teaching import Teaching, prepared, taught_loss
from teaching_run import Run, begin, endless, keep_before

TAUGHT = {"subject": (3, 1)}
HEAD_OF = {"subject": "subject", "far-subject": "subject", "relative-subject": "subject"}


def asked_heads():
    """The head that each kind of link is asked of."""
    return {kind: TAUGHT[name] for kind, name in HEAD_OF.items()}


def ordinary_text(options, bpe):
    """`(train, held_out)`, streams of ids as `causal_lm_train.prepare` makes them, of a part of the training text; kept in `work`."""
    cache = options.work / "ordinary.pkl"
    if not cache.exists():
        train, held, _ = corpus.read_paragraphs(options.corpus, corpus.first_books())
        rng = random.Random(3)
        stretches = [train[i:i + 40] for i in range(0, len(train), 40)]
        train = corpus.vary_typography([p for s in stretches if rng.random() < options.part for p in s])
        streams = [[i for p in part for i in [0, *bpe.encode(p)]] for part in (train, held)]
        cache.write_bytes(pickle.dumps([np.array(stream, dtype=np.int32) for stream in streams]))
    return pickle.loads(cache.read_bytes())


def looking_back(links):
    """The links of verbs to subjects that stand before them."""
    return [(kind, a, b) for kind, a, b in links if HEAD_OF.get(kind) and b < a]


def examples_of(bpe):
    """The function that joins one or two labelled sentences to one example; half of them begin as a paragraph does."""
    def join(parts, rng):
        whole = with_byte_pairs(" ".join(part[0].text for part in parts), [], bpe)
        begin = [0] if rng.random() < 0.5 else []
        return begin + whole.ids, [0] * (len(begin) + len(whole.ids)), np.array([-1] * len(begin) + whole.owner)
    return join


def train(options, model, ordinary, check, teaching, sample):
    """The loop: each step one ordinary batch (or one of pieces said twice) and one of labelled sentences."""
    run, mean = Run(options, model, ("labels",)), None
    labels = endless(teaching, *run.next_of("labels"))
    for step in run.steps():
        rng = np.random.default_rng([options.seed, 9, step])
        ids, targets = batch_of(ordinary, rng, options, model.config.vocab_size, options.repeat_share)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model.run(torch.from_numpy(ids))[0]
        words = F.cross_entropy(logits.float().flatten(0, 1), torch.from_numpy(targets).flatten(), ignore_index=-100)
        epoch, index, (ids, _, links) = next(labels)
        run.state["labels"] = (epoch, index)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = model.weights(torch.from_numpy(ids))
        taught, parts = taught_loss(hidden, links, TAUGHT, torch.eye(ids.shape[1])[None])
        run.learn(words + options.teaching * taught)
        now = np.array([words.item(), *parts.values()])
        mean = now if mean is None else 0.95 * mean + 0.05 * now
        done = step + 1
        if done % 25 == 0:
            print(f"step {done} words {mean[0]:.3f} subject {mean[1]:.3f} {run.seconds():.0f} s", flush=True)
        if done % options.report == 0 and done < options.steps:
            print(f"step {done} {said_of(model, check, sample)}", flush=True)
    return model


def said_of(model, check, sentences):
    """One line: perplexity, induction, scores of the taught head."""
    scores, at = grammar_scores(lambda ids: attention_of(model, ids), sentences, causal=True), TAUGHT["subject"]
    subjects = ", ".join(f"{kind} {f['share'][at]:.2f}/{f['far_share'][at] if f['far'] else 0:.2f}" for kind, f in scores.items())
    return f"perplexity {perplexity(model, check):.1f} induction {induction_scores(model, random_pieces(model)).max():.2f}; {subjects}"


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT_CORPUS)
    parser.add_argument("--work", type=Path, default=here / "build" / "causal-lm-small")
    parser.add_argument("--shipped", type=Path, default=here.parent / "models" / "causal-lm-small")
    parser.add_argument("--labels", type=Path, default=here / "build" / "grammar" / "teaching.tsv")
    for name, value in (("steps", 800), ("tokens", 2048), ("taught-tokens", 1024), ("length", 64), ("made", 6000), ("warm-up", 40),
                        ("report", 250), ("seed", 1), ("threads", 2)):
        parser.add_argument("--" + name, type=int, default=value)
    for name, value in (("part", 0.8), ("rate", 6e-4), ("decay-from", 0.3), ("long-share", 0.15), ("repeat-share", 0.12),
                        ("teaching", 0.3)):
        parser.add_argument("--" + name, type=float, default=value)
    options = parser.parse_args()
    bpe, model = byte_pairs(options.shipped), begin(options, lambda: GPT2(GPT2Config()))
    ordinary, held = ordinary_text(options, bpe)
    encode = lambda text, links: with_byte_pairs(text, looking_back(links), bpe)
    never = {text for text, _ in own_sentences()}
    labelled = [*prepared([each for each in read_labels(options.labels) if each[0] not in never], encode, ("subject",)),
                *prepared(made_sentences(options.made, options.seed, never), encode, ())]
    teaching = Teaching(labelled, list(TAUGHT), examples_of(bpe), options.taught_tokens, options.seed)
    measured = [each for each in held_out(encode) if each.rows]
    sample, check = [*measured[:400], *measured[-40:]], windows(held, most=40)
    print(f"before: {said_of(model, check, sample)}", flush=True)
    before = as_figures(grammar_scores(lambda ids: attention_of(model, ids), measured, causal=True))
    keep_before(options.work, before)
    train(options, model, ordinary, check, teaching, sample)
    after = as_figures(grammar_scores(lambda ids: attention_of(model, ids), measured, causal=True), asked_heads())
    print(as_table(after, before))
    print(f"perplexity {perplexity(model, windows(held)):.2f}")


if __name__ == "__main__":
    main()
