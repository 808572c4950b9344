import type { Part } from '../json.ts';
import type { Place } from './draft.ts';

/** Reads the layouts of a TemplateProcessing component. */
export function templateOf(part: Part): { readonly single: readonly Place[]; readonly pair: readonly Place[] } {
  const tokens = part.part('special_tokens');
  return {
    single: part.parts('single').flatMap((piece) => placesOf(piece, tokens)),
    pair: part.parts('pair').flatMap((piece) => placesOf(piece, tokens)),
  };
}

function placesOf(piece: Part, tokens: Part): Place[] {
  const sequence = piece.optional('Sequence');
  if (sequence !== undefined) {
    return [{ sequence: sequence.string('id') === 'A' ? 0 : 1, typeId: sequence.index('type_id') }];
  }
  const special = piece.part('SpecialToken');
  const entry = tokens.part(special.string('id'));
  const names = entry.list('tokens');
  return entry.list('ids').map((id, at) => {
    const token = names[at];
    if (typeof id !== 'number' || typeof token !== 'string') throw entry.invalid('ids and tokens must be lists of the same length');
    return { id, token, typeId: special.index('type_id') };
  });
}
