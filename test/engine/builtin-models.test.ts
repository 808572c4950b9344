import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { builtInModels } from './support/models.ts';

const most = 20_000_000;

const files = readdirSync(builtInModels, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(builtInModels, join(entry.parentPath, entry.name)))
  .filter((path) => path !== 'SHA256SUMS');

test('the built-in models are those that were measured: every file has its checksum, and no checksum is without its file', () => {
  const lines = readFileSync(join(builtInModels, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  const written = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const found = files.map((path): [string, string] => [
    path.split(sep).join('/'),
    createHash('sha256')
      .update(readFileSync(join(builtInModels, path)))
      .digest('hex'),
  ]);
  assert.deepEqual(new Map(found.sort()), new Map([...written].sort()));
});

test('all of them together take at most 20 MB', () => {
  const size = files.reduce((sum, path) => sum + statSync(join(builtInModels, path)).size, 0);
  assert.ok(size <= most, `${size} bytes`);
});

test('each has a card that says its data, recipe, figures, licence and what it is not good for', () => {
  for (const model of readdirSync(builtInModels, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const card = readFileSync(join(builtInModels, model.name, 'README.md'), 'utf8');
    for (const part of [
      `# ${model.name}`,
      'license: apache-2.0',
      '## Data',
      '## Recipe',
      '## Figures',
      '## Not good for',
    ])
      assert.ok(card.includes(part), `${model.name}: ${part}`);
  }
});
