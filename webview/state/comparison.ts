import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { Comparisons, type Comparison } from '../../src/core/compare/comparison.ts';
import { sideSelection } from '../../src/core/compare/place.ts';
import type { Side } from '../../src/core/compare/side.ts';
import { AttentionError, type Reason } from '../../src/core/errors/reason.ts';
import { keyOf } from '../../src/core/run/cache.ts';
import { Last } from '../../src/core/scene/last.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import { FrameSource } from './frame-source.ts';
import { isSound, type Frame } from './frame.ts';
import { Waiting } from './waiting.ts';

/** What is known of a side. */
export interface SideState {
  readonly side: Side;
  /** Null until its run is here. */
  readonly info: AnalysisInfo | null;
  readonly frame: Frame | null;
  /** What of the texts its model does not take. */
  readonly leftOut: readonly string[];
  /** How far its run is; null while nothing runs. */
  readonly progress: Progress | null;
  /** Why there is no run. */
  readonly failure: Reason | null;
}

/** What the compare view shows. */
export interface ComparisonState {
  readonly sides: readonly SideState[];
  /** Null where the filters hide everything. */
  readonly comparison: Comparison<Frame> | null;
}

/** Of what a side is asked for. */
interface Wanted {
  readonly main: Frame;
  readonly view: ViewState;
  readonly measurements: number;
}

/** The runs beside the one that is shown, each asked for when the view shows it, with the weights of one layer each. */
export class ComparisonSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  readonly #comparisons = new Comparisons<Frame>();
  readonly #last = new Last<ComparisonState>();
  #sides: SideSource[] = [];

  /** `changed` is called when something is known that was not. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#peer = peer;
    this.#changed = changed;
  }

  /** What is known of the sides of a frame in tokens; asks for what is not here or on its way. */
  of(main: Frame, view: ViewState, measurements: number): ComparisonState {
    for (const source of this.#sides.splice(view.compare.length)) source.close();
    const sides = view.compare.map((side, at) => {
      const source = (this.#sides[at] ??= new SideSource(this.#peer, this.#changed));
      return source.of(side, { main, view, measurements });
    });
    const frames = sides.map(({ frame }) => frame);
    const comparison = this.#comparisons.of(main, frames, view.options);
    return this.#last.of([comparison, ...sides.flatMap(partsOf)], () => ({ sides, comparison }));
  }

  /** Asks for a side once more. */
  again(at: number): void {
    this.#sides[at]?.again();
  }

  /** Waits for a side no longer. */
  cancel(at: number): void {
    this.#sides[at]?.cancel();
  }

  /** Asks nothing any more, and forgets what it knows: the view is not shown. */
  close(): void {
    for (const source of this.#sides.splice(0)) source.close();
  }
}

/** What tells two states of a side apart. */
function partsOf({ side, info, frame, progress, failure }: SideState): readonly unknown[] {
  return [side, info, frame, progress, failure];
}

/** One side: its run, and the frame of its layer. */
class SideSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  readonly #frames: FrameSource;
  readonly #waiting: Waiting;
  #key = '';
  #wanted: (Wanted & { readonly side: Side }) | null = null;
  #run: { readonly analysis: string; readonly info: AnalysisInfo; readonly leftOut: readonly string[] } | null = null;
  #isPlaced = false;
  /** Of what the frame was made last. */
  #shown = '';

  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#peer = peer;
    this.#changed = changed;
    this.#waiting = new Waiting(changed);
    this.#frames = new FrameSource(peer, {
      wanted: () => this.#place(),
      loaded: changed,
      failed: (thrown) => this.#waiting.fail(thrown),
    });
  }

  of(side: Side, wanted: Wanted): SideState {
    const { at: _, ...run } = side;
    const key = keyOf({ analysis: wanted.main.analysis, run });
    this.#wanted = { ...wanted, side };
    if (key !== this.#key) {
      this.#key = key;
      this.#forget();
      void this.#ask();
    }
    this.#show();
    const { frame } = this.#frames;
    const isOwn = frame !== null && frame.analysis === this.#run?.analysis;
    const place = this.#place();
    // Where to look first is known with the first weights, which may be of another layer.
    this.#isPlaced ||= isOwn && place !== null && this.#frames.isOf(place);
    const isHere = isOwn && this.#isPlaced;
    return {
      side,
      info: this.#run?.info ?? null,
      frame: isHere ? frame : null,
      leftOut: this.#run?.leftOut ?? [],
      progress: this.#waiting.progress,
      failure: this.#waiting.failure,
    };
  }

  again(): void {
    this.#forget();
    void this.#ask();
    this.#changed();
  }

  cancel(): void {
    this.#waiting.cancel();
  }

  close(): void {
    this.#forget();
    this.#key = '';
  }

  #forget(): void {
    this.#waiting.stop();
    this.#run = null;
    this.#isPlaced = false;
    this.#shown = '';
    this.#frames.clear();
  }

  /** Where the side is looked at: what its heads do is known only with its first frame. */
  #place(): { readonly selection: Frame['selection']; readonly view: ViewState } | null {
    const [wanted, run] = [this.#wanted, this.#run];
    if (!wanted || !run) return null;
    const { main, view, side } = wanted;
    const known = this.#frames.frame;
    const summaries = known?.analysis === run.analysis ? known.summaries : null;
    const selection = sideSelection(main.selection, main, side, { info: run.info, summaries });
    return { selection, view };
  }

  /** Has the frame made, once for every place: the same frame is the same picture. */
  #show(): void {
    const place = this.#place();
    const [wanted, run] = [this.#wanted, this.#run];
    if (!place || !run || !wanted || this.#waiting.failure) return;
    const { headMerge, layerMerge } = place.view.options;
    const { measurements } = wanted;
    const key = keyOf({ selection: place.selection, headMerge, layerMerge, measurements });
    if (key === this.#shown) return;
    this.#shown = key;
    this.#frames.show({ ...run, origin: run.analysis, measurements }, place);
  }

  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    const { at: _, ...side } = wanted.side;
    await this.#waiting.ask(
      (options) => this.#peer.ask('compare', { analysis: wanted.main.analysis, side }, options),
      (run) => {
        if (!isSound(run.info)) throw new AttentionError({ code: 'message-invalid', detail: run.info.model.id });
        this.#run = run;
      },
    );
  }
}
