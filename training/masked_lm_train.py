"""Train the masked language model on the corpus; one CPU core is enough. See README.md for the recipe's command.

Writes `vocab.json` and `checkpoint.pt` into the work folder, and goes on from a checkpoint that is there.
"""

import argparse
import json
import pickle
import time
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
from bert import BertConfig, BertForMaskedLM
from growth import grown
from head_roles import pattern_matrices
from masking import Examples, mask
from optimizer import learning_rate, optimizers
from parallel import all_agree, average_gradients, run_together
from shipped import weights_of, word_pieces
from wordpiece import CLS, SEP, WordPiece, train_vocabulary


def fast_bfloat16():
    """Whether this machine multiplies in bfloat16 itself; others, which imitate it, are ten times slower with it."""
    flags = Path("/proc/cpuinfo")
    return torch.cuda.is_available() or flags.exists() and any(f in flags.read_text() for f in ("avx512_bf16", "amx_bf16"))


# Shapes and settings by name; what the command line says goes before them. `larger-*` are two shapes of 7 million
# parameters each; `grown-*` begin as the small model that ships, and have its vocabulary.
_LARGER = {"vocab_size": 8192, "every_book": True, "whole_words": True, "steps": 60000, "guided_steps": 1500, "warm_up": 300, "muon_lr": 0.012,
           "adam_lr": 1.5e-3, "query_key_lr": 7e-4}
_GROWN = {"grow": True, "every_book": True, "whole_words": True, "processes": 2, "tokens": 6144, "steps": 4500, "guided_steps": 200,
          "warm_up": 100, "muon_lr": 0.01, "adam_lr": 1.2e-3, "query_key_lr": 7e-4, "float32_steps": 0 if fast_bfloat16() else 10 ** 9,
          "report": 250, "num_attention_heads": 8, "hidden_size": 256, "intermediate_size": 1024}
PRESETS = {
    "small": {},
    "larger-wide": {**_LARGER, "num_hidden_layers": 6, "num_attention_heads": 8, "hidden_size": 256, "intermediate_size": 1024},
    "larger-deep": {**_LARGER, "num_hidden_layers": 9, "num_attention_heads": 6, "hidden_size": 216, "intermediate_size": 864},
    "grown-wide": {**_GROWN, "num_hidden_layers": 6},
    "grown-deep": {**_GROWN, "num_hidden_layers": 9},
    # A larger one still, for a machine with a GPU.
    "gpu": {**_LARGER, "num_hidden_layers": 8, "num_attention_heads": 8, "hidden_size": 320, "intermediate_size": 1280, "tokens": 32768, "steps": 40000},
}
# The heads, (layer, head), that the last steps lead to a pattern which no head finds by itself.
GUIDED = {(1, 0): "self", (1, 1): "same token", (2, 0): "separator [SEP]"}


def prepare(work, corpus_folder, vocab_size, every_book=False, pieces=None):
    """Return `(pieces, train, held_out, held_out_book)`, the last three as lists of sentences of ids; kept in `work`.

    Held-out paragraphs are always those of the first books, so that models can be compared.
    """
    cache = work / "sentences.pkl"
    if not cache.exists():
        train, held_out, book = corpus.read_paragraphs(corpus_folder, corpus.first_books())
        if every_book:
            train = [paragraph for book_ in corpus.teaching_books(corpus_folder) for paragraph in map(corpus.tidy, book_)]
        train = corpus.vary_typography(train)
        pieces = pieces or train_vocabulary(train, vocab_size)
        encoder = WordPiece(pieces)
        encoded = [[encoder.encode(s) for p in part for s in corpus.sentences(p)] for part in (train, held_out, book)]
        cache.write_bytes(pickle.dumps((pieces, *encoded)))
        (work / "vocab.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    return pickle.loads(cache.read_bytes())


def evaluate(model, sentences, seed=7, batches=40, share=0.15, only_mask=True):
    """Return `(accuracy, mean loss)` on masked positions of held-out sentences, lengths as in training.

    With `only_mask`, every chosen token is shown as [MASK] (no token is left in sight), which is the harder reading.
    """
    rng, right, lost, total = np.random.default_rng(seed), 0, 0.0, 0
    odds = {"keep": 0.0, "swap": 0.0} if only_mask else {}
    with torch.no_grad():
        for index, (ids, segments) in enumerate(Examples(sentences, 2048, seed).epoch()):
            if index == batches:
                break
            masked, columns, targets = mask(ids, rng, model.config.vocab_size, share, **odds)
            logits = model.score(*placed(model, masked, segments, columns))[0].flatten(0, 1)
            wanted, = placed(model, targets.flatten())
            right += (logits.argmax(-1) == wanted).sum().item()
            lost += F.cross_entropy(logits, wanted, reduction="sum").item()
            total += len(wanted)
    return right / total, lost / total


def placed(model, *arrays):
    """The arrays as tensors, where the model is."""
    device = next(model.parameters()).device
    return [torch.from_numpy(array).to(device) for array in arrays]


def batches_from(sentences, tokens, seed, epoch, skip):
    """Yield `(epoch, index, ids, segments)` for ever, beginning at batch `skip` of `epoch`."""
    while True:
        for index, (ids, segments) in enumerate(Examples(sentences, tokens, [seed, epoch]).epoch()):
            if index >= skip:
                yield epoch, index, ids, segments
        epoch, skip = epoch + 1, 0


def save(path, model, optimizer_list, state):
    """Write a checkpoint whole or not at all."""
    beside = path.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizer_list],
                "config": vars(model.config), **state}, beside)
    beside.replace(path)


