import { partNames } from './english/part-names.ts';
import { arithmetic } from './english/arithmetic.ts';
import { check } from './english/check.ts';
import { compare } from './english/compare.ts';
import { details } from './english/details.ts';
import { edits } from './english/edits.ts';
import { effects } from './english/effects.ts';
import { errors, limits, processEnd } from './english/errors.ts';
import { experiment } from './english/experiment.ts';
import { explanation } from './english/explanation.ts';
import { formats, page, pictures, table } from './english/exports.ts';
import { filters } from './english/filters.ts';
import { layers, metrics, names, opening, relations, roles, sinks } from './english/heads.ts';
import { announcements, focus, inspector, predictions } from './english/inspector.ts';
import { glossary } from './english/glossary.ts';
import { lesson } from './english/lesson.ts';
import { layerParts } from './english/layer-parts.ts';
import { models } from './english/models.ts';
import { log, notes, reading, recurrentNotes, stages } from './english/notes.ts';
import { filterMenu, foot, help, notices, sentence, toolbar } from './english/panel.ts';
import { plain } from './english/plain.ts';
import { plane } from './english/plane.ts';
import { probe } from './english/probe.ts';
import { scoreParts } from './english/score-parts.ts';
import { terminal } from './english/terminal.ts';
import { counts, texts } from './english/texts.ts';
import { views } from './english/views.ts';
import { written } from './english/written.ts';

/** All that is said, in English, by area. */
export const english = {
  /** The tag of the language, for documents that name theirs. */
  tag: 'en',
  errors,
  details,
  edits,
  effects,
  glossary,
  plain,
  lesson,
  experiment,
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
  layerParts,
  partNames,
  scoreParts,
  arithmetic,
  compare,
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
  written,
  views,
  terminal,
  check,
};
