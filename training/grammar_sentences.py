"""Sentences of a small grammar of our own to teach with, beside the natural ones: what stands between a subject and its verb, and pronouns.

The corpus has too few short sentences of these shapes with one clear linkage. None of the sentences of `grammar/own.txt` is made.
"""

import random
import re

from grammar_labels import words_of

_MEN = "man boy king father brother uncle husband gentleman prince fellow grandfather nephew son lord priest monk sailor soldier captain".split()
_WOMEN = "woman girl queen mother sister aunt wife lady princess maid grandmother niece daughter nurse widow witch nun actress".split()
_BEASTS = "cat dog horse wolf lion bird bear fox mouse cow sheep pig fish snake rat goat duck hen monkey rabbit elephant tiger".split()
_OTHERS = "doctor teacher farmer judge servant neighbour stranger painter cook guest child baby thief friend master clerk writer driver traveller".split()
_THINGS = ("house book letter table chair ship boat tree river stone key ring box lamp clock window door hat coat knife bell picture gun "
           "bag cup bottle road hill wall garden room bed").split()
_MANY = "men women boys girls children soldiers people dogs horses birds friends ladies servants sailors wolves cats brothers sisters guests".split()
_FOOD = "fish meat bread cheese apple cake egg soup bone grass fruit milk butter".split()
_ADJECTIVES = ("old young little big tall poor rich kind black white brown red green strange brave clever happy sad tired angry hungry "
               "thin fat quiet lonely pretty ugly wise foolish strong weak sick lazy proud gentle").split()
_STATES = "hungry tired angry sick afraid happy sad lonely cold old young poor rich thirsty late ill alone asleep lame blind lost hurt ready proud".split()
_WITH = ("saw found followed loved hated watched called heard knew left met wanted helped caught kept hid touched lost forgot feared "
         "killed carried took bought sold pushed pulled broke dropped hurt chased remembered").split()
_ALONE = ("slept laughed cried smiled ran spoke waited sang jumped fell died disappeared answered came went stood sat vanished trembled "
          "woke shouted nodded danced sighed returned whispered turned escaped arrived").split()
_EATS = "ate bit swallowed tasted smelled wanted stole".split()
_PLACES = "garden house street forest room kitchen village town field church wood yard hall castle shop boat mountain island tower corner".split()
_PREPOSITIONS = "in near behind under from at by of beside with on over opposite".split()
_NAMES_M = "john tom jack peter george harry james william henry charles".split()
_NAMES_F = "mary anne alice jane emma sarah margaret lucy helen kate".split()


