import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { hoverRows } from './support/hover-rows.ts';
import { PanelView } from './support/panel.ts';
import { isRunning, parentOf, processesOf } from './support/processes.ts';
import { Reference } from './support/reference.ts';
import { sample, sentence, session } from './support/session.ts';

const other = 'Time flies like an arrow; fruit flies like a banana.';

describe(
  'A model process that is killed in the middle of a run',
  { skip: existsSync('/proc/self/stat') ? false : 'needs /proc to find the process' },
  () => {
    const now = session();

    it('is told clearly, leaves the window alone, and the next run works', async () => {
      const { workbench, server } = now();
      const panel = new PanelView(workbench);
      await workbench.select(sample, sentence);
      await workbench.run('Attention: Show Attention');
      await panel.row('query', 0).waitFor();

      const [engine] = processesOf(server, 'engine.cjs');
      assert.ok(engine !== undefined, 'the model process runs');
      const extensionHost = parentOf(engine);
      assert.ok(isRunning(extensionHost, '--type=extensionHost'), 'the extension host started it');
      // Stopped, it takes the run but does not finish it.
      process.kill(engine, 'SIGSTOP');
      await workbench.select(sample, other);
      await workbench.run('Attention: Show Attention');
      await panel.status().first().waitFor();
      process.kill(engine, 'SIGKILL');

      const toast = workbench.notifications().filter({ hasText: 'The model process ended in the middle of a run' });
      await toast.first().waitFor();
      await panel.alert().getByText('The model process ended in the middle of a run').waitFor();
      await panel.alert().getByText('Run again').first().waitFor();
      await workbench.picture('engine-killed');

      assert.ok(isRunning(extensionHost, '--type=extensionHost'), 'the extension host is the same process');
      assert.equal(await workbench.notifications().count(), 1, 'nothing else in the window complains');
      const before = await Reference.of(sentence);
      const heads = Array.from({ length: before.heads }, (_, head) => head);
      assert.deepEqual(
        await panel.tokens('query', before.labels.length),
        before.labels,
        'the analysis before is still shown',
      );

      await panel.alert().getByRole('button').click();
      const reference = await Reference.of(other);
      await panel
        .row('query', 2)
        .filter({ hasText: reference.labels[2] ?? '' })
        .waitFor();
      await panel.alert().waitFor({ state: 'detached' });
      const [next] = processesOf(server, 'engine.cjs');
      assert.ok(next !== undefined && next !== engine, 'a new process runs');
      assert.equal(parentOf(next), extensionHost, 'the same extension host started it');
      const layer = 0;
      await panel.everyHead(layer);
      const rows = hoverRows(await workbench.hover(sample, 'arrow', 'looks at'));
      assert.deepEqual(rows.looksAt, reference.looksAt('arrow', layer, heads));
    });
  },
);
