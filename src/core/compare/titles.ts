import { excerptOf } from '../document/excerpt.ts';
import type { Frame } from '../scene/frame.ts';
import { spokenName, spokenTitle } from '../scene/names.ts';
import { words } from '../words/words.ts';
import type { Side } from './side.ts';

/** What a picture is called, and a line below its name. */
export interface PaneTitle {
  readonly title: string;
  readonly place: string;
}

/** A run that is named among those that it is compared with. */
export interface Named {
  readonly frame: Frame;
  /** Null for the first run. */
  readonly side: Side | null;
}

/**
 * What runs are called beside each other: by what of them differs (model, text, edits), and by their heads where it is
 * nothing else.
 */
export function titlesOf(runs: readonly Named[]): readonly PaneTitle[] {
  const says = words().compare;
  const differs = (of: (frame: Frame) => string): boolean => new Set(runs.map(({ frame }) => of(frame))).size > 1;
  const hasModels = differs(({ info }) => info.model.id);
  const hasTexts = differs(({ info }) => JSON.stringify(textsOf(info)));
  const hasEdits = runs.some(({ side }) => side?.unedited);
  return runs.map(({ frame }) => {
    const { info } = frame;
    const model = nameOf(info.model.id);
    const text = excerptOf(textsOf(info).join(' | '));
    const own = hasModels ? (hasTexts ? says.modelOn(model, text) : model) : hasTexts ? says.text(text) : null;
    const edits = hasEdits ? (info.edits ? says.withEdits : says.withoutEdits) : null;
    const title = [own, edits].filter((part) => part !== null).join(', ');
    return title === '' ? { title: spokenTitle(frame), place: '' } : { title, place: placeOf(frame) };
  });
}

/** What a side is called whose run is not here. */
export function sideName({ model, text, unedited, at }: Side): string {
  const says = words().compare;
  const name = model === undefined ? null : nameOf(model);
  const excerpt = text === undefined ? null : excerptOf(text);
  if (excerpt !== null) return name === null ? says.text(excerpt) : says.modelOn(name, excerpt);
  if (name !== null) return name;
  if (unedited) return says.withoutEdits;
  return at && at.head !== null ? says.headOf(at.head) : says.anotherHead.name;
}

/** The last part of the path of a folder, or a name as it is. */
function nameOf(model: string): string {
  return model.split(/[\\/]/u).findLast((part) => part !== '') ?? model;
}

/** The texts that are given: what a model writes of itself is no text of its own. */
function textsOf({ sequences: [first] }: Frame['info']): readonly string[] {
  return first ? [first.text, ...(first.pair === undefined ? [] : [first.pair])] : [];
}

/** Layer and head, or the score that a recurrent network computes. */
function placeOf(frame: Frame): string {
  const { scoring } = frame.map;
  return scoring ? words().explanation.formulas[scoring] : spokenName(frame);
}
