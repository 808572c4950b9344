import * as v from 'valibot';
import { mapNames, type MapName } from '../attention/map.ts';
import { indexSchema, issueText, type Data } from '../schema.ts';
import { words } from '../words/words.ts';

/** More edits than this are no experiment; the rows of a pattern are an edit each. */
export const maxEdits = 1024;
/** Weights of a row that is set by hand, and characters of the name of a token. */
const maxRow = 4096;
const maxName = 500;
/** Factors and biases up to this are told apart in 16-bit floats beside scores and masks. */
const maxAmount = 10_000;
/** Temperatures between which masks stay masks: a mask of −10,000 still hides a key at 100. */
export const temperatures = { least: 0.01, most: 100 } as const;
/** How far above 1 the weights of a row may sum, for rounding. */
const tolerance = 1e-3;

/** The map that an edit is of; the first map of the run where it is left out. */
const map = v.exactOptional(v.picklist(mapNames));
/** A layer by its number in the model, null for all of the map; and a head of it, null for all. */
const layer = v.nullable(indexSchema);
const heads = { map, layer, head: v.nullable(indexSchema) };

const amount = v.pipe(
  v.number(),
  v.check(
    (value) => Math.abs(value) <= maxAmount,
    () => words().edits.amount(maxAmount),
  ),
);

/** What an edit does. */
export type EditKind = (typeof editKinds)[number];
export const editKinds = [
  'off',
  'scale',
  'ffn-off',
  'block',
  'bias',
  'temperature',
  'zero',
  'mean',
  'replace',
  'pattern',
] as const;

/**
 * A change of a run, in the order of the computation.
 *
 * - `replace`: another token of the vocabulary (its name, or characters that are one token) in place of token `token`
 *   of the source, or of the target of an encoder-decoder.
 * - `temperature`: the scores of heads divided by a number, before the softmax.
 * - `bias`: a number added to the score of a query and a key, `block`: that key hidden from that query; the rest of the
 *   row is renormalised by the softmax.
 * - `zero`: the values of token `key` are received by no query of a map, without renormalising.
 * - `mean`: in place of the values of token `key` each query receives the mean of the values of this run of all tokens
 *   that it can see without edits, that token among them, head by head: in an encoder of all tokens, in a decoder of
 *   those up to the query, in a window or chunk of those within. A window or selection that a run chooses by itself
 *   (Luong's local attention, sparse attention) is not regarded. Values withheld by `zero` count as zeros.
 * - `pattern`: the weights of a query in heads, one for each key, set by hand or taken from another run; they need not
 *   sum to 1, but to no more.
 * - `off`, `scale`: what heads hand over multiplied by 0 or by a factor; their weights stay as they are.
 * - `ffn-off`: the feed-forward part of layers adds nothing.
 */
export type Edit = Data<typeof editSchema>;

/** The schema of an {@link Edit}. */
export const editSchema = v.variant('kind', [
  v.object({ kind: v.literal('off'), ...heads }),
  v.object({ kind: v.literal('scale'), ...heads, factor: amount }),
  v.object({ kind: v.literal('ffn-off'), map, layer }),
  v.object({ kind: v.literal('block'), ...heads, query: indexSchema, key: indexSchema }),
  v.object({ kind: v.literal('bias'), ...heads, query: indexSchema, key: indexSchema, value: amount }),
  v.object({
    kind: v.literal('temperature'),
    ...heads,
    value: v.pipe(
      v.number(),
      v.check(
        (value) => value >= temperatures.least && value <= temperatures.most,
        () => words().edits.temperature(temperatures.least, temperatures.most),
      ),
    ),
  }),
  v.object({ kind: v.literal('zero'), map, key: indexSchema }),
  v.object({ kind: v.literal('mean'), map, key: indexSchema }),
  v.object({
    kind: v.literal('replace'),
    side: v.picklist(['source', 'target']),
    token: indexSchema,
    by: v.pipe(
      v.string(),
      v.check(
        (name) => name !== '' && name.length <= maxName,
        () => words().edits.name(maxName),
      ),
    ),
  }),
  v.object({
    kind: v.literal('pattern'),
    ...heads,
    query: indexSchema,
    weights: v.pipe(
      v.array(v.number()),
      v.check(
        (weights) => weights.length > 0 && weights.length <= maxRow,
        () => words().edits.length(maxRow),
      ),
      v.check(
        (weights) => weights.every((weight) => weight >= 0 && weight <= 1),
        () => words().edits.weight,
      ),
      v.check(
        (weights) => weights.reduce((sum, weight) => sum + weight, 0) <= 1 + tolerance,
        () => words().edits.row,
      ),
    ),
  }),
]);

/** The schema of the edits of a run, in the order in which they are made. */
export const editsSchema = v.pipe(
  v.array(editSchema),
  v.maxLength(maxEdits, () => words().edits.many(maxEdits)),
);

/** An edit of one kind. */
export type EditOf<K extends EditKind> = Extract<Edit, { readonly kind: K }>;

/** What a text says: an edit, or why it says none (a phrase). */
export type ReadEdit = { readonly edit: Edit } | { readonly problem: string };

/** What stands after the name of an edit. */
type Operand = 'heads' | 'layer' | 'cell' | 'factor' | 'value' | 'key' | 'row';

/** The operands of each edit, in order; those of `replace` are read by themselves. */
const forms: Readonly<Record<EditKind, readonly Operand[]>> = {
  off: ['heads'],
  scale: ['heads', 'factor'],
  'ffn-off': ['layer'],
  block: ['heads', 'cell'],
  bias: ['heads', 'cell', 'value'],
  temperature: ['heads', 'value'],
  zero: ['key'],
  mean: ['key'],
  replace: [],
  pattern: ['heads', 'row'],
};

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const index = /^\d{1,15}$/;

