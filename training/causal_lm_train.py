"""Train the small causal language model on the corpus; `causal_lm_teach.py` and `causal_lm_export.py` go on from there."""

import argparse
import math
import pickle
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
from byte_bpe import train_bpe
from gpt2 import GPT2, GPT2Config
from optimizer import learning_rate, optimizers


def prepare(work, corpus_folder, vocab_size):
    """Return `(bpe, train, held_out)`, streams of ids in which id 0 stands before each paragraph; kept in `work`."""
    cache = work / "streams.pkl"
    if not cache.exists():
        train, held_out, _ = corpus.read_paragraphs(corpus_folder, corpus.first_books())
        train = corpus.vary_typography(train)
        bpe = train_bpe(train, vocab_size)
        streams = [np.array([i for p in part for i in [0, *bpe.encode(p)]], dtype=np.int32) for part in (train, held_out)]
        cache.write_bytes(pickle.dumps((bpe, *streams)))
    return pickle.loads(cache.read_bytes())


def batch_of(stream, rng, options, vocab_size, repeat_share):
    """One batch `(ids [B,T], targets [B,T])`: text, or (a share of them) random pieces said twice, -100 where no loss counts.

    Nothing predicts the first half of a repeated batch; its second half can only be known by looking back (induction).
    """
    length = options.length if rng.random() < 1 - options.long_share else 256
    rows = max(1, options.tokens // length)
    if rng.random() < repeat_share:
        half = int(rng.integers(8, 33))
        once = rng.integers(1, vocab_size, (max(1, options.tokens // (2 * half)), half))
        ids = np.concatenate([once, once], 1)
        targets = ids[:, 1:].copy()
        targets[:, :half] = -100
        return ids[:, :-1], targets
    starts = rng.integers(0, len(stream) - length - 1, rows)
    window = stream[starts[:, None] + np.arange(length + 1)[None, :]].astype(np.int64)
    return window[:, :-1], window[:, 1:]


def windows(stream, length=256, most=10 ** 9):
    """The stream cut into windows without overlap, `[N, length]`."""
    count = min(len(stream) // length, most)
    return stream[:count * length].reshape(count, length).astype(np.int64)


@torch.no_grad()
def perplexity(model, cut):
    """Perplexity over windows `[N,T]`; the first two pieces of each are given, as for the trigram model."""
    lost = 0.0
    for rows in np.array_split(cut, max(1, len(cut) // 8)):
        ids = torch.from_numpy(rows)
        logits = model.run(ids)[0]
        lost += F.cross_entropy(logits[:, 1:-1].flatten(0, 1), ids[:, 2:].flatten(), reduction="sum").item()
    return math.exp(lost / (cut.shape[0] * (cut.shape[1] - 2)))


@torch.no_grad()
def induction_scores(model, once):
    """Mean weight from each piece's second place to the piece behind its first, `[L,H]`, on the pieces `once [B,N]` said twice."""
    half = once.shape[1]
    weights = model.run(torch.from_numpy(np.concatenate([once, once], 1)))[2]
    second = torch.arange(half, 2 * half)
    return torch.stack([w[:, :, second, second - half + 1].mean((0, 2)) for w in weights]).numpy()


@torch.no_grad()
def attention_of(model, ids):
    """Attention weights `[L,B,H,T,T]`."""
    return torch.stack(model.run(torch.from_numpy(ids))[2]).numpy()


def random_pieces(model, rows=64, half=24):
    """Pieces `[rows, half]` that nothing foretells, the same ones every time."""
    return np.random.default_rng(0).integers(1, model.config.vocab_size, (rows, half))


def train(options, config, stream, held_out):
    """Muon and AdamW as for the masked model; goes on from a checkpoint that is there."""
    torch.manual_seed(options.seed)
    model = GPT2(config)
    both = optimizers(model, options.muon_lr, options.adam_lr, options.query_key_lr, options.weight_decay)
    peaks, step, checkpoint = [g["lr"] for o in both for g in o.param_groups], 0, options.work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        for o, state in zip(both, saved["optimizers"]):
            o.load_state_dict(state)
        step = saved["step"]
    saved_at, check = time.time(), windows(held_out, most=40)
    while step < options.steps:
        for group, peak in zip([g for o in both for g in o.param_groups], peaks):
            group["lr"] = peak * learning_rate(step, options.warm_up, options.steps, options.decay_from)
        repeats = options.repeat_share if step < options.more_repeats_from else options.late_repeat_share
        ids, targets = batch_of(stream, np.random.default_rng([options.seed, step]), options, config.vocab_size, repeats)
        # Products in bfloat16, everything else in float32: a step takes half as long.
        with torch.autocast("cpu", torch.bfloat16):
            logits = model.run(torch.from_numpy(ids))[0]
        loss = F.cross_entropy(logits.float().flatten(0, 1), torch.from_numpy(targets).flatten(), ignore_index=-100)
        model.zero_grad(set_to_none=True)
        loss.backward()
        for o in both:
            o.step()
        step += 1
        if step % options.report == 0 or step == options.steps:
            print(f"step {step} loss {loss.item():.3f} held-out perplexity {perplexity(model, check):.1f} "
                  f"induction {induction_scores(model, random_pieces(model)).max():.2f}", flush=True)
        if time.time() - saved_at > 120 or step == options.steps:
            saved_at = time.time()
            torch.save({"model": model.state_dict(), "optimizers": [o.state_dict() for o in both], "step": step}, checkpoint)
    return model


def options_of():
    """Read the command line."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT_CORPUS)
    parser.add_argument("--work", type=Path, default=here / "build" / "causal-lm-small")
    for name, value in (("steps", 6000), ("tokens", 4096), ("length", 64), ("warm-up", 100), ("more-repeats-from", 300), ("report", 300), ("seed", 1)):
        parser.add_argument("--" + name, type=int, default=value)
    for name, value in (("long-share", 0.1), ("repeat-share", 0.05), ("late-repeat-share", 0.12), ("decay-from", 0.45), ("muon-lr", 0.025), ("adam-lr", 3e-3),
                        ("query-key-lr", 1e-3), ("weight-decay", 0.1)):
        parser.add_argument("--" + name, type=float, default=value)
    return parser.parse_args()


def main():
    options = options_of()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    config = GPT2Config()
    bpe, stream, held_out = prepare(options.work, options.corpus, config.vocab_size)
    train(options, config, stream, held_out)


if __name__ == "__main__":
    main()
