import type { Exposure } from './expose.ts';

/** The exposed model in one new buffer: the only copy that is made of the weights. */
export function joinModel({ model }: Pick<Exposure, 'model'>): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(model.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of model) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/** How many spare bytes behind the file `settleModel` is sure to find enough, whatever the model. */
export const spareBytes = 1 << 20;

/**
 * The exposed model in the buffer that it was read into, with no copy of the weights at all: what follows an
 * insertion moves up. `room` starts with exactly the bytes given to `exposeAttention` and has spare bytes behind them;
 * the exposure's own views are spent afterwards. Falls back to `joinModel` where the room does not suffice.
 */
export function settleModel(exposure: Exposure, room: Uint8Array): Uint8Array {
  if (exposure.byteLength > room.length) return joinModel(exposure);
  const moves: { readonly chunk: Uint8Array; readonly to: number; readonly from: number | null }[] = [];
  let to = 0;
  for (const chunk of exposure.model) {
    const from = chunk.buffer === room.buffer ? chunk.byteOffset - room.byteOffset : null;
    if (from !== null && from > to) return joinModel(exposure);
    moves.push({ chunk, to, from });
    to += chunk.length;
  }
  for (const { chunk, to: target, from } of moves.reverse()) {
    if (from === null) room.set(chunk, target);
    else if (from !== target) room.copyWithin(target, from, from + chunk.length);
  }
  return room.subarray(0, exposure.byteLength);
}
