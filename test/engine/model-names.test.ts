import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { exportOf } from '../../src/core/export/export-of.ts';
import { textFormats } from '../../src/core/export/format.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { pageParts } from '../../src/engine/files/page-parts.ts';
import { bundle } from './support/engine-process.ts';
import { fixture, fixtureModels, noWork, places, root } from './support/models.ts';

const text = 'the cat ate';
/** A folder whose path names an account. */
const home = join(mkdtempSync(join(tmpdir(), 'names-')), 'ada-lovelace');
after(() => rmSync(join(home, '..'), { recursive: true }));

function copied(...path: string[]): string {
  const model = join(home, ...path);
  mkdirSync(join(model, '..'), { recursive: true });
  cpSync(fixture('tiny-encoder'), model, { recursive: true });
  return model;
}

describe('the name of a model in the extension', () => {
  it('is a built-in one, one of the store or a full path: no folder beside the process', async () => {
    const analyser = new Analyser(places, () => undefined);
    const here = process.cwd();
    const model = copied('models', 'x');
    try {
      process.chdir(home);
      const refusals = {
        'models/x': 'model-not-downloaded',
        models: 'model-not-found',
        './models/x': 'model-not-found',
        '../ada-lovelace/models/x': 'model-not-found',
        '.': 'model-not-found',
        'TINY-ENCODER': 'model-not-found',
        'tiny-encoder.': 'model-not-found',
        constructor: 'model-not-found',
        __proto__: 'model-not-found',
        'C:x': 'model-not-found',
        [`file://${model}`]: 'model-not-found',
        '': 'model-not-found',
      };
      for (const [name, code] of Object.entries(refusals)) {
        await assert.rejects(
          analyser.analyse({ model: name, text }, noWork),
          (thrown) => thrown instanceof AttentionError && thrown.reason.code === code,
          name,
        );
      }
      assert.equal((await analyser.analyse({ model, text }, noWork)).model.id, 'x');
      assert.equal((await analyser.analyse({ model: 'tiny-encoder', text }, noWork)).model.id, 'tiny-encoder');
    } finally {
      process.chdir(here);
      await analyser.dispose();
    }
  });

  it('may be a path from the working directory in a terminal', () => {
    const model = copied('models', 'terminal');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [bundle('cli.cjs'), '--model', relative(home, model), '--format', 'json', text],
      {
        cwd: home,
        encoding: 'utf8',
        env: { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels },
      },
    );
    assert.equal(stderr, '');
    assert.equal(JSON.parse(stdout).model.id, 'terminal');
  });
});

describe('an export of a model in a folder', () => {
  it('tells the folder’s name and nothing of the path to it, in every format', async () => {
    const analyser = new Analyser(places, () => undefined);
    try {
      const analysis = await analyser.analyse({ model: copied('my model'), text }, noWork);
      for (const format of textFormats) {
        const parts = [
          ...exportOf(format, analysis, { map: null, layer: null, heads: null }, () =>
            pageParts(join(root, 'dist', 'export')),
          ),
        ];
        const file = Buffer.concat(parts.map((part) => Buffer.from(part))).toString('latin1');
        assert.ok(!file.includes('ada-lovelace') && !file.includes(tmpdir()), format);
        if (format === 'json' || format === 'html' || format === 'table') assert.ok(file.includes('my model'), format);
      }
    } finally {
      await analyser.dispose();
    }
  });

  it('of a downloaded model is named as it was downloaded, also by its folder’s path', async () => {
    const store = join(home, 'store');
    const model = copied('store', 'tiny', 'bert', 'main');
    const analyser = new Analyser({ ...places, store }, () => undefined);
    try {
      assert.equal((await analyser.analyse({ model, text }, noWork)).model.id, 'tiny/bert');
    } finally {
      await analyser.dispose();
    }
  });
});
