"""A Transformer, step by step, in plain Python: what the built-in model masked-lm-small computes, with its own weights.

No package is needed. The functions are those of transformer.ts, in the same order.

    python3 transformer.py
    python3 transformer.py "The dog that was old saw the bird." saw

With --json in place of the word it prints all attention weights and all logits, for comparison.
"""

import json
import math
import re
import sys
from operator import mul

from weights import Weights, model_folder

FOLDER = model_folder("masked-lm-small")
WEIGHTS = Weights(FOLDER / "onnx" / "model.onnx")
HEADS, LAYERS = 4, 5

# ---- The arithmetic: five small functions ----


def dot(a, b):
    return sum(map(mul, a, b))


def add(a, b):
    return [x + y for x, y in zip(a, b)]


def linear(x, columns, bias):
    """x W + b: each column of W makes one number of the result."""
    return [dot(x, column) + b for column, b in zip(columns, bias)]


def softmax(scores):
    """Positive numbers that sum to 1, larger for larger scores."""
    largest = max(scores)  # subtracted first, so that no e^x is too large for a number
    powers = [math.exp(score - largest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def layer_norm(x, scale, shift):
    """The same vector with mean 0 and variance 1, then scaled and shifted by learned numbers."""
    mean = sum(x) / len(x)
    variance = sum((value - mean) ** 2 for value in x) / len(x)
    return [(value - mean) / math.sqrt(variance + 1e-12) * a + b for value, a, b in zip(x, scale, shift)]


# ---- Step 1: words become tokens ----

VOCABULARY = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
WORDS = list(VOCABULARY)


def tokenize(text):
    """Lower case, words and marks apart, and each word as the longest pieces that the vocabulary has (WordPiece)."""
    tokens = ["[CLS]"]
    for word in re.findall(r"\[MASK\]|[^\W_]+|[^\w\s]|_", text):
        tokens += [word] if word == "[MASK]" else pieces(word.lower())
    return tokens + ["[SEP]"]


def pieces(word):
    found, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" if start else "") + word[start:end] not in VOCABULARY:
            end -= 1
        if end == start:
            return ["[UNK]"]
        found.append(("##" if start else "") + word[start:end])
        start = end
    return found


# ---- Step 2: tokens become vectors ----

WORD_VECTORS = WEIGHTS.matrix("bert.embeddings.word_embeddings.weight")
POSITION_VECTORS = WEIGHTS.matrix("bert.embeddings.position_embeddings.weight")
SEGMENT_VECTORS = WEIGHTS.matrix("bert.embeddings.token_type_embeddings.weight")


def embed(tokens):
    """One vector for each token: the word's, plus that of its position, plus that of its segment; then a norm."""
    sums = [add(add(WORD_VECTORS[VOCABULARY[token]], POSITION_VECTORS[position]), SEGMENT_VECTORS[0])
            for position, token in enumerate(tokens)]
    return norm(sums, "bert.embeddings.LayerNorm")


def norm(rows, name):
    scale, shift = WEIGHTS.vector(f"{name}.weight"), WEIGHTS.vector(f"{name}.bias")
    return [layer_norm(row, scale, shift) for row in rows]


def project(rows, name):
    """A learned linear map, applied to each row."""
    columns = list(zip(*WEIGHTS.matrix(f"{name}.MatMul.weight")))
    return [linear(row, columns, WEIGHTS.vector(f"{name}.bias")) for row in rows]


# ---- Step 3: one head of attention ----


def attend(queries, keys, values):
    """What one head computes: the weights `[query][key]`, and for each query the mixture of the values."""
    root = math.sqrt(len(keys[0]))
    weights = [softmax([dot(query, key) / root for key in keys]) for query in queries]
    mixed = [[dot(row, column) for column in zip(*values)] for row in weights]
    return weights, mixed


# ---- Step 4: a block ----


def part(rows, head):
    """The part of each row that belongs to one head."""
    size = len(rows[0]) // HEADS
    return [row[head * size:(head + 1) * size] for row in rows]


def block(stream, layer):
    """One block: attention, then the feed-forward network, each added to the residual stream."""
    name = f"bert.encoder.layer.{layer}"
    normed = norm(stream, f"{name}.attention.LayerNorm")
    queries, keys, values = [project(normed, f"{name}.attention.self.{role}") for role in ("query", "key", "value")]
    results = [attend(part(queries, h), part(keys, h), part(values, h)) for h in range(HEADS)]
    together = [sum((mixed[token] for _, mixed in results), []) for token in range(len(stream))]
    handed_over = project(together, f"{name}.attention.output.dense")
    after = [add(row, more) for row, more in zip(stream, handed_over)]

    wide = project(norm(after, f"{name}.intermediate.LayerNorm"), f"{name}.intermediate.dense")
    narrow = project([[gelu(x) for x in row] for row in wide], f"{name}.output.dense")
    return [add(row, more) for row, more in zip(after, narrow)], [weights for weights, _ in results]


def gelu(x):
    """x · Φ(x): negative numbers become nearly 0, positive ones stay."""
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


# ---- Step 5: all blocks, and a prediction ----


def run(tokens):
    """All blocks: the attention `[layer][head][query][key]`, and the stream after the last one."""
    stream, attention = embed(tokens), []
    for layer in range(LAYERS):
        stream, weights = block(stream, layer)
        attention.append(weights)
    return attention, norm(stream, "bert.encoder.LayerNorm")


def unembed(row):
    """A score (logit) for each word of the vocabulary: how well its own embedding fits the vector of the token."""
    (wide,) = project([row], "cls.predictions.transform.dense")
    (ready,) = norm([[gelu(x) for x in wide]], "cls.predictions.transform.LayerNorm")
    bias = WEIGHTS.vector("cls.predictions.bias")
    return [dot(ready, vector) + bias[i] for i, vector in enumerate(WORD_VECTORS)]


# ---- What it prints ----



def steps(text, word):
    tokens = tokenize(text)
    if word not in tokens:
        sys.exit(f"‘{word}’ is no token of {' '.join(tokens)}")
    query = tokens.index(word)
    print(f"1 tokens      {' '.join(tokens)}")
    embedded = embed(tokens)
    print(f"2 embeddings  {len(tokens)} rows of {len(embedded[0])} numbers; ‘{word}’: {show(embedded[query])}")
    stream, weights = block(embedded, 0)
    print(f"3 one head    head 0.0, from ‘{word}’: {strongest(tokens, weights[0][query], 3)}")
    print(f"4 one block   the stream at ‘{word}’: {show(stream[query])}")
    print(f"5 all blocks  head 4.1, from ‘{word}’: {strongest(tokens, run(tokens)[0][4][1][query], 3)}")
    hidden = max(at for at, token in enumerate(tokens) if token.isalpha())
    asked = tokens[:hidden] + ["[MASK]"] + tokens[hidden + 1:]
    probabilities = softmax(unembed(run(asked)[1][hidden]))
    print(f"6 prediction  [MASK] in place of ‘{tokens[hidden]}’: {strongest(WORDS, probabilities, 5)}")
    probability = probabilities[VOCABULARY[tokens[hidden]]]
    print(f"7 loss        −ln {probability:.4f} = {-math.log(probability):.3f}")


def show(row):
    return " ".join(f"{value:.3f}" for value in row[:4]) + " …"


def strongest(names, row, count):
    order = sorted(range(len(row)), key=lambda at: -row[at])
    return " · ".join(f"{names[at]} {row[at]:.4f}" for at in order[:count])


if __name__ == "__main__":
    TEXT = sys.argv[1] if len(sys.argv) > 1 else "The cat that was hungry ate the fish."
    WORD = sys.argv[2] if len(sys.argv) > 2 else "ate"
    if WORD == "--json":
        ATTENTION, STREAM = run(tokenize(TEXT))
        print(json.dumps({"attention": ATTENTION, "logits": [unembed(row) for row in STREAM]}))
    else:
        steps(TEXT, WORD)
