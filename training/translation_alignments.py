"""The known alignment of given sentences of the translation task.

The grammar only grows sentences by chance. To find how it grows a given one, every choice that it makes is tried in turn, and a
way is left as soon as it says another word than the sentence has next.

    python3 translation_alignments.py "the old king sees the red horse ." ...

prints a line a sentence: source, translation and links, as `src/core/compare/known-alignments.ts` has them.
"""

import sys

import translation_task as task


class _OtherWord(Exception):
    pass


class _Choices:
    """Plays a generator of random numbers that makes the choices of `way`, and takes the first one where that ends."""

    def __init__(self, way):
        self.way, self.at, self.counts = list(way), 0, []

    def _next(self, count):
        if self.at == len(self.way):
            self.way.append(0)
        self.counts.append(count)
        self.at += 1
        return self.way[self.at - 1]

    def choice(self, values):
        return values[self._next(len(values))]

    def random(self):
        # Every chance of the grammar is asked whether it lies below a share between these two.
        return (0.01, 0.99)[self._next(2)]


def derivations(wanted):
    """The different `(target words, links)` that the grammar gives the source words `wanted`."""

    class Sentence(task._Sentence):
        def say(self, *english):
            start = len(self.source)
            if tuple(wanted[start:start + len(english)]) != english:
                raise _OtherWord
            return super().say(*english)

    plain, task._Sentence = task._Sentence, Sentence
    found, way = {}, []
    try:
        while True:
            choices = _Choices(way)
            try:
                source, target, links = task.sentence(choices)
                if source == list(wanted):
                    found[tuple(target), tuple(links)] = None
            except _OtherWord:
                pass
            way = choices.way[:choices.at]
            # The next way: the last choice that has another value left takes it.
            while way and way[-1] + 1 >= choices.counts[len(way) - 1]:
                way.pop()
            if not way:
                return list(found)
            way[-1] += 1
    finally:
        task._Sentence = plain


def main():
    for sentence in sys.argv[1:]:
        for target, links in derivations(sentence.split()):
            print(" | ".join((sentence, " ".join(target), " ".join("+".join(map(str, link)) for link in links))))


if __name__ == "__main__":
    main()
