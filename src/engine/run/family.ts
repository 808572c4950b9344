import type { Analysis } from '../../core/attention/analysis.ts';
import { layerNumbers } from '../../core/attention/layers.ts';
import { masksOf } from '../../core/attention/mask-reading.ts';
import type { AttentionMap, DecoderRows, MapKind, MapName } from '../../core/attention/map.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import type { Encoding } from '../../core/text/tokenizer.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Described } from '../config/config.ts';
import type { DescribedMasks } from '../config/layer-masks.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { Network } from '../backend/network.ts';
import type { Watch } from '../predict/expectation.ts';
import { isExplained } from './model-layers.ts';
import { isCausal, type Stack } from './stack.ts';
import { words } from '../../core/words/words.ts';

/** Everything that a family finds out; its caller knows the time. */
export type Found = Omit<Analysis, 'timing'>;

/** How a family of models is run on a text; `watch` hears what it expects. Throws AttentionError. */
export type Analyse<N = Network> = (
  model: LoadedModel<N>,
  texts: RunTexts,
  work: Work,
  watch?: Watch,
) => Promise<Found>;

/** Throws `argument-invalid` when something was given that the family has no use for. */
export function refuse(texts: RunTexts, name: Exclude<keyof RunTexts, 'text'>, why: string): void {
  if (texts[name] !== undefined) throw new AttentionError({ code: 'argument-invalid', argument: name, detail: why });
}

/** A text with its tokens. Throws `text-empty` when nothing but special tokens is left of it. */
export function sequenceOf(encoding: Encoding, text: string, pair?: string): Sequence {
  if (encoding.tokens.every((token) => token.start === token.end)) throw new AttentionError({ code: 'text-empty' });
  return {
    text,
    ...(pair === undefined ? {} : { pair }),
    tokens: encoding.tokens,
    ...(encoding.analysedTo === undefined ? {} : { analysedTo: encoding.analysedTo }),
    ...(encoding.pairAnalysedTo === undefined ? {} : { pairAnalysedTo: encoding.pairAnalysedTo }),
  };
}

/** Where a map stands in its analysis. */
interface MapPlace {
  readonly name: MapName;
  readonly queries: number;
  readonly keys: number;
  readonly rows?: DecoderRows;
}

/** A map of a stack, with its kind; `described` is what its layers leave to their queries, by their numbers. */
export function mapOf(
  { name, queries, keys, rows }: MapPlace,
  kind: MapKind,
  { shape, weights, normalised, layers, masking }: Stack,
  described: DescribedMasks,
): AttentionMap {
  const numbers = layerNumbers({ layers, shape });
  const said = kind === 'cross' ? [] : described[kind];
  const masks = masksOf(
    kind,
    weights,
    shape,
    numbers.map((number, at) => {
      const { selects, window } = itemAt(masking, at);
      const byOperator = window === null ? null : ({ kind: 'window', reach: window - 1 } as const);
      return { described: byOperator ?? said[number] ?? null, selects };
    }),
  );
  return {
    name,
    kind,
    queries,
    keys,
    shape,
    weights,
    ...(layers ? { layers } : {}),
    ...(masks ? { masks } : {}),
    ...(normalised ? {} : { normalised }),
    ...(rows ? { rows } : {}),
  };
}

/**
 * Whether tokens of one sequence see only what stands before them: what the weights show, or `expected` when one token
 * alone cannot show it.
 */
export function seenKind(stack: Stack, expected: 'self' | 'causal'): 'self' | 'causal' {
  if (stack.shape[2] < 2) return expected;
  return isCausal(stack) ? 'causal' : 'self';
}

/** Sentences on what the graph does otherwise than `config.json` says; the graph is believed. */
export function differences(
  name: MapName,
  described: Described,
  { shape, layers: kinds }: Stack,
  kind: MapKind,
  expected: MapKind,
): string[] {
  const [layers, heads] = shape;
  const says = words().notes;
  const notes: string[] = [];
  if (described.layers !== null && described.layers !== layers && !isExplained(kinds, described.layers))
    notes.push(says.layers(name, described.layers, layers));
  if (described.heads !== null && described.heads !== heads) notes.push(says.heads(name, described.heads, heads));
  if (kind !== expected && kind === 'self') notes.push(says.notCausal(name));
  if (kind !== expected && kind === 'causal') notes.push(says.causal(name));
  return notes;
}

/** How a graph's attention was read, as one sentence that names the graph where there are several. */
export function readingNote(notes: readonly string[], graph?: 'encoder' | 'decoder'): string {
  return words().notes.reading(notes.join('; '), graph);
}
