"""Sentences of the small translation task, each with its known alignment.

English to Spanish with what makes alignment worth seeing: adjectives move behind the noun, "the king's horse" turns round
("el caballo del rey"), an object pronoun moves before the verb, "does not see" and "will see" become two words and one,
articles and adjectives agree, subject pronouns are dropped, and so is the article after "is" ("she is a doctor", "es médica").
"""

import random

import translation_words as words

SPECIAL = ["<pad>", "</s>", "<unk>", "<s>"]
PAD, EOS, UNK, BOS = range(4)


class _Sentence:
    """Grows a source and a target side by side; every target word names the source words that it renders."""

    def __init__(self):
        self.source, self.target, self.links = [], [], []

    def say(self, *english):
        """Add source words; return their positions."""
        start = len(self.source)
        self.source += english
        return tuple(range(start, len(self.source)))

    def render(self, word, at):
        self.target.append(word)
        self.links.append(tuple(at))


def _form(forms, gender, many):
    return forms[(2 if many else 0) + (gender == "f")]


def _noun(rng, kinds):
    return rng.choice([n for n in words.NOUNS if n[5] in kinds])


def _phrase(rng, s, kinds, many, adjectives=1, owner=0.15):
    """Say a noun phrase; return `(spanish parts, gender)` with parts `(word, positions)`, rendered later by the caller."""
    noun = _noun(rng, kinds)
    gender = noun[4]
    if rng.random() < owner:
        return _owned(rng, s, noun, many)
    english, forms = rng.choice(words.DETERMINERS_MANY if many else words.DETERMINERS_ONE)
    parts = [(forms[gender == "f"], s.say(english))]
    count = rng.choice([0] + [1] * adjectives)
    adjective = rng.choice(words.ADJECTIVES) if count else None
    at = s.say(adjective[0]) if adjective else ()
    parts.append((noun[2 + many], s.say(noun[many])))
    if adjective:
        parts.append((_form(adjective[1:], gender, many), at))
    return parts, gender


def _owned(rng, s, noun, many):
    """"the king 's old horse" -> "el caballo viejo del rey": owner and owned change places."""
    owner = _noun(rng, ("person",))
    the, who, of = s.say("the"), s.say(owner[0]), s.say("'s")
    gender = noun[4]
    adjective = rng.choice(words.ADJECTIVES) if rng.random() < 0.4 else None
    at = s.say(adjective[0]) if adjective else ()
    thing = s.say(noun[many])
    parts = [(_form(("el", "la", "los", "las"), gender, many), of), (noun[2 + many], thing)]
    if adjective:
        parts.append((_form(adjective[1:], gender, many), at))
    if owner[4] == "m":
        parts.append(("del", of + the))
    else:
        parts += [("de", of), ("la", the)]
    return parts + [(owner[2], who)], gender


def _render(s, parts):
    for word, at in parts:
        s.render(word, at)


def _verb(rng, s, verb, many):
    """Say a verb in a tense, perhaps negated; return `[(word, positions), ...]` for the target."""
    tense = rng.choice(("present", "present", "past", "future"))
    negated = rng.random() < 0.25
    if tense == "future":
        will = s.say("will")
        negation = s.say("not") if negated else ()
        parts = [(verb[7 + many], will + s.say(verb[1]))]
    elif negated:
        auxiliary = s.say("did" if tense == "past" else "do" if many else "does")
        negation = s.say("not")
        parts = [(verb[(5 if tense == "past" else 3) + many], auxiliary + s.say(verb[1]))]
    else:
        negation = ()
        said = verb[2] if tense == "past" else verb[1] if many else verb[0]
        parts = [(verb[(5 if tense == "past" else 3) + many], s.say(said))]
    return [("no", negation)] + parts if negated else parts


