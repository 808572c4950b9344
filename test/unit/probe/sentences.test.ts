import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProbeSentences, probeKinds, type ProbeSentence } from '../../../src/core/probe/sentences.ts';
import { rowsOf, shipped, trainingLines, wordOf } from './support.ts';

const own = shipped.filter(({ source }) => source === 'own');
const natural = shipped.filter(({ source }) => source !== 'own');

/** The word of our own sentences by what agrees with it; plural nouns that do not end in `s`. */
const plurals = new Set(['men', 'women', 'children']);
const isPlural = (noun: string): boolean =>
  noun.endsWith('s') && !/^(actress|princess)$/.test(noun) ? true : plurals.has(noun);
const men =
  /^(boy|brother|man|king|husband|prince|father|sailor|uncle|merchant|waiter|hunter|knight|monk|duke|thief|son|doctor)$/;
const women = /^(girl|mother|queen|lady|wife|daughter|princess|woman|nun|actress|grandmother|aunt|widow|nurse|sister)$/;

test('there are at least 400 labelled words, 30 and more of each kind that are no neighbours', () => {
  const counted = new Map(probeKinds.map((kind) => [kind as string, { all: 0, apart: 0 }]));
  for (const sentence of shipped) {
    for (const [row, partners] of rowsOf(sentence)) {
      const [kind = '', from] = row.split(' ');
      const count = counted.get(kind) ?? assert.fail(kind);
      count.all += 1;
      if (partners.every((partner) => Math.abs(partner - Number(from)) > 1)) count.apart += 1;
    }
  }
  for (const [kind, { all, apart }] of counted) {
    assert.ok(all >= 80, `${kind}: ${all}`);
    assert.ok(apart >= 60, `${kind}: ${apart} apart`);
  }
  assert.ok([...counted.values()].reduce((sum, { all }) => sum + all, 0) >= 400);
});

test('no sentence comes twice, and no link in a sentence', () => {
  assert.equal(new Set(shipped.map(({ text }) => text)).size, shipped.length);
  for (const { text, links } of shipped)
    assert.equal(new Set(links.map((link) => JSON.stringify(link))).size, links.length, text);
});

test('every link is between two different words of letters', () => {
  for (const sentence of shipped) {
    for (const { from, to } of sentence.links) {
      assert.notEqual(from, to, sentence.text);
      for (const at of [from, to]) assert.match(wordOf(sentence, at), /^[a-z]+$/, sentence.text);
    }
  }
});

test('natural sentences are from books that are held out, with labels as they were measured with', () => {
  const books = /GRAMMAR_BOOKS = \(([^)]*)\)/.exec(trainingLines('corpus.py').join('\n'))?.[1] ?? assert.fail();
  const labelled = new Map(
    trainingLines('grammar', 'held-out.tsv').map((line) => line.split('\t') as [string, string]),
  );
  for (const { source, text, links } of natural) {
    assert.ok(books.includes(`"${source}.txt"`), source);
    const labels = (labelled.get(text) ?? assert.fail(text)).split(' ');
    for (const { kind, from, to } of links) assert.ok(labels.includes(`${kind}:${from}>${to}`), text);
  }
});

test('a word that counts has all its links of that kind, in either direction', () => {
  const labelled = new Map(
    trainingLines('grammar', 'held-out.tsv').map((line) => line.split('\t') as [string, string]),
  );
  for (const sentence of natural) {
    const all =
      parseProbeSentences(
        `x\t${sentence.text}\t${(labelled.get(sentence.text) ?? '')
          .split(' ')
          .filter((link) => !link.startsWith('complement'))
          .join(' ')}\t0`,
      )[0] ?? assert.fail();
    for (const reversed of [false, true]) {
      const whole = rowsOf(all, reversed);
      for (const [row, partners] of rowsOf(sentence, reversed))
        assert.deepEqual(partners.sort(), whole.get(row)?.sort(), `${sentence.text}: ${row}`);
    }
  }
});

