import type { Analysis } from '../../core/attention/analysis.ts';
import { layerNumbers } from '../../core/attention/layers.ts';
import type { LayerMask } from '../../core/attention/mask.ts';
import { masksOf } from '../../core/attention/mask-reading.ts';
import type { AttentionMap, DecoderRows, MapKind, MapName } from '../../core/attention/map.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import type { Encoding } from '../../core/text/tokenizer.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Described } from '../config/config.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { Network } from '../backend/network.ts';
import { isExplained } from './model-layers.ts';
import { isCausal, type Stack } from './stack.ts';

/** Everything that a family finds out; its caller knows the time. */
export type Found = Omit<Analysis, 'timing'>;

/** How a family of models is run on a text. Throws AttentionError. */
export type Analyse<N = Network> = (model: LoadedModel<N>, texts: RunTexts, work: Work) => Promise<Found>;

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
  { shape, weights, normalised, layers }: Stack,
  described: readonly (LayerMask | null)[] = [],
): AttentionMap {
  const numbers = layerNumbers({ layers, shape });
  const masks = masksOf(
    kind,
    weights,
    shape,
    numbers.map((number) => (kind === 'causal' ? described[number] : null) ?? null),
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
  name: string,
  described: Described,
  { shape, layers: kinds }: Stack,
  kind: MapKind,
  expected: MapKind,
): string[] {
  const [layers, heads] = shape;
  const notes: string[] = [];
  if (described.layers !== null && described.layers !== layers && !isExplained(kinds, described.layers))
    notes.push(
      `config.json says ${counted(described.layers, 'layer')}, the graph has attention in ${layers} (${name}).`,
    );
  if (described.heads !== null && described.heads !== heads)
    notes.push(`config.json says ${counted(described.heads, 'head')}, the graph has ${heads} (${name}).`);
  if (kind !== expected && kind === 'self')
    notes.push(
      `A decoder is expected to mask the future, but in this graph tokens look at what follows them (${name}).`,
    );
  if (kind !== expected && kind === 'causal')
    notes.push(
      `An encoder is expected to look both ways, but in this graph no token looks at what follows it (${name}).`,
    );
  return notes;
}

/** `1 token`, `11 tokens`. */
export function counted(count: number, what: string): string {
  return count === 1 ? `${count} ${what}` : `${count} ${what}s`;
}

/** How a graph's attention was read, as one sentence. `part` names the graph when there are several. */
export function readingNote(notes: readonly string[], part?: string): string {
  const note = notes.join('; ');
  return part === undefined ? `${note.charAt(0).toUpperCase()}${note.slice(1)}.` : `${part}: ${note}.`;
}
