import { layerIndex } from './layers.ts';
import { probabilityText } from './number-words.ts';
import type { AnalysisInfo } from './analysis.ts';
import type { MapInfo } from './map.ts';
import type { Edit } from '../run/edits.ts';
import { labelOf } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { words } from '../words/words.ts';

/** Edits that are told by name. */
const maxTold = 8;

/** An edit in a few words, as on a chip: `head 1.2 off`, `ate ↛ cat in 1.2`. */
export function editName(edit: Edit, { maps, sequences }: Pick<AnalysisInfo, 'maps' | 'sequences'>): string {
  const says = words().experiment.chips;
  const map = mapOf(edit, maps);
  const whose = maps.length > 1 && map ? words().toolbar.maps[map.name] : null;
  const at = (sequence: number | undefined, token: number): string =>
    labelAt(sequences[sequence ?? 0], token) || String(token);
  const [query, key] = [(token: number) => at(map?.queries, token), (token: number) => at(map?.keys, token)];
  switch (edit.kind) {
    case 'off':
      return says.off(says.heads(whose, edit.layer, edit.head));
    case 'scale':
      return says.scale(says.heads(whose, edit.layer, edit.head), String(edit.factor));
    case 'temperature':
      return says.temperature(says.heads(whose, edit.layer, edit.head), String(edit.value));
    case 'ffn-off':
      return says.feedForward(whose, edit.layer);
    case 'block':
      return says.block(query(edit.query), key(edit.key), says.where(whose, edit.layer, edit.head));
    case 'bias':
      return says.bias(query(edit.query), key(edit.key), edit.value, says.where(whose, edit.layer, edit.head));
    case 'pattern':
      return says.row(query(edit.query), says.where(whose, edit.layer, edit.head));
    case 'zero':
      return says.zero(key(edit.key), whose);
    case 'mean':
      return says.mean(key(edit.key), whose);
    case 'replace':
      return says.replace(ownLabel(sequences[edit.side === 'target' ? 1 : 0], edit.token), edit.by);
  }
}

/** `Edited run: head 1.2 off; most probable: food, 0.16, before 0.13`, for ears; empty for a run as the model is. */
export function editedNames(info: Pick<AnalysisInfo, 'maps' | 'sequences' | 'edits' | 'change'>): string {
  const { edits = [], change } = info;
  if (edits.length === 0) return '';
  const says = words();
  const [first] = change && change.kind !== 'label' ? change.moved : [];
  const effect = first
    ? [says.experiment.spokenEffect(first.text.trim(), probabilityText(first.before), probabilityText(first.after))]
    : [];
  const told = edits.slice(0, maxTold).map((edit) => editName(edit, info));
  return [says.edits.run(told, Math.max(0, edits.length - maxTold)), ...effect].join('; ');
}

/** The map that an edit is of, named or the first that has its layer. */
function mapOf(edit: Edit, maps: readonly MapInfo[]): MapInfo | undefined {
  if (edit.kind === 'replace') return maps[0];
  if (edit.map !== undefined) return maps.find(({ name }) => name === edit.map);
  const number = 'layer' in edit ? edit.layer : null;
  return maps.find((map) => number === null || layerIndex(map, number) !== null);
}

function labelAt(sequence: Sequence | undefined, index: number): string {
  const token = sequence?.tokens[index];
  return sequence && token ? labelOf(sequence, token) : '';
}

/** A token as it stands in the text, whatever was put in its place. */
function ownLabel(sequence: Sequence | undefined, index: number): string {
  const token = sequence?.tokens[index];
  if (!sequence || !token) return String(index);
  const { replaced, ...own } = token;
  return replaced && own.start === own.end ? String(index) : labelOf(sequence, { ...own, special: false });
}
