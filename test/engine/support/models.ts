import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import type { AttentionMap } from '../../../src/core/attention/map.ts';
import { AttentionError, type Reason } from '../../../src/core/errors/reason.ts';
import type { RunSpec } from '../../../src/core/run/run-spec.ts';
import { Analyser } from '../../../src/engine/run/analyser.ts';

export const root = join(import.meta.dirname, '..', '..', '..');
export const builtInModels = join(root, 'models');
export const fixtureModels = join(root, 'test', 'fixtures', 'models');
const sharedData = join(root, '..', 'shared', 'data');

/** The tiny models as those that ship, and nothing downloaded. */
export const places = { models: fixtureModels, store: join(fixtureModels, 'nothing-downloaded') };

/** The folder of a model of the shared data; null, after saying so, when this machine has none. */
export function sharedModel(name: string, context: TestContext): string | null {
  return sharedFolder('models', name, context);
}

/** The folder of a small model that went wrong once; null, after saying so, when this machine has none. */
export function oddModel(name: string, context: TestContext): string | null {
  return sharedFolder('odd', name, context);
}

function sharedFolder(kind: string, name: string, context: TestContext): string | null {
  const folder = join(sharedData, kind, name);
  if (existsSync(folder)) return folder;
  context.skip(`../shared/data/${kind}/${name} is not on this machine`);
  return null;
}

/** The folder of one of our own tiny models. */
export function fixture(name: string): string {
  return join(fixtureModels, name);
}

export const noWork = { signal: new AbortController().signal, report: () => undefined };

/** Analyses one text with a fresh analyser. */
export async function analyse(request: RunSpec): Promise<Analysis> {
  const analyser = new Analyser(places, () => undefined);
  try {
    return await analyser.analyse(request, noWork);
  } finally {
    await analyser.dispose();
  }
}

/** Analyses texts with one of the models that ship, all by one analyser. */
export async function analysed(model: string, texts: readonly string[]): Promise<[Analysis, ...Analysis[]]> {
  const analyser = new Analyser(
    { models: builtInModels, store: join(root, 'test-results', 'no-store') },
    () => undefined,
  );
  try {
    const [first, ...others] = await Promise.all(texts.map((text) => analyser.analyse({ model, text }, noWork)));
    if (!first) throw new Error('There is no text to analyse.');
    return [first, ...others];
  } finally {
    await analyser.dispose();
  }
}

/** The reason with which an analysis is refused; throws when it is not. */
export async function reasonFor(request: RunSpec): Promise<Reason> {
  try {
    await analyse(request);
  } catch (thrown) {
    if (thrown instanceof AttentionError) return thrown.reason;
    throw thrown;
  }
  throw new Error('The analysis was not refused.');
}

/** The map of that name. */
export function mapNamed({ maps }: Analysis, name: string): AttentionMap {
  const map = maps.find((each) => each.name === name);
  if (!map) throw new Error(`There is no map ${name}.`);
  return map;
}

/** The largest distance of a row's sum from 1. */
export function worstRow({ weights, shape }: AttentionMap): number {
  const keys = shape[3];
  let worst = 0;
  for (let start = 0; start < weights.length; start += keys) {
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += weights[start + key] ?? NaN;
    worst = Math.max(worst, Math.abs(sum - 1));
  }
  return worst;
}

/** The largest difference between two lists of numbers of one length; NaN where they cannot be compared. */
export function worstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let worst = 0;
  for (let index = 0; index < a.length; index++)
    worst = Math.max(worst, Math.abs((a[index] ?? NaN) - (b[index] ?? NaN)));
  return worst;
}

/** The ids of the tokens of a sequence. */
export function idsOf(analysis: Analysis, sequence: number): number[] {
  return analysis.sequences[sequence]?.tokens.map((token) => token.id) ?? [];
}
