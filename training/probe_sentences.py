"""Choose the sentences that the extension measures heads on, and write them: `probe_sentences.py`, to `media/probe/english.tsv`.

Natural sentences come from `grammar/held-out.tsv` (books of `corpus.GRAMMAR_BOOKS`, CC0), those on pronouns and on subjects that stand far
from their verb from `grammar/own.txt` and `grammar/own-probe.txt`. Of every kind of link as many words are neighbours as are two words apart
and as are farther: so no fixed offset finds many, and a head that only looks at a position is not taken for one that knows grammar.
A word counts with all words that it is linked to, and those with all of theirs, so that either direction can be asked.
"""

import argparse
import random
import re
from collections import Counter
from pathlib import Path

import corpus
from grammar_heads import FOLDER, own_sentences
from grammar_labels import KINDS, as_line, read_labels, words_of

TARGET = Path(__file__).resolve().parent.parent / "media" / "probe" / "english.tsv"
# Words of each kind at each distance (1, 2, 3 or more) among the natural sentences.
QUOTA = 40
LONGEST = 22
SEED = 22
# Words of letters alone, so that tokenizers agree on what a word is; no abbreviation, no part in quotes.
_PLAIN = re.compile(r"[A-Z][a-z]*(?:(?:,|;|:)? [A-Za-z]+)*[.!?]")
# link-grammar joins other verbs and "with" to a participle by the same links.
_AUXILIARIES = set("am is are was were be been being have has had having do does did will would shall should can could may might must".split())
# What stands before nouns in our own sentences.
_DETERMINERS = set("the a an my his its their our every no".split())
_ADJECTIVES = set("old small little tall hungry broad pale brave gentle loud long white two other".split())
_HEADER = """# Sentences with labelled links, to measure what the heads of a model do. Written by training/probe_sentences.py: do not edit.
# Columns: source, sentence, links, nouns. A link is kind:from>to, both places of words; a word is a run of letters, or a mark.
# Nouns are the places of all nouns and pronouns that something is linked to: what a head finds that looks for nouns nearby.
# Natural sentences are from books of Standard Ebooks (CC0), labelled with link-grammar; source "own": written for this purpose.
"""


def groups_of(links):
    """The links of one sentence in groups of one kind that share words: `[(kind, [(kind, from, to)])]`."""
    groups = []
    for link in sorted(links):
        joined = [g for g in groups if g[0][0] == link[0] and any({a, b} & {link[1], link[2]} for _, a, b in g)]
        groups = [g for g in groups if g not in joined] + [[*(each for g in joined for each in g), link]]
    return [(group[0][0], group) for group in groups]


def distances(group):
    """For each word that looks, how far its nearest partner is: 1, 2, or 3 for all that is farther."""
    rows = {}
    for _, a, b in group:
        rows.setdefault(a, []).append(abs(a - b))
    return [min(3, min(far)) for far in rows.values()]


def choose(sentences):
    """Sentences, in an order of chance, with those of their groups that a quota still wants: rare ones, far apart, before others."""
    order, counts, chosen = list(sentences), Counter(), {}
    random.Random(SEED).shuffle(order)
    for farthest in (3, 2, 1):
        # Sentences that bring much before those that fill what is left.
        for least in (3, 2, 1):
            for text, links in order:
                wanted = [] if text in chosen else _wanted(text, links, counts, farthest)
                if len(wanted) >= least:
                    counts.update((kind, far) for kind, group in wanted for far in distances(group))
                    chosen[text] = [link for _, group in wanted for link in group]
    return chosen


def _wanted(text, links, counts, farthest):
    """The groups with words that are at least so far apart for which there is room, `[(kind, group)]`."""
    wanted, more, words = [], Counter(), [word.lower() for word, _, _ in words_of(text)]
    for kind, group in groups_of(links):
        if kind == "auxiliary" and any(words[a] not in _AUXILIARIES for _, a, _ in group):
            continue
        fars = Counter((kind, far) for far in distances(group))
        if kind in KINDS and max(far for _, far in fars) >= farthest and all(counts[place] + more[place] + n <= QUOTA for place, n in fars.items()):
            wanted.append((kind, group))
            more.update(fars)
    return wanted


def nouns_of(links):
    """The words that something is linked to as to a noun."""
    return {b for kind, _, b in links if kind not in ("auxiliary", "complement")}


def lexicon(sentences):
    """The words that are nouns or pronouns wherever they stand, nearly: in half of all places, by the labels."""
    every, nouns = Counter(), Counter()
    for text, links in sentences:
        words = [word.lower() for word, _, _ in words_of(text)]
        every.update(words)
        nouns.update(words[at] for at in nouns_of(links))
    return {word for word, count in nouns.items() if 2 * count >= every[word]}


def own_nouns(text, links, known):
    """The nouns of a sentence of our own: by the lexicon, or behind a determiner, an adjective between them or not; no verb that is marked."""
    words, verbs = [word.lower() for word, _, _ in words_of(text)], {a for kind, a, _ in links if kind == "subject"}
    heads = set()
    for at, word in enumerate(words):
        if word in _DETERMINERS:
            heads.add(next(i for i in range(at + 1, len(words)) if words[i] not in _ADJECTIVES))
    return ({at for at, word in enumerate(words) if word in known and word not in _ADJECTIVES} | heads | {b for _, _, b in links}) - verbs


def line_of(source, text, links, nouns):
    return f"{source}\t{as_line(text, links)}\t{' '.join(str(at) for at in sorted(nouns))}"


def sources(texts, folder):
    """The book that each sentence is in."""
    found = {}
    for name, book in zip(corpus.GRAMMAR_BOOKS, corpus.grammar_books(folder), strict=True):
        here = {sentence for paragraph in book for sentence in corpus.sentences(paragraph)}
        found |= {text: name.removesuffix(".txt") for text in texts if text in here}
    return found


def main(folder):
    labelled = read_labels(FOLDER / "held-out.tsv")
    known, all_links = lexicon(labelled), dict(labelled)
    natural = [(text, links) for text, links in labelled if _PLAIN.fullmatch(text) and len(words_of(text)) <= LONGEST]
    chosen = choose(natural)
    books = sources(chosen, folder)
    lines = sorted(line_of(books[text], text, links, nouns_of(all_links[text])) for text, links in chosen.items())
    for file in ("own.txt", "own-probe.txt"):
        for text, links in own_sentences(FOLDER / file):
            kept = [("subject" if kind == "far-subject" else kind, a, b) for kind, a, b in links if kind in ("far-subject", "antecedent")]
            if kept and _PLAIN.fullmatch(text):
                lines.append(line_of("own", text, kept, own_nouns(text, kept, known)))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    rows = Counter((kind, far) for line in lines for kind, group in groups_of([(m[1], int(m[2]), int(m[3])) for m in
                   re.finditer(r"([a-z]+):(\d+)>(\d+)", line.split("\t")[2])]) for far in distances(group))
    print(f"{len(lines)} sentences, words at a distance of 1, 2 and more:")
    for kind in (*KINDS, "antecedent"):
        print(f"{kind:12} {[rows[kind, far] for far in (1, 2, 3)]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT_CORPUS)
    main(parser.parse_args().corpus)
