/**
 * What exact offsets cost: our whole encoding (ids and offsets) against @huggingface/tokenizers, which transformers.js
 * uses and which has ids only, on 1 MB of the same mixed text; and our time per character from 0.25 to 4 MB (linear
 * growth). Usage: `node bench/offsets.ts [name…]`; needs `../shared/data/tokenizers`. Times are the processor's own,
 * the medians of seven rounds that take turns, after one to warm up: other work on the machine disturbs them least.
 * Exits with 1 when offsets cost more than the tokenization itself.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Tokenizer as IdsOnly } from '@huggingface/tokenizers';
import { createTokenizer } from '../src/core/text/tokenizer.ts';
import { generatedText, randomSource } from '../test/unit/text/support/texts.ts';

/** Offsets may cost this many times what the tokenization itself costs. */
const most = 1;
const rounds = 7;
const megabyte = 1_000_000;
/** Lengths of text, in megabytes; the first is what the others are compared with. */
const lengths = [0.25, 0.5, 1, 2, 4];

const sets = new URL('../../shared/data/tokenizers/', import.meta.url);
const names = process.argv.slice(2);
const families = existsSync(sets) ? readdirSync(sets).filter((name) => names.length === 0 || names.includes(name)) : [];
if (families.length === 0) console.log('skipped: ../shared/data/tokenizers is not on this machine');

const longest = mixedText(Math.max(...lengths) * megabyte);
const text = longest.slice(0, megabyte);
console.log('mixed text: English prose, code, other scripts, emoji');
for (const name of families) {
  const json: unknown = JSON.parse(readFileSync(new URL(`${name}/tokenizer.json`, sets), 'utf8'));
  const configuration: unknown = JSON.parse(readFileSync(new URL(`${name}/tokenizer_config.json`, sets), 'utf8'));
  const ours = createTokenizer(name, json, configuration);
  const idsOnly = new IdsOnly(Object(json), Object(configuration));
  const [whole = NaN, theirs = NaN] = medians([() => ours.encode(text), () => idsOnly.encode(text)]);
  const onTop = whole / theirs - 1;
  const grown = medians(lengths.map((length) => () => ours.encode(longest.slice(0, length * megabyte)))).map(
    (time, at) => time / (lengths[at] ?? NaN),
  );
  const growth = grown.map((time, at) => `${lengths[at]} MB ${(time / (grown[0] ?? NaN)).toFixed(2)}`).join(', ');
  console.log(
    `${name}: ids and offsets ${whole.toFixed(0)} ms, ids only (transformers.js) ${theirs.toFixed(0)} ms: offsets cost ${onTop.toFixed(2)}× on top (at most ${most}×); time per character: ${growth}`,
  );
  if (!(onTop <= most)) process.exitCode = 1;
}

/** The median processor time of each work, in milliseconds. */
function medians(works: readonly (() => unknown)[]): number[] {
  const times = works.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [at, work] of works.entries()) {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) times[at]?.push((user + system) / 1000);
    }
  }
  return times.map((each) => each.sort((a, b) => a - b)[rounds >> 1] ?? NaN);
}

/** Half prose that repeats as prose does, a quarter code, a quarter of everything. */
function mixedText(length: number): string {
  const random = randomSource(1);
  const prose =
    "The attention of a transformer is a soft look at other tokens; they said it wasn't explanation, but people read it anyway. ";
  const code =
    'for (const [at, token] of tokens.entries()) {\n\tif (token.start <= offset && offset < token.end) return at; // hit\n}\n';
  let result = '';
  while (result.length < length) result += prose + prose + code + generatedText(random, 40) + ' ';
  return result.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
