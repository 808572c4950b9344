"""A tiny Transformer that learns from nothing, in plain Python: one block, one head, a language of our own.

Each animal makes one sound; which one is to come, only the first noun of the sentence tells, not the nearest:

    the old cat that saw the dog meows .

    python3 tiny_transformer.py

It trains in some seconds, prints the loss, and then what the head looks at from the last word before the sound. It
computes what tiny-transformer.ts computes, and prints the same numbers.
"""

import math
from operator import mul

# ---- The language ----

ANIMALS = {"cat": "meows", "dog": "barks", "cow": "moos", "duck": "quacks", "sheep": "bleats", "horse": "neighs"}
NOUNS = list(ANIMALS)
ADJECTIVES = ["old", "small", "black", "hungry"]
VERBS = ["saw", "liked", "heard"]
WORDS = ["the", "that", ".", *NOUNS, *ANIMALS.values(), *ADJECTIVES, *VERBS]

state = 1


def random():
    """A number from 0 to below 1, the same ones in every run (a linear congruential generator)."""
    global state
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32


def pick(words):
    return words[int(random() * len(words))]


def phrase(noun):
    """“the [adjective] noun”"""
    return ["the", noun] if random() < 0.5 else ["the", pick(ADJECTIVES), noun]


def sentence():
    """A sentence, and the place of its subject."""
    noun = pick(NOUNS)
    first = phrase(noun)
    inner = [] if random() < 0.25 else ["that", pick(VERBS), *phrase(pick(NOUNS))]
    return [*first, *inner, ANIMALS[noun], "."], len(first) - 1


# ---- Matrices that remember how they were made, so that the loss can be followed back to every weight ----


class Tensor:
    """Rows of numbers, and `slope`: how much the loss grows when an entry grows (filled by `follow_back`)."""

    def __init__(self, rows):
        self.data = rows
        self.slope = [[0.0] * len(row) for row in rows]

    def take(self, slopes):
        """Add to the slopes."""
        for row, more in zip(self.slope, slopes):
            row[:] = [a + b for a, b in zip(row, more)]


tape = []  # what was computed, in order; each entry passes the slopes of a result on to what it was made of


def follow_back():
    while tape:
        tape.pop()()


def result_of(rows, back):
    result = Tensor(rows)
    tape.append(lambda: back(result.slope))
    return result


def product(a, b):
    """Rows a times the matrix b."""
    columns = list(zip(*b))
    return [[sum(map(mul, row, column)) for column in columns] for row in a]


def multiply(a, b):
    """a · b"""
    def back(slope):
        a.take(product(slope, list(zip(*b.data))))
        b.take(product(list(zip(*a.data)), slope))
    return result_of(product(a.data, b.data), back)


def transpose(a):
    return result_of([list(column) for column in zip(*a.data)], lambda slope: a.take(zip(*slope)))


def each(x, value, slope_at):
    """A result with an entry for each of x, and the slope of that entry."""
    def back(slope):
        x.take([[s * slope_at(v) for s, v in zip(*rows)] for rows in zip(slope, x.data)])
    return result_of([[value(v) for v in row] for row in x.data], back)


def add(a, b):
    def back(slope):
        a.take(slope)
        b.take(slope)
    return result_of([[x + y for x, y in zip(*rows)] for rows in zip(a.data, b.data)], back)


def look_up(table, ids):
    """Rows of a table: the embedding of each token."""
    def back(slope):
        for row, at in zip(slope, ids):
            table.slope[at] = [a + b for a, b in zip(table.slope[at], row)]
    return result_of([list(table.data[at]) for at in ids], back)


def norm(x):
    """Each row divided by the root of its mean square (RMSNorm): the simplest norm."""
    sizes = [math.sqrt(sum(v * v for v in row) / len(row) + 1e-6) for row in x.data]
    rows = [[v / size for v in row] for row, size in zip(x.data, sizes)]

    def back(slope):
        along = [sum(map(mul, s, row)) / len(row) for s, row in zip(slope, rows)]
        x.take([[(s - v * a) / size for s, v in zip(*pair)] for pair, a, size in zip(zip(slope, rows), along, sizes)])
    return result_of(rows, back)


def attention_weights(scores):
    """The softmax of each row over its own token and those before it (the causal mask)."""
    rows = []
    for at, row in enumerate(scores.data):
        powers = [math.exp(score) for score in row[:at + 1]]
        total = sum(powers)
        rows.append([power / total for power in powers] + [0.0] * (len(row) - at - 1))

    def back(slope):
        means = [sum(map(mul, s, row)) for s, row in zip(slope, rows)]
        scores.take([[w * (s - mean) for s, w in zip(*pair)] for pair, mean in zip(zip(slope, rows), means)])
    return result_of(rows, back)


