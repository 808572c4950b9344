import type { Dice } from './dice.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'type',
  'id',
  'ids',
  'vocab',
  'content',
  'pattern',
  'String',
  'Regex',
];
const patterns = [
  '(?:a+)+$',
  '(a|aa)*b',
  '\\p{L}+|\\s+(?!\\S)',
  '(((((((((x)))))))))',
  '[[a-z]&&[^b]]',
  '\\p{constructor}',
  '[:constructor:]',
  'x{0,1000}{0,1000}',
  '(?<=a+)b',
  '',
  '(?>a+)b',
  '\\w*\\w*\\w*!',
];

/**
 * The text of a JSON value that is changed in a few places: other types, huge numbers, long texts, deep nesting, odd
 * names, doubles.
 */
export function mutatedJson(dice: Dice, value: unknown): string {
  const root = { root: structuredClone(value) as Json };
  for (let change = dice.size(0.7); change > 0; change--) changeOne(dice, root);
  const text = JSON.stringify(root.root) ?? '';
  return dice.chance(0.03) ? broken(dice, text) : text;
}

/** Walks to a random place, and changes what stands there. */
function changeOne(dice: Dice, root: { root: Json }): void {
  let parent: Json[] | { [name: string]: Json } = root;
  for (;;) {
    const keys = Object.keys(parent);
    if (keys.length === 0) return;
    const key = dice.of(keys);
    const value: Json = Reflect.get(parent, key) as Json;
    if (typeof value === 'object' && value !== null && dice.chance(0.93)) {
      parent = value;
      continue;
    }
    Reflect.set(parent, key, dice.chance(0.6) ? alike(dice, value) : other(dice, value));
    if (dice.chance(0.1) && !Array.isArray(parent))
      Object.defineProperty(parent, dice.of(names), {
        value: other(dice, value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return;
  }
}

const types = [
  'Sequence',
  'Replace',
  'NFC',
  'NFKD',
  'Prepend',
  'Strip',
  'Split',
  'ByteLevel',
  'Metaspace',
  'Digits',
  'WordPiece',
  'BPE',
  'Unigram',
  'WordLevel',
  'Fuse',
  'ByteFallback',
  'TemplateProcessing',
  'BertProcessing',
  'RobertaProcessing',
  'A',
  'B',
  'Removed',
  'MergedWithNext',
  'Contiguous',
  'first',
  'never',
];

/** Another value of the same type, so that what comes after it is reached. */
function alike(dice: Dice, value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return dice.of([0, 1, value + 1, value * 2, 511, 65_535, 1e6, 2 ** 24 - 1, -1, 1.5]);
  if (typeof value === 'string')
    return dice.of([
      dice.of(types),
      dice.of(patterns),
      value.repeat(dice.size(2)),
      value.slice(1),
      '',
      'a',
      ' ',
      '▁',
      `${value}${value}`,
    ]);
  if (Array.isArray(value))
    return value.length === 0
      ? value
      : dice.of([
          value.toReversed(),
          value.concat(value),
          value.slice(1),
          Array.from({ length: dice.size(2.5) }, () => dice.of(value)),
        ]);
  return value;
}

function other(dice: Dice, value: Json): Json {
  switch (dice.below(14)) {
    case 0:
      return null;
    case 1:
      return dice.chance(0.5);
    case 2:
      return dice.of([0, -1, -5, 1.5, 1e7, 2 ** 31, 2 ** 53, 1e300, -0.0001, 2 ** 24, 16_777_215]);
    case 3:
      return '';
    case 4:
      return dice.of(['a', ' ', '▁', '\u0301', '\ud800', '##', '[UNK]', '</s>']).repeat(dice.size(5.5));
    case 5:
      return [];
    case 6:
      return {};
    case 7:
      return Array.from({ length: Math.min(dice.size(4), 400_000 / (JSON.stringify(value).length + 1)) }, () => value);
    case 8:
      return nested(dice, value);
    case 9:
      return dice.of(names);
    case 10:
      return { Regex: dice.of(patterns) };
    case 11:
      return { String: dice.of(['', 'a', ' ', 'the']) };
    case 12:
      return Array.isArray(value) && value.length > 0 ? value.concat(dice.of(value)) : [value];
    default:
      return typeof value === 'number'
        ? value + dice.of([-1, 1, 0.5, 1e6])
        : typeof value === 'string'
          ? value + value.slice(0, dice.size(1))
          : value;
  }
}

/** A value inside lists, objects or components, up to 10,000 deep. */
function nested(dice: Dice, value: Json): Json {
  const kind = dice.of(['list', 'object', 'normalizers', 'pretokenizers', 'processors', 'decoders']);
  let result = value;
  for (let depth = dice.size(3.3); depth > 0; depth--)
    result = kind === 'list' ? [result] : kind === 'object' ? { a: result } : { type: 'Sequence', [kind]: [result] };
  return result;
}

function broken(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1);
  return (
    text.slice(0, at) +
    dice.of(['', '[', '{"a":', '"', '\\u', '\u0000', '1e999', ','.repeat(dice.size(4)), '['.repeat(dice.size(6))]) +
    text.slice(at + dice.size(2))
  );
}
