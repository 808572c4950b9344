import type { Words } from './words.ts';
import { arithmetic } from './german/arithmetic.ts';
import { check } from './german/check.ts';
import { details } from './german/details.ts';
import { edits } from './german/edits.ts';
import { errors, limits, processEnd } from './german/errors.ts';
import { effects } from './german/effects.ts';
import { experiment } from './german/experiment.ts';
import { glossary } from './german/glossary.ts';
import { layerParts } from './german/layer-parts.ts';
import { lesson } from './german/lesson.ts';
import { scoreParts } from './german/score-parts.ts';
import { written } from './german/written.ts';
import { compare } from './german/compare.ts';
import { explanation } from './german/explanation.ts';
import { formats, page, pictures, table } from './german/exports.ts';
import { filters } from './german/filters.ts';
import { layers, metrics, names, opening, relations, roles, sinks } from './german/heads.ts';
import { announcements, focus, inspector, predictions } from './german/inspector.ts';
import { models } from './german/models.ts';
import { log, notes, reading, recurrentNotes, stages } from './german/notes.ts';
import { filterMenu, foot, help, notices, sentence, toolbar } from './german/panel.ts';
import { partNames } from './german/part-names.ts';
import { plain } from './german/plain.ts';
import { plane } from './german/plane.ts';
import { probe } from './german/probe.ts';
import { terminal } from './german/terminal.ts';
import { counts, texts } from './german/texts.ts';
import { views } from './german/views.ts';

/**
 * All that is said, in German, by area. Numbers are written as in English, with a decimal point, since they are
 * compared with those of files and code; a narrow space separates thousands.
 */
export const german: Words = {
  tag: 'de',
  errors,
  details,
  edits,
  models,
  notes,
  recurrentNotes,
  stages,
  log,
  limits,
  processEnd,
  names,
  layers,
  roles,
  relations,
  plain,
  plane,
  probe,
  sinks,
  opening,
  metrics,
  filters,
  counts,
  texts,
  reading,
  formats,
  pictures,
  table,
  explanation,
  compare,
  written,
  scoreParts,
  lesson,
  layerParts,
  glossary,
  experiment,
  effects,
  partNames,
  arithmetic,
  page,
  toolbar,
  filterMenu,
  notices,
  help,
  foot,
  sentence,
  announcements,
  focus,
  inspector,
  predictions,
  views,
  terminal,
  check,
};