def loss_of(model, ids, segments, step, options, rank):
    """The loss of one batch at its masked pieces; matrix products in bfloat16 after `options.float32_steps` steps (half as long)."""
    share = options.share if step < options.steps * options.decay_from else options.late_share
    rng = np.random.default_rng([options.seed, step, rank] if rank else [options.seed, step])
    # Every other late batch masks single pieces, as the figures do.
    inside = None if step >= options.steps * options.decay_from and step % 2 else options.inside
    chosen = mask(ids, rng, model.config.vocab_size, share, inside=inside)
    masked, columns, targets, segments = placed(model, *chosen, segments)
    with torch.autocast(options.device, torch.bfloat16, enabled=step >= options.float32_steps):
        logits, weights = model.score(masked, segments, columns)
    loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
    return loss + options.guidance * guidance(weights, ids) if step >= options.steps else loss


def guidance(weights, ids):
    """How far the heads of `GUIDED` are from what they are led to: -ln of the share that follows it, mean over the rows that can.

    After Deshpande and Narasimhan (2020), who guide heads to simple patterns in the same way, with squared errors.
    """
    patterns = pattern_matrices(ids, CLS, SEP)
    total = 0.0
    for (layer, head), name in GUIDED.items():
        pattern = torch.from_numpy(patterns[name]).to(weights[layer].device)
        asked = pattern.any(-1)
        if asked.any():
            total = total - (weights[layer][:, head].float() * pattern).sum(-1)[asked].clamp_min(1e-6).log().mean()
    return total


def new_model(options, config, sentences):
    """The model before its first step: that of a checkpoint, grown from the one that ships, or drawn by the seed."""
    torch.manual_seed(options.seed)
    model = BertForMaskedLM(config)
    if options.begin:
        model.load_state_dict(torch.load(options.begin, map_location="cpu")["model"])
    elif options.grow:
        model.load_state_dict(grown(weights_of(options.shipped / "onnx" / "model.onnx"), config.num_hidden_layers, options.seed))
    else:
        # The bias begins at the pieces' own frequencies, which would otherwise be the first thing to learn.
        counts = 1 + np.bincount(np.concatenate([np.array(s) for s in sentences]), minlength=config.vocab_size)
        model.cls.predictions.bias.data = torch.from_numpy(np.log(counts / counts.sum())).float()
    return model.to(options.device)


