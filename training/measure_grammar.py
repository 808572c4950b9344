"""Print what the heads of a language model that ships know of grammar: `measure_grammar.py MODEL [--write]`.

With `--write` the figures go into `figures/MODEL.json` too, of the best head for each kind of link, for the tests to repeat.
"""

import json
import sys
from pathlib import Path

import torch

from bert import BertForMaskedLM
from causal_lm_teach import looking_back
from causal_lm_train import attention_of as causal_attention
from figures import FOLDER, write_figures
from gpt2 import GPT2, GPT2Config
from grammar_heads import as_figures, as_table, for_tests, grammar_scores, held_out, with_byte_pairs, with_word_pieces
from masked_lm_models import MODELS
from masked_lm_teach import attention_of as masked_attention
from shipped import byte_pairs, weights_of, word_pieces


def main(name, write):
    torch.set_num_threads(1)
    folder, causal = Path(__file__).resolve().parent.parent / "models" / name, name == "causal-lm-small"
    model = GPT2(GPT2Config()) if causal else BertForMaskedLM(MODELS[name].config)
    model.load_state_dict(weights_of(folder / "onnx" / "model.onnx"))
    if causal:
        bpe = byte_pairs(folder)
        attention, encode = lambda ids: causal_attention(model, ids), lambda text, links: with_byte_pairs(text, looking_back(links), bpe)
    else:
        encoder = word_pieces(folder)
        attention, encode = masked_attention(model), lambda text, links: with_word_pieces(text, links, encoder)
    figures = as_figures(grammar_scores(attention, [each for each in held_out(encode) if each.rows], causal))
    print(f"{name}: the best head for each kind of link\n\n{as_table(figures)}")
    if write:
        former = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        write_figures(name, {**former, **for_tests(attention, encode, figures, causal=causal)})


if __name__ == "__main__":
    main(sys.argv[1], "--write" in sys.argv)
