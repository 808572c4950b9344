import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { editLike, withoutEdit } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import { layerName } from '../../src/core/scene/names.ts';
import { placeOf, reachesOf } from '../../src/core/scene/try.ts';
import { words } from '../../src/core/words/words.ts';
import { named } from '../controls/term.ts';
import type { TryScene } from './box.ts';
import { stepped } from './stepped.ts';
import { amountOf, headName } from './target.ts';

const factors = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8];
const temperatures = [0.1, 0.2, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 10, 20];

/** What can be tried with the head that is spoken of, or with all heads of the layer where several are. */
export function headPart(scene: TryScene): TemplateResult {
  const { frame, edits, add, act } = scene;
  const says = words().experiment;
  const place = placeOf(frame, reachesOf(frame)[0] ?? 'map');
  const head = headName(frame);
  const scale = (factor: number): Edit =>
    factor === 0 ? { kind: 'off', ...place } : { kind: 'scale', ...place, factor };
  return html`
    <h2>${named('head', head === null ? says.headsOfLayer(layerName(frame)) : says.head(head), act)}</h2>
    <div class="buttons">${toggle(scene, scale(0), says.off, says.offMeaning)}</div>
    ${stepped({
      name: says.scale,
      meaning: says.scaleMeaning,
      steps: factors,
      value: amountOf(edits, scale(0), 1),
      text: (factor) => `× ${factor}`,
      choose: (factor) => add([scale(factor)]),
    })}
    ${stepped({
      name: says.temperature,
      meaning: says.temperatureMeaning,
      steps: temperatures,
      value: amountOf(edits, { kind: 'temperature', ...place, value: 1 }, 1),
      text: String,
      choose: (value) => add([{ kind: 'temperature', ...place, value }]),
    })}
  `;
}

/** What can be tried with the layer: its attention off, its feed-forward part off. */
export function layerPart(scene: TryScene): TemplateResult | typeof nothing {
  const { frame } = scene;
  const says = words().experiment;
  if (typeof frame.layer !== 'number') return nothing;
  const { head: _head, ...place } = placeOf(frame, 'layer');
  return html`
    <h2>${named('layer', says.layer(layerNumber(frame.map, frame.layer)), scene.act)}</h2>
    <div class="buttons">
      ${
        frame.selection.head === null
          ? nothing
          : toggle(scene, { kind: 'off', ...place, head: null }, says.attentionOff, says.attentionOffMeaning)
      }
      ${toggle(scene, { kind: 'ffn-off', ...place }, says.feedForwardOff, says.feedForwardOffMeaning)}
    </div>
  `;
}

/** A button that makes an edit, or takes it back where it is made. */
function toggle({ edits, add, set }: TryScene, edit: Edit, name: string, meaning: string): TemplateResult {
  const isMade = editLike(edits, edit)?.kind === edit.kind;
  return html`<button title=${meaning} aria-pressed=${isMade} @click=${() =>
    isMade ? set(withoutEdit(edits, edit)) : add([edit])}>${name}</button>`;
}