class Maker:
    """Makes one sentence after the other: `(text, [(kind, from, to)])`, words marked `word/name` while it is being made."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def _one(self, *lists):
        return self.rng.choice([word for each in lists for word in each])

    def _noun(self, *lists, mark=""):
        noun = self._one(*lists)
        described = f"{self._one(_ADJECTIVES)} " if self.rng.random() < 0.35 else ""
        before = self._one(["the"] * 6 + ["my", "his", "her", "our", "their"] + (["those"] if noun in _MANY else ["a", "a", "this"]))
        return f"{before} {described}{noun}{mark}"

    def _living(self):
        return _MEN, _WOMEN, _BEASTS, _OTHERS, _MANY

    def _does(self, kind, mark="/v"):
        """What the subject does, its verb marked; an object is marked too."""
        if kind is _BEASTS and self.rng.random() < 0.4:
            return f"{self._one(_EATS)}{mark} {self._noun(_FOOD, _BEASTS, mark='/o')}"
        if self.rng.random() < 0.5:
            return f"{self._one(_WITH)}{mark} {self._noun(*self._living(), _THINGS, mark='/o')}"
        ending = self._one(["", "", " loudly", " at once", " again", " in the morning", " all night", f" {self._one(['in', 'near', 'behind'])} the {self._one(_PLACES)}"])
        return f"{self._one(_ALONE)}{mark}{ending}"

    def over(self):
        """A subject, a relative clause, a prepositional phrase or an apposition, and the verb."""
        kind = self.rng.choice((_MEN, _WOMEN, _BEASTS, _OTHERS, _MANY, _THINGS))
        subject = self._noun(kind, mark="/s")
        be = "were" if kind is _MANY else "was"
        who = self._one(["that", "which"]) if kind in (_BEASTS, _THINGS) else self._one(["who", "that"])
        draw = self.rng.random()
        if draw < 0.15:
            between = f"{who}/r {be}/q {self._one(_STATES)}"
        elif draw < 0.35:
            had = "had/q " if self.rng.random() < 0.3 else ""
            between = f"{who}/r {had}{self._does(kind, '' if had else '/q').replace('/o', '/x')}"
        elif draw < 0.5:
            whom = self._one(["that", "which" if kind in (_BEASTS, _THINGS) else "whom"])
            between = f"{whom} {self._noun(*self._living(), mark='/t')} {self._one(_WITH)}/u"
        elif draw < 0.8:
            between = f"{self._one(_PREPOSITIONS)}/p {self._noun(*self._living(), _PLACES, _THINGS, mark='/n')}"
            if self.rng.random() < 0.25:
                between += f" {self._one(_PREPOSITIONS)} {self._noun(_PLACES, _THINGS)}"
        else:
            between = f", {self._noun(_MEN, _WOMEN, _OTHERS, _BEASTS)}{self._one(['', '', ' of the ' + self._one(_PLACES)])} ,"
        verb = self._does(kind)
        if kind is _THINGS:
            verb = f"{self._one('fell stood lay disappeared broke vanished belonged burned remained sank shone came looked seemed was'.split())}/v " \
                   f"{self._one(['there', 'on the floor', 'near the ' + self._one(_PLACES), 'in the ' + self._one(_PLACES), 'again', 'in the dark'])}"
        return self._marked(f"{subject} {between} {verb} .", {"v": ("subject", "s"), "q": ("subject", "r"), "u": ("subject", "t"),
                                                             "p": ("preposition", "n")}, also=(("object", "v", "o"), ("object", "q", "x")))

    def pronoun(self):
        """Two that can be told apart, and a pronoun for one of them."""
        groups = {"m": (_MEN, "he him his".split()), "f": (_WOMEN, "she her her".split()), "n": (_THINGS, "it it its".split()), "p": (_MANY, "they them their".split())}
        one, other = self.rng.sample(["m", "f", "p"], 2)
        thing = self.rng.choice(["n", "n", other])
        (a, pa), (b, pb), (c, pc) = groups[one], groups[other], groups[thing]
        first, second = self._plain(a, one, "/a"), self._plain(b, other, "/b")
        third = self._plain(c, thing, "/c")
        looks = self._one(_STATES)
        be = lambda who: "were" if who == "p" else "was"
        forms = [
            f"{first} said that {pa[0]}/A {be(one)} {looks} .", f"{first} told {second} that {pa[0]}/A {be(one)} {looks} .",
            f"{first} told {second} that {pb[0]}/B {be(other)} {looks} .", f"when {first} came in , {pa[0]}/A {self._one(_ALONE)} .",
            f"{first} {self._one(_WITH)} {third} and {self._one(_WITH)} {pc[1]}/C .", f"{first} {self._one(_WITH)} {third} because {pa[0]}/A {be(one)} {looks} .",
            f"{first} {self._one(_ALONE)} because {pa[0]}/A {be(one)} {looks} .", f"{first} {self._one(_WITH)} {pa[2]}/A {self._one(_THINGS, _BEASTS)} .",
            f"{first} asked {second} where {pa[0]}/A could {self._one('sleep eat wait go sit hide'.split())} .", f"{first} asked {second} where {pb[0]}/B had been .",
            f"{first} gave {second} the {self._one(_THINGS)} that {pa[0]}/A had found .", f"{first} gave {second} the {self._one(_THINGS)} that {pb[0]}/B wanted .",
            f"{first} {self._one(_ALONE)} , and {pa[0]}/A {self._one(_ALONE)} .", f"{first} {self._one(_WITH)} {second} and called {pb[1]}/B .",
            f"{first} {self._one(_WITH)} {third} before {self._noun(*self._living())} {self._one(_WITH)} {pc[1]}/C .",
            f"{first} knew that {pa[0]}/A had lost {third} .", f"{first} smiled when {pa[0]}/A saw {second} .", f"{first} smiled at {second} when {pb[0]}/B {self._one(_ALONE)} .",
        ]
        return self._marked(self.rng.choice(forms), {"A": ("antecedent", "a"), "B": ("antecedent", "b"), "C": ("antecedent", "c")})

    def _plain(self, nouns, group, mark):
        """A noun without a pronoun of its own before it, or a name."""
        if group in "mf" and self.rng.random() < 0.15:
            return self._one(_NAMES_M if group == "m" else _NAMES_F).capitalize() + mark
        described = f"{self._one(_ADJECTIVES)} " if self.rng.random() < 0.3 else ""
        return f"{self._one(['the'] * 5 + (['a', 'my'] if group != 'p' else ['two', 'some']))} {described}{self._one(nouns)}{mark}"

    @staticmethod
    def _marked(marked, looks, also=()):
        said, places = [], {}
        for index, word in enumerate(marked.split()):
            plain, _, mark = word.partition("/")
            if mark:
                places[mark] = index
            said.append(plain)
        text = re.sub(r" ([,.])", r"\1", " ".join(said))
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text[0].upper() + text[1:])
        assert len(words_of(text)) == len(said)
        links = [(kind, places[mark], places[to]) for mark, (kind, to) in looks.items() if mark in places and to in places]
        links += [(kind, places[a], places[b]) for kind, a, b in also if a in places and b in places]
        return text, links


def made_sentences(count, seed, never=()):
    """`count` sentences, two of three with something between subject and verb, the others with a pronoun; none of `never`."""
    maker, found = Maker(seed), []
    while len(found) < count:
        text, links = maker.pronoun() if len(found) % 3 == 2 else maker.over()
        if text not in never and links:
            found.append((text, links))
    return found
