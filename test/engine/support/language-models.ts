import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import type { RunSpec } from '../../../src/core/run/run-spec.ts';
import { runtime } from '../../../src/engine/backend/runtime.ts';
import { Witness } from '../../../src/engine/check/witness.ts';
import { numbersOf } from '../../../src/engine/predict/logits.ts';
import { Analyser } from '../../../src/engine/run/analyser.ts';
import { unpack, type BlockAnswer, type Packed } from './graph-families.ts';
import { fixture, noWork, places, root } from './models.ts';

const folder = join(root, 'test', 'fixtures', 'graphs', 'language-models');

/** Those that are refused: heads of other layers are not as many, and there is no attention at all. */
export const refusedModels = ['openelm', 'mamba'] as const;

const all = readdirSync(folder).filter((name) => !refusedModels.some((refused) => refused === name));

/** The published architectures of decoders of which there is a small model with random weights. */
export const languageModels: readonly string[] = all.filter((name) => answerOf(name).written.length > 0);

/** Those of encoders with the layers of language models. */
export const languageEncoders: readonly string[] = all.filter((name) => answerOf(name).written.length === 0);

/** The text that their answers are about. */
export const answeredText = 'the cat that was hungry ate fish';

/**
 * What make/language_models.py computed with torch alone: attention of the attending layers, and how the text goes on.
 */
export interface Answer {
  readonly ids: readonly number[];
  /** Empty for an encoder. */
  readonly written: readonly number[];
  /** `[layer][head][query][key]` */
  readonly weights: Float32Array;
  readonly layers: number;
  readonly heads: number;
}

/** Puts such a model into the hub's layout below `place`, with the words of the tiny models; gives its folder. */
export function placeLanguageModel(name: string, place: string): string {
  const target = join(place, name);
  mkdirSync(join(target, 'onnx'), { recursive: true });
  for (const file of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(fixture('tiny-decoder'), file), join(target, file));
  for (const file of readdirSync(join(folder, name)))
    if (file !== 'answer.json')
      copyFileSync(join(folder, name, file), join(target, file.endsWith('.onnx') ? join('onnx', file) : file));
  return target;
}

/** The answer of such a model. */
export function answerOf(name: string): Answer {
  const { ids, written, attention } = JSON.parse(readFileSync(join(folder, name, 'answer.json'), 'utf8')) as {
    readonly ids: number[];
    readonly written: number[] | null;
    readonly attention: readonly Packed[];
  };
  const layers = attention.map(unpack);
  const weights = new Float32Array(layers.reduce((sum, layer) => sum + layer.length, 0));
  let at = 0;
  for (const layer of layers) {
    weights.set(layer, at);
    at += layer.length;
  }
  return { ids, written: written ?? [], weights, layers: layers.length, heads: attention[0]?.dims[1] ?? 0 };
}

/** One graph with attention in one operator, and what torch computes of its blocks; null for other models. */
export function fusedLanguageModel(
  name: string,
): { readonly model: Uint8Array; readonly ids: readonly number[]; readonly blocks: readonly BlockAnswer[] } | null {
  const { ids, blocks } = JSON.parse(readFileSync(join(folder, name, 'answer.json'), 'utf8')) as {
    readonly ids: number[];
    readonly blocks?: readonly BlockAnswer[];
  };
  return blocks ? { model: readFileSync(join(folder, name, 'model.onnx')), ids, blocks } : null;
}

/** Analyses a text while the untouched files of the model run beside it; gives what was seen of each graph, too. */
export async function witnessed(
  run: RunSpec,
): Promise<{ readonly analysis: Analysis; readonly graphs: Witness['graphs'] }> {
  const {
    transformers: { Tensor },
  } = await runtime();
  const witness = new Witness((tensor) => numbersOf(new Tensor(tensor)));
  const analyser = new Analyser(places, () => undefined, null, witness);
  try {
    const analysis = await analyser.analyse(run, noWork);
    return { analysis, graphs: witness.graphs };
  } finally {
    await analyser.dispose();
    await witness.dispose();
  }
}
