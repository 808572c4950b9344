import { headOf, type AttentionMap } from '../../core/attention/map.ts';
import { valueRows } from '../../core/block/explain.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { handedOver, type HandedOver } from '../../core/probe/handed-over.ts';
import type { Work } from '../../protocol/contract.ts';
import type { BlockRun } from '../backend/network.ts';
import type { Step } from '../feeds/step.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { checkExplanation } from '../model/limits.ts';
import { checkpoint } from '../process/stage.ts';
import { isStepped, siteOf } from './cell-run.ts';

/**
 * How much every head of a map hands over on the text that was run last, `[layer][head]`; null for layers whose block
 * cannot be read, or whose queries are computed one after the other. Throws `memory-too-small`, `cancelled`, and what a
 * run throws.
 */
export async function readHandedOver(
  model: LoadedModel,
  map: AttentionMap,
  step: Step,
  work: Work,
): Promise<readonly (readonly HandedOver[] | null)[]> {
  checkExplanation(model.folder, model.memory, map.shape);
  const layers: (readonly HandedOver[] | null)[] = [];
  for (let layer = 0; layer < map.shape[0]; layer++) {
    checkpoint(work.signal);
    layers.push(isStepped(model, map) ? null : await ofLayer(model, map, layer, step, work));
  }
  return layers;
}

async function ofLayer(
  model: LoadedModel,
  map: AttentionMap,
  layer: number,
  step: Step,
  work: Work,
): Promise<readonly HandedOver[] | null> {
  try {
    return await ofBlock(map, layer, await model.network.readBlock(siteOf(model, map, layer), step, work));
  } catch (thrown) {
    if (thrown instanceof AttentionError && thrown.reason.code === 'block-unreadable') return null;
    throw thrown;
  }
}

/** The values of a head at a time go through the output projection; null where that was not found. */
async function ofBlock(map: AttentionMap, layer: number, run: BlockRun): Promise<readonly HandedOver[] | null> {
  const { block, numbers, projection, extent } = run;
  if (projection === null) return null;
  const [, heads, , keys] = map.shape;
  const found: HandedOver[] = [];
  for (let head = 0; head < heads; head++) {
    const sizes = { heads, queries: extent.filled, headsInside: block.headsInside, keys };
    const values = valueRows(block, numbers, head, sizes);
    const features = values[0]?.length ?? 0;
    const rows = new Float32Array(keys * heads * features);
    for (const [key, value] of values.entries()) rows.set(value, (key * heads + head) * features);
    found.push(handedOver(await projection.project(rows, keys), headOf(map, layer, head), keys));
  }
  return found;
}
