import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { textsIn } from './literals.ts';

const root = join(import.meta.dirname, '../../..');

/** Phrases that a reader has to translate, each with what says it in the terms of the field, or in plain words. */
const phrases: readonly { readonly phrase: RegExp; readonly better: string; readonly example: string }[] = [
  { phrase: /\bkeep of every row\b|\bstrongest links up to\b/i, better: 'limit links', example: 'Keep of every row' },
  { phrase: /\bheads together\b/i, better: 'combine heads', example: 'Heads together' },
  { phrase: /\bwhat is left\b/i, better: 'the remaining weights', example: 'renormalise what is left' },
  { phrase: /\bno head is shown\b/i, better: 'no heads selected', example: 'No head is shown: press one.' },
  { phrase: /\bafter what\b|\bwhat stands\b/i, better: 'here', example: 'had 0.12 after what stands before it' },
  { phrase: /\blet go of\b/i, better: 'unpin', example: 'Let go of the token in focus.' },
  { phrase: /\bnumbers speak\b|\bspeaks? of\b/i, better: 'show', example: 'numbers speak of their mean' },
  {
    phrase: /\ba token sees itself\b/i,
    better: 'masked (later tokens)',
    example: 'a token sees itself and those before it',
  },
  { phrase: /\bwould take\b|\bmay be used here\b/i, better: 'needs', example: 'would take 3 GB of memory here' },
  { phrase: /\bthe most exact\b/i, better: 'highest precision', example: 'The most exact one that is there' },
  { phrase: /\bdid not take\b/i, better: 'not analysed', example: 'The model did not take this part' },
  {
    phrase: /\bas it arrived\b|\b(?:was|were) taken away\b/i,
    better: 'verified, removed',
    example: 'Every file is as it arrived',
  },
  {
    phrase: /\bdid not arrive\b|\bthrown away\b/i,
    better: 'failed verification',
    example: 'did not arrive as it should',
  },
  { phrase: /\baccounts that may\b/i, better: 'restricts access', example: 'only to accounts that may read it' },
  { phrase: /\bonly reads, it\b/i, better: 'takes no target', example: 'this model only reads, it writes no target' },
  {
    phrase: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b)\p{Ll}\w+/iu,
    better: 'is not a …',
    example: 'it is no list',
  },
  { phrase: /\bwhat will come\b/i, better: 'the download', example: 'after you have seen what will come' },
  { phrase: /\b(?:goes|go|went) on writing\b/i, better: 'continues the text', example: 'goes on writing' },
  {
    phrase: /\basked for its attention\b/i,
    better: 'reading the attention',
    example: 'asked for its attention, one has none',
  },
  { phrase: /\bwhat (?:it|they) looks? (?:at most|most at)\b/i, better: 'top keys', example: 'what it looks at most' },
  { phrase: /\bthe one that looks\b/i, better: 'query', example: 'the one that looks' },
  { phrase: /\bstands?\b(?! (?:out|for)\b)/i, better: 'is', example: 'the norm that stands before it' },
  { phrase: /\bbehind\b/i, better: 'after', example: 'the token behind it' },
  { phrase: /\bas it should\b/i, better: 'valid', example: 'does not do as it should' },
];

/** What people read, by its file; of sources the texts in them, of the changelog its newest section. */
function readTexts(): { readonly file: string; readonly text: string }[] {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const [, newest = ''] = read('CHANGELOG.md').split(/^## /m);
  const host = Object.values(JSON.parse(read('l10n/bundle.l10n.json')) as Record<string, string | { message: string }>);
  const manifest = Object.values(JSON.parse(read('package.nls.json')) as Record<string, string | { message: string }>);
  const messages = (all: typeof host): string[] => all.map((one) => (typeof one === 'string' ? one : one.message));
  const table = globSync('src/core/words/english/**/*.ts', { cwd: root });
  const cards = globSync(['models/*/README.md', 'media/lesson/english/*.md'], { cwd: root });
  return [
    ...table.flatMap((file) => textsIn(read(file)).map((text) => ({ file, text }))),
    ...messages(host).map((text) => ({ file: 'l10n/bundle.l10n.json', text })),
    ...messages(manifest).map((text) => ({ file: 'package.nls.json', text })),
    ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...cards].map((file) => ({ file, text: read(file) })),
    { file: 'CHANGELOG.md', text: newest },
  ];
}

describe('Plain words', () => {
  it('are on screen, in errors, cards and documents', () => {
    const texts = readTexts();
    assert.ok(texts.length > 1000, `${texts.length} texts`);
    const found = texts.flatMap(({ file, text }) =>
      phrases.flatMap(({ phrase, better }) =>
        [...text.replace(/\s+/g, ' ').matchAll(new RegExp(phrase, `${phrase.flags}g`))].map(
          ({ 0: said, index, input }) =>
            `${file}: “${said}” (better: ${better}) in “${input.slice(Math.max(0, index - 40), index + 40)}”`,
        ),
      ),
    );
    assert.deepEqual(found, []);
  });

  for (const { phrase, example } of phrases) it(`are not “${example}”`, () => assert.match(example, phrase));
});
