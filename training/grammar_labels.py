"""Label natural sentences of the corpus with link-grammar: who is the subject of which verb, and so on.

Needs Debian's `link-grammar`, `link-grammar-dictionaries-en` and `python3-link-grammar`; only the tool is used, nothing of it ships.
A sentence is kept when it parses whole, when every linkage that costs at most `CLEAR` more than the cheapest says the same of our
kinds of links, and when every word that link-grammar names is found in the text, each once and in its order. Books of `corpus.GRAMMAR_BOOKS` are for measuring, all
others for teaching.
"""

import argparse
import random
import re
import time
from collections import Counter
from pathlib import Path

import corpus

HERE = Path(__file__).resolve().parent / "grammar"
# link-grammar counts what it would rather not have; a common noun without a determiner, say, costs about 1.
CLEAR = 1.0
KINDS = ("subject", "object", "determiner", "adjective", "preposition", "auxiliary")
WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|[^\sA-Za-z]")
_PLAIN = re.compile(r"[A-Z][A-Za-z',;: ]*[.!?]")
# link-grammar's labels of each kind, and the end that is looked at (the row is the other one).
_LINKS = (
    ("subject", re.compile(r"(?:S|RS|SX)[a-z*]*"), "left"), ("subject", re.compile(r"(?:SI|SXI)[a-z*]*"), "right"),
    ("object", re.compile(r"O[a-su-z*]*"), "right"), ("complement", re.compile(r"O[a-z*]*t[a-z*]*"), "right"),
    ("determiner", re.compile(r"D[a-z*]*"), "right"), ("adjective", re.compile(r"A[a-z*]*"), "right"),
    ("preposition", re.compile(r"J[a-z*]*"), "right"), ("auxiliary", re.compile(r"(?:I[fx]?|I\*d|PPf?|P[vg]f?)"), "right"),
)
# A conjunction stands for what it joins: each of those has its links.
_JOINS = re.compile(r"[VSAM]J([lr])[a-z*]*")


def words_of(text):
    """The words of a text and their places, `[(word, start, end)]`; a punctuation mark is a word, an apostrophe inside one is not."""
    return [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]


def plain_sentences(paragraphs, least=5, most=24):
    """Sentences of letters, commas and an end mark, outside of quotation, of `least` to `most` words."""
    for paragraph in paragraphs:
        for sentence in corpus.sentences(paragraph):
            if _PLAIN.fullmatch(sentence) and least <= len(words_of(sentence)) - 1 <= most:
                yield sentence


class Labeller:
    """Holds link-grammar's dictionary; `links(text)` says what it found, or None."""

    def __init__(self):
        from linkgrammar import Dictionary, ParseOptions, clinkgrammar
        self.api, self.dictionary = clinkgrammar, Dictionary("en")
        self.options = ParseOptions(linkage_limit=100, verbosity=0, max_parse_time=1, max_null_count=0)

    def links(self, text):
        """The links of `text` as `{(kind, from, to)}`, places of words in `words_of(text)`, and why not as a word if there are none."""
        from linkgrammar import Sentence
        found, cheapest = None, None
        for linkage in Sentence(text, self.dictionary, self.options).parse():
            cost = linkage.disjunct_cost()
            cheapest = cost if cheapest is None else cheapest
            if cost > cheapest + CLEAR:
                break
            these = self._of(linkage, text)
            if these is None:
                return None, "words"
            if found is not None and these != found:
                return None, "unclear"
            found = these
        return (found, "clear") if found else (None, "unparsed" if found is None else "empty")

    def _of(self, linkage, text):
        places = self._places(list(linkage.words()), words_of(text))
        if places is None:
            return None
        every = [(self.api.linkage_get_link_label(linkage._obj, i), places[self.api.linkage_get_link_lword(linkage._obj, i)],
                  places[self.api.linkage_get_link_rword(linkage._obj, i)]) for i in range(self.api.linkage_get_num_links(linkage._obj))]
        joined = {}
        for tag, left, right in every:
            if side := _JOINS.fullmatch(tag):
                joined.setdefault(*((right, []) if side[1] == "l" else (left, []))).append(left if side[1] == "l" else right)
        found = set()
        for tag, left, right in every:
            for kind, pattern, to in _LINKS:
                if left is not None and right is not None and left != right and pattern.fullmatch(tag):
                    a, b = (right, left) if to == "left" else (left, right)
                    found |= {(kind, x, y) for x in joined.get(a, [a]) for y in joined.get(b, [b])}
        return found

    @staticmethod
    def _places(said, words):
        """For each of link-grammar's words the place of the word that it is, or is a part of; None for the walls."""
        places, at, within = [], 0, 0
        for token in said:
            if token in ("LEFT-WALL", "RIGHT-WALL"):
                places.append(None)
                continue
            token = re.sub(r"(?<=.)(?:\[[!?~]*[^\]]*\])?(?:\.[a-z][a-z0-9-]*)?(?:\[[!?~]*[^\]]*\])?$", "", token).strip("=")
            if at == len(words):
                return None
            word = words[at][0]
            if word[within:within + len(token)].lower() != token.lower():
                return None
            places.append(at)
            within += len(token)
            if within == len(word):
                at, within = at + 1, 0
        return places if at == len(words) else None


