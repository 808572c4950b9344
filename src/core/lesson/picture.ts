import * as v from 'valibot';
import { kindOfModelName } from '../catalogue/model-name.ts';
import { mergeSchema } from '../attention/merge.ts';
import { directions, type ViewOptions } from '../attention/view.ts';
import { editsSchema, readEdit, type Edit } from '../run/edits.ts';
import { runSpecSchema, type RunSpec } from '../run/run-spec.ts';
import { views, type ViewName } from '../views/table.ts';
import { words } from '../words/words.ts';
import type { Span } from '../document/tracked-range.ts';
import type { Entry } from './blocks.ts';
import { headPlaceOf, wordPlaceOf, type Fields, type HeadPlace, type WordPlace } from './fields.ts';

/** The model that reads where a fence names none. */
export const usualModel = 'masked-lm-small';

/** What a fence wants run. */
export interface LessonRun {
  readonly run: RunSpec;
  /** Where the texts stand: a line, and the characters of it. */
  readonly places: Readonly<Partial<Record<'text' | 'pair' | 'target', LinePlace>>>;
}

/** Characters [start, end) of a line. */
export interface LinePlace extends Span {
  readonly line: number;
}

/** Where a fence wants the reader to look. */
export interface LessonFocus {
  readonly head: HeadPlace | null;
  readonly token: WordPlace | null;
  readonly key: WordPlace | null;
}

/** An `attention` fence: a run, and what of it is shown. */
export interface Picture extends LessonRun, LessonFocus {
  readonly view: ViewName;
  readonly options: Partial<ViewOptions>;
  readonly title: string | null;
}

/**
 * The model that a fence names: one that ships or one of the hub. A folder would be another one on each machine, and a
 * file that is only looked at may not choose one. The usual one where none is named.
 */
export function modelIn(fields: Fields): string {
  const known = (name: string): string | null => {
    const kind = kindOfModelName(name);
    return kind === 'built-in' || kind === 'hub' ? name : null;
  };
  return fields.read('model', known, words().lesson.model) ?? usualModel;
}

/** Reads the run of a fence; null where it has no text, which `required` makes a problem. */
export function runIn(fields: Fields, start: Entry, required: boolean): LessonRun | null {
  const says = words().lesson;
  const entries = { text: fields.entry('text'), pair: fields.entry('second'), target: fields.entry('target') };
  const model = modelIn(fields);
  const count = fields.read('continue', (value) => (/^\d{1,4}$/u.test(value) ? Number(value) : null), says.count);
  const edits = editsIn(fields);
  if (entries.text === null || entries.text.value === '') {
    if (required) fields.wrong(entries.text ?? start, says.noText);
    return null;
  }
  const run = fields.parsed(entries.text, runSpecSchema, {
    model,
    text: entries.text.value,
    ...(entries.pair ? { pair: entries.pair.value } : {}),
    ...(entries.target ? { target: entries.target.value } : {}),
    ...(count === null ? {} : { continue: { tokens: count } }),
    ...(edits.length === 0 ? {} : { edits }),
  });
  if (!run) return null;
  const placed = Object.entries(entries).flatMap(([name, entry]) =>
    entry ? [[name, { line: entry.line, start: entry.start, end: entry.end }] as const] : [],
  );
  return { run, places: Object.fromEntries(placed) };
}

/** Reads where a fence wants the reader to look. */
export function focusIn(fields: Fields): LessonFocus {
  const says = words().lesson;
  return {
    head: fields.read('head', headPlaceOf, says.head),
    token: fields.read('token', wordPlaceOf, says.word),
    key: fields.read('key', wordPlaceOf, says.word),
  };
}

/** Reads an `attention` fence; null where it says nothing to run. */
export function pictureOf(fields: Fields, start: Entry): Picture | null {
  const run = runIn(fields, start, true);
  const focus = focusIn(fields);
  const view = fields.choice('view', views) ?? 'heads';
  const options = optionsIn(fields);
  const title = fields.text('title');
  return run && { ...run, ...focus, view, options, title };
}

function editsIn(fields: Fields): readonly Edit[] {
  const entries = fields.all('edit');
  const edits = entries.flatMap((entry) => {
    const read = readEdit(entry.value);
    if ('edit' in read) return [read.edit];
    fields.wrong(entry, words().lesson.value(read.problem));
    return [];
  });
  return fields.parsed(entries.at(-1) ?? null, editsSchema, edits) ?? [];
}

function optionsIn(fields: Fields): Partial<ViewOptions> {
  const merges = mergeSchema.options;
  const isWords = fields.choice('words', ['yes', 'no']);
  const hidden = fields.read('hide', hiddenOf, words().lesson.hide);
  const headMerge = fields.choice('combine-heads', merges);
  const layerMerge = fields.choice('combine-layers', merges);
  const direction = fields.choice('direction', directions);
  const step = fields.read('step', (value) => (/^\d{1,6}$/u.test(value) ? Number(value) : null), words().lesson.count);
  return {
    ...(isWords === null ? {} : { unit: isWords === 'yes' ? ('words' as const) : ('tokens' as const) }),
    ...(hidden === null ? {} : hidden),
    ...(headMerge === null ? {} : { headMerge }),
    ...(layerMerge === null ? {} : { layerMerge }),
    ...(direction === null ? {} : { direction }),
    ...(step === null ? {} : { step }),
  };
}

function hiddenOf(value: string): Pick<ViewOptions, 'hideSpecial' | 'hidePunctuation'> | null {
  const parts = value.split(',').map((part) => part.trim());
  const known = v.safeParse(v.array(v.picklist(['special', 'punctuation'])), parts);
  if (!known.success) return null;
  return { hideSpecial: parts.includes('special'), hidePunctuation: parts.includes('punctuation') };
}
