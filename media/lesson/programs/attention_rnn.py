"""Attention in a recurrent network, in plain Python: what the built-in model recurrent-bahdanau computes, with its own weights.

Bahdanau, Cho and Bengio 2015. No package is needed. The functions are those of attention-rnn.ts, in the same order.

    python3 attention_rnn.py
    python3 attention_rnn.py "the small dog finds the green apple ."

With --json after the sentence it prints weights, scores and logits instead, for comparison.
"""

import json
import math
import re
import sys
from operator import mul

from weights import Weights, model_folder

FOLDER = model_folder("recurrent-bahdanau")
ENCODER = Weights(FOLDER / "onnx" / "encoder_model.onnx")
DECODER = Weights(FOLDER / "onnx" / "decoder_model.onnx")
START, END, LONGEST = 3, 1, 24

# ---- The arithmetic ----


def dot(a, b):
    return sum(map(mul, a, b))


def add(a, b):
    return [x + y for x, y in zip(a, b)]


def times(matrix, x):
    """W x: each row of W makes one number of the result."""
    return [dot(row, x) for row in matrix]


def tanh(x):
    return [math.tanh(value) for value in x]


def sigmoid(x):
    return [1 / (1 + math.exp(-value)) for value in x]


def softmax(scores):
    largest = max(scores)
    powers = [math.exp(score - largest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


# ---- A recurrent cell: it reads one vector at a time, and its state is all that it remembers ----


class Cell:
    """A gated recurrent unit (GRU): its three parts are reset, update and new."""

    def __init__(self, inputs, states, input_bias, state_bias, order=(0, 1, 2)):
        self.input, self.state, self.input_bias, self.state_bias = [
            thirds(weights, order) for weights in (inputs, states, input_bias, state_bias)]
        self.size = len(self.state_bias[0])

    def step(self, x, state):
        """One step: `reset` says what of the state is used for the new one, `update` how much of it is kept as it is."""
        from_input = [add(times(matrix, x), bias) for matrix, bias in zip(self.input, self.input_bias)]
        from_state = [add(times(matrix, state), bias) for matrix, bias in zip(self.state, self.state_bias)]
        reset, update = sigmoid(add(from_input[0], from_state[0])), sigmoid(add(from_input[1], from_state[1]))
        fresh = tanh([a + r * b for a, r, b in zip(from_input[2], reset, from_state[2])])
        return [u * old + (1 - u) * new for u, old, new in zip(update, state, fresh)]


def thirds(rows, order):
    """Three parts of a list, in the order that is asked for."""
    size = len(rows) // 3
    return [rows[part * size:(part + 1) * size] for part in order]


def encoder_cell(direction):
    """The cell of the encoder that reads to the right (0) or to the left (1); ONNX stores update, reset, new."""
    def half(rows):
        return rows[direction * len(rows) // 2:(direction + 1) * len(rows) // 2]
    bias = half(ENCODER.vector("onnx::GRU_229"))
    inputs, states = half(ENCODER.matrix("onnx::GRU_230")), half(ENCODER.matrix("onnx::GRU_231"))
    return Cell(inputs, states, bias[:len(bias) // 2], bias[len(bias) // 2:], order=(1, 0, 2))


DECODER_CELL = Cell(DECODER.matrix("rnn.weight_ih"), DECODER.matrix("rnn.weight_hh"),
                    DECODER.vector("rnn.bias_ih"), DECODER.vector("rnn.bias_hh"))

# ---- The encoder: one annotation for each word of the source ----

VOCABULARY = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
WORDS = list(VOCABULARY)


def tokenize(text):
    return re.findall(r"'s|[^\W\d_]+|[^\s\w]|[\d_]", text.lower())


def encode(source):
    """The states of a reader to the right and of one to the left, side by side: each word in its sentence."""
    table = ENCODER.matrix("embedding.weight")
    vectors = [table[VOCABULARY.get(word, VOCABULARY["<unk>"])] for word in source]
    to_right, to_left = encoder_cell(0), encoder_cell(1)
    forward = [[0.0] * to_right.size]
    for vector in vectors:
        forward.append(to_right.step(vector, forward[-1]))
    backward = [[0.0] * to_left.size]
    for vector in reversed(vectors):
        backward.insert(0, to_left.step(vector, backward[0]))
    ends = forward[-1] + backward[0]
    state = tanh(add(times(ENCODER.matrix("start.weight"), ends), ENCODER.vector("start.bias")))
    return [a + b for a, b in zip(forward[1:], backward)], state


# ---- Attention: score, softmax, mixture ----

W = list(zip(*DECODER.matrix("attention.score.query.MatMul.weight")))
U = list(zip(*DECODER.matrix("attention.score.key.MatMul.weight")))
V = DECODER.vector("attention.score.v.MatMul.weight")


def attend(state, annotations):
    """Bahdanau's score: v · tanh(W s + U h), a small network that judges how well a word h fits the state s."""
    asked = times(W, state)
    scores = [dot(V, tanh(add(asked, times(U, h)))) for h in annotations]
    weights = softmax(scores)
    return scores, weights, times(list(zip(*annotations)), weights)


# ---- The decoder: attend, move the state on, write a word ----


def translate(source):
    """What each step of the decoder wrote, with its row of attention."""
    annotations, state = encode(source)
    table, readout, output = [DECODER.matrix(f"{name}.weight") for name in ("embedding", "readout", "output")]
    written, at = [], START
    while len(written) < LONGEST:
        word = table[at]
        scores, weights, context = attend(state, annotations)
        state = DECODER_CELL.step(word + context, state)
        hidden = tanh(add(times(readout, state + word + context), DECODER.vector("readout.bias")))
        logits = add(times(output, hidden), DECODER.vector("output.bias"))
        at = logits.index(max(logits))
        written.append({"word": WORDS[at], "scores": scores, "weights": weights, "logits": logits})
        if at == END:
            break
    return written


# ---- What it prints ----

if __name__ == "__main__":
    SOURCE = tokenize(sys.argv[1] if len(sys.argv) > 1 else "The old king sees the red horse.")
    WRITTEN = translate(SOURCE)
    if sys.argv[2:] == ["--json"]:
        print(json.dumps(WRITTEN))
    else:
        for one in WRITTEN:
            order = sorted(range(len(SOURCE)), key=lambda at: -one["weights"][at])
            looks = " · ".join(f"{SOURCE[at]} {one['weights'][at]:.4f}" for at in order[:3])
            print(f"{one['word']:10} {looks}")
