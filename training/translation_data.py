"""The translation task as numbers: the split, the vocabulary, batches of one source length, the tokenizer's files."""

import json

import numpy as np

import translation_task as task
from translation_task import BOS, EOS, PAD, SPECIAL, UNK

TRAIN, HELD_OUT = 40000, 1000
# "'s" is a word of its own, as in the task; letters of every script hold together.
WORD_PATTERN = "'s|\\p{L}+|[^\\s\\p{L}]"


class TranslationData:
    """Training and held-out sentences (no source in both), and the one vocabulary of both languages."""

    def __init__(self, seed=1):
        self.held_out = task.corpus(HELD_OUT, seed + 1)
        self.train = task.corpus(TRAIN, seed, without={tuple(source) for source, _, _ in self.held_out})
        self.words = task.vocabulary(self.train)
        self.ids = {word: i for i, word in enumerate(self.words)}

    def encode(self, words):
        return [self.ids.get(word, UNK) for word in words]

    def batches(self, rng, size, start=BOS, source_end=False):
        """One pass: `(source [B,S], target_in [B,T], target_out [B,T])`, one source length a batch, short targets padded."""
        by_length = {}
        for index, (source, _, _) in enumerate(self.train):
            by_length.setdefault(len(source), []).append(index)
        groups = []
        for indices in by_length.values():
            order = rng.permutation(indices)
            groups += [order[k:k + size] for k in range(0, len(order), size)]
        for group in (groups[i] for i in rng.permutation(len(groups))):
            sources = [self.encode(self.train[i][0]) + [EOS] * source_end for i in group]
            targets = [self.encode(self.train[i][1]) for i in group]
            longest = max(map(len, targets)) + 1
            target_in, target_out = np.full((len(group), longest), PAD), np.full((len(group), longest), PAD)
            for row, target in enumerate(targets):
                target_in[row, :len(target) + 1] = [start] + target
                target_out[row, :len(target) + 1] = target + [EOS]
            yield np.array(sources), target_in, target_out


def write_tokenizer(folder, words, source_end):
    """Write a word-level tokenizer; with `source_end`, `</s>` is put behind every text (as T5 has it)."""
    special = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, t in enumerate(SPECIAL)]
    end = [{"SpecialToken": {"id": "</s>", "type_id": 0}}] if source_end else []
    single, pair = {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": WORD_PATTERN}, "behavior": "Removed", "invert": True},
        "post_processor": {"type": "TemplateProcessing", "single": [single, *end], "pair": [single, *end, pair, *end],
                           "special_tokens": {"</s>": {"id": "</s>", "ids": [EOS], "tokens": ["</s>"]}} if source_end else {}},
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: i for i, word in enumerate(words)}, "unk_token": "<unk>"},
    }
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>",
              "bos_token": "<s>", "model_max_length": 64, "clean_up_tokenization_spaces": False}
    for file, content in (("tokenizer.json", tokenizer), ("tokenizer_config.json", config)):
        (folder / file).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
