import type { MapName } from '../../attention/map.ts';
import type { EditKind } from '../../run/edits.ts';
import { excerptOf } from '../../document/excerpt.ts';
import { countText, listText, thereAre } from './grammar.ts';

/** How each edit is written, in an example. */
const examples: Readonly<Record<EditKind, string>> = {
  off: 'off LAYER.HEAD, as in off 1.2',
  scale: 'scale LAYER.HEAD FACTOR, as in scale 1.2 0.5',
  'ffn-off': 'ffn-off LAYER, as in ffn-off 3',
  block: 'block LAYER.HEAD QUERY KEY, as in block 1.2 6 2',
  bias: 'bias LAYER.HEAD QUERY KEY NUMBER, as in bias 1.2 6 2 +3',
  temperature: 'temperature LAYER.HEAD T, as in temperature 1.2 0.5',
  zero: 'zero TOKEN, as in zero 2',
  mean: 'mean TOKEN, as in mean 2',
  replace: 'replace TOKEN "NAME", as in replace 2 "[MASK]"',
  pattern: 'pattern LAYER.HEAD QUERY and a weight for each key, as in pattern 1.2 2 0.5 0.5 0',
};

/** Where `*` means something else than all layers or heads, or nothing. */
const everywhere: Readonly<Partial<Record<EditKind, string>>> = {
  'ffn-off': ' (* for all layers)',
  zero: '',
  mean: '',
  replace: '',
};

/** Edits of a run: what is wrong with one (phrases), and how an edited run is told. */
export const edits = {
  unknown: (name: string, known: readonly string[]) =>
    `“${excerptOf(name)}” is not an edit; these are: ${listText(known)}`,
  form: (kind: EditKind) => `write ${examples[kind]}${everywhere[kind] ?? ' (* for all layers or heads)'}`,
  amount: (most: number) => `a number from −${most} to ${most} is expected`,
  name: (most: number) => `a token of 1 to ${most} characters is expected`,
  length: (most: number) => `a row of 1 to ${most} weights is expected`,
  weight: 'a weight is a number from 0 to 1',
  temperature: (least: number, most: number) => `a temperature from ${least} to ${most} is expected`,
  row: 'the weights of a row sum to more than 1',
  many: (max: number) => `there are more than ${max} edits`,

  map: (edit: string, maps: readonly string[]) => `${edit}: there is no such map in this model, only ${listText(maps)}`,
  layer: (edit: string, map: MapName, layers: readonly number[]) =>
    `${edit}: the map “${map}” has attention in layers ${listText(layers.map(String))}`,
  head: (edit: string, map: MapName, heads: number) =>
    `${edit}: the map “${map}” has ${countText(heads, 'head')}, counted from 0`,
  temperatures: (edit: string, least: number, most: number) =>
    `${edit}: the temperatures of a head multiply to a number from ${least} to ${most} at most`,
  token: (edit: string, tokens: number) => `${edit}: ${thereAre(tokens, 'token')}, counted from 0`,
  weights: (edit: string, given: number, keys: number) =>
    `${edit}: it has ${countText(given, 'weight')} for ${countText(keys, 'key')}`,
  unseen: (edit: string) => `${edit}: that query cannot see that key in this model`,
  nothingLeft: (query: number) => `token ${query} would be left without a key; leave it at least one`,
  vocabulary: (edit: string) => `${edit}: the vocabulary of the model has no such token`,
  side: (edit: string) => `${edit}: this model has no target`,
  generated: (edit: string) => `${edit}: only tokens that are given can be replaced, not those that are generated`,
  feedForward: (layer: number, why: string) => `the feed-forward part of layer ${layer} was not found (${why})`,
  explained: 'weights of an edited run cannot be taken apart; only those of a run whose tokens are replaced can',
  checked: 'check compares a model as it is; leave the edits out',

  /** One line, wherever an edited run is shown. */
  run: (edits: readonly string[], more: number) =>
    `Edited run: ${edits.join('; ')}${more === 0 ? '' : ` and ${countText(more, 'more edit')}`}`,
  /** The same in the name of a picture or a file. */
  model: (model: string, edits: string) => `${model}. ${edits}`,
  /** What the edits did to a prediction. */
  masked: (token: string, kl: string) => `effect on the prediction for ${token}: KL(before ‖ after) ${kl} nats`,
  next: (token: string | null, kl: string) =>
    `effect on the prediction ${token === null ? 'of the first token' : `after ${token}`}: KL(before ‖ after) ${kl} nats`,
  label: (kl: string) => `effect on the prediction: KL(before ‖ after) ${kl} nats`,
  before: 'before',
  after: 'after',
};
