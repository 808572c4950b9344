import { existsSync, readFileSync } from 'node:fs';
import { Tokenizer as IdsOnly } from '@huggingface/tokenizers';
import { createTokenizer } from '../../src/core/text/tokenizer.ts';
import { generatedText, randomSource } from '../../test/unit/text/support/texts.ts';
import type { Benchmark, Resource, Rounds } from '../benchmark.ts';
import { processorTime } from '../statistics.ts';

const sets = new URL('../../../shared/data/tokenizers/', import.meta.url);
const megabyte = 1_000_000;
const rounds: Rounds = { warmUp: 1, full: 7, quick: 3 };

/** Tokenizers as their models were published; they are not ours to copy into the repository. */
const published: Resource = {
  missing: () => Promise.resolve(existsSync(sets) ? null : '../shared/data/tokenizers is not on this machine'),
  close: () => Promise.resolve(),
};

function read(name: string, file: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}/${file}`, sets), 'utf8'));
}

/**
 * Ids and exact offsets, as we tokenize, against ids alone by `@huggingface/tokenizers`, which transformers.js uses.
 */
function offsets(name: string): Benchmark {
  return {
    name: `offsets-${name}`,
    unit: 'ms',
    better: 'lower',
    limit: 1,
    rounds,
    resource: published,
    setup() {
      const [json, configuration] = [read(name, 'tokenizer.json'), read(name, 'tokenizer_config.json')];
      const ours = createTokenizer(name, json, configuration);
      const idsOnly = new IdsOnly(Object(json), Object(configuration));
      const text = mixedText(megabyte / 2);
      return Promise.resolve({
        value: () => processorTime(() => ours.encode(text)),
        baseline: () => processorTime(() => idsOnly.encode(text)),
      });
    },
  };
}

/** Eight times the text against eight times the text of an eighth: 1 where time grows as the text does. */
function growth(name: string): Benchmark {
  const times = 8;
  return {
    name: `tokenizer-growth-${name}`,
    unit: 'ms',
    better: 'lower',
    limit: 1.5,
    rounds,
    resource: published,
    setup() {
      const ours = createTokenizer(name, read(name, 'tokenizer.json'), read(name, 'tokenizer_config.json'));
      const text = mixedText(2 * megabyte);
      const part = text.slice(0, text.length / times);
      return Promise.resolve({
        value: () => processorTime(() => ours.encode(text)),
        baseline: () =>
          processorTime(() => {
            for (let time = 0; time < times; time++) ours.encode(part);
          }),
      });
    },
  };
}

/** One tokenizer of each kind: WordPiece, BPE of bytes, Unigram, BPE of characters. */
export const tokenizerBenchmarks: readonly Benchmark[] = [
  ...['bert-base-uncased', 'gpt2', 't5-small', 'llama2'].map(offsets),
  growth('gpt2'),
];

/** English prose that repeats as prose does, code, other scripts, emoji. */
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
