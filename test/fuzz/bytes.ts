import { joined } from '../../src/core/picture/bytes.ts';
import type { Dice } from './dice.ts';

/** Bytes with a few changed, left out, doubled or put elsewhere, or cut off. */
export function mutatedBytes(dice: Dice, bytes: Uint8Array): Uint8Array {
  let result = bytes.slice();
  for (let change = dice.size(1); change > 0 && result.length > 0; change--) {
    const at = dice.below(result.length);
    const length = Math.min(dice.size(3), result.length - at);
    switch (dice.below(6)) {
      case 0:
        result[at] = dice.below(256);
        break;
      case 1:
        result[at] = (result[at] ?? 0) ^ (1 << dice.below(8));
        break;
      case 2:
        result = joined([result.subarray(0, at), result.subarray(at + length)]);
        break;
      case 3:
        result = joined([result.subarray(0, at + length), result.subarray(at)]);
        break;
      case 4:
        result.set(
          result
            .slice(dice.below(result.length))
            .subarray(0, length)
            .subarray(0, result.length - at),
          at,
        );
        break;
      default:
        result = dice.chance(0.2)
          ? result.slice(0, at)
          : joined([
              result.subarray(0, at),
              Uint8Array.from({ length: dice.size(1) }, () => dice.of([0, 0x7f, 0x80, 0xff])),
              result.subarray(at),
            ]);
    }
  }
  return result;
}
