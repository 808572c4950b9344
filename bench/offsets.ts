/**
 * What exact offsets cost: our whole encoding (ids and offsets) against @huggingface/tokenizers, which transformers.js uses and
 * which has ids only, on the same mixed text in one run; and our time for a quarter and for all of the text (linear growth).
 * Usage: `node bench/offsets.ts [name…]`. The fastest of five runs, after one to warm up; needs `../shared/data/tokenizers`.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Tokenizer as IdsOnly } from '@huggingface/tokenizers';
import { createTokenizer } from '../src/core/text/tokenizer.ts';
import { generatedText, randomSource } from '../test/unit/text/support/texts.ts';

const sets = new URL('../../shared/data/tokenizers/', import.meta.url);
const names = process.argv.slice(2);
const families = existsSync(sets) ? readdirSync(sets).filter((name) => names.length === 0 || names.includes(name)) : [];
if (families.length === 0) console.log('skipped: ../shared/data/tokenizers is not on this machine');

const text = mixedText(1_000_000);
console.log(`${text.length} UTF-16 units: English prose, code, other scripts, emoji`);
for (const name of families) {
  const json: unknown = JSON.parse(readFileSync(new URL(`${name}/tokenizer.json`, sets), 'utf8'));
  const configuration: unknown = JSON.parse(readFileSync(new URL(`${name}/tokenizer_config.json`, sets), 'utf8'));
  const ours = createTokenizer(name, json, configuration);
  const idsOnly = new IdsOnly(Object(json), Object(configuration));
  const whole = fastest(() => ours.encode(text));
  const quarter = fastest(() => ours.encode(text.slice(0, 250_000)));
  const theirs = fastest(() => idsOnly.encode(text));
  console.log(`${name}: ids and offsets ${whole.toFixed(0)} ms, ids only (transformers.js) ${theirs.toFixed(0)} ms, ${(whole / theirs).toFixed(2)}×; four times the text takes ${(whole / quarter).toFixed(1)}×`);
}

function fastest(work: () => unknown): number {
  work();
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Half prose that repeats as prose does, a quarter code, a quarter of everything. */
function mixedText(length: number): string {
  const random = randomSource(1);
  const prose = 'The attention of a transformer is a soft look at other tokens; they said it wasn\'t explanation, but people read it anyway. ';
  const code = 'for (const [at, token] of tokens.entries()) {\n\tif (token.start <= offset && offset < token.end) return at; // hit\n}\n';
  let result = '';
  while (result.length < length) result += prose + prose + code + generatedText(random, 40) + ' ';
  return result.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
