import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as v from 'valibot';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { configSchema, generationSchema } from '../../src/engine/config/config.ts';
import { analyseDecoder } from '../../src/engine/run/decoder.ts';
import { analyseEncoderDecoder } from '../../src/engine/run/encoder-decoder.ts';
import type { RunTexts } from '../../src/core/run/run-spec.ts';
import type { LoadedModel } from '../../src/engine/model/loaded.ts';
import { loadTokenizer } from '../../src/engine/model/load-tokenizer.ts';
import { findModel } from '../../src/engine/store/models.ts';
import { openNetwork } from '../../src/engine/backend/network.ts';
import { randomSource } from '../unit/text/support/texts.ts';
import { openLibrary, type Described, type Library } from './support/library.ts';
import { analyse, fixture, idsOf, noWork, oddModel, places, sharedModel } from './support/models.ts';

type Random = () => number;

/** The rules that a set draws from; ids are below `words`. */
function someRules(random: Random, words: number): Record<string, unknown> {
  const whole = (below: number): number => Math.floor(random() * below);
  const few = (most: number): number[] => Array.from({ length: 1 + whole(most) }, () => whole(words));
  const one = (): unknown => (random() < 0.3 ? [whole(words)] : whole(words));
  const rules: Record<string, () => unknown> = {
    eos_token_id: () => (random() < 0.5 ? few(3) : whole(words)),
    forced_bos_token_id: one,
    forced_eos_token_id: () => (random() < 0.5 ? few(2) : whole(words)),
    suppress_tokens: () => [...few(6), ...(random() < 0.2 ? [-1] : [])],
    begin_suppress_tokens: () => few(6),
    bad_words_ids: () => Array.from({ length: 1 + whole(5) }, () => few(3)),
    repetition_penalty: () => 0.5 + 2 * random(),
    no_repeat_ngram_size: () => whole(4),
    min_length: () => whole(9),
    min_new_tokens: () => whole(6),
  };
  const picked = Object.entries(rules).filter(() => random() < 0.3);
  return Object.fromEntries(picked.map(([name, make]) => [name, random() < 0.1 ? null : make()]));
}

/**
 * Rules in both files, in a part of config.json too, and always a greatest length: without one we write longer than the
 * library.
 */
function someDescription(random: Random, base: Readonly<Record<string, unknown>>, words: number): Described {
  const longest = (): Record<string, unknown> =>
    random() < 0.5 ? { max_length: 2 + Math.floor(random() * 11) } : { max_new_tokens: 1 + Math.floor(random() * 10) };
  const start = random() < 0.2 ? { decoder_start_token_id: [Math.floor(random() * words)] } : {};
  const config = {
    ...base,
    ...someRules(random, words),
    ...(random() < 0.2 ? { decoder: someRules(random, words) } : {}),
    ...longest(),
    ...start,
  };
  return {
    config,
    generation: random() < 0.7 ? { ...someRules(random, words), ...(random() < 0.5 ? longest() : {}) } : null,
  };
}

/** The same rules for us and for the library. */
function ours(model: LoadedModel, { config, generation }: Described): LoadedModel {
  const folder = {
    ...model.folder,
    config: v.parse(configSchema, config),
    generation: generation && v.parse(generationSchema, generation),
  };
  return { ...model, folder };
}

async function compare(folder: string, sets: number, kind: 'decoder' | 'encoder-decoder', text: string): Promise<void> {
  const found = await findModel(folder, places);
  const network = await openNetwork(found, noWork);
  const model: LoadedModel = {
    folder: found,
    tokenizer: await loadTokenizer(found),
    network,
    memory: { budget: 1e9, graphs: 0 },
  };
  const library = await openLibrary(folder, kind);
  const base = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
  const stated = join(folder, 'generation_config.json');
  const start = existsSync(stated) ? (JSON.parse(readFileSync(stated, 'utf8')) as Record<string, unknown>) : {};
  const random = randomSource(sets + text.length);
  try {
    for (let set = 0; set < sets; set++) {
      const described = someDescription(
        random,
        { ...start, bad_words_ids: undefined, ...base },
        typeof base['vocab_size'] === 'number' ? base['vocab_size'] : 20,
      );
      const tokens = random() < 0.5 || kind === 'decoder' ? 1 + Math.floor(random() * 8) : undefined;
      const target =
        kind === 'encoder-decoder' && tokens !== undefined && random() < 0.5
          ? text.split(' ').slice(0, 2).join(' ')
          : undefined;
      const texts: RunTexts = {
        text,
        ...(target === undefined ? {} : { target }),
        ...(tokens === undefined ? {} : { continue: { tokens } }),
      };
      await agree(ours(model, described), library, described, texts, kind);
    }
  } finally {
    await network.dispose();
    await library.dispose();
  }
}

async function agree(
  model: LoadedModel,
  library: Library,
  described: Described,
  texts: RunTexts,
  kind: 'decoder' | 'encoder-decoder',
): Promise<void> {
  const run = kind === 'decoder' ? analyseDecoder : analyseEncoderDecoder;
  const analysis = { ...(await run(model, texts, noWork)), timing: { load: 0, run: 0 } };
  const at = kind === 'decoder' ? 0 : 1;
  const own = idsOf(analysis, at);
  const given = own.slice(0, givenOf(analysis, at));
  const task =
    kind === 'decoder' ? { ids: given } : { ids: idsOf(analysis, 0), ...(texts.target === undefined ? {} : { given }) };
  const theirs = await library.generate(described, { ...task, tokens: texts.continue?.tokens });
  const ended = analysis.notes.some((note) => /up to its end token|by the model itself(, [^.]*)?\.$/.test(note));
  assert.deepEqual(own, ended ? theirs.slice(0, -1) : theirs, `${JSON.stringify(texts)} ${JSON.stringify(described)}`);
}

function givenOf(analysis: Analysis, at: number): number | undefined {
  return analysis.sequences[at]?.generatedFrom;
}

for (const sentence of ['the cat that was hungry ate the fish', 'cat']) {
  test(`200 sets of writing rules: a decoder writes what the library writes after “${sentence}”`, async () => {
    await compare(fixture('tiny-decoder'), 200, 'decoder', sentence);
  });

  test(`200 sets of writing rules: an encoder-decoder writes what the library writes for “${sentence}”`, async () => {
    await compare(fixture('tiny-encoder-decoder'), 200, 'encoder-decoder', sentence);
  });
}

const shared = [
  ['aren-transliteration', 'encoder-decoder'],
  ['vespa-random-t5', 'encoder-decoder'],
  ['stories260K', 'decoder'],
  ['stories260K-gqa', 'decoder'],
] as const;
for (const [name, kind] of shared) {
  test(`20 sets of writing rules: ${name} writes what the library writes`, async (context: TestContext) => {
    const folder = sharedModel(name, context);
    if (folder !== null) await compare(folder, 20, kind, 'the little cat');
  });
}

test('writing rules in config.json count where there is no generation_config.json', async (context) => {
  const folder = oddModel('rules-in-config', context);
  if (folder === null) return;
  const analysis = await analyse({ model: folder, text: 'the cat ate' });
  assert.deepEqual(idsOf(analysis, 1), [4, 12, 12, 12, 15]);
  assert.ok(analysis.notes.includes('The target was generated by the model itself.'), 'it came to its end, token 5');
});
