import type { Analysis } from '../../core/attention/analysis.ts';
import type { Selection } from '../../core/attention/selection.ts';
import type { ViewState } from '../../core/attention/view.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { weightOf, type FileFormat } from '../../core/export/format.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import { weightInFocus } from '../../core/scene/pair.ts';
import type { ToldWeight } from '../../core/views/arithmetic/paper.ts';
import type { Work } from '../../protocol/contract.ts';
import type { Analyser } from '../run/analyser.ts';

/** An analysis that is exported, and what of it is in focus. */
interface Exported {
  readonly run: RunSpec;
  readonly analysis: Analysis;
  readonly selection: Selection;
  readonly view: ViewState;
}

/**
 * What a file tells of the weight in focus: how it is computed, and what its score is made of; null where it tells
 * nothing, or no weight is in focus. A page is whole without either, all other files throw what `explain` and `parts`
 * throw.
 */
export async function toldWeight(
  analyser: Analyser,
  format: FileFormat,
  { run, analysis, selection, view }: Exported,
  work: Work,
): Promise<ToldWeight | null> {
  const isPage = format === 'html';
  const wanted = isPage ? 'parts' : weightOf(format);
  const cell = wanted && weightInFocus(analysis, selection, view.options);
  if (!cell) return null;
  const given = <T>(answer: Promise<T>): Promise<T | null> => (isPage ? orNothing(answer) : answer);
  const told = await given(analyser.explain(run, analysis, cell, work));
  if (!told) return null;
  const parts = wanted === 'parts' ? await given(analyser.parts(run, analysis, cell, 'head', work)) : null;
  return { cell, told, ...(parts ? { parts } : {}) };
}

/** An answer, or null where there is none; a cancel stays one. */
async function orNothing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (reasonOf(thrown).code === 'cancelled') throw thrown;
    return null;
  }
}
