import type { LayerKind } from '../../attention/layers.ts';
import type { MapName } from '../../attention/map.ts';
import type { PartName } from '../../block/part-name.ts';

const mixers: Readonly<Record<LayerKind, string>> = {
  attention: 'other mixer',
  convolution: 'convolution',
  'state-space': 'state space',
  'linear-attention': 'linear attention',
  recurrent: 'recurrent unit',
  'feed-forward': 'feed-forward',
  other: 'other mixer',
};

const embeddings = {
  word: 'word embedding',
  position: 'position embedding',
  segment: 'segment embedding',
  embedding: 'embedding',
  states: 'encoder output',
  'query-bias': 'query bias',
  'key-bias': 'key bias',
  'logit-bias': 'logit bias',
} as const;

function ofMap(map: MapName): string {
  return map === 'cross' ? 'cross-attention ' : '';
}

function at(what: string, layer: number | null): string {
  return layer === null ? what : `${what} ${layer}`;
}

/** A part of the residual stream; `token` is the source token of a head's part. */
function nameOf(name: PartName, token: string | null): string {
  switch (name.kind) {
    case 'head':
      return `${ofMap(name.map)}head ${name.layer}.${name.head}${token === null ? '' : ` from ${token}`}`;
    case 'attention':
      return `${ofMap(name.map)}attention ${name.layer}`;
    case 'output-bias':
      return `${ofMap(name.map)}attention bias ${name.layer}`;
    case 'feed-forward':
      return at('feed-forward', name.layer);
    case 'mixer':
      return at(mixers[name.of], name.layer);
    case 'norm-bias':
      return at(name.layer === null ? 'embedding norm bias' : 'norm bias', name.layer);
    case 'bias':
      return at('bias', name.layer);
    case 'stream':
      return name.layer === null ? 'embeddings' : `stream up to layer ${name.layer}`;
    default:
      return embeddings[name.kind];
  }
}

/** What a score or a logit is made of. */
export const partNames = {
  name: (name: PartName, token: string | null) => `${name.encoder === true ? 'encoder ' : ''}${nameOf(name, token)}`,
  logit: (token: string, position: string) => `Logit of ${token} after ${position}`,
  scaled: 'scale × q·k',
  mean: 'mean over the keys',
  total: 'score',
  model: 'score in the model',
  above: 'above that mean',
  query: 'by query part',
  key: 'by key part',
  value: 'logit',
  centred: 'row mean removed',
  part: 'part',
  terms: 'largest terms: query part × key part',
  times: (query: string, key: string) => `${query} × ${key}`,
  capped: (cap: string) => `after the soft cap ${cap}`,
  difference: 'parts, summed, differ from the model by',
  whole: { query: 'query not taken apart', key: 'key not taken apart' },
};
