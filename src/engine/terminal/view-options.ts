import type { Analysis } from '../../core/attention/analysis.ts';
import { rowChoices } from '../../core/attention/row-names.ts';
import { pairFilters } from '../../core/attention/shown.ts';
import { hasSteps } from '../../core/attention/steps.ts';
import { plainOptions, type ViewOptions } from '../../core/attention/view.ts';
import type { TextFormat } from '../../core/export/format.ts';
import { choiceOption, wholeOption, wrong } from './command-line.ts';
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
export type ViewValues = {
  readonly [name in keyof typeof viewOptions]?:
    ((typeof viewOptions)[name]['type'] extends 'boolean' ? boolean : string) | undefined;
};

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
  const hidden = values.hide?.split(',').map((part) => part.trim()) ?? [];
  const unknown = hidden.find((part) => part !== 'special' && part !== 'punctuation');
  if (unknown !== undefined) throw wrong('--hide', says.oneOf(unknown, ['special', 'punctuation']));
  const cover = values.cover === undefined ? null : percentOf(values.cover);
  return {
    ...plainOptions,
    unit: values.words === true ? 'words' : 'tokens',
    headMerge: choiceOption('--combine-heads', values['combine-heads'], ['mean', 'max']) ?? 'mean',
    layerMerge: choiceOption('--combine-layers', values['combine-layers'], ['mean', 'max']),
    hideSpecial: hidden.includes('special'),
    hidePunctuation: hidden.includes('punctuation'),
    pairs: choiceOption('--pairs', values.pairs, pairFilters) ?? 'all',
    renormalise: values.renormalise === true,
    mass: cover === null || cover === 100 ? null : cover / 100,
    topK: wholeOption('--links', values.links, 1),
    step: wholeOption('--step', values.step),
    rows: choiceOption('--rows', values.rows, rowChoices) ?? 'both',
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

function percentOf(value: string): number {
  const percent = /^\d{1,9}(?:\.\d{1,6})?$/u.test(value) ? Number(value) : 0;
  if (percent <= 0 || percent > 100) throw wrong('--cover', words().details.options.percent(value));
  return percent;
}