/**
 * Reads an edit as the command line writes it: `off 1.2`, `scale 1.2 0.5`, `ffn-off 3`, `block 1.2 6 2`,
 * `bias 1.2 6 2 +3`, `temperature 1.2 0.5`, `zero 2`, `mean 2`, `replace 2 "[MASK]"`, `pattern 1.2 6 0.5 0.5 0`. A
 * head is `layer.head`, `*` for all; the name of a map and `/` may stand in front (`off cross/1.2`), `target/` before
 * a token.
 */
export function readEdit(text: string): ReadEdit {
  const says = words().edits;
  const [, name = '', rest = ''] = /^\s*(\S+)([^]*)$/.exec(text) ?? [];
  const kind = editKinds.find((each) => each === name);
  if (kind === undefined) return { problem: says.unknown(name, editKinds) };
  const fields = kind === 'replace' ? tokenFields(rest) : fieldsOf(forms[kind], rest.split(/\s+/).filter(Boolean));
  if (fields === null) return { problem: says.form(kind) };
  const parsed = v.safeParse(editSchema, { kind, ...fields });
  return parsed.success ? { edit: parsed.output } : { problem: issueText(parsed.issues[0]) };
}

/** An edit as {@link readEdit} reads it. */
export function editText(edit: Edit): string {
  return [edit.kind, ...wordsOf(edit)].join(' ');
}

/** What stands after the name of an edit. */
function wordsOf(edit: Edit): readonly (string | number)[] {
  const at = 'map' in edit ? `${edit.map}/` : '';
  const place = 'head' in edit ? `${at}${edit.layer ?? '*'}.${edit.head ?? '*'}` : '';
  switch (edit.kind) {
    case 'off':
      return [place];
    case 'scale':
      return [place, edit.factor];
    case 'ffn-off':
      return [`${at}${edit.layer ?? '*'}`];
    case 'block':
      return [place, edit.query, edit.key];
    case 'bias':
      return [place, edit.query, edit.key, `${edit.value < 0 ? '' : '+'}${edit.value}`];
    case 'temperature':
      return [place, edit.value];
    case 'zero':
    case 'mean':
      return [`${at}${edit.key}`];
    case 'replace':
      return [`${edit.side === 'target' ? 'target/' : ''}${edit.token}`, JSON.stringify(edit.by)];
    case 'pattern':
      return [place, edit.query, ...edit.weights];
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields that words say; null where there are too few, too many, or others than the form has. */
function fieldsOf(form: readonly Operand[], given: readonly string[]): Fields | null {
  let fields: Fields = {};
  let at = 0;
  for (const operand of form) {
    const [read, taken] = operandOf(operand, given.slice(at));
    if (read === null) return null;
    fields = { ...fields, ...read };
    at += taken;
  }
  return at === given.length ? fields : null;
}

/** What the first of some words say, and how many of them were read. */
function operandOf(operand: Operand, given: readonly string[]): [Fields | null, number] {
  const [first = '', second = ''] = given;
  switch (operand) {
    case 'heads':
      return [headsOf(first), 1];
    case 'layer': {
      const [map, layer] = mapped(first);
      const number = map && numberOrAll(layer);
      return [number ? { ...map, layer: number.is } : null, 1];
    }
    case 'key': {
      const [map, key] = mapped(first);
      return [map && index.test(key) ? { ...map, key: Number(key) } : null, 1];
    }
    case 'cell':
      return [index.test(first) && index.test(second) ? { query: Number(first), key: Number(second) } : null, 2];
    case 'factor':
    case 'value':
      // Without a sign: −0 is 0.
      return [decimal.test(first) ? { [operand]: Number(first) + 0 } : null, 1];
    case 'row': {
      const weights = given.slice(1);
      const isRow = index.test(first) && weights.length > 0 && weights.every((weight) => decimal.test(weight));
      return [isRow ? { query: Number(first), weights: weights.map((each) => Number(each) + 0) } : null, given.length];
    }
  }
}

function headsOf(text: string): Fields | null {
  const [map, place] = mapped(text);
  const [layerText = '', headText = '', ...more] = place.split('.');
  const [layer, head] = [numberOrAll(layerText), numberOrAll(headText)];
  return map && layer && head && more.length === 0 ? { ...map, layer: layer.is, head: head.is } : null;
}

function numberOrAll(text: string): { readonly is: number | null } | null {
  if (text === '*') return { is: null };
  return index.test(text) ? { is: Number(text) } : null;
}

/** A place and the map in front of it; null in place of a map that there is not. */
function mapped(text: string): [{ readonly map?: MapName } | null, string] {
  const slash = text.indexOf('/');
  if (slash < 0) return [{}, text];
  const map = mapNames.find((name) => name === text.slice(0, slash));
  return [map === undefined ? null : { map }, text.slice(slash + 1)];
}

/** `2 "[MASK]"`, `target/2 cat`: a place, and a token as a JSON string or as it is. */
function tokenFields(text: string): Fields | null {
  const [, target, token = '', given = ''] = /^\s+(target\/)?(\d{1,15})\s+(\S[^]*?)\s*$/.exec(text) ?? [];
  const by = given.startsWith('"') ? unquoted(given) : /\s/.test(given) ? null : given;
  return token === '' || by === null ? null : { side: target ? 'target' : 'source', token: Number(token), by };
}

function unquoted(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
