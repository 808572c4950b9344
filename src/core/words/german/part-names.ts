import type { MapName } from '../../attention/map.ts';
import type { PartName } from '../../block/part-name.ts';
import type { Words } from '../words.ts';

const mixers = {
  attention: 'anderer Mischer',
  convolution: 'Faltung',
  'state-space': 'Zustandsraum',
  'linear-attention': 'lineare Attention',
  recurrent: 'rekurrente Einheit',
  'feed-forward': 'Feed-Forward',
  other: 'anderer Mischer',
} as const;

const embeddings = {
  word: 'Wort-Embedding',
  position: 'Positions-Embedding',
  segment: 'Segment-Embedding',
  embedding: 'Embedding',
  states: 'Ausgabe des Encoders',
  'query-bias': 'Query-Bias',
  'key-bias': 'Key-Bias',
  'logit-bias': 'Logit-Bias',
} as const;

function ofMap(map: MapName): string {
  return map === 'cross' ? 'Cross-Attention-' : '';
}

function at(what: string, layer: number | null): string {
  return layer === null ? what : `${what} ${layer}`;
}

function nameOf(name: PartName, token: string | null): string {
  switch (name.kind) {
    case 'head':
      return `${ofMap(name.map)}Head ${name.layer}.${name.head}${token === null ? '' : ` von ${token}`}`;
    case 'attention':
      return `${name.map === 'cross' ? 'Cross-Attention' : 'Attention'} ${name.layer}`;
    case 'output-bias':
      return `${name.map === 'cross' ? 'Cross-Attention' : 'Attention'}-Bias ${name.layer}`;
    case 'feed-forward':
      return at('Feed-Forward', name.layer);
    case 'mixer':
      return at(mixers[name.of], name.layer);
    case 'norm-bias':
      return at(name.layer === null ? 'Bias der Embedding-Norm' : 'Bias der Norm', name.layer);
    case 'bias':
      return at('Bias', name.layer);
    case 'stream':
      return name.layer === null ? 'Embeddings' : `Residualstrom bis Schicht ${name.layer}`;
    default:
      return embeddings[name.kind];
  }
}

/** Woraus ein Score oder ein Logit besteht. */
export const partNames: Words['partNames'] = {
  name: (name, token) => `${name.encoder === true ? 'Encoder: ' : ''}${nameOf(name, token)}`,
  logit: (token, position) => `Logit von ${token} nach ${position}`,
  scaled: 'Skalierung × q·k',
  model: 'Score im Modell',
  mean: 'Mittel über die Keys',
  above: 'über diesem Mittel',
  total: 'Score',
  query: 'nach Query-Teil',
  key: 'nach Key-Teil',
  value: 'Logit',
  centred: 'Zeilenmittel abgezogen',
  part: 'Teil',
  terms: 'größte Terme: Query-Teil × Key-Teil',
  times: (query, key) => `${query} × ${key}`,
  capped: (cap) => `nach dem Soft Cap ${cap}`,
  difference: 'die Summe der Teile weicht vom Modell ab um',
  whole: { query: 'Query nicht zerlegt', key: 'Key nicht zerlegt' },
};
