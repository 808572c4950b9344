"""The corpus: reading the books, the fixed held-out part, sentences.

One file a book, one paragraph a line (English fiction, Standard Ebooks editions, CC0).
Held out, never trained on: one whole book, and the last 2 % of the paragraphs of every other book.
"""

import random
import re
from pathlib import Path

DEFAULT_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "corpus"
HELD_OUT_BOOK = "jack-london_short-fiction.txt"
HELD_OUT_SHARE = 0.02

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = {"mr.", "mrs.", "ms.", "dr.", "st.", "m.", "prof.", "col.", "capt.", "gen.", "rev.", "no.", "esq.", "jr.", "sr."}
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")


def read_paragraphs(corpus=DEFAULT_CORPUS):
    """Return `(train, held_out, held_out_book)`, three lists of paragraphs; books in order of file name."""
    files = sorted(Path(corpus).glob("*.txt"))
    if not files:
        raise SystemExit(f"No .txt file in {corpus}. Give the folder of the corpus with --corpus.")
    train, held_out, held_out_book = [], [], []
    for file in files:
        paragraphs = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        if file.name == HELD_OUT_BOOK:
            held_out_book += paragraphs
            continue
        cut = len(paragraphs) - max(1, int(len(paragraphs) * HELD_OUT_SHARE))
        train += paragraphs[:cut]
        held_out += paragraphs[cut:]
    return train, held_out, held_out_book


def sentences(paragraph):
    """Split one paragraph into sentences (a rule, not a model: end mark, space, capital letter)."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(paragraph):
        last_word = paragraph[start:match.end()].rstrip().rsplit(" ", 1)[-1].lower().lstrip("\"'(")
        if last_word in _ABBREVIATIONS or re.fullmatch(r"[a-z]\.", last_word):
            continue
        found.append(paragraph[start:match.end()].strip())
        start = match.end()
    rest = paragraph[start:].strip()
    return found + [rest] if rest else found


def with_typographic_quotes(paragraph):
    """The same paragraph with curly quotes and long dashes (the editions here use the plain ones)."""
    paragraph = re.sub(r'(^|[\s(])"', r"\1“", paragraph).replace('"', "”")
    paragraph = re.sub(r"(^|[\s(“])'", r"\1‘", paragraph).replace("'", "’")
    return paragraph.replace(" - ", "—").replace("...", "…")


def vary_typography(paragraphs, share=0.05, seed=1):
    """Give a fixed share of the paragraphs typographic quotes, so that a model knows those signs too."""
    rng = random.Random(seed)
    return [with_typographic_quotes(p) if rng.random() < share else p for p in paragraphs]
