import { keyOf } from './cache.ts';
import type { Edit } from './edits.ts';

/** Edits of one slot change the same thing at the same place: the later one takes the place of the earlier. */
function slotOf(edit: Edit): string {
  const at = 'map' in edit ? edit.map : null;
  switch (edit.kind) {
    case 'off':
    case 'scale':
      return keyOf(['gate', at, edit.layer, edit.head]);
    case 'temperature':
      return keyOf(['temperature', at, edit.layer, edit.head]);
    case 'ffn-off':
      return keyOf(['ffn', at, edit.layer]);
    case 'block':
    case 'bias':
      return keyOf(['score', at, edit.layer, edit.head, edit.query, edit.key]);
    case 'pattern':
      return keyOf(['row', at, edit.layer, edit.head, edit.query]);
    case 'zero':
    case 'mean':
      return keyOf(['value', at, edit.key]);
    case 'replace':
      return keyOf(['token', edit.side, edit.token]);
  }
}

/** Whether an edit changes nothing: a factor or a temperature of 1, a bias of 0. */
function isNeutral(edit: Edit): boolean {
  switch (edit.kind) {
    case 'scale':
      return edit.factor === 1;
    case 'temperature':
      return edit.value === 1;
    case 'bias':
      return edit.value === 0;
    default:
      return false;
  }
}

/** The edit of a list that changes the same thing at the same place as another one; undefined where there is none. */
export function editLike(edits: readonly Edit[], edit: Edit): Edit | undefined {
  const slot = slotOf(edit);
  return edits.find((each) => slotOf(each) === slot);
}

/** Edits without that at the place of another one. */
export function withoutEdit(edits: readonly Edit[], edit: Edit): readonly Edit[] {
  const slot = slotOf(edit);
  return edits.filter((each) => slotOf(each) !== slot);
}

/**
 * Edits with some more, each in the place of the one that it takes the place of, else at the end; one that changes
 * nothing takes that one away.
 */
export function withEdits(edits: readonly Edit[], more: readonly Edit[]): readonly Edit[] {
  return more.reduce<readonly Edit[]>((all, edit) => {
    if (isNeutral(edit)) return withoutEdit(all, edit);
    const before = editLike(all, edit);
    return before ? all.map((each) => (each === before ? edit : each)) : [...all, edit];
  }, edits);
}

/** Edits that say the same of every text: those that name no token. */
export function editsOfModel(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit) => !('query' in edit) && !('key' in edit) && !('token' in edit));
}

/** Whether two lists make the same run. */
export function sameEdits(a: readonly Edit[], b: readonly Edit[]): boolean {
  return keyOf(a) === keyOf(b);
}