test('words that are linked are of the kinds that the link says', () => {
  const allowed: Partial<Record<string, RegExp>> = {
    determiner: oneOf(
      'the a an this that these those my your his her its our their no any some every each all both another other what',
      'which whose many much more most few several such either neither enough half own very quite little less first',
      'last next only one two three four five six seven eight nine ten twelve twenty thirty forty fifty hundred',
    ),
    auxiliary: oneOf(
      'am is are was were be been being have has had having do does did will would shall should can could may might must',
    ),
    antecedent: /^(he|him|his|she|her|it|they|them|their)$/,
  };
  const odd = shipped.flatMap((sentence) =>
    sentence.links.flatMap(({ kind, from }) =>
      allowed[kind] && !allowed[kind].test(wordOf(sentence, from))
        ? [`${kind} ${wordOf(sentence, from)}: ${sentence.text}`]
        : [],
    ),
  );
  assert.deepEqual(odd, []);
});

test('partners are nouns or pronouns, and no verb of a link is one', () => {
  for (const sentence of shipped) {
    for (const { kind, from, to } of sentence.links) {
      if (kind === 'auxiliary') continue;
      assert.ok(sentence.nouns.includes(to), sentence.text);
      if (kind === 'subject' && sentence.source === 'own') assert.ok(!sentence.nouns.includes(from), sentence.text);
    }
    assert.deepEqual(
      sentence.nouns,
      [...new Set(sentence.nouns)].sort((a, b) => a - b),
    );
  }
});

test('our own sentences: pronouns agree with their antecedent in number and gender', () => {
  for (const sentence of own) {
    for (const { kind, from, to } of sentence.links) {
      if (kind !== 'antecedent') continue;
      const [pronoun, noun] = [wordOf(sentence, from), wordOf(sentence, to)];
      const agrees = /^(they|them|their)$/.test(pronoun)
        ? isPlural(noun)
        : !isPlural(noun) &&
          (/^h(e|im|is)$/.test(pronoun)
            ? men.test(noun)
            : pronoun === 'it'
              ? !men.test(noun) && !women.test(noun)
              : women.test(noun));
      assert.ok(agrees, `${pronoun} → ${noun}: ${sentence.text}`);
    }
  }
});

test('our own sentences: a verb in the present tense agrees with its subject, not with the noun between', () => {
  const present = trainingLines('grammar', 'own-probe.txt').map((line) => line.replace(/[*>]/g, ''));
  const checked = own.filter(({ text }) => present.includes(text)).flatMap((sentence) => subjectsOf(sentence));
  assert.ok(checked.length >= 30);
  for (const { subject, verb, text } of checked) assert.notEqual(isPlural(subject), verb.endsWith('s'), text);
});

test('our own sentences are those of the training folder', () => {
  const marked = ['own.txt', 'own-probe.txt'].flatMap((file) => trainingLines('grammar', file));
  const texts = new Set(marked.map((line) => line.replace(/[*>]/g, '')));
  for (const { text } of own) assert.ok(texts.has(text), text);
});

test('a file that was damaged is not read', () => {
  assert.equal(parseProbeSentences('own\tA cat sat.\tsubject:2>1\t1').length, 1);
  for (const line of [
    'own\tA cat sat.\tsubject:2>9\t1',
    'own\tA cat sat.\tverb:2>1\t1',
    'own\tA cat sat.\tsubject:2>1',
    'own\tA cat sat.\tsubject:2>1 x\t1',
    'own\tA cat sat.\tsubject:2>1\t9',
  ])
    assert.throws(() => parseProbeSentences(line), line);
});

function oneOf(...words: readonly string[]): RegExp {
  return new RegExp(`^(${words.join(' ').replaceAll(' ', '|')})$`);
}

function subjectsOf(sentence: ProbeSentence): { subject: string; verb: string; text: string }[] {
  return sentence.links
    .filter(({ kind }) => kind === 'subject')
    .map(({ from, to }) => ({ subject: wordOf(sentence, to), verb: wordOf(sentence, from), text: sentence.text }));
}
