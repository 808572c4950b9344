import { maskOf } from '../../src/core/attention/mask.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { equallyStrongest, strongest } from '../../src/core/attention/rows.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import { freePartners, isForcedRow, isHiding, isSeen } from '../../src/core/scene/sight.ts';
import { words } from '../../src/core/words/words.ts';
import type { Focus } from '../state/focus.ts';
import type { Frame, Shown } from '../state/frame.ts';
import { named } from './focus.ts';

/** What rounding may take from the sum of a row. */
const rounding = 5e-3;
/** What is left of a row that is told: less is shown as nothing. */
const least = 0.005;

/** The model, the text and the map in sentences; each is read from the analysis. */
export function textSentences({ info, map, layer }: Frame): readonly string[] {
  const { plain: says, names } = words();
  const sequence =
    info.sequences[info.model.family === 'encoder-decoder' || info.model.family === 'recurrent' ? 0 : map.queries];
  const tokens = sequence?.tokens ?? [];
  const [, , queries, keys] = map.shape;
  const about = says.map(map.name);
  return [
    says.model(info.model.id, info.model.family),
    says.tokens(tokens.length, tokens.filter(({ special }) => special).length),
    ...(about === '' ? [] : [about]),
    ...(map.kind === 'cross' ? [] : [says.seen(names.seen(maskOf(map, layer), map.kind))]),
    says.shape(queries, keys, map.kind),
  ];
}

/**
 * What follows the strongest key of the token in focus: the second key, and what all others share. Null where there is
 * no second, where several are as strong, where filters hide some, and where the row is no distribution.
 */
export function restSentence(frame: Shown, { token }: Focus): string | null {
  if (token.side !== 'query' || isHiding(frame) || isForcedRow(frame, token.index)) return null;
  const row = freePartners(frame, token);
  const sum = row.reduce((total, weight) => total + weight, 0);
  const [first] = equallyStrongest(row);
  if (!first || Math.abs(sum - 1) > rounding || equallyStrongest(row).length > 1) return null;
  const others = row.map((weight, key) => (key === first.index ? 0 : weight));
  const next = equallyStrongest(others);
  const [second] = next;
  if (!second || next.length > 1 || weightText(second.weight) === weightText(0)) return null;
  const left = strongest(others, others.length).filter(
    ({ index }) => index !== second.index && isSeen(frame, token.index, index),
  );
  const rest = sum - first.weight - second.weight;
  return words().plain.then(
    named(frame, 'key', [second]),
    weightText(second.weight),
    left.length,
    rest > least ? weightText(rest) : null,
  );
}

/** How widely a head spreads its attention, as a number of tokens. */
export function breadthSentence({ entropy, maxEntropy }: Pick<HeadSummary, 'entropy' | 'maxEntropy'>): string | null {
  if (maxEntropy <= 0) return null;
  return words().plain.breadth(Math.exp(entropy).toFixed(1), Math.exp(maxEntropy).toFixed(1));
}
