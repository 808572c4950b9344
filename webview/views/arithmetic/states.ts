import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import { weightText } from '../../../src/core/attention/number-words.ts';
import { soloHead } from '../../../src/core/attention/selection.ts';
import type { Cell } from '../../../src/core/block/explanation.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import { sentenceOf } from '../../../src/core/errors/sentence.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { pinned, strongestPair } from '../../../src/core/scene/pair.ts';
import { weightAt } from '../../../src/core/scene/links.ts';
import { words } from '../../../src/core/words/words.ts';
import type { Acting } from '../../act.ts';
import type { PairState } from '../../state/pair-source.ts';
import type { Frame, Picture } from '../../state/frame.ts';
import { nameOn } from '../../words/label.ts';

/** What is said where there is no picture, or above it. */
export interface StateScene {
  readonly frame: Picture;
  readonly weight: PairState<unknown>;
  readonly act: Acting;
}

/** No weight is in focus: what to do, with the strongest link to begin with. */
export function emptyState({ frame: { source }, act }: StateScene): TemplateResult {
  const says = words().arithmetic;
  const { token, heads } = source.selection;
  if (heads.length === 0) return html`<div class="body"><p>${words().inspector.noHeads}</p></div>`;
  const pair = strongestPair(source);
  return html`
    <div class="body">
      <h2>${token ? says.noPair : says.empty}</h2>
      <p>${says.emptyAdvice}</p>
      ${
        pair
          ? html`<button class="link" title=${says.howMeaning}
              @click=${() => act({ type: 'select', selection: { ...source.selection, token: pinned(pair) } })}>${says.strongest(
                nameOn(source, 'query', pair.query),
                nameOn(source, 'key', pair.key),
                weightText(weightAt(source, pair.query, pair.key)),
              )}</button>`
          : nothing
      }
    </div>`;
}

/** There is no answer: why, and how to get one. */
export function failedState({ frame, weight: { failure }, act }: StateScene): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const { edits = [] } = frame.source.info;
  const replaced = edits.filter(({ kind }) => kind === 'replace');
  if (replaced.length < edits.length) return editedState(replaced, act);
  const says = words().arithmetic;
  const isCancelled = failure.code === 'cancelled';
  const { what, next } = isCancelled ? { what: says.cancelled, next: '' } : sentenceOf(failure);
  return html`
    <div class="body" role=${isCancelled ? 'status' : 'alert'}>
      <h2>${what}</h2>
      ${next === '' ? nothing : html`<p>${next}</p>`}
      <button class="link" title=${says.againMeaning} @click=${() => act({ type: 'weight', ask: 'again' })}>${
        isCancelled ? says.compute : says.again
      }</button>
    </div>`;
}

/** The run is one whose weights are never taken apart: asking again would not help, taking edits back does. */
function editedState(replaced: readonly Edit[], act: Acting): TemplateResult {
  const says = words().arithmetic;
  const unedit = says.unedit(replaced.length > 0);
  return html`
    <div class="body" role="status">
      <h2>${says.edited}</h2>
      <p>${says.editedAdvice}</p>
      <button class="link" title=${unedit} @click=${() => act({ type: 'edit', edits: replaced })}>${unedit}</button>
    </div>`;
}

/** How far the answer is, and a way to stop it; it is seen only where it takes longer than a moment. */
export function waitingLine({ weight: { progress }, act }: StateScene): TemplateResult | typeof nothing {
  if (!progress) return nothing;
  const { arithmetic, notices } = words();
  const { stage, done, total } = progress;
  const isKnown = done !== undefined && total !== undefined && total > 0;
  const name = stage === '' ? arithmetic.computing : stage;
  return html`
    <div class="waiting" role="status">
      <span>${isKnown ? notices.percent(name, done / total) : name}</span>
      <button class="link" title=${arithmetic.cancelMeaning} @click=${() => act({ type: 'weight', ask: 'cancel' })}>${arithmetic.cancel}</button>
    </div>`;
}

/**
 * What is shown where more is chosen than one weight has: which head of several, which layer, and that it is of tokens.
 */
export function chosenLine(
  { frame, weight: { wanted }, act }: StateScene,
  isMerged: boolean,
): TemplateResult | typeof nothing {
  if (!wanted) return nothing;
  const says = words().arithmetic;
  const { source, options } = frame;
  const { selection, map } = source;
  const isOfHeads = selection.head === null && selection.heads.length > 1;
  const isOfTokens = options.unit === 'words' || options.hideSpecial || options.hidePunctuation;
  const notes = [
    ...(isOfHeads ? [says.oneHead(wanted.head)] : []),
    ...(isMerged ? [says.oneLayer(layerNumber(map, wanted.layer))] : []),
    ...(isOfTokens ? [says.tokensAlone] : []),
  ];
  if (notes.length === 0) return nothing;
  return html`
    <div class="chosen">
      <span>${notes.join(' ')}</span>
      ${isOfHeads ? headChoice(source, wanted, act) : nothing}
    </div>`;
}

function headChoice(source: Frame, { head, query, key }: Cell, act: Acting): TemplateResult {
  const says = words().arithmetic;
  const { selection, map, weights } = source;
  const [, , queries, keys] = map.shape;
  return html`
    <vscode-single-select label=${says.chooseHead} title=${says.chooseHeadMeaning} .selectedIndex=${selection.heads.indexOf(head)}
      @change=${({ target }: Event) => {
        const index = target instanceof HTMLElement && 'selectedIndex' in target ? Number(target.selectedIndex) : -1;
        const chosen = selection.heads[index];
        if (chosen !== undefined)
          act({ type: 'select', selection: { ...soloHead(selection, chosen), token: pinned({ query, key }) } });
      }}>
      ${selection.heads.map(
        (one) =>
          html`<vscode-option value=${one} ?selected=${one === head}>${says.headWeight(
            one,
            weightText(itemAt(weights, (one * queries + query) * keys + key)),
          )}</vscode-option>`,
      )}
    </vscode-single-select>`;
}