def train(rank, options, config, sentences, held_out):
    """The training loop: `options.steps` steps, rate constant and then falling to zero, figures printed as it goes.

    Of several processes each takes every so manieth batch; the first one, `rank` 0, says and saves.
    """
    model = new_model(options, config, sentences)
    both = optimizers(model, options.muon_lr, options.adam_lr, options.query_key_lr, options.weight_decay)
    peaks = [group["lr"] for o in both for group in o.param_groups]
    checkpoint = options.work / "checkpoint.pt"
    step, epoch, batch, seconds = 0, 0, 0, 0.0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=options.device)
        model.load_state_dict(saved["model"])
        for o, state in zip(both, saved["optimizers"]):
            o.load_state_dict(state)
        step, epoch, batch, seconds = saved["step"], saved["epoch"], saved["batch"] + 1, saved["seconds"]
    last = options.steps + options.guided_steps
    plain = {k: v for k, v in vars(options).items() if isinstance(v, (str, int, float, bool))}
    started, last_saved, mean, tokens = time.time() - seconds, time.time(), None, 0
    mine = islice(batches_from(sentences, options.tokens, options.seed, epoch, batch), rank, None, options.processes)
    for epoch, batch, ids, segments in mine:
        if step >= last or all_agree(options.minutes > 0 and time.time() - started > 60 * options.minutes):
            break
        if step < options.steps:
            rate = learning_rate(step, options.warm_up, options.steps, options.decay_from)
        else:
            rate = options.guided_rate * (last - step) / options.guided_steps
        for group, peak in zip([g for o in both for g in o.param_groups], peaks):
            group["lr"] = peak * rate
        loss = loss_of(model, ids, segments, step, options, rank)
        model.zero_grad(set_to_none=True)
        loss.backward()
        average_gradients(model)
        for o in both:
            o.step()
        step, tokens = step + 1, tokens + ids.size * options.processes
        if rank:
            continue
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        if step % 25 == 0 and step % options.report:
            print(f"step {step} loss {mean:.3f}", flush=True)
        if step % options.report == 0 or step in (options.steps, last):
            accuracy, held_out_loss = evaluate(model, held_out, batches=12)
            took = time.time() - started
            print(f"step {step} epoch {epoch} rate {rate:.3f} loss {mean:.3f} held-out loss {held_out_loss:.3f} "
                  f"accuracy {accuracy:.4f} {took:.0f} s, {tokens / (took - seconds):.0f} tokens/s", flush=True)
        if time.time() - last_saved > 120 or step in (options.steps, last):
            last_saved = time.time()
            save(checkpoint, model, both, {"step": step, "epoch": epoch, "batch": batch + options.processes - 1, "seconds": last_saved - started,
                                           "options": plain})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT_CORPUS)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--guided-steps", type=int, default=800, help="further steps in which some heads are led to patterns")
    parser.add_argument("--guided-rate", type=float, default=0.12, help="share of the peak rate that they begin with")
    parser.add_argument("--guidance", type=float, default=0.2, help="weight of the loss that leads them")
    parser.add_argument("--tokens", type=int, default=4096, help="tokens a step")
    parser.add_argument("--warm-up", type=int, default=100)
    parser.add_argument("--decay-from", type=float, default=0.45)
    parser.add_argument("--share", type=float, default=0.3, help="share of tokens masked before the decay")
    parser.add_argument("--late-share", type=float, default=0.2, help="share of tokens masked in the decay")
    parser.add_argument("--float32-steps", type=int, default=641 if fast_bfloat16() else 10 ** 9, help="first steps, all in float32")
    parser.add_argument("--muon-lr", type=float, default=0.015)
    parser.add_argument("--adam-lr", type=float, default=2e-3)
    parser.add_argument("--query-key-lr", type=float, default=1e-3, help="AdamW's rate for query and key matrices")
    parser.add_argument("--weight-decay", type=float, default=0.1, help="of the hidden matrices")
    parser.add_argument("--report", type=int, default=300)
    parser.add_argument("--grow", action="store_true", help="begin as the model that ships, grown (growth.py)")
    parser.add_argument("--begin", type=Path, help="the checkpoint of a run that ended, to begin with its weights")
    parser.add_argument("--shipped", type=Path, default=Path(__file__).resolve().parent.parent / "models" / "masked-lm-small")
    parser.add_argument("--processes", type=int, default=1, help="processes that train together, each with --tokens a step (parallel.py)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long, to compare shapes on equal time; 0 goes to the end")
    parser.add_argument("--every-book", action="store_true", help="train on all books that nothing is measured on, their text made tidy")
    parser.add_argument("--whole-words", action="store_true", help="mask all pieces of a word or none")
    parser.add_argument("--preset", choices=PRESETS, default="small")
    for field, size in vars(BertConfig()).items():
        parser.add_argument("--" + field.replace("_", "-"), type=int, default=size)
    # `grown-wide` is the one that ships; every other has a folder of its own.
    name = parser.parse_known_args()[0].preset
    work = {"small": "masked-lm-small", "grown-wide": "masked-lm-medium"}.get(name, name)
    parser.set_defaults(**PRESETS[name], work=Path(__file__).parent / "build" / work)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    pieces, sentences, held_out, book = prepare(options.work, options.corpus, options.vocab_size, options.every_book,
                                              word_pieces(options.shipped).pieces if options.grow else None)
    options.inside = np.array([piece.startswith("##") for piece in pieces]) if options.whole_words else None
    config = BertConfig(**{field: getattr(options, field) for field in vars(BertConfig())})
    print(f"{len(pieces)} pieces, {sum(map(len, sentences))} tokens to train on, {sum(map(len, held_out))} held out, "
          f"{sum(map(len, book))} in the held-out book", flush=True)
    run_together(options.processes, train, options, config, sentences, held_out)
    model = BertForMaskedLM(config)
    model.load_state_dict(torch.load(options.work / "checkpoint.pt", map_location="cpu")["model"])
    for name, part in (("held-out paragraphs", held_out), ("held-out book", book)):
        for only_mask in (True, False):
            accuracy, loss = evaluate(model, part, batches=10 ** 9, only_mask=only_mask)
            print(f"{name}, {'[MASK] only' if only_mask else '80/10/10'}: accuracy {accuracy:.4f} loss {loss:.4f}")


if __name__ == "__main__":
    main()
