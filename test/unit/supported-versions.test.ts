import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { newestVersion, oldestVersion } from '../harness/install.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the versions of VS Code that are tested', () => {
  it('begin with the oldest that the package says it runs in, whose types the code is written against', () => {
    const { engines, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      engines: { vscode: string };
      devDependencies: { '@types/vscode': string };
    };
    const minor = (version: string): string => version.replace(/^\^/, '').split('.').slice(0, 2).join('.');
    assert.equal(minor(oldestVersion), minor(engines.vscode));
    assert.equal(minor(oldestVersion), minor(devDependencies['@types/vscode']));
    assert.notEqual(newestVersion, oldestVersion);
  });
});
