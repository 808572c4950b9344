import { isAbsolute, join } from 'node:path';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { tasksOf, type TaskModel } from '../../core/catalogue/task.ts';
import { configSchema } from '../config/config.ts';
import { readOptionalJson } from '../files/json-file.ts';
import { inventoryOf } from './inventory.ts';
import type { ModelPlaces } from './models.ts';

/**
 * The models of this machine that do a task, and what they do: those that ship, those that were downloaded, and `also`
 * where it is a folder. One that cannot be read does nothing; the run that meets it says why.
 */
export async function taskModels(places: ModelPlaces, also: string): Promise<TaskModel[]> {
  const { builtIn, stored } = await inventoryOf(places);
  const all = [
    ...(isAbsolute(also) ? [{ model: also, folder: also }] : []),
    ...builtIn.map(({ id }) => ({ model: id, folder: join(places.models, id) })),
    ...stored.flatMap((one) => (one.state === 'complete' ? [{ model: nameOf(one), folder: one.folder }] : [])),
  ];
  const read = await Promise.all(
    all.map(async ({ model, folder }): Promise<TaskModel> => {
      const config = await readOptionalJson({ model, folder, file: 'config.json' }, configSchema).catch(() => null);
      return { model, tasks: config ? tasksOf(model, config) : [] };
    }),
  );
  return read.filter(({ tasks }) => tasks.length > 0);
}
