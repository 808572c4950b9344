import { editPlan } from '../../src/core/run/edit-plan.ts';
import type { Benchmark, Rounds } from '../benchmark.ts';
import { passAt } from './attention.ts';
import { bertBase } from './bert-shape.ts';

const work = { signal: new AbortController().signal, report: () => undefined };

/** A forward pass of the session that can be edited, with edits that change nothing, against one of the untouched file. */
function editedAt(tokens: number, limit: number, rounds: Rounds): Benchmark {
  return passAt('edited', tokens, limit, rounds, async (network, ids) => {
    const shape = [bertBase.layers, bertBase.heads, tokens, tokens] as const;
    const nothing = { kind: 'scale', layer: null, head: null, factor: 1 } as const;
    const main = editPlan([nothing], [{ name: 'attention', kind: 'self', shape }]).get('attention') ?? new Map();
    const edited = await network.edited({ main, decoder: new Map() }, work);
    return () => edited.read({ ids });
  });
}

export const editedBenchmarks: readonly Benchmark[] = [
  editedAt(128, 1.08, { warmUp: 1, full: 15, quick: 7 }),
  editedAt(512, 1.1, { warmUp: 1, full: 9, quick: 5 }),
];
