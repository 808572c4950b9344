import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { textFormats } from '../../../src/core/export/format.ts';
import { buttonViews } from '../../../src/core/views/table.ts';
import { english } from '../../../src/core/words/english.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');
/** The README as one line, without the line breaks of its source. */
const line = readme.replaceAll(/\s+/gu, ' ');
const manifest = JSON.parse(read('package.json')) as {
  contributes: {
    commands: { title: string }[];
    configuration: { properties: Record<string, { default: unknown }> };
  };
};
const names = JSON.parse(read('package.nls.json')) as Record<string, string | { message: string }>;

function textOf(key: string): string {
  const named = names[key.replaceAll('%', '')] ?? key;
  return typeof named === 'string' ? named : named.message;
}

const plain = (title: string): string => title.replace(/…$/u, '');

describe('what README names is there', () => {
  it('commands', () => {
    const titles = new Set(manifest.contributes.commands.map(({ title }) => plain(textOf(title))));
    const named = [...line.matchAll(/\*\*Attention: ([^*]+)\*\*/gu)].map(([, title = '']) => plain(title));
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((title) => !titles.has(title)),
      [],
    );
  });

  it('settings, all of them', () => {
    const rows = [...readme.matchAll(/^\| `(textAttention\.[\w.]+)` \|/gmu)].map(([, name]) => name);
    assert.deepEqual(rows.sort(), Object.keys(manifest.contributes.configuration.properties).sort());
  });

  it('keys of the views', () => {
    assert.ok(line.includes(`\`1\` to \`${buttonViews.length}\` choose the view`));
  });

  it('options and formats of the command line', () => {
    const help = english.terminal.help;
    const named = [...new Set(line.match(/(?<![\w-])--[a-z][a-z-]+/gu))].filter((option) => option !== '--readme');
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((option) => !new RegExp(`${option}(?![\\w-])`, 'u').test(help)),
      [],
    );
    const [, formats = ''] = /`--format ([\w|-]+)`/u.exec(line) ?? [];
    assert.deepEqual(formats.split('|').sort(), [...textFormats].sort());
  });

  it('built-in models, and the cards and files that it leads to', () => {
    const models = readdirSync(join(root, 'models'), { withFileTypes: true }).filter((one) => one.isDirectory());
    const targets = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, target = '']) => target);
    assert.deepEqual(
      targets.filter((target) => !existsSync(join(root, target))),
      [],
    );
    assert.match(line, /Ten small models/u);
    assert.equal(models.length, 10);
  });
});
