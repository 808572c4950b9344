"""Train the small T5 on the translation task, export it in the hub's layout with a merged decoder, print its figures."""

import argparse
import json
from pathlib import Path

import torch
from torch import nn

from figures import write_figures
from onnx_merge import merge
from onnx_small import make_small, round_to_half
from t5 import T5, T5Config
from translation_card import card
from translation_data import TranslationData, write_tokenizer
from translation_figures import error_rate, figures_of, misses, right_ones
from translation_task import EOS, PAD
from translation_train import learn


def train(data, options):
    """AdamW; the source ends with `</s>`, the target begins with `<pad>`."""
    torch.manual_seed(options.seed)
    model = T5(T5Config(vocab_size=len(data.words)))
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.lr, betas=(0.9, 0.98), weight_decay=0.01)
    learn(model, optimizer, data, options, warm_up=200, start=PAD, source_end=True)
    return model


@torch.no_grad()
def translate(model, source, longest=24):
    """Greedy decoding through the cache: `(ids, T rows of cross weights [L,H,S])`, the end mark left out of both."""
    memory = model.encode(torch.tensor([source + [EOS]]))
    word, past, ids, rows = PAD, None, [], []
    for _ in range(longest):
        logits, past, cross = model.decode(torch.tensor([[word]]), memory, past=past)
        word = int(logits[0, -1].argmax())
        if word == EOS:
            break
        ids.append(word)
        rows.append(torch.stack(cross)[:, 0, :, -1, :-1].numpy())
    return ids, rows


class EncoderGraph(nn.Module):
    """What `encoder_model.onnx` computes."""

    def __init__(self, model):
        super().__init__()
        self.t5 = model

    def forward(self, input_ids, attention_mask):
        return self.t5.encode(input_ids, attention_mask)


class DecoderGraph(nn.Module):
    """One branch of `decoder_model_merged.onnx`; with a cache, the encoder's keys and values are not returned again."""

    def __init__(self, model):
        super().__init__()
        self.t5 = model

    def forward(self, encoder_attention_mask, input_ids, encoder_hidden_states=None, *cache):
        past = [cache[i:i + 4] for i in range(0, len(cache), 4)] or None
        logits, present, _ = self.t5.decode(input_ids, encoder_hidden_states, encoder_attention_mask, past)
        return (logits, *(tensor for layer in present for tensor in (layer[:2] if past else layer)))


def cache_names(layers, prefix, sides=("decoder", "encoder")):
    """Names of the cache's tensors, in the order of `T5.decode`."""
    return [f"{prefix}.{i}.{side}.{part}" for i in range(layers) for side in sides for part in ("key", "value")]


def export(model, folder):
    """Write `encoder_model.onnx` and `decoder_model_merged.onnx` (opset 14)."""
    c, onnx_folder = model.config, folder / "onnx"
    ids, mask = torch.ones(1, 5, dtype=torch.long), torch.ones(1, 5, dtype=torch.long)
    source = {0: "batch_size", 1: "encoder_sequence_length"}
    target = {0: "batch_size", 1: "decoder_sequence_length"}
    torch.onnx.export(EncoderGraph(model), (ids, mask), str(onnx_folder / "encoder_model.onnx"), opset_version=14,
                      input_names=["input_ids", "attention_mask"], output_names=["last_hidden_state"],
                      dynamic_axes={"input_ids": source, "attention_mask": source, "last_hidden_state": source})
    memory = model.encode(ids).detach()
    past = [t.detach() for layer in model.decode(ids[:, :2], memory)[1] for t in layer]
    plain, cached = onnx_folder / "plain.onnx", onnx_folder / "cached.onnx"
    fixed = ["encoder_attention_mask", "input_ids", "encoder_hidden_states"]
    axes = {"encoder_attention_mask": source, "encoder_hidden_states": source, "input_ids": target, "logits": target}
    for prefix in ("present", "past_key_values"):
        for name in cache_names(c.num_decoder_layers, prefix):
            axes[name] = {0: "batch_size", 2: "encoder_sequence_length" if ".encoder." in name else "past_length"}
    for path, inputs, arguments, sides in (
            (plain, fixed, (mask, ids[:, :3], memory), ("decoder", "encoder")),
            (cached, fixed + cache_names(c.num_decoder_layers, "past_key_values"), (mask, ids[:, :1], memory, *past), ("decoder",))):
        outputs = ["logits", *cache_names(c.num_decoder_layers, "present", sides)]
        torch.onnx.export(DecoderGraph(model), arguments, str(path), opset_version=14, input_names=inputs, output_names=outputs,
                          dynamic_axes={name: axes[name] for name in inputs + outputs})
    merge(plain, cached, onnx_folder / "decoder_model_merged.onnx")
    plain.unlink()
    cached.unlink()
    for file in ("encoder_model", "decoder_model_merged"):
        make_small(onnx_folder / f"{file}.onnx")