def _place(rng, s):
    english, spanish = rng.choice(words.PREPOSITIONS)
    at = s.say(english)
    parts, _ = _phrase(rng, s, ("place",) if english == "in" else ("place", "thing"), False, owner=0.0)
    for word in spanish:
        s.render(word, at)
    if spanish[-1] == "de" and parts[0][0] == "el":
        s.target[-1], s.links[-1] = "del", at + parts[0][1]
        parts = parts[1:]
    _render(s, parts)


def _subject(rng, s, many):
    """Say and render a subject: a noun phrase, or a pronoun that Spanish drops."""
    if rng.random() < 0.12:
        s.say("they" if many else rng.choice(("he", "she")))
        return
    parts, _ = _phrase(rng, s, ("person", "animal"), many)
    _render(s, parts)


def _action(rng, s):
    many = rng.random() < 0.35
    _subject(rng, s, many)
    if rng.random() < 0.3:
        _render(s, _verb(rng, s, rng.choice(words.INTRANSITIVE), many))
    else:
        verb = _verb(rng, s, rng.choice(words.TRANSITIVE), many)
        if rng.random() < 0.2:
            # The object pronoun stands before the verb, but behind "no".
            pronoun = rng.choice((("it", "lo"), ("them", "los")))
            verb.insert(len(verb) - 1, (pronoun[1], s.say(pronoun[0])))
            _render(s, verb)
        else:
            _render(s, verb)
            parts, _ = _phrase(rng, s, ("thing", "animal"), rng.random() < 0.35)
            _render(s, parts)
    if rng.random() < 0.35:
        _place(rng, s)
    elif rng.random() < 0.3:
        english, spanish = rng.choice(words.ADVERBS)
        s.render(spanish, s.say(english))


def _being(rng, s):
    """"the girl is tall" -> "la niña es alta"; "she is a doctor" -> "es médica" (no article, no pronoun)."""
    many = rng.random() < 0.3
    if not many and rng.random() < 0.3:
        trade = rng.choice([n for n in words.NOUNS if n[0] in ("teacher", "doctor", "farmer", "cook", "sailor", "king", "queen")])
        s.say("she" if trade[4] == "f" else "he")
        s.render("es", s.say("is"))
        s.say("a")
        s.render(trade[2], s.say(trade[0]))
        return
    parts, gender = _phrase(rng, s, ("person", "animal", "thing", "place"), many)
    _render(s, parts)
    s.render("son" if many else "es", s.say("are" if many else "is"))
    adjective = rng.choice([a for a in words.ADJECTIVES if a[0] in ("red", "small", "tall", "old", "new", "pretty", "ugly", "strong")])
    s.render(_form(adjective[1:], gender, many), s.say(adjective[0]))


def sentence(rng):
    """Return `(source words, target words, links)`; `links[t]` are the source positions that target word `t` renders."""
    s = _Sentence()
    (_being if rng.random() < 0.2 else _action)(rng, s)
    s.render(".", s.say("."))
    return s.source, s.target, s.links


def corpus(count, seed, without=frozenset()):
    """Return `count` different sentences whose source is not in `without` (a set of tuples of words)."""
    rng, seen, found = random.Random(seed), set(without), []
    while len(found) < count:
        one = sentence(rng)
        if tuple(one[0]) not in seen:
            seen.add(tuple(one[0]))
            found.append(one)
    return found


def vocabulary(sentences):
    """All words of both languages in one list, the special ones first."""
    return SPECIAL + sorted({word for source, target, _ in sentences for word in source + target})


def alignment_error_rate(found, known):
    """Och and Ney's (2003) rate over sentences.

    `found[n][t]` is the source position that target word `t` looks at most, `known[n][t]` its true positions. A word that
    renders one source word has a sure link; one that renders several has only possible ones; one with none is left out.
    """
    sure = possible_hits = sure_hits = total = 0
    for looks, links in zip(found, known):
        for position, true in zip(looks, links):
            if not true:
                continue
            total += 1
            sure += len(true) == 1
            possible_hits += position in true
            sure_hits += len(true) == 1 and position in true
    return 1 - (sure_hits + possible_hits) / (total + sure)
