import type { JsonObject } from '../json.ts';
import type { TemplateItem, PostProcessor } from './draft.ts';
import { templateOf } from './template.ts';
import { trimming } from './trim.ts';
import { words } from '../../words/words.ts';

const first: TemplateItem = { sequence: 0, typeId: 0 };
const second: TemplateItem = { sequence: 1, typeId: 1 };
const bare = { adjust: () => undefined, single: [first], pair: [first, second] };

/** Builds the post-processor of a tokenizer file; refuses a type that is not known, by name. */
export function buildPostProcessor(part: JsonObject | undefined): PostProcessor {
  if (part === undefined) return bare;
  switch (part.type) {
    case 'TemplateProcessing':
      return { ...bare, ...templateOf(part) };
    case 'BertProcessing': {
      const { start, end } = ends(part, 0);
      return { ...bare, single: [start, first, end], pair: [start, first, end, second, ends(part, 1).end] };
    }
    case 'RobertaProcessing': {
      const { start, end } = ends(part, 0);
      return {
        adjust: trimming(part),
        single: [start, first, end],
        pair: [start, first, end, end, { sequence: 1, typeId: 0 }, end],
      };
    }
    case 'ByteLevel':
      return { ...bare, adjust: trimming(part) };
    case 'Sequence':
      return sequence(
        part.parts('processors').map((each) => buildPostProcessor(each)),
        part,
      );
    default:
      throw part.unsupported(words().details.tokenizer.parts.postProcessor(part.type));
  }
}

/** Several in a row: all adjust; one at most may lay out special tokens. */
function sequence(stages: readonly PostProcessor[], part: JsonObject): PostProcessor {
  const layouts = stages.filter((stage) => stage.single !== bare.single);
  if (layouts.length > 1) throw part.unsupported(words().details.tokenizer.layouts);
  return {
    ...(layouts[0] ?? bare),
    adjust: (drafts, text) => {
      for (const stage of stages) stage.adjust(drafts, text);
    },
  };
}

function ends(part: JsonObject, typeId: number): { start: TemplateItem; end: TemplateItem } {
  return { start: special(part, 'cls', typeId), end: special(part, 'sep', typeId) };
}

function special(part: JsonObject, key: string, typeId: number): TemplateItem {
  const [token, id] = part.list(key);
  if (typeof token !== 'string') throw part.invalid(words().details.tokenizer.tokenAndId(key));
  return { id: part.id(id, words().details.tokenizer.idOf(key)), token, typeId };
}
