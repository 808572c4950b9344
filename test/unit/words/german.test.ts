import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sentenceOf } from '../../../src/core/errors/sentence.ts';
import { english } from '../../../src/core/words/english.ts';
import { german } from '../../../src/core/words/german.ts';
import { speak, wordsIn } from '../../../src/core/words/words.ts';
import { reasons } from '../errors/every-reason.ts';

const root = join(import.meta.dirname, '../../..');
type Message = string | { readonly message: string };
const read = (file: string): Record<string, Message> =>
  JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, Message>;
const textOf = (message: Message | undefined): string =>
  typeof message === 'string' ? message : (message?.message ?? '');

/** Every string of a table, by its path. */
function stringsOf(value: unknown, path = ''): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => stringsOf(each, `${path}.${key}`));
}

/** What a translation has to keep of a text: placeholders, links to commands, code. */
function keptOf(text: string): string[] {
  return [...text.matchAll(/\{\d+\}|\(command:[^)]*\)|`[^`]*`/gu)].map(([one]) => one).sort();
}

/** What is no text: ids of papers, forms of statements. */
const ids = /\.papers\.\d+$|^\.lesson\.forms\./u;

/** Words that are the same in both languages: terms of the field, formats, names, formulas. */
const shared =
  /^(?:|[^\p{L}]*|(?:in|seed|attention|encoder|decoder|cross|self|head|heads|token|tokens|score|softmax|logit|logits|query|key|value|bias|matrix|filter|export|link|sink|sink\.|zoom|layer|norm|max|feed-forward|ff|embedding|svg|png|csv|npz|json|soft cap|tokenizer|bpe mit dropout|model|text|name|hover|alt\+[←→]|tanh\(.*\)|v·tanh\(.*\)|s·h|s·w h|q·k|json|lizenz|present|rope|mlp|rnn|kl|local-[mp]|top-[kp]|label|operator|[a-z]+ → [a-z]+))$/iu;

describe('German', () => {
  it('is spoken where a German is at home', () => {
    assert.equal(wordsIn('de'), german);
    assert.equal(wordsIn('de-CH'), german);
    assert.equal(wordsIn('nl'), english);
  });

  it('leaves no sentence in English', () => {
    const inGerman = new Map(stringsOf(german).map(({ path, text }) => [path, text]));
    const left = stringsOf(english).filter(
      ({ path, text }) => inGerman.get(path) === text && !ids.test(path) && !shared.test(text),
    );
    assert.deepEqual(
      left.map(({ path, text }) => `${path}: ${text}`),
      [],
    );
  });

  for (const [file, translated] of [
    ['package.nls.json', 'package.nls.de.json'],
    ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
  ] as const) {
    it(`has every message of ${file}, with every value in its place`, () => {
      const [from, to] = [read(file), read(translated)];
      assert.deepEqual(Object.keys(to).sort(), Object.keys(from).sort());
      for (const [key, message] of Object.entries(from)) {
        if (!textOf(message).includes('`organisation/name`'))
          assert.deepEqual(keptOf(textOf(to[key])), keptOf(textOf(message)), key);
      }
    });
  }

  it('names the command as VS Code does', () => {
    const names = read('package.nls.de.json');
    assert.equal(german.notices.command, `${textOf(names['category'])}: ${textOf(names['command.show'])}`);
  });

  it('helps with every command and option of a terminal', () => {
    const namesOf = (help: string): string[] => [
      ...new Set([...help.matchAll(/--[a-z-]+|dist\/cli\.cjs [a-z]+|[A-Z]+_[A-Z_]+/gu)].map(([one]) => one)),
    ];
    assert.deepEqual(namesOf(german.terminal.help).sort(), namesOf(english.terminal.help).sort());
    for (const line of german.terminal.help.split('\n')) assert.ok(line.length <= 120, line);
  });

  it('says of every reason what English says of it', () => {
    for (const reason of Object.values(reasons)) {
      for (const surface of ['editor', 'terminal'] as const) {
        speak(english);
        const { what, next } = sentenceOf(reason, surface);
        speak(german);
        const said = sentenceOf(reason, surface);
        speak(english);
        if (reason.code !== 'argument-invalid') assert.notEqual(said.what, what, reason.code);
        assert.notEqual(said.next, next, reason.code);
        const { code, ...data } = reason;
        for (const value of Object.values(data)) {
          const isIn = (text: string): boolean => text.includes(value);
          assert.equal(isIn(`${said.what} ${said.next}`), isIn(`${what} ${next}`), `${code}: ${value}`);
        }
      }
    }
  });

  it('counts', () => {
    assert.equal(german.counts.tokens(1), '1 Token');
    assert.equal(german.counts.tokens(30522), '30\u202F522 Tokens');
    assert.equal(german.counts.layersAndHeads(6, 8, 24), '6 von 24 Schichten × 8 Heads');
    assert.equal(german.counts.tokensOfAll([7, 1]), '7 und 1 Tokens');
    assert.equal(german.texts.cut(1, 30, ''), 'Von 30 Zeichen wurde nur das erste analysiert.');
    assert.equal(
      german.texts.unknown(3, 1, 1, 'der Quelle', '[UNK]'),
      '1 von 3 Wörtern (der Quelle) ist diesem Modell unbekannt, 1 weitere teilweise: es liest dafür [UNK].',
    );
    assert.equal(german.focus.named(['‚a‘', '‚b‘'], 4), '‚a‘, ‚b‘ und 4 andere');
    assert.equal(german.predictions.rank(1, 50_257), '1 von 50\u202F257 Tokens war wahrscheinlicher');
  });
});
