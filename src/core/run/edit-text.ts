import * as v from 'valibot';
import { mapNames, type MapName } from '../attention/map.ts';
import { issueText } from '../schema.ts';
import { words } from '../words/words.ts';
import { editKinds, editSchema, type Edit, type EditKind } from './edits.ts';

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
  replace: [],
  pattern: ['heads', 'row'],
};

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const index = /^\d{1,9}$/;

/**
 * Reads an edit as the command line writes it: `off 1.2`, `scale 1.2 0.5`, `ffn-off 3`, `block 1.2 6 2`,
 * `bias 1.2 6 2 +3`, `temperature 1.2 0.5`, `zero 2`, `replace 2 "[MASK]"`, `pattern 1.2 6 0.5 0.5 0`. A head is
 * `layer.head`, `*` for all; the name of a map and `/` may stand in front (`off cross/1.2`), `target/` before a token.
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
  const [, target, token = '', given = ''] = /^\s+(target\/)?(\d{1,9})\s+(\S[^]*?)\s*$/.exec(text) ?? [];
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
