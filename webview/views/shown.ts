import { html, type TemplateResult } from 'lit';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Thumbnails } from '../../src/core/views/model/thumbnails.ts';
import type { Acting } from '../act.ts';
import type { EffectsState } from '../state/effects-source.ts';
import type { Pull } from '../experiment/pull.ts';
import type { Focus } from '../state/focus.ts';
import type { WeightSources } from '../state/weight-sources.ts';
import type { ComparisonState } from '../state/comparison.ts';
import type { Picture } from '../state/frame.ts';
import type { ScrollState } from '../../src/protocol/layout.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import type { ViewName } from '../../src/core/views/table.ts';
import { HeadView } from './heads/element.ts';
import { ArithmeticView } from './arithmetic/element.ts';
import { CompareView } from './compare/element.ts';
import { LayerView } from './layers/element.ts';
import { MatrixView } from './matrix/element.ts';
import { PartsView } from './parts/element.ts';
import { ModelView } from './model/element.ts';

/** The element of every view; its tag is `ta-` and the view's name. */
export const viewElements = {
  heads: HeadView,
  model: ModelView,
  matrix: MatrixView,
  layers: LayerView,
  arithmetic: ArithmeticView,
  parts: PartsView,
  compare: CompareView,
} as const satisfies Readonly<Record<ViewName, CustomElementConstructor>>;

/** What every view gets from the panel. */
export interface ViewScene {
  readonly frame: Picture;
  readonly focused: Focus | null;
  readonly palette: Palette;
  readonly act: Acting;
  /** Takes what is asked for in tokens. */
  readonly actInTokens: Acting;
  readonly view: ViewState;
  /** The small pictures of all heads, for the view that shows them; null until they are here. */
  readonly thumbnails: Thumbnails | null;
  /** What is asked of the one weight in focus, where a view shows it. */
  readonly ofWeight: WeightSources;
  /** What is known of the effect of every head. */
  readonly effects: EffectsState;
  /** How cells of the matrix are dragged. */
  readonly pull: Pull;
  /** Of the view that compares runs: what is known of those beside the one that is shown. */
  readonly compared: () => ComparisonState;
  /** From where to look at it at first. */
  readonly scrollState: ScrollState;
}

/** The element of the view that is shown; the others are not in the document. */
export function shownView(scene: ViewScene): TemplateResult {
  const { frame, focused, palette, act, view, thumbnails, effects, scrollState, ofWeight } = scene;
  ofWeight.showing(view.view);
  switch (view.view) {
    case 'model':
      return html`
      <ta-model
        class="view" .frame=${frame} .focused=${focused} .thumbnails=${thumbnails} .palette=${palette} .act=${act} .view=${view}
        .effects=${effects} .scrollState=${scrollState}
      ></ta-model>`;
    case 'layers':
      return html`
      <ta-layers class="view" .frame=${frame} .effects=${effects} .palette=${palette} .act=${act} .view=${view}
        .scrollState=${scrollState}></ta-layers>`;
    case 'heads':
      return html`
      <ta-heads class="view" .frame=${frame} .focused=${focused} .palette=${palette} .act=${act} .view=${view}
        .scrollState=${scrollState}></ta-heads>`;
    case 'matrix':
      return html`
      <ta-matrix class="view" .frame=${frame} .focused=${focused} .palette=${palette} .act=${act} .pull=${scene.pull}
        .scrollState=${scrollState}></ta-matrix>`;
    case 'arithmetic':
      return html`
      <ta-arithmetic class="view" .frame=${frame} .weight=${ofWeight.weights.inFocus(frame.source)} .palette=${palette} .act=${scene.actInTokens}
        .view=${view} .scrollState=${scrollState} .named=${ofWeight.symbols.named} .point=${ofWeight.symbols.tell}></ta-arithmetic>`;
    case 'parts':
      return html`
      <ta-parts class="view" .frame=${frame} .weight=${ofWeight.parts.inFocus(frame.source)} .palette=${palette} .act=${scene.actInTokens}
        .view=${view} .scrollState=${scrollState}></ta-parts>`;
    case 'compare':
      return html`
      <ta-compare class="view" .frame=${frame} .focused=${focused} .compared=${scene.compared()} .palette=${palette}
        .act=${scene.actInTokens} .view=${view} .scrollState=${scrollState}></ta-compare>`;
  }
}
