import type { NodeWriter } from './node-writer.ts';

/** The table of angles of a rotary position embedding, and which of its rows each token takes. */
export interface Angles {
  /** `[places, half of the features that turn]`. */
  readonly cosines: string;
  readonly sines: string;
  /** `[batch, tokens]`. */
  readonly positions: string;
  /** Whether neighbours are a pair, in place of features of the first and the second half. */
  readonly interleaved: boolean;
}

/**
 * Turns pairs of features of `[batch, heads, tokens, features]` by the angle of the token's place (Su et al. 2021);
 * what the table does not reach stays as it is.
 */
export function rotated(writer: NodeWriter, tensor: string, angles: Angles): string {
  const { cosines, interleaved } = angles;
  // Features as [pairs, 2] where neighbours are a pair, else as [2, pairs]: the axis of the two.
  const axis = interleaved ? 4 : 3;
  const half = writer.listed(writer.size(cosines, 1));
  const count = writer.add('Add', [half, half]);
  const turning = writer.slice(tensor, 3, writer.integers([0]), count);
  const pairs = writer.reshaped(turning, interleaved ? [0, 0, 0, -1, 2] : [0, 0, 0, 2, -1]);
  const middle = writer.integers([1]);
  const first = writer.slice(pairs, axis, writer.integers([0]), middle);
  const second = writer.rest(pairs, axis, middle);
  const rowsOf = (table: string): string => {
    const rows = writer.add('Gather', [table, angles.positions], { axis: 0 });
    return writer.unsqueezed(writer.unsqueezed(rows, 1), axis);
  };
  const across = writer.add('Concat', [writer.add('Neg', [second]), first], { axis });
  const along = writer.add('Mul', [pairs, rowsOf(cosines)]);
  const turned = writer.add('Add', [along, writer.add('Mul', [across, rowsOf(angles.sines)])]);
  return writer.add('Concat', [writer.reshaped(turned, [0, 0, 0, -1]), writer.rest(tensor, 3, count)], { axis: 3 });
}
