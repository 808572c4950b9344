"""Teach heads of a masked model grammar: further steps on labelled sentences, ordinary masked batches between them.

Begins with the weights of `masked_lm_train.py`'s checkpoint where there is one, else with those that ship. Saves often, and goes on from
its last checkpoint to the same numbers. `grammar_labels.py` comes first.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
from bert import BertForMaskedLM
from grammar_heads import as_figures, as_table, grammar_scores, held_out, own_sentences, with_word_pieces
from grammar_labels import read_labels
from grammar_sentences import made_sentences
from masked_lm_models import HEAD_OF, VOCABULARY, asked_heads, with_model
from masked_lm_train import batches_from, evaluate, guidance
from masking import mask
from shipped import word_pieces
from teaching import Teaching, prepared, taught_loss, word_piece_example
from teaching_run import Run, begin, endless, keep_before
from wordpiece import SEP

KNOWN = ("subject", "object", "modifier", "preposition", "antecedent")


def ordinary_text(options, encoder):
    """
    `(train, held_out, held_out_book)`, sentences of ids, to train on those of all books and made ones, held out the first books'. Kept in
    `work`.
    """
    cache = options.work / "ordinary.pkl"
    if not cache.exists():
        train = corpus.vary_typography(corpus.read_paragraphs(options.corpus)[0])
        _, *others = corpus.read_paragraphs(options.corpus, corpus.first_books())
        streams = [[encoder.encode(s) for p in part for s in corpus.sentences(p)] for part in (train, *others)]
        made = made_sentences(options.made_text, options.seed + 1, {text for text, _ in own_sentences()})
        streams[0] += [encoder.encode(text) for text, _ in made]
        cache.write_bytes(pickle.dumps(streams))
    return pickle.loads(cache.read_bytes())


def teaching_text(options, encoder):
    """All labelled sentences, ready: natural ones and made ones."""
    encode = lambda text, links: with_word_pieces(text, links, encoder)
    never = {text for text, _ in own_sentences()}
    natural = [(text, links) for text, links in read_labels(options.labels) if text not in never]
    made = made_sentences(options.made, options.seed, never)
    print(f"{len(natural)} natural sentences, {len(made)} made", flush=True)
    return [*prepared(natural, encode, KNOWN), *prepared(made, encode, ())]


def attention_of(model):
    """A function from ids `[B,T]` to weights `[L,B,H,T,T]`."""
    def weights(ids):
        with torch.no_grad():
            layers = model.bert(torch.from_numpy(ids), torch.zeros(ids.shape, dtype=torch.long))[1]
        return np.stack([w.numpy() for w in layers])
    return weights


def short_scores(model, sentences, taught):
    """One line of scores of the taught heads."""
    scores, said = grammar_scores(attention_of(model), sentences), []
    for kind, name in HEAD_OF.items():
        if kind in scores:
            f, at = scores[kind], taught[name]
            far = f"/{f['far_share'][at]:.2f}" if f["far"] else ""
            said.append(f"{kind} {f['share'][at]:.2f}{far}")
    return ", ".join(said)


def train(options, model, heads, ordinary, check, teaching, sample):
    """The loop: each step one ordinary masked batch and one of labelled sentences, one step of AdamW."""
    run, mean = Run(options, model, ("text", "labels")), None
    texts = batches_from(ordinary, options.tokens, options.seed, *run.next_of("text"))
    labels = endless(teaching, *run.next_of("labels"))
    for step in run.steps():
        epoch, index, ids, segments = next(texts)
        run.state["text"] = (epoch, index)
        chosen = mask(ids, np.random.default_rng([options.seed, step]), model.config.vocab_size, options.share)
        masked, columns, targets = map(torch.from_numpy, chosen)
        with torch.autocast("cpu", torch.bfloat16):
            logits, weights = model.score(masked, torch.from_numpy(segments), columns)
        words = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
        guided = guidance(weights, ids)
        epoch, index, (ids, segments, links) = next(labels)
        run.state["labels"] = (epoch, index)
        with torch.autocast("cpu", torch.bfloat16):
            weights = model.bert(torch.from_numpy(ids), torch.from_numpy(segments))[1]
        taught, parts = taught_loss(weights, links, heads, torch.from_numpy((ids == SEP)[:, None, :].astype(np.float32)))
        run.learn(words + options.guidance * guided + options.teaching * taught)
        now = np.array([words.item(), guided.item(), *parts.values()])
        mean = now if mean is None else 0.95 * mean + 0.05 * now
        done = step + 1
        if done % 25 == 0:
            print(f"step {done} words {mean[0]:.3f} guided {mean[1]:.3f} " + " ".join(f"{n} {v:.3f}" for n, v in zip(parts, mean[2:]))
                  + f" {run.seconds():.0f} s", flush=True)
        if done % options.report == 0 and done < options.steps:
            accuracy, _ = evaluate(model, check, batches=8)
            print(f"step {done} accuracy {accuracy:.4f}; {short_scores(model, sample, heads)}", flush=True)
    return model


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT_CORPUS)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--shipped", type=Path)
    parser.add_argument("--labels", type=Path, default=here / "build" / "grammar" / "teaching.tsv")
    parser.add_argument("--made", type=int, default=6000, help="made sentences among those that teach")
    parser.add_argument("--made-text", type=int, default=40000, help="made sentences in the ordinary text")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--tokens", type=int, default=3072, help="tokens of an ordinary batch")
    parser.add_argument("--taught-tokens", type=int, default=1024, help="tokens of a batch of labelled sentences")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--warm-up", type=int, default=40)
    parser.add_argument("--decay-from", type=float, default=0.3)
    parser.add_argument("--share", type=float, default=0.2, help="share of tokens masked")
    parser.add_argument("--guidance", type=float, default=0.1, help="weight of the loss that keeps the heads of GUIDED")
    parser.add_argument("--teaching", type=float, default=0.2, help="weight of each taught head's loss")
    parser.add_argument("--report", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    kind = with_model(parser)
    options = parser.parse_args()
    encoder, model = word_pieces(VOCABULARY), begin(options, lambda: BertForMaskedLM(kind.config))
    ordinary, check, _ = ordinary_text(options, encoder)
    teaching = Teaching(teaching_text(options, encoder), list(kind.taught), word_piece_example, options.taught_tokens, options.seed)
    measured = held_out(lambda text, links: with_word_pieces(text, links, encoder))
    sample = [*measured[:400], *measured[-len(own_sentences()):]]
    print(f"{sum(map(len, ordinary))} ordinary pieces; before: accuracy {evaluate(model, check, batches=8)[0]:.4f}; "
          f"{short_scores(model, sample, kind.taught)}", flush=True)
    before = as_figures(grammar_scores(attention_of(model), measured))
    keep_before(options.work, before)
    train(options, model, kind.taught, ordinary, check, teaching, sample)
    print(as_table(as_figures(grammar_scores(attention_of(model), measured), asked_heads(kind)), before))


if __name__ == "__main__":
    main()
