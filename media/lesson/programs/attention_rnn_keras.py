"""Attention in a recurrent network, trained from nothing with Keras: it reads letters and writes them in order.

    KERAS_BACKEND=jax python3 attention_rnn_keras.py

Needs Keras 3 and one of its backends (TensorFlow, JAX or PyTorch). It is the network of attention_rnn_pytorch.py.
"""

import keras
import numpy as np
from keras import layers, ops

LETTERS = "abcdefghij"
START = len(LETTERS)  # what the decoder reads before the first letter
SIZE, LENGTH = 32, 8


class Attention(layers.Layer):
    """Bahdanau's score v · tanh(W s + U h) for each annotation h; softmax; the mixture of the annotations."""

    def __init__(self):
        super().__init__()
        self.W = layers.Dense(SIZE, use_bias=False)
        self.U = layers.Dense(SIZE, use_bias=False)
        self.v = layers.Dense(1, use_bias=False)

    def call(self, state, annotations):
        scores = self.v(ops.tanh(self.W(state)[:, None] + self.U(annotations)))[..., 0]  # [batch, source]
        weights = ops.softmax(scores)
        return weights, ops.sum(weights[..., None] * annotations, axis=1)


class Sorter(keras.Model):
    """A bidirectional GRU reads, a GRU with attention writes."""

    def __init__(self):
        super().__init__()
        self.letters = layers.Embedding(len(LETTERS) + 1, SIZE)
        self.encoder = layers.Bidirectional(layers.GRU(SIZE, return_sequences=True))
        self.attention = Attention()
        self.cell = layers.GRUCell(SIZE)
        self.readout = layers.Dense(len(LETTERS))

    def call(self, inputs):
        """Logits `[batch, step, letter]` for given letters before each step (teacher forcing)."""
        source, before = inputs
        return self.steps(source, before)[0]

    def steps(self, source, before=None):
        """Logits and weights of every step. With `before` the true letters are fed back, else those that were written."""
        annotations = self.encoder(self.letters(source))
        state = ops.zeros_like(annotations[:, 0, :SIZE])
        letter = ops.full_like(source[:, 0], START)
        logits, rows = [], []
        for step in range(LENGTH):
            weights, context = self.attention(state, annotations)
            known = letter if before is None else before[:, step]
            _, (state,) = self.cell(ops.concatenate([self.letters(known), context], axis=-1), [state])
            logits.append(self.readout(ops.concatenate([state, context], axis=-1)))
            rows.append(weights)
            letter = ops.argmax(logits[-1], axis=-1)
        return ops.stack(logits, axis=1), ops.stack(rows, axis=1)


def words(count, random):
    """Different letters in any order, `[count, LENGTH]`."""
    return random.random((count, len(LETTERS))).argsort(axis=1)[:, :LENGTH].astype("int32")


def train(model, random):
    source = words(32_000, random)
    target = np.sort(source, axis=1)
    before = np.concatenate([np.full((len(source), 1), START), target[:, :-1]], axis=1).astype("int32")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.005), loss, metrics=["accuracy"])
    model.fit((source, before), target, batch_size=64, epochs=1, verbose=2)


def examine(model, random, count=200):
    source = words(count, random)
    logits, weights = (ops.convert_to_numpy(each) for each in model.steps(source))
    written = logits.argmax(axis=-1)
    right = (written == np.sort(source, axis=1)).all(axis=1).sum()
    found = (weights.argmax(axis=-1) == source.argsort(axis=1)).sum()
    print(f"{count} new words of {LENGTH} letters: {right} written in order without a fault")
    print(f"the strongest weight is at the letter that is due in {found} of {count * LENGTH} steps")
    print("one of them: " + "".join(LETTERS[at] for at in source[0]))
    for row, at in zip(weights[0], written[0]):
        print(f"  {LETTERS[at]}  " + " ".join(f"{weight:.2f}" for weight in row))


if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    RANDOM = np.random.default_rng(1)
    MODEL = Sorter()
    train(MODEL, RANDOM)
    examine(MODEL, RANDOM)
