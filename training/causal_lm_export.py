"""From a checkpoint to the hub layout in models/causal-lm-small: ONNX graph, tokenizer, config, card with measured figures."""

import argparse
import json
import pickle
from pathlib import Path

import numpy as np
import torch

from byte_bpe import SPACE, write_tokenizer
from causal_lm_card import card
from causal_lm_teach import TAUGHT, asked_heads, looking_back, ordinary_text
from causal_lm_train import attention_of, induction_scores, perplexity, random_pieces, windows
from corpus import DEFAULT_CORPUS, first_books, read_paragraphs, teaching_books
from figures import FOLDER, before_teaching, write_figures
from gpt2 import GPT2, GPT2Config
from grammar_heads import FOLDER as GRAMMAR, as_figures, as_table, for_tests as grammar_for_tests, grammar_scores, held_out, relations, with_byte_pairs
from grammar_labels import read_labels
from head_roles import best, causal_matrices, measure
from ngram import Trigram
from onnx_small import make_small, round_to_half
from shipped import byte_pairs
from teaching import LEARNS


def encoder_of(bpe):
    """The function that makes a labelled sentence of this model's pieces."""
    return lambda text, links: with_byte_pairs(text, looking_back(links), bpe)


def trigram_perplexity(options, cut, vocab_size):
    """The trigram model's perplexity: measured where the training's stream is at hand, else as it was (it depends on the text alone)."""
    streams = options.work / "streams.pkl"
    if not streams.exists():
        return json.loads((FOLDER / "causal-lm-small.json").read_text(encoding="utf-8"))["trigram"]
    # It begins a window as the other does: with its first two pieces given.
    return Trigram(pickle.loads(streams.read_bytes())[1].tolist(), vocab_size).perplexity(cut.tolist())


def figures_of(model, bpe, held, options):
    """Everything that the card reports, measured on the weights as shipped."""
    cut = windows(held)
    batches = [(rows, None) for rows in np.array_split(cut[:48], 6)]
    scores = measure(lambda ids, _: attention_of(model, ids), batches, causal_matrices, causal=True)
    scores["induction"] = induction_scores(model, random_pieces(model))
    labelled = [each for each in held_out(encoder_of(bpe)) if each.rows]
    grammar = as_figures(grammar_scores(lambda ids: attention_of(model, ids), labelled, causal=True), asked_heads())
    return {"perplexity": perplexity(model, cut), "trigram": trigram_perplexity(options, cut, model.config.vocab_size), "scores": scores,
            "held_out": len(held), "grammar": grammar}


def for_tests(model, bpe, figures, options, length=128):
    """The figures that a test repeats: perplexity of one held-out text, and attention on random pieces said twice."""
    text = next(p for p in read_paragraphs(options.corpus, first_books())[1] if length <= len(bpe.encode(p)) < model.config.n_positions)
    ids = np.array([bpe.encode(text)])
    head = np.unravel_index(figures["scores"]["induction"].argmax(), figures["scores"]["induction"].shape)
    layer, place = best(figures["scores"])["previous"][:2]
    words = [piece for piece in bpe.pieces if piece[0] == SPACE and piece[1:].isascii() and piece[1:].isalpha() and len(piece) > 4]
    once = "".join(np.random.default_rng(0).choice(words, 24, replace=False)).replace(SPACE, " ")
    repeated = induction_scores(model, np.array([bpe.encode(once)]))[head]
    return {"seed": 1, "perplexity": figures["perplexity"], "trigram": figures["trigram"],
            "induction": {"layer": int(head[0]), "head": int(head[1]), "score": float(figures["scores"]["induction"].max())},
            "previous": {"layer": layer, "head": place, "score": float(figures["scores"]["previous"][layer, place])},
            "text": text, "textPerplexity": perplexity(model, ids), "repeated": once + once, "repeatedInduction": float(repeated),
            "before": figures["before"],
            **grammar_for_tests(lambda ids: attention_of(model, ids), encoder_of(bpe), figures["grammar"], causal=True)}


def export(model, folder):
    """Write `onnx/model.onnx` (opset 14) with the cache as inputs and outputs; an empty cache begins a text."""
    c, ids = model.config, torch.ones(1, 2, dtype=torch.long)
    past = [torch.zeros(1, c.n_head, 3, c.n_embd // c.n_head) for _ in range(2 * c.n_layer)]
    names = [f"{i}.{part}" for i in range(c.n_layer) for part in ("key", "value")]
    inputs = ["input_ids", "attention_mask", "position_ids", *("past_key_values." + n for n in names)]
    outputs = ["logits", *("present." + n for n in names)]
    axes = {name: {0: "batch_size", 2: "past_sequence_length"} for name in inputs + outputs if "." in name}
    axes.update({name: {0: "batch_size", 1: "sequence_length"} for name in ("input_ids", "position_ids", "logits")})
    axes["attention_mask"] = {0: "batch_size", 1: "total_sequence_length"}
    path = folder / "onnx" / "model.onnx"
    torch.onnx.export(model, (ids, torch.ones(1, 5, dtype=torch.long), ids, *past), str(path), opset_version=14,
                      input_names=inputs, output_names=outputs, dynamic_axes=axes)
    make_small(path)


def write_config(config, folder, grammar):
    """Write `config.json`, in a field of our own what the taught head knows, and `generation_config.json`."""
    ends = {"bos_token_id": 0, "eos_token_id": 0}
    content = {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", **vars(config), "n_ctx": config.n_positions,
               "activation_function": "gelu", "layer_norm_epsilon": 1e-5, "tie_word_embeddings": True, "use_cache": True, **ends,
               "text_attention": relations(grammar, LEARNS, TAUGHT)}
    (folder / "config.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    (folder / "generation_config.json").write_text(json.dumps(ends, indent=1) + "\n", encoding="utf-8")


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--work", type=Path, default=here / "build" / "causal-lm-small")
    parser.add_argument("--models", type=Path, default=here.parent / "models")
    parser.add_argument("--labels", type=Path, default=here / "build" / "grammar" / "teaching.tsv")
    parser.add_argument("--part", type=float, default=0.8, help="as for the teaching")
    options = parser.parse_args()
    torch.set_num_threads(1)
    saved, folder, config = torch.load(options.work / "taught.pt"), options.models / "causal-lm-small", GPT2Config()
    bpe, model = byte_pairs(folder), GPT2(config)
    model.load_state_dict(saved["model"])
    round_to_half(model)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    export(model, folder)
    write_tokenizer(folder, bpe, config.n_positions)
    figures = figures_of(model, bpe, ordinary_text(options, bpe)[1], options)
    write_config(config, folder, figures["grammar"])
    figures.update(parameters=sum(p.numel() for p in model.parameters()), size=(folder / "onnx" / "model.onnx").stat().st_size,
                   before=before_teaching(options.work, "causal-lm-small"), taught=saved["options"],
                   books=len(teaching_books(options.corpus)), natural=len(read_labels(options.labels)), grammar_sentences=len(read_labels(GRAMMAR / "held-out.tsv")))
    (folder / "README.md").write_text(card(config, figures), encoding="utf-8")
    write_figures("causal-lm-small", for_tests(model, bpe, figures, options))
    print(as_table(figures["grammar"], figures["before"]))
    print(f"held-out perplexity {figures['perplexity']:.2f}, trigram {figures['trigram']:.2f}; "
          f"induction {figures['scores']['induction'].max():.2f}; {figures['size']} bytes")


if __name__ == "__main__":
    main()
