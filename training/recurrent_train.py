"""Train one recurrent encoder-decoder on the translation task, export it, print its figures.

    recurrent_train.py bahdanau|dot|general|concat|local-m|local-p
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from onnx_small import halve, round_to_half
from recurrent import KINDS, WINDOW, Recurrent
from translation_data import TranslationData, measure, write_tokenizer
from translation_task import BOS, EOS, PAD

NAMES = ["logits", "next_state", "next_memory", "attention", "scores"]


def train(kind, data, options):
    """Adam, rate falling to zero in a line; teacher forcing."""
    torch.manual_seed(options.seed)
    model = Recurrent(kind, len(data.words), options.size)
    optimizer = torch.optim.Adam(model.parameters(), lr=options.lr)
    rng, step = np.random.default_rng(options.seed), 0
    while step < options.steps:
        for source, target_in, target_out in data.batches(rng, options.batch):
            for group in optimizer.param_groups:
                group["lr"] = options.lr * min(1.0, (step + 1) / 50) * (1 - step / options.steps)
            logits = model(torch.from_numpy(source), torch.from_numpy(target_in))
            loss = F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(target_out).flatten(), ignore_index=PAD)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 200 == 0 or step == options.steps:
                print(f"{kind} step {step} loss {loss.item():.4f}", flush=True)
            if step == options.steps:
                break
    return model


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
        halve(folder / "onnx" / f"{file}.onnx")


def write_config(model, folder):
    """Write `config.json`; `model_type` and the fields below are this project's own."""
    config = {"model_type": "text-attention-recurrent", "attention": model.kind, "hidden_size": model.size,
              "vocab_size": model.vocab_size, "decoder_start_token_id": BOS, "eos_token_id": EOS, "pad_token_id": PAD,
              "normalised": model.kind != "local-p"}
    if model.kind.startswith("local"):
        config.update(window=WINDOW, sigma=WINDOW / 2)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--models", type=Path, default=here.parent / "models")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = TranslationData()
    model = train(options.kind, data, options)
    round_to_half(model)
    exact, rate = measure(data, lambda ids: model.translate(torch.tensor([ids]), BOS, EOS))
    folder = options.models / f"recurrent-{options.kind}"
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    export(model, folder)
    write_config(model, folder)
    write_tokenizer(folder, data.words, source_end=False)
    size = sum(p.stat().st_size for p in (folder / "onnx").iterdir())
    print(f"{options.kind}: {exact:.1%} exact, alignment error rate {rate:.3f}, {size} bytes")


if __name__ == "__main__":
    main()
