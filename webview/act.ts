import type { HeadsPlace } from '../src/core/attention/order.ts';
import type { Selection, TokenFocus } from '../src/core/attention/selection.ts';
import type { ViewState } from '../src/core/attention/view.ts';
import type { Edit } from '../src/core/run/edits.ts';
import type { HandRow } from '../src/core/scene/try.ts';
import type { TermId } from '../src/core/glossary/terms.ts';
import type { PanelFormat } from '../src/core/export/panel-format.ts';
import type { LogitPlace } from './state/weight-sources.ts';
import type { ViewName } from '../src/core/views/table.ts';
import type { HostCommand, FailureCommand, HeadExample } from '../src/protocol/panel.ts';
import type { Sampling } from '../src/core/prediction/sample.ts';
import type { ScrollState } from '../src/protocol/layout.ts';

/** A view of one weight. */
export type WeightView = Extract<ViewName, 'arithmetic' | 'parts'>;

/** What a part of the panel asks its owner to do. */
export type Act =
  /** Move the focus, for everybody; `step` when it goes to a neighbour by key. */
  | { readonly type: 'select'; readonly selection: Selection; readonly step?: true }
  /** Show another view, or the same one with other options; with a selection, move the focus in the same step. */
  | { readonly type: 'view'; readonly view: ViewState; readonly selection?: Selection }
  /** Go to where the person was before, or return from there. */
  | { readonly type: 'back' | 'forward' }
  /** Point at a token or cell; null when the mouse has left. `say` when it was done by key and is to be announced. */
  | { readonly type: 'point'; readonly token: TokenFocus | null; readonly say?: true }
  /**
   * Show how a weight is computed, or why its score is what it is: that of a token and its partner, of its strongest
   * one, or of what is pinned.
   */
  | { readonly type: 'explain'; readonly token: TokenFocus | null; readonly view?: WeightView }
  /** Measure the effect of every head on the prediction in focus, or stop that. */
  | { readonly type: 'effects'; readonly ask: 'measure' | 'cancel' }
  /** Ask once more how the weight in focus is computed, or wait no longer. */
  | { readonly type: 'weight'; readonly ask: 'again' | 'cancel' }
  /** Run the text under these edits and no others, or go back to the run before. */
  | { readonly type: 'edit'; readonly edits: readonly Edit[] }
  | { readonly type: 'undo' }
  /**
   * Offer edits of a token or link (in units of the picture), its head and layer, at a point of the panel; `of` is the
   * head or layer to go to first.
   */
  | {
      readonly type: 'try';
      readonly token: TokenFocus | null;
      readonly at?: { x: number; y: number } | null;
      readonly of?: HeadsPlace | null;
    }
  /** Set the row of a query (a unit of the picture) by hand, in heads; null does so no longer. */
  | { readonly type: 'hand'; readonly row: HandRow | null }
  /** Show why a logit is what it is, or none any more; or ask for it once more, or wait no longer. */
  | { readonly type: 'logit'; readonly place: LogitPlace | null }
  | { readonly type: 'logit'; readonly ask: 'again' | 'cancel' }
  /** Run a side of the comparison once more, or wait for it no longer. */
  | { readonly type: 'side'; readonly index: number; readonly ask: 'again' | 'cancel' }
  /** Keep a token in focus, or let go of it. */
  | { readonly type: 'lock'; readonly token: TokenFocus }
  /** Show a token in the editor. */
  | { readonly type: 'reveal'; readonly token: TokenFocus }
  /** Open an example of what a head was measured to do, and go to it. */
  | { readonly type: 'example'; readonly of: HeadExample }
  /** Open the glossary at a term, or the page on what attention can tell. */
  | { readonly type: 'glossary'; readonly of: TermId | 'limits' }
  /** Have the model write `tokens` more after those that it wrote before. */
  | {
      readonly type: 'write';
      readonly written: readonly number[];
      readonly tokens: number;
      readonly sampling: Sampling | undefined;
    }
  /** Put what the model wrote into the document. */
  | { readonly type: 'accept' }
  /** Put a word in place of a mask of the document. */
  | { readonly type: 'fill'; readonly token: number; readonly text: string }
  /** Press one of the host's buttons. */
  | { readonly type: 'command'; readonly command: FailureCommand | HostCommand | 'cancel' | 'target' | 'example' }
  /** Remember from where the view is looked at. */
  | { readonly type: 'looked'; readonly from: ScrollState }
  /** Give the inspector this share of the room that it has with the view. */
  | { readonly type: 'pane'; readonly share: number }
  /** Have what is shown written to a file. */
  | { readonly type: 'export'; readonly format: PanelFormat }
  /** Put the picture onto the clipboard. */
  | { readonly type: 'copy' }
  /** Put a link to what is shown onto the clipboard. */
  | { readonly type: 'link' }
  | { readonly type: 'help' };

/** How a part of the panel speaks to its owner. */
export type Acting = (act: Act) => void;
