import type { Analysis } from '../../core/attention/analysis.ts';
import { rowChoices } from '../../core/attention/row-names.ts';
import { pairFilters } from '../../core/attention/shown.ts';
import { hasSteps } from '../../core/attention/steps.ts';
import { plainOptions, type ViewOptions } from '../../core/attention/view.ts';
import type { TextFormat } from '../../core/export/format.ts';
import { wrong } from './command-line.ts';
import { words } from '../../core/words/words.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/**
 * The options of what is shown of the weights: those of the panel, but for a direction, which needs a token in focus.
 */
export const viewOptions = {
  words: flag,
  'combine-heads': text,
  'combine-layers': text,
  hide: text,
  pairs: text,
  renormalise: flag,
  cover: text,
  links: text,
  step: text,
  rows: text,
} as const;

/** The values of {@link viewOptions} on a command line. */
export type ViewValues = { readonly [name in keyof typeof viewOptions]?: string | boolean | undefined };

/** Formats that hold all weights as the model gave them. */
const wholeFormats: readonly TextFormat[] = ['json', 'npz', 'html'];

/**
 * What a command line wants shown, of one `layer` or of all. Throws `argument-invalid`, also of a format that holds all
 * weights.
 */
export function viewOptionsOf(values: ViewValues, format: TextFormat, layer: number | null): ViewOptions {
  const says = words().details.options;
  const given = Object.keys(viewOptions).filter((name) => values[name as keyof ViewValues] !== undefined);
  const [first] = given;
  if (first !== undefined && wholeFormats.includes(format)) {
    throw wrong(`--${first}`, says.unfiltered(format));
  }
  if (values['combine-layers'] !== undefined && layer !== null) throw wrong('--combine-layers', says.oneLayer);
  const hidden = typeof values.hide === 'string' ? values.hide.split(',').map((part) => part.trim()) : [];
  const unknown = hidden.find((part) => part !== 'special' && part !== 'punctuation');
  if (unknown !== undefined) throw wrong('--hide', says.oneOf(unknown, ['special', 'punctuation']));
  const cover = numberOf('cover', values, says.percent);
  if (cover !== null && (cover <= 0 || cover > 100)) throw wrong('--cover', says.percent(String(cover)));
  const links = numberOf('links', values, says.count);
  if (links !== null && (!Number.isInteger(links) || links < 1)) throw wrong('--links', says.count(String(links)));
  const step = numberOf('step', values, says.index);
  if (step !== null && !Number.isInteger(step)) throw wrong('--step', says.index(String(step)));
  return {
    ...plainOptions,
    unit: values.words === true ? 'words' : 'tokens',
    headMerge: choiceOf('combine-heads', values, ['mean', 'max']) ?? 'mean',
    layerMerge: choiceOf('combine-layers', values, ['mean', 'max']),
    hideSpecial: hidden.includes('special'),
    hidePunctuation: hidden.includes('punctuation'),
    pairs: choiceOf('pairs', values, pairFilters) ?? 'all',
    renormalise: values.renormalise === true,
    mass: cover === null || cover === 100 ? null : cover / 100,
    topK: links,
    step,
    rows: choiceOf('rows', values, rowChoices) ?? 'both',
  };
}

/** Refuses what cannot be shown of an analysis: steps and pairs that it does not have. Throws `argument-invalid`. */
export function checkView({ maps, sequences }: Analysis, { step, pairs }: ViewOptions): void {
  const says = words().details.options;
  if (pairs !== 'all' && sequences.every(({ pair }) => pair === undefined)) throw wrong('--pairs', says.noPair);
  if (step === null) return;
  const stepped = maps.filter(hasSteps);
  if (stepped.length === 0) throw wrong('--step', says.noSteps);
  for (const { name, shape } of stepped) if (step >= shape[2]) throw wrong('--step', says.step(step, name, shape[2]));
}

function choiceOf<T extends string>(name: keyof ViewValues, values: ViewValues, choices: readonly T[]): T | null {
  const value = values[name];
  if (value === undefined) return null;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw wrong(`--${name}`, words().details.options.oneOf(String(value), choices));
  return found;
}

function numberOf(name: keyof ViewValues, values: ViewValues, refusal: (value: string) => string): number | null {
  const value = values[name];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !/^\d{1,9}(?:\.\d{1,6})?$/u.test(value))
    throw wrong(`--${name}`, refusal(String(value)));
  return Number(value);
}
