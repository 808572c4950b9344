import * as v from 'valibot';
import { linkKinds, relationNames, type HeadRelation } from '../core/attention/relations.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const foundEntries = { words: index, share, offsetShare: share };

/** The schema of a {@link HeadRelation}, in messages and in a model's `config.json`. */
export const headRelationSchema: v.GenericSchema<unknown, HeadRelation> = v.object({
  layer: index,
  head: index,
  relation: v.picklist(relationNames),
  origin: v.picklist(['taught', 'emerged']),
  scores: v.pipe(
    v.array(v.object({ kind: v.picklist(linkKinds), ...foundEntries, apart: v.exactOptional(v.object(foundEntries)) })),
    v.maxLength(linkKinds.length),
  ),
});
