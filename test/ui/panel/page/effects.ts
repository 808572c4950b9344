import type { AnalysisInfo } from '../../../../src/core/attention/analysis.ts';
import type { Effect, Effects } from '../../../../src/core/prediction/effects.ts';

const fish = { id: 4010, text: 'fish', probability: 0.21 } as const;
const food = { id: 2833, text: 'food', probability: 0.13 } as const;

/** Head 1 of layer 1 matters most, one head of each layer a little, the others hardly. */
function effectAt(layer: number, head: number): Effect {
  if (layer === 1 && head === 1) return { kl: 0.31, after: 0.06, top: { ...food, probability: 0.16 } };
  const kl = head === layer % 3 ? 0.04 + layer / 50 : 0.001 * (head + 1);
  return { kl, after: head === layer % 3 ? 0.24 : 0.21, top: fish };
}

/** What switching off the heads of an analysis might do to what it predicts in place of a token. */
export function effectsOfHeads({ maps }: AnalysisInfo, position: number | null): Effects {
  return {
    place: { kind: 'masked', sequence: 0, token: position ?? 0, isHidden: true },
    watched: fish,
    isGiven: true,
    before: [fish, food],
    maps: maps.map(({ name, shape: [layers, heads] }) => ({
      map: name,
      heads: Array.from({ length: layers }, (_, layer) =>
        Array.from({ length: heads }, (__, head) => effectAt(layer, head)),
      ),
      feedForward: name === 'cross' ? [] : Array.from({ length: layers }, () => ({ kl: 0.2, after: 0.1, top: fish })),
    })),
  };
}
