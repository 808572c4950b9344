"""Attention in a recurrent network, trained from nothing with PyTorch: it reads letters and writes them in order.

    python3 attention_rnn_pytorch.py

Needs PyTorch (1.13 or later). Nothing tells the network where to look; that it looks at the letter that it writes is
learned from the letters alone. It takes about a quarter of a minute.
"""

import torch
from torch import nn

LETTERS = "abcdefghij"
START = len(LETTERS)  # what the decoder reads before the first letter
SIZE = 32


class Attention(nn.Module):
    """Bahdanau's score v · tanh(W s + U h) for each annotation h; softmax; the mixture of the annotations."""

    def __init__(self):
        super().__init__()
        self.W = nn.Linear(SIZE, SIZE, bias=False)
        self.U = nn.Linear(2 * SIZE, SIZE, bias=False)
        self.v = nn.Linear(SIZE, 1, bias=False)

    def forward(self, state, annotations):
        scores = self.v(torch.tanh(self.W(state)[:, None] + self.U(annotations))).squeeze(-1)  # [batch, source]
        weights = torch.softmax(scores, dim=-1)
        return weights, (weights[:, None] @ annotations).squeeze(1)


class Sorter(nn.Module):
    """A bidirectional GRU reads, a GRU with attention writes."""

    def __init__(self):
        super().__init__()
        self.letters = nn.Embedding(len(LETTERS) + 1, SIZE)
        self.encoder = nn.GRU(SIZE, SIZE, batch_first=True, bidirectional=True)
        self.attention = Attention()
        self.cell = nn.GRUCell(3 * SIZE, SIZE)
        self.output = nn.Linear(3 * SIZE, len(LETTERS))

    def forward(self, source, target=None):
        """Logits and weights of every step. With a target the true letters are fed back, else those that were written."""
        annotations, _ = self.encoder(self.letters(source))
        state = torch.zeros(len(source), SIZE)
        letter = torch.full((len(source),), START)
        logits, rows = [], []
        for step in range(source.shape[1]):
            weights, context = self.attention(state, annotations)
            state = self.cell(torch.cat([self.letters(letter), context], dim=-1), state)
            logits.append(self.output(torch.cat([state, context], dim=-1)))
            rows.append(weights)
            letter = logits[-1].argmax(-1) if target is None else target[:, step]
        return torch.stack(logits, dim=1), torch.stack(rows, dim=1)


def letters(count, length):
    """Different letters in any order, `[count, length]`."""
    return torch.rand(count, len(LETTERS)).argsort(1)[:, :length]


def train(model, steps=400, batch=64):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for step in range(1, steps + 1):
        source = letters(batch, int(torch.randint(3, 9, ())))
        target = source.sort(1).values
        logits, _ = model(source, target)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step == 1 or step % 50 == 0:
            print(f"step {step}  loss {loss.item():.3f}")


@torch.no_grad()
def examine(model, count=200, length=8):
    source = letters(count, length)
    logits, weights = model(source)
    right = (logits.argmax(-1) == source.sort(1).values).all(1).sum()
    found = (weights.argmax(-1) == source.argsort(1)).sum()
    print(f"{count} new words of {length} letters: {right} written in order without a fault")
    print(f"the strongest weight is at the letter that is due in {found} of {count * length} steps")
    print("one of them: " + "".join(LETTERS[at] for at in source[0]))
    for row, at in zip(weights[0], logits[0].argmax(-1)):
        print(f"  {LETTERS[at]}  " + " ".join(f"{weight:.2f}" for weight in row))


if __name__ == "__main__":
    torch.manual_seed(1)
    MODEL = Sorter()
    train(MODEL)
    examine(MODEL)