def write_config(model, folder):
    """Write `config.json` and `generation_config.json`."""
    ends = {"decoder_start_token_id": PAD, "eos_token_id": EOS, "pad_token_id": PAD}
    config = {"architectures": ["T5ForConditionalGeneration"], "model_type": "t5", "is_encoder_decoder": True, **vars(model.config),
              "feed_forward_proj": "relu", "tie_word_embeddings": True, "use_cache": True, "layer_norm_epsilon": 1e-6, **ends}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    (folder / "generation_config.json").write_text(json.dumps({**ends, "max_new_tokens": 32}, indent=1) + "\n", encoding="utf-8")


CHOSEN_ON = 300  # training sentences on which the head that aligns is chosen, so that the held-out ones stay unseen


def aligning_head(model, data):
    """The `(layer, head)` of cross-attention with the lowest alignment error rate on training sentences."""
    kept = right_ones(data, data.train[:CHOSEN_ON], lambda ids: translate(model, ids))
    c = model.config
    return min(((layer, head) for layer in range(c.num_decoder_layers) for head in range(c.num_heads)), key=lambda which: error_rate(kept, which))


def describe(name, model, data, figures, kept, folder, options):
    """Return the text of the model card."""
    c, (layer, head) = model.config, figures["head"]
    lines = [f"| {i} | " + " | ".join(f"{error_rate(kept, (i, j)):.3f}" for j in range(c.num_heads)) + " |" for i in range(c.num_decoder_layers)]
    roles = (f"The rates above are those of cross-attention head {layer}.{head}, which had the lowest on {CHOSEN_ON} sentences of the training. "
             "All heads, on the held-out sentences:\n\n"
             "| layer | " + " | ".join(f"head {j}" for j in range(c.num_heads)) + " |\n" + "|---" * (c.num_heads + 1) + "|\n" + "\n".join(lines) + "\n")
    return card(
        name, figures, misses(kept, figures["head"]), data, roles=roles, parameters=sum(p.numel() for p in model.parameters()), options=options, optimizer="AdamW",
        what="A small encoder-decoder Transformer of the T5 architecture (Raffel et al. 2020).", library="library_name: transformers.js\n",
        rows=[("architecture", f"T5, {c.num_layers} + {c.num_decoder_layers} layers x {c.num_heads} heads, size {c.d_model}, feed-forward {c.d_ff}, "
               "relative position buckets, tied output matrix")],
        files={p.name: p.stat().st_size for p in sorted((folder / "onnx").iterdir())})


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=here.parent / "models")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    data, name = TranslationData(), "translation-small"
    model = train(data, options)
    round_to_half(model)
    folder = options.models / name
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    export(model, folder)
    write_config(model, folder)
    write_tokenizer(folder, data.words, source_end=True)
    head = aligning_head(model, data)
    figures, kept = figures_of(data, lambda ids: translate(model, ids), head)
    figures["head"] = head
    write_figures(name, {"seed": options.seed, **figures})
    (folder / "README.md").write_text(describe(name, model, data, figures, kept, folder, options), encoding="utf-8")
    print(f"{name}: {figures['exact']:.1%} exact, alignment error rate {figures['alignmentErrorRate']:.3f} of head {head}")


if __name__ == "__main__":
    main()
