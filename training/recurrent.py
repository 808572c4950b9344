"""Recurrent encoder-decoders with attention, as one encoder and one decoder step each.

`bahdanau`: Bahdanau, Cho, Bengio 2015 (additive; GRU). `dot`, `general`, `concat`, `local-m`, `local-p`: Luong, Pham, Manning
2015 (LSTM, input feeding; the local ones score with `general`). All encoders here read both ways.
"""

import torch
from torch import nn

KINDS = ("bahdanau", "dot", "general", "concat", "local-m", "local-p")
WINDOW = 4  # D of the local ones: at most this far from the centre


class Encoder(nn.Module):
    """`ids [B,S]` to annotations `[B,S,D]` and the decoder's first state.

    In training, dropout makes the annotations noisy: what a word says of itself comes through, what it only remembers of its
    neighbours less, so that the decoder learns to look at the word itself.
    """

    def __init__(self, kind, vocab_size, size, dropout):
        super().__init__()
        self.additive = kind == "bahdanau"
        self.embedding = nn.Embedding(vocab_size, size)
        self.rnn = (nn.GRU if self.additive else nn.LSTM)(size, size // 2, batch_first=True, bidirectional=True)
        self.start = nn.Linear(size, size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids):
        annotations, _ = self.rnn(self.dropout(self.embedding(ids)))
        half = annotations.shape[-1] // 2
        # The last state of each direction: the forward one ends at the last word, the backward one at the first.
        ends = torch.cat([annotations[:, -1, :half], annotations[:, 0, half:]], dim=-1)
        state = torch.tanh(self.start(ends))
        return self.dropout(annotations), state


class Score(nn.Module):
    """How well the query `[B,D]` and each annotation `[B,S,D]` match: scores before the softmax `[B,S]`."""

    def __init__(self, kind, size):
        super().__init__()
        self.kind = kind
        if kind in ("bahdanau", "concat"):
            self.query = nn.Linear(size, size, bias=False)
            self.key = nn.Linear(size, size, bias=False)
            self.v = nn.Linear(size, 1, bias=False)
        elif kind != "dot":
            self.weight = nn.Linear(size, size, bias=False)

    def forward(self, query, annotations):
        if self.kind in ("bahdanau", "concat"):
            return self.v(torch.tanh(self.query(query)[:, None] + self.key(annotations))).squeeze(-1)
        keys = annotations if self.kind == "dot" else self.weight(annotations)
        return torch.matmul(keys, query[:, :, None]).squeeze(-1)


class Attention(nn.Module):
    """Returns `(weights, scores, centre)`; centre is the middle of the window in source positions, or None for global kinds."""

    def __init__(self, kind, size):
        super().__init__()
        self.kind, self.score = kind, Score(kind, size)
        if kind == "local-p":
            self.position = nn.Linear(size, size, bias=False)
            self.position_v = nn.Linear(size, 1, bias=False)

    def forward(self, query, annotations, step):
        scores = self.score(query, annotations)
        if not self.kind.startswith("local"):
            return torch.softmax(scores, dim=-1), scores, None
        places = torch.ones_like(scores).cumsum(-1) - 1
        last = places[:, -1]
        if self.kind == "local-m":
            centre = torch.minimum(step.to(scores.dtype), last)
        else:
            centre = (last + 1) * torch.sigmoid(self.position_v(torch.tanh(self.position(query)))).squeeze(-1)
        distance = places - centre[:, None]
        inside = (distance.abs() <= WINDOW).to(scores.dtype)
        weights = torch.softmax(scores + (1 - inside) * torch.finfo(torch.float32).min, dim=-1)
        if self.kind == "local-p":
            weights = weights * torch.exp(-distance ** 2 / (2 * (WINDOW / 2) ** 2))
        return weights, scores, centre


class BahdanauStep(nn.Module):
    """One target word: attend with the state so far, then move the state on with word and context."""

    def __init__(self, kind, vocab_size, size):
        super().__init__()
        self.embedding, self.attention = nn.Embedding(vocab_size, size), Attention(kind, size)
        self.rnn = nn.GRUCell(2 * size, size)
        self.readout, self.output = nn.Linear(3 * size, size), nn.Linear(size, vocab_size)

    def forward(self, ids, state, memory, annotations, step):
        word = self.embedding(ids)
        weights, scores, centre = self.attention(state, annotations, step)
        context = torch.matmul(weights[:, None], annotations).squeeze(1)
        state = self.rnn(torch.cat([word, context], -1), state)
        logits = self.output(torch.tanh(self.readout(torch.cat([state, word, context], -1))))
        return logits, state, memory, weights, scores, centre


class LuongStep(nn.Module):
    """One target word: move the state on, attend with it, mix state and context.

    `memory` `[B,2D]` holds the LSTM's cell and the attentional vector that is fed into the next step.
    """

    def __init__(self, kind, vocab_size, size):
        super().__init__()
        self.embedding, self.attention = nn.Embedding(vocab_size, size), Attention(kind, size)
        self.rnn, self.size = nn.LSTMCell(2 * size, size), size
        self.mix, self.output = nn.Linear(2 * size, size, bias=False), nn.Linear(size, vocab_size)

    def forward(self, ids, state, memory, annotations, step):
        cell, fed = memory[:, :self.size], memory[:, self.size:]
        state, cell = self.rnn(torch.cat([self.embedding(ids), fed], -1), (state, cell))
        weights, scores, centre = self.attention(state, annotations, step)
        context = torch.matmul(weights[:, None], annotations).squeeze(1)
        mixed = torch.tanh(self.mix(torch.cat([context, state], -1)))
        return self.output(mixed), state, torch.cat([cell, mixed], -1), weights, scores, centre


class Recurrent(nn.Module):
    """Encoder and decoder step of one kind."""

    def __init__(self, kind, vocab_size, size=96, dropout=0.0):
        super().__init__()
        self.kind, self.size, self.vocab_size = kind, size, vocab_size
        self.encoder = Encoder(kind, vocab_size, size, dropout)
        self.decoder = (BahdanauStep if kind == "bahdanau" else LuongStep)(kind, vocab_size, size)

    def begin(self, source):
        """Return `(annotations, state, memory)` for `source [B,S]`."""
        annotations, state = self.encoder(source)
        return annotations, state, torch.zeros(len(source), 2 * self.size)

    def forward(self, source, target_in):
        """Logits `[B,T,V]` for given target words `[B,T]` (teacher forcing)."""
        annotations, state, memory = self.begin(source)
        steps = []
        for t in range(target_in.shape[1]):
            logits, state, memory, *_ = self.decoder(target_in[:, t], state, memory, annotations, torch.full((len(source),), t))
            steps.append(logits)
        return torch.stack(steps, 1)

    @torch.no_grad()
    def translate(self, source, start, end, longest=24):
        """Greedy decoding of one sentence `[1,S]`: returns `(ids, T rows of weights [S])`, the end mark and its row left out."""
        annotations, state, memory = self.begin(source)
        ids, rows, word = [], [], torch.tensor([start])
        for t in range(longest):
            logits, state, memory, weights, *_ = self.decoder(word, state, memory, annotations, torch.tensor([t]))
            word = logits.argmax(-1)
            if word.item() == end:
                break
            ids.append(word.item())
            rows.append(weights[0].numpy())
        return ids, rows
