"""The corpus: reading the books, the fixed held-out part, sentences.

One file a book, one paragraph a line (English fiction, Standard Ebooks editions, CC0).
Held out, never trained on: one whole book, those of `GRAMMAR_BOOKS`, and the last 2 % of the paragraphs of every other book.
"""

import random
import re
from pathlib import Path

DEFAULT_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "corpus"
HELD_OUT_BOOK = "jack-london_short-fiction.txt"
HELD_OUT_SHARE = 0.02
# Whole books on which the heads' grammar is measured: no model of ours is trained on them, nor on labels of them.
GRAMMAR_BOOKS = (
    "agatha-christie_the-secret-adversary.txt", "bram-stoker_dracula.txt", "charles-dickens_great-expectations.txt",
    "charlotte-bronte_jane-eyre.txt", "e-m-forster_a-room-with-a-view.txt", "george-eliot_silas-marner.txt",
    "jack-london_white-fang.txt", "p-g-wodehouse_right-ho-jeeves.txt", "rudyard-kipling_kim.txt", "willa-cather_my-antonia.txt",
)

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = {"mr.", "mrs.", "ms.", "dr.", "st.", "m.", "prof.", "col.", "capt.", "gen.", "rev.", "no.", "esq.", "jr.", "sr."}
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")


def first_books():
    """The names of the books that the small models were trained on, before the corpus grew: held-out text is always theirs."""
    return set((Path(__file__).parent / "books.txt").read_text(encoding="utf-8").split())


def read_paragraphs(corpus=DEFAULT_CORPUS, books=None):
    """Return `(train, held_out, held_out_book)`, three lists of paragraphs; books in order of file name, only those of `books` if given."""
    files = sorted(Path(corpus).glob("*.txt"))
    if not files:
        raise SystemExit(f"No .txt file in {corpus}. Give the folder of the corpus with --corpus.")
    train, held_out, held_out_book = [], [], []
    for file in files:
        if file.name in GRAMMAR_BOOKS or books is not None and file.name not in books:
            continue
        paragraphs = _paragraphs(file)
        if file.name == HELD_OUT_BOOK:
            held_out_book += paragraphs
            continue
        cut = len(paragraphs) - max(1, int(len(paragraphs) * HELD_OUT_SHARE))
        train += paragraphs[:cut]
        held_out += paragraphs[cut:]
    return train, held_out, held_out_book


def _paragraphs(file):
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def grammar_books(corpus=DEFAULT_CORPUS):
    """The paragraphs of each book of `GRAMMAR_BOOKS`."""
    return [_paragraphs(Path(corpus) / name) for name in GRAMMAR_BOOKS]


def teaching_books(corpus=DEFAULT_CORPUS):
    """The paragraphs of each book that is not held out, without those that are: what sentences to teach with come from."""
    books = [_paragraphs(file) for file in sorted(Path(corpus).glob("*.txt")) if file.name not in (HELD_OUT_BOOK, *GRAMMAR_BOOKS)]
    return [book[:len(book) - max(1, int(len(book) * HELD_OUT_SHARE))] for book in books]


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


def tidy(paragraph):
    """The same paragraph without what is no running text: marks of emphasis and notes, rows of stars or dashes, doubled spaces."""
    paragraph = re.sub(r"\[[^\]]{0,40}\]|[_*]+|(?:\s[-–—.]){3,}", " ", paragraph)
    return re.sub(r"\s+", " ", paragraph).strip()


def with_typographic_quotes(paragraph):
    """The same paragraph with curly quotes and long dashes (the editions here use the plain ones)."""
    paragraph = re.sub(r'(^|[\s(])"', r"\1“", paragraph).replace('"', "”")
    paragraph = re.sub(r"(^|[\s(“])'", r"\1‘", paragraph).replace("'", "’")
    return paragraph.replace(" - ", "—").replace("...", "…")


def vary_typography(paragraphs, share=0.05, seed=1):
    """Give a fixed share of the paragraphs typographic quotes, so that a model knows those signs too."""
    rng = random.Random(seed)
    return [with_typographic_quotes(p) if rng.random() < share else p for p in paragraphs]
