"""A byte-level BPE vocabulary as GPT-2 has it (Radford et al. 2019): training, encoding, the tokenizer's files."""

import json
import re
from collections import Counter

from pair_merging import merges

END = "<|endoftext|>"
_WORDS = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def byte_letters():
    """The 256 letters that stand for bytes: printable Latin-1 as itself, the others from U+0100 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    letters = {b: chr(b) for b in printable}
    letters.update({b: chr(256 + i) for i, b in enumerate(others)})
    return letters


_LETTERS = byte_letters()
SPACE = _LETTERS[32]


def _spell(word):
    return [_LETTERS[b] for b in word.encode("utf-8")]


class ByteBPE:
    """Holds pieces and merges; encodes text into ids."""

    def __init__(self, ranked):
        self.ranks = {pair: rank for rank, pair in enumerate(ranked)}
        self.pieces = [END, *sorted(_LETTERS.values()), *("".join(pair) for pair in ranked)]
        self.ids = {piece: i for i, piece in enumerate(self.pieces)}
        self._known = {}

    def _word(self, word):
        symbols = _spell(word)
        while len(symbols) > 1:
            rank, place = min((self.ranks.get(pair, len(self.ranks)), i) for i, pair in enumerate(zip(symbols, symbols[1:])))
            if rank == len(self.ranks):
                break
            symbols[place:place + 2] = ["".join(symbols[place:place + 2])]
        return [self.ids[s] for s in symbols]

    def encode(self, text):
        """Return the ids of `text`; equal neighbouring pairs are merged from the left."""
        out = []
        for word in _WORDS.findall(text):
            if word not in self._known:
                self._known[word] = self._word(word)
            out += self._known[word]
        return out


def train_bpe(paragraphs, size):
    """Return a `ByteBPE` of `size` pieces."""
    counts = Counter(word for p in paragraphs for word in _WORDS.findall(p))
    ranked, made = [], set()
    for left, right, joined in merges([_spell(w) for w in counts], list(counts.values()), lambda left, right: left + right):
        if len(ranked) + 257 >= size:
            break
        if joined not in made:
            made.add(joined)
            ranked.append((left, right))
    return ByteBPE(ranked)


def write_tokenizer(folder, bpe, max_length):
    """Write `tokenizer.json` and `tokenizer_config.json`."""
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": 0, "content": END, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                          "special": True}],
        "normalizer": None, "pre_tokenizer": byte_level, "post_processor": byte_level, "decoder": byte_level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "",
                  "fuse_unk": False, "byte_fallback": False, "vocab": bpe.ids, "merges": [" ".join(pair) for pair in bpe.ranks]},
    }
    config = {"tokenizer_class": "GPT2Tokenizer", "bos_token": END, "eos_token": END, "unk_token": END,
              "add_prefix_space": False, "model_max_length": max_length, "clean_up_tokenization_spaces": False}
    for file, content in (("tokenizer.json", tokenizer), ("tokenizer_config.json", config)):
        (folder / file).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
