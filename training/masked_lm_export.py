"""From a checkpoint to the hub layout in models/: ONNX graph, tokenizer, config, card with measured figures."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from bert import BertConfig, BertForMaskedLM
from corpus import DEFAULT_CORPUS, first_books, read_paragraphs, sentences, teaching_books
from figures import before_teaching, write_figures
from grammar_heads import FOLDER, as_figures, as_table, for_tests as grammar_for_tests, grammar_scores, held_out, relations, with_word_pieces
from grammar_labels import read_labels
from head_roles import best, measure, pattern_matrices
from masked_lm_card import card
from masked_lm_models import VOCABULARY, asked_heads, with_model
from masked_lm_teach import attention_of as plain_attention, ordinary_text
from masked_lm_train import evaluate
from masking import Examples
from onnx_small import make_small, round_to_eight_bits, round_to_half
from shipped import word_pieces
from teaching import LEARNS
from wordpiece import CLS, MASK, PAD, SEP, UNK, WordPiece, words, write_tokenizer

SENTENCE = "the cat that was hungry ate the [MASK] ."


def attention_of(model):
    """Return a function from a batch to attention weights `[L,B,H,T,T]`."""
    def weights(ids, segments):
        with torch.no_grad():
            _, layers = model.bert(torch.from_numpy(ids), torch.from_numpy(segments))
        return np.stack([w.numpy() for w in layers])
    return weights


def fill(model, encoder, text, most=10):
    """The likeliest pieces for the one [MASK] of `text`, with their probabilities."""
    before, after = text.split("[MASK]")
    ids = [CLS, *encoder.encode(before), MASK, *encoder.encode(after), SEP]
    with torch.no_grad():
        logits = model(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.long), torch.zeros(1, len(ids), dtype=torch.long))
    odds = logits[0, ids.index(MASK)].softmax(-1)
    return [(encoder.pieces[i], odds[i].item()) for i in odds.topk(most).indices.tolist()]


def export_graph(model, path, eight_bits=False):
    """Write the ONNX graph (opset 14): batch and sequence of any size, inputs int64, output `logits` `[B,T,V]`."""
    example = torch.ones(2, 7, dtype=torch.long)
    axes = {0: "batch_size", 1: "sequence_length"}
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(model, (example, example, torch.zeros_like(example)), str(path), opset_version=14, input_names=names,
                      output_names=["logits"], dynamic_axes={name: axes for name in [*names, "logits"]})
    make_small(path, eight_bits)


def write_config(folder, config, grammar, taught):
    """Write `config.json` as hub checkpoints of this architecture have it, and in a field of our own what the taught heads know."""
    content = {"architectures": ["BertForMaskedLM"], "model_type": "bert", **vars(config), "hidden_act": "gelu",
               "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "layer_norm_eps": 1e-12,
               "initializer_range": 0.02, "position_embedding_type": "absolute", "pad_token_id": PAD,
               "tie_word_embeddings": True, "text_attention": relations(grammar, LEARNS, taught)}
    (folder / "config.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def figures_of(model, pieces, paragraphs, book, count, kind):
    """Everything that the card of a `MaskedModel` reports, measured on the weights as shipped."""
    accuracy = {}
    for name, part in (("paragraphs", paragraphs), ("book", book)):
        for only_mask in (True, False):
            accuracy[(name, only_mask)] = evaluate(model, part, batches=count, only_mask=only_mask)
    batches = [b for b, _ in zip(Examples(paragraphs, 1024, 11).epoch(), range(60))]
    scores = measure(attention_of(model), batches, lambda ids: pattern_matrices(ids, CLS, SEP))
    encoder = WordPiece(pieces)
    labelled = held_out(lambda text, links: with_word_pieces(text, links, encoder))
    found = grammar_scores(plain_attention(model), labelled)
    untaught = as_figures({link: found[link] for link in kind.untaught}, kind.untaught)
    return {"accuracy": accuracy, "scores": scores, "top_ten": fill(model, encoder, SENTENCE), "grammar": as_figures(found, asked_heads(kind)),
            "untaught": untaught}


def masked_sentences(paragraphs, encoder, rng, count=20):
    """Held-out sentences with one whole word masked: `(text, masked text, word)`, all lower case, of 10 to 30 pieces."""
    found = []
    for paragraph in paragraphs:
        for sentence in sentences(paragraph)[:1]:
            said = words(sentence)
            whole = [i for i, word in enumerate(said) if word.isalpha() and len(encoder.encode(word)) == 1]
            ids = encoder.encode(sentence)
            if whole and 10 <= len(ids) <= 30 and UNK not in ids:
                at = int(rng.choice(whole))
                found.append((" ".join(said), " ".join([*said[:at], "[MASK]", *said[at + 1:]]), said[at]))
    return [found[i] for i in rng.permutation(len(found))[:count]]


def for_tests(model, pieces, paragraphs, figures):
    """The figures that a test repeats, on a few held-out sentences."""
    encoder = WordPiece(pieces)
    sample = masked_sentences(paragraphs, encoder, np.random.default_rng(5))
    right = sum(fill(model, encoder, masked)[0][0] == word for _, masked, word in sample)
    scores = measure(attention_of(model), [batch_of(encoder, text) for text, _, _ in sample], lambda ids: pattern_matrices(ids, CLS, SEP))
    roles = {name: {"layer": layer, "head": head, "score": float(scores[name][layer, head])}
             for name, (layer, head, _) in best(figures["scores"]).items()}
    return {"accuracy": figures["accuracy"][("paragraphs", False)][0], "accuracyMaskOnly": figures["accuracy"][("paragraphs", True)][0],
            "topTen": [piece for piece, _ in figures["top_ten"]], "sampleRight": right,
            "sample": [{"text": text, "masked": masked, "word": word} for text, masked, word in sample], "roles": roles,
            "before": figures["before"], **_untaught_for_tests(model, encoder, figures["untaught"]),
            **grammar_for_tests(plain_attention(model), lambda text, links: with_word_pieces(text, links, encoder), figures["grammar"])}


def _untaught_for_tests(model, encoder, untaught):
    if not untaught:
        return {}
    told = grammar_for_tests(plain_attention(model), lambda text, links: with_word_pieces(text, links, encoder), untaught)
    return {"untaught": untaught, "untaughtRight": told["labelledRight"]}


def batch_of(encoder, text):
    """One sentence as a batch `(ids [1,T], segments [1,T])`."""
    ids = np.array([[CLS, *encoder.encode(text), SEP]])
    return ids, np.zeros_like(ids)


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--models", type=Path, default=here.parent / "models")
    parser.add_argument("--labels", type=Path, default=here / "build" / "grammar" / "teaching.tsv")
    parser.add_argument("--made-text", type=int, default=40000, help="as for the teaching")
    parser.add_argument("--seed", type=int, default=1, help="as for the teaching")
    parser.add_argument("--batches", type=int, default=10 ** 9, help="measure on so many held-out batches only")
    kind = with_model(parser)
    options = parser.parse_args()
    torch.set_num_threads(1)
    saved = torch.load(options.work / "taught.pt")
    folder = options.models / kind.name
    pieces = word_pieces(VOCABULARY).pieces
    _, held, book = ordinary_text(options, WordPiece(pieces))
    config = BertConfig(**saved["config"])
    model = BertForMaskedLM(config)
    model.load_state_dict(saved["model"])
    model.eval()
    (round_to_eight_bits if kind.eight_bits else round_to_half)(model)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    export_graph(model, folder / "onnx" / "model.onnx", kind.eight_bits)
    write_tokenizer(folder, pieces, config.max_position_embeddings)
    figures = figures_of(model, pieces, held, book, options.batches, kind)
    write_config(folder, config, figures["grammar"], kind.taught)
    natural, teaching = (len(read_labels(path)) for path in (FOLDER / "held-out.tsv", options.labels))
    figures.update(grammar_sentences=natural, natural=teaching, books=len(teaching_books(options.corpus)),
                   before=before_teaching(options.work, kind.name), parameters=sum(p.numel() for p in model.parameters()),
                   options=saved["options"], size=(folder / "onnx" / "model.onnx").stat().st_size)
    (folder / "README.md").write_text(card(kind, figures), encoding="utf-8")
    write_figures(kind.name, for_tests(model, pieces, read_paragraphs(options.corpus, first_books())[1], figures))
    for key, (accuracy, loss) in figures["accuracy"].items():
        print(key, f"accuracy {accuracy:.4f} loss {loss:.4f}")
    for name, (layer, head, score) in best(figures["scores"]).items():
        print(f"{name}: head {layer}.{head} {score:.3f}")
    print(as_table(figures["grammar"], figures["before"]))
    print(figures["top_ten"], figures["size"], "bytes")


if __name__ == "__main__":
    main()
