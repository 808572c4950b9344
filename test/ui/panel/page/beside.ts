import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import { infoOf } from '../../../../src/core/attention/map.ts';
import type { Side } from '../../../../src/core/compare/side.ts';
import { AttentionError } from '../../../../src/core/errors/reason.ts';
import type { Result } from '../../../../src/protocol/contract.ts';
import type { PanelHostContract } from '../../../../src/protocol/panel.ts';
import { analyses, type AnalysisName } from './analyses.ts';

/** A run beside the one that is shown. */
export type BesideRun = Result<PanelHostContract, 'compare'>;

/** The runs beside the one that is shown: the model or text of a side is the name of an analysis. */
export class Beside {
  readonly #runs = new Map<string, Analysis>();

  named(id: string): Analysis | undefined {
    return this.#runs.get(id);
  }

  /** `origin` is the name of the run that is shown without its edits. */
  of(analysis: string, main: Analysis | null, side: Side, origin: string = analysis): BesideRun {
    const name = side.model ?? side.text ?? (side.unedited ? origin : analysis);
    const found = name === analysis ? main : analyses[name as AnalysisName]?.();
    if (!found) throw new AttentionError({ code: 'model-not-found', model: name });
    this.#runs.set(name, found);
    return { analysis: name, info: { ...found, maps: found.maps.map(infoOf) }, leftOut: [] };
  }
}
