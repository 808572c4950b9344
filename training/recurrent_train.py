"""Train one recurrent encoder-decoder on the translation task, export it, print its figures.

    recurrent_train.py bahdanau|dot|general|concat|local-m|local-p
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from figures import write_figures
from onnx_small import make_small, round_to_half
from recurrent import KINDS, WINDOW, Recurrent
from translation_card import card
from translation_data import TranslationData, write_tokenizer
from translation_figures import figures_of, misses
from translation_task import BOS, EOS, PAD
from translation_train import learn

SCORING = {
    "bahdanau": ("additive (Bahdanau, Cho and Bengio 2015)", "vᵀ tanh(W s + U h), s the state before the word"),
    "dot": ("dot (Luong, Pham and Manning 2015)", "sᵀ h"),
    "general": ("general (Luong, Pham and Manning 2015)", "sᵀ W h"),
    "concat": ("concat (Luong, Pham and Manning 2015)", "vᵀ tanh(W s + U h)"),
    "local-m": ("local-m, monotonic (Luong, Pham and Manning 2015)", f"sᵀ W h within {WINDOW} words of the place with the target word's own number"),
    "local-p": ("local-p, predictive (Luong, Pham and Manning 2015)",
                f"sᵀ W h within {WINDOW} words of a place that the model predicts; the weights are then multiplied by a Gaussian around it "
                f"(σ = {WINDOW / 2:g}) and not made to sum to 1 again, as in the paper"),
}
NAMES = ["logits", "next_state", "next_memory", "attention", "scores"]


def train(kind, data, options):
    """Adam; the source as it stands, the target begins with `<s>`."""
    torch.manual_seed(options.seed)
    model = Recurrent(kind, len(data.words), options.size, options.dropout)
    learn(model, torch.optim.Adam(model.parameters(), lr=options.lr), data, options, warm_up=50)
    return model.eval()


def export(model, folder):
    """Write `onnx/encoder_model.onnx` and `onnx/decoder_model.onnx` (one step), opset 14, lengths free."""
    ids = torch.ones(1, 5, dtype=torch.long)
    annotations, state, memory = model.begin(ids)
    length = {0: "batch_size", 1: "source_length"}
    torch.onnx.export(model.encoder, (ids,), str(folder / "onnx" / "encoder_model.onnx"), opset_version=14,
                      input_names=["input_ids"], output_names=["annotations", "state"],
                      dynamic_axes={"input_ids": length, "annotations": length, "state": {0: "batch_size"}})
    names = NAMES + (["centre"] if model.kind.startswith("local") else [])
    inputs = ["decoder_input_ids", "state", "memory", "annotations", "step"]
    axes = {name: {0: "batch_size"} for name in inputs + names}
    axes.update(annotations=length, attention=length, scores=length)
    torch.onnx.export(model.decoder, (ids[:, 0], state, memory, annotations, torch.zeros(1, dtype=torch.long)),
                      str(folder / "onnx" / "decoder_model.onnx"), opset_version=14, input_names=inputs, output_names=names,
                      dynamic_axes=axes)
    for file in ("encoder_model", "decoder_model"):
        make_small(folder / "onnx" / f"{file}.onnx")


def write_config(model, folder):
    """Write `config.json`; `model_type` and the fields below are this project's own."""
    config = {"model_type": "text-attention-recurrent", "attention": model.kind, "hidden_size": model.size,
              "vocab_size": model.vocab_size, "decoder_start_token_id": BOS, "eos_token_id": EOS, "pad_token_id": PAD,
              "normalised": model.kind != "local-p"}
    if model.kind.startswith("local"):
        config.update(window=WINDOW, sigma=WINDOW / 2)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def describe(name, model, data, figures, kept, folder, options):
    """Return the text of the model card."""
    title, formula = SCORING[model.kind]
    cells = "GRU" if model.kind == "bahdanau" else "LSTM"
    feeding = "" if model.kind == "bahdanau" else ", input feeding"
    extra = f"\nDropout of {options.dropout:g} on the source's embeddings and annotations: without it the decoder often looked at the full stop." if options.dropout else ""
    if options.seed > 1:
        extra += f"\nThe seed was chosen among the first {options.seed} by the alignment error rate below."
    sums = [weights.sum(-1).mean() for weights, _ in kept]
    roles = f"Its one cross map is the alignment. Rows sum to {np.mean(sums):.2f} on average.\n"
    return card(
        name, figures, misses(kept), data, roles=roles, parameters=sum(p.numel() for p in model.parameters()), options=options, optimizer="Adam", extra=extra,
        what=f"A small recurrent encoder-decoder whose attention is {title}.",
        rows=[("architecture", f"bidirectional {cells} encoder, {cells} decoder{feeding}, size {model.size}"), ("score before the softmax", formula)],
        files={p.name: p.stat().st_size for p in sorted((folder / "onnx").iterdir())})


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--models", type=Path, default=here.parent / "models")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--dropout", type=float, default=0.0, help="of source embeddings and annotations")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    data, name = TranslationData(), f"recurrent-{options.kind}"
    model = train(options.kind, data, options)
    round_to_half(model)
    folder = options.models / name
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    export(model, folder)
    write_config(model, folder)
    write_tokenizer(folder, data.words, source_end=False)
    figures, kept = figures_of(data, lambda ids: model.translate(torch.tensor([ids]), BOS, EOS))
    write_figures(name, {"seed": options.seed, **figures})
    (folder / "README.md").write_text(describe(name, model, data, figures, kept, folder, options), encoding="utf-8")
    print(f"{name}: {figures['exact']:.1%} exact, alignment error rate {figures['alignmentErrorRate']:.3f}")


if __name__ == "__main__":
    main()
