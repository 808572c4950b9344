import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import type { Selection } from '../../../src/core/attention/selection.ts';
import type { ViewOptions } from '../../../src/core/attention/view.ts';
import type { Sequence } from '../../../src/core/text/token.ts';

/**
 * What a scene shows by its definition, `[query unit][key unit]`, cell by cell in float64: layers, then heads merged;
 * tokens summed (keys) and averaged (queries) to words; rows and columns hidden; renormalised; thresholds; one step.
 */
export function expectedWeights(analysis: Analysis, selection: Selection, options: ViewOptions): number[] {
  const map = analysis.maps[selection.map] ?? assert.fail();
  const [layers, heads, queries, keys] = map.shape;
  const weightAt = (layer: number, head: number, query: number, key: number): number =>
    map.weights[((layer * heads + head) * queries + query) * keys + key] ?? assert.fail();
  const merged = (how: 'mean' | 'max', values: readonly number[]): number =>
    how === 'max' ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
  const chosen = options.layerMerge ? Array.from({ length: layers }, (_, layer) => layer) : [selection.layer];
  const spoken = selection.head === null ? selection.heads : [selection.head];
  const tokenWeight = (query: number, key: number): number =>
    merged(
      options.headMerge,
      spoken.map((head) =>
        merged(
          options.layerMerge ?? 'mean',
          chosen.map((layer) => weightAt(layer, head, query, key)),
        ),
      ),
    );
  const pairs = { all: [null, null], aa: [0, 0], ab: [0, 1], ba: [1, 0], bb: [1, 1] } as const;
  const [querySegment, keySegment] = pairs[options.pairs];
  const rows = unitsOf(analysis.sequences[map.queries] ?? assert.fail(), options, querySegment);
  const columns = unitsOf(analysis.sequences[map.keys] ?? assert.fail(), options, keySegment);
  const step =
    options.step === null || map.kind === 'self'
      ? null
      : rows.findIndex((tokens) => (tokens.at(-1) ?? -1) >= (options.step ?? 0));
  return rows.flatMap((looking, row) => {
    if (step !== null && row !== (step < 0 ? rows.length - 1 : step)) return columns.map(() => 0);
    const whole = columns.map((lookedAt) => {
      const sums = looking.map((query) => lookedAt.reduce((sum, key) => sum + tokenWeight(query, key), 0));
      return sums.reduce((sum, one) => sum + one, 0) / looking.length;
    });
    const sum = whole.reduce((total, one) => total + one, 0);
    return thinned(options.renormalise && sum > 0 ? whole.map((one) => one / sum) : whole, options);
  });
}

/** The strongest of a row that cover a share of it, at most so many; ties in the order of the text. */
function thinned(row: readonly number[], { mass, topK }: ViewOptions): number[] {
  const order = row.map((_, index) => index).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0) || a - b);
  const total = row.reduce((sum, one) => sum + one, 0);
  const kept = new Set<number>();
  let covered = 0;
  for (const index of order) {
    if (mass !== null && covered >= mass * total * (1 - 1e-6)) break;
    kept.add(index);
    covered += row[index] ?? 0;
  }
  const top = new Set(topK === null ? order : order.slice(0, topK));
  return row.map((one, index) => (kept.has(index) && top.has(index) ? one : 0));
}

/** The tokens of every unit that is shown. */
function unitsOf(sequence: Sequence, options: ViewOptions, segment: 0 | 1 | null): number[][] {
  const { tokens, text, pair = '' } = sequence;
  const units: number[][] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const goesOn = token.word !== null && token.word === before?.word && token.segment === before.segment;
    if (options.unit === 'words' && goesOn) units.at(-1)?.push(index);
    else units.push([index]);
  });
  return units.filter((unit) =>
    unit.some((index) => {
      const token = tokens[index] ?? assert.fail();
      const characters = (token.segment === 0 ? text : pair).slice(token.start, token.end).trim();
      const isPunctuation = !token.special && /^\p{P}+$/u.test(characters);
      return (
        !(options.hideSpecial && token.special) &&
        !(options.hidePunctuation && isPunctuation) &&
        (segment === null || token.segment === segment)
      );
    }),
  );
}
