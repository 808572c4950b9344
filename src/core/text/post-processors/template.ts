import type { JsonObject } from '../json.ts';
import type { TemplateItem } from './draft.ts';
import { words } from '../../words/words.ts';

/** Places of the longest layout: three or four, and the virtual tokens of some prompts. */
const maxPlaces = 1024;
const maxQuoted = 100;

/** Reads the layouts of a TemplateProcessing component. */
export function templateOf(part: JsonObject): {
  readonly single: readonly TemplateItem[];
  readonly pair: readonly TemplateItem[];
} {
  const tokens = part.part('special_tokens');
  return { single: layoutOf(part, 'single', tokens), pair: layoutOf(part, 'pair', tokens) };
}

function layoutOf(part: JsonObject, key: string, tokens: JsonObject): readonly TemplateItem[] {
  const places: TemplateItem[] = [];
  for (const piece of part.parts(key)) {
    for (const place of placesOf(piece, tokens)) places.push(place);
    if (places.length > maxPlaces) throw part.invalid(words().details.tokenizer.addsTokens(key, maxPlaces));
  }
  const texts = places.flatMap((place) => ('sequence' in place ? [place.sequence] : []));
  if (new Set(texts).size < texts.length) throw part.unsupported(words().details.tokenizer.repeats(key));
  return places;
}

function placesOf(piece: JsonObject, tokens: JsonObject): TemplateItem[] {
  const sequence = piece.optional('Sequence');
  if (sequence !== undefined) {
    return [{ sequence: sequence.string('id') === 'A' ? 0 : 1, typeId: sequence.typeId('type_id') }];
  }
  const special = piece.part('SpecialToken');
  const entry = tokens.part(special.string('id'));
  const names = entry.list('tokens');
  const ids = entry.list('ids');
  if (ids.length > maxPlaces) throw entry.invalid(words().details.tokenizer.ids(ids.length));
  return ids.map((id, at) => {
    const token = names[at];
    if (typeof token !== 'string') throw entry.invalid(words().details.tokenizer.idsAndTokens);
    return {
      id: entry.id(id, words().details.tokenizer.idOf(token.slice(0, maxQuoted))),
      token,
      typeId: special.typeId('type_id'),
    };
  });
}