def cross_entropy(logits, targets):
    """The loss: −ln of the probability of each next word, averaged. Starts the slopes: probability − 1 at the word."""
    loss = 0.0
    for row, target in enumerate(targets):
        powers = [math.exp(v) for v in logits.data[row]]
        total = sum(powers)
        loss -= math.log(powers[target] / total) / len(targets)
        logits.slope[row] = [(power / total - (at == target)) / len(targets) for at, power in enumerate(powers)]
    return loss


# ---- The model ----

SIZE, LONGEST = 24, 12


def learned(rows, columns):
    """A matrix of small random numbers, learned from then on."""
    return Tensor([[(random() - 0.5) * 2 * math.sqrt(1 / columns) for _ in range(columns)] for _ in range(rows)])


EMBEDDINGS, POSITIONS = learned(len(WORDS), SIZE), learned(LONGEST, SIZE)
QUERY, KEY, VALUE, OUTPUT = [learned(SIZE, SIZE) for _ in range(4)]
WIDEN, NARROW = learned(SIZE, 2 * SIZE), learned(2 * SIZE, SIZE)
UNEMBEDDING = learned(SIZE, len(WORDS))
PARAMETERS = [EMBEDDINGS, POSITIONS, QUERY, KEY, VALUE, OUTPUT, WIDEN, NARROW, UNEMBEDDING]


def model(ids):
    """Scores for the word after each token, and the weights of the one head."""
    stream = add(look_up(EMBEDDINGS, ids), look_up(POSITIONS, range(len(ids))))
    normed = norm(stream)
    query, key, value = [multiply(normed, matrix) for matrix in (QUERY, KEY, VALUE)]
    scores = each(multiply(query, transpose(key)), lambda s: s / math.sqrt(SIZE), lambda _: 1 / math.sqrt(SIZE))
    weights = attention_weights(scores)
    attended = add(stream, multiply(multiply(weights, value), OUTPUT))
    wide = each(multiply(norm(attended), WIDEN), lambda x: max(0.0, x), lambda x: 1.0 if x > 0 else 0.0)
    result = add(attended, multiply(wide, NARROW))
    return multiply(norm(result), UNEMBEDDING), weights


# ---- Training: Adam ----

MEANS = [[[0.0] * len(row) for row in tensor.data] for tensor in PARAMETERS]
SQUARES = [[[0.0] * len(row) for row in tensor.data] for tensor in PARAMETERS]


def learn(step, rate, batch):
    for tensor, means, squares in zip(PARAMETERS, MEANS, SQUARES):
        for data, slope, mean, square in zip(tensor.data, tensor.slope, means, squares):
            mean[:] = [0.9 * m + 0.1 * s / batch for m, s in zip(mean, slope)]
            square[:] = [0.99 * q + 0.01 * (s / batch) ** 2 for q, s in zip(square, slope)]
            data[:] = [v - rate * m / (1 - 0.9 ** step) / (math.sqrt(q / (1 - 0.99 ** step)) + 1e-8)
                       for v, m, q in zip(data, mean, square)]
            slope[:] = [0.0] * len(slope)


def train(steps, batch):
    total = 0.0
    for step in range(1, steps + 1):
        for _ in range(batch):
            ids = [WORDS.index(word) for word in sentence()[0]]
            logits, _ = model(ids[:-1])
            total += cross_entropy(logits, ids[1:]) / batch
            follow_back()
        learn(step, 0.01 * (1 - step / (steps + 1)), batch)
        if step == 1 or step % 50 == 0:
            print(f"step {step}  loss {total / (1 if step == 1 else 49 if step == 50 else 50):.3f}")
            total = 0.0


def examine(count):
    """New sentences, in which the nearest noun is mostly the wrong one: is the sound right, and what does the head see?"""
    right = found = done = 0
    while done < count:
        tokens, subject = sentence()
        last = len(tokens) - 3  # the token before the sound
        if last == subject:
            continue  # without a second noun there is nothing to choose
        done += 1
        logits, weights = model([WORDS.index(word) for word in tokens[:-1]])
        tape.clear()
        row, scores = weights.data[last], logits.data[last]
        said = WORDS[scores.index(max(scores))]
        right += said == tokens[last + 1]
        found += row.index(max(row)) == subject
        if done <= 3:
            looks = " · ".join(f"{word} {weight:.2f}" for word, weight in zip(tokens, row[:last + 1]))
            print(f"from ‘{tokens[last]}’: {looks}  says ‘{said}’")
    print(f"{count} new sentences: {right} right sounds; the head looks most at the subject in {found}")


if __name__ == "__main__":
    train(300, 4)
    examine(500)
