"""A lower-case WordPiece vocabulary: training, encoding, and the files of the hub layout.

Pieces are found by merging the most frequent neighbouring pair inside words (byte-pair merging, Sennrich et al. 2016,
as the reference WordPiece trainers do); a word is encoded by the longest piece first (Schuster & Nakajima 2012).
"""

import json
import re
import unicodedata
from collections import Counter

from pair_merging import merges

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
# Signs that a reader may type although the corpus has them seldom or never.
_ALPHABET = [chr(c) for c in range(33, 127) if not chr(c).isupper()] + list("“”‘’—–…£€°")


def normalise(text):
    """Lower-case and strip accents, as `BertNormalizer` does with `lowercase: true`."""
    text = unicodedata.normalize("NFD", text)
    return "".join(c for c in text if unicodedata.category(c) != "Mn").lower()


def _is_punctuation(c):
    return 33 <= ord(c) <= 47 or 58 <= ord(c) <= 64 or 91 <= ord(c) <= 96 or 123 <= ord(c) <= 126 \
        or unicodedata.category(c).startswith("P")


def words(text):
    """Split as `BertPreTokenizer` does: at white space, every punctuation sign alone."""
    spaced = "".join(f" {c} " if _is_punctuation(c) else c for c in normalise(text)) if re.search(r"[^\w\s]", text) \
        else normalise(text)
    return spaced.split()


def train_vocabulary(paragraphs, size):
    """Return the list of `size` pieces, special tokens first, then the alphabet, then merges by rank."""
    counts = Counter(word for paragraph in paragraphs for word in words(paragraph))
    letters = Counter(c for word, n in counts.items() for c in word for _ in range(min(n, 50)))
    alphabet = sorted(set(_ALPHABET) | {c for c, n in letters.items() if n >= 20})
    inside = sorted(c for c in alphabet if c.isalnum())
    pieces = SPECIAL + alphabet + ["##" + c for c in inside]
    spelled = [[word[0]] + ["##" + c for c in word[1:]] for word in counts]
    known = set(pieces)
    for _, _, joined in merges(spelled, list(counts.values()), lambda left, right: left + right[2:]):
        if len(pieces) >= size:
            break
        if joined not in known:
            known.add(joined)
            pieces.append(joined)
    return pieces


class WordPiece:
    """Encodes text into piece ids; words are remembered, since most of them come again."""

    def __init__(self, pieces):
        self.pieces = list(pieces)
        self.ids = {piece: i for i, piece in enumerate(pieces)}
        self._known = {}

    def _word(self, word):
        found, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start and ("##" if start else "") + word[start:end] not in self.ids:
                end -= 1
            if end == start:
                return [UNK]
            found.append(self.ids[("##" if start else "") + word[start:end]])
            start = end
        return found

    def encode(self, text):
        """Return the ids of `text`, without [CLS] and [SEP]."""
        out = []
        for word in words(text):
            if word not in self._known:
                self._known[word] = self._word(word)
            out += self._known[word]
        return out


def write_tokenizer(folder, pieces, max_length):
    """Write `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json` for these pieces."""
    special = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, t in enumerate(SPECIAL)]

    def part(name, type_id):
        return {"SpecialToken": {"id": name, "type_id": type_id}} if name in SPECIAL else {"Sequence": {"id": name, "type_id": type_id}}

    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                       "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [part("[CLS]", 0), part("A", 0), part("[SEP]", 0)],
            "pair": [part("[CLS]", 0), part("A", 0), part("[SEP]", 0), part("B", 1), part("[SEP]", 1)],
            "special_tokens": {t: {"id": t, "ids": [i], "tokens": [t]} for t, i in (("[CLS]", CLS), ("[SEP]", SEP))},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {piece: i for i, piece in enumerate(pieces)}},
    }
    names = {"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}
    config = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": max_length,
              "clean_up_tokenization_spaces": True, **names}
    for file, content in (("tokenizer.json", tokenizer), ("tokenizer_config.json", config), ("special_tokens_map.json", names)):
        (folder / file).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