def as_line(text, links):
    """A sentence and its links on one line: text, tab, `kind:from>to` with places of words."""
    return text + "\t" + " ".join(f"{kind}:{a}>{b}" for kind, a, b in sorted(links, key=lambda l: (l[1], l[2], l[0])))


def read_labels(path):
    """`[(text, [(kind, from, to)])]` of a file of such lines."""
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        text, links = line.split("\t")
        split = [re.fullmatch(r"([\w-]+):(\d+)>(\d+)", link) for link in links.split()]
        found.append((text, [(m.group(1), int(m.group(2)), int(m.group(3))) for m in split]))
    return found


def label(sentences, enough, report=1000):
    """Yield `(text, links)` for the sentences with one clear linkage, until `enough(counts, found)`; one that comes again is left out."""
    labeller, found, seen, why, counts, started = Labeller(), 0, set(), Counter(), Counter(), time.time()
    for text in sentences:
        if text in seen:
            continue
        seen.add(text)
        links, reason = labeller.links(text)
        why[reason] += 1
        if len(seen) % report == 0:
            print(f"{len(seen)} read, {dict(why)}, links {dict(counts)}, {time.time() - started:.0f} s", flush=True)
        if links:
            yield text, links
            found += 1
            counts.update(kind for kind, _, _ in links)
            if enough(counts, found):
                break
    print(f"{found} sentences, {dict(why)}, links {dict(counts)}", flush=True)


def shuffled(books, seed):
    """The plain sentences of the books' paragraphs, mixed, one after the other, so that a part of them is a part of each."""
    paragraphs = [paragraph for book in books for paragraph in book]
    random.Random(seed).shuffle(paragraphs)
    yield from plain_sentences(paragraphs)


def write(path, labelled):
    """Write the labelled sentences as they come; the file has its name when it is whole."""
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8", buffering=1) as file:
        for text, links in labelled:
            file.write(as_line(text, links) + "\n")
    beside.replace(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.DEFAULT_CORPUS)
    parser.add_argument("--work", type=Path, default=HERE.parent / "build" / "grammar")
    parser.add_argument("--least", type=int, default=2000, help="links of each kind in the held-out sentences")
    parser.add_argument("--sentences", type=int, default=60000, help="labelled sentences to teach with")
    parser.add_argument("part", nargs="*", default=["held-out", "teaching"])
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if "held-out" in options.part:
        sentences = shuffled(corpus.grammar_books(options.corpus), 1)
        write(HERE / "held-out.tsv", label(sentences, lambda counts, _: all(counts[k] >= options.least for k in KINDS)))
    if "teaching" in options.part:
        sentences = shuffled(corpus.teaching_books(options.corpus), 2)
        write(options.work / "teaching.tsv", label(sentences, lambda _, found: found >= options.sentences))


if __name__ == "__main__":
    main()
