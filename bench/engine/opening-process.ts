import { join } from 'node:path';
import { openTap } from '../../src/engine/backend/tap.ts';
import { runtime } from '../../src/engine/backend/runtime.ts';
import { processorTime } from '../statistics.ts';
import type { Opened, Way } from './opening.ts';

/** Opens the model in a folder and tells its parent what that took. Arguments: folder, way. */
const [folder, way] = process.argv.slice(2) as [string, Way];

const { ort } = await runtime();
const file = 'onnx/model.onnx';
const loading = { model: 'bench', folder, work: { signal: new AbortController().signal, report: () => undefined } };
const before = process.memoryUsage.rss();
const open = (): Promise<unknown> =>
  way === 'path' ? ort.InferenceSession.create(join(folder, file)) : openTap(ort, loading, file);
let model: unknown;
const milliseconds = await processorTime(async () => {
  model = await open();
});
if (!model) throw new Error('Nothing was opened.');
const told: Opened = { milliseconds, bytes: process.memoryUsage.rss() - before };
process.send?.(told, () => process.exit());
