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

  it('what the masked models find, and the heads that they were taught, as measured', () => {
    const found = (model: string): number => {
      const { accuracy } = JSON.parse(read(`training/figures/${model}.json`)) as { accuracy: number };
      return Math.round(100 * accuracy);
    };
    const [medium, small] = [found('masked-lm-medium'), found('masked-lm-small')];
    const said = `finds ${medium} of 100 masked pieces where the small one finds ${small}.`;
    assert.ok(line.includes(said), said);
    const taught = (model: string): string[] => {
      const config = JSON.parse(read(`models/${model}/config.json`)) as {
        text_attention: { heads: { layer: number; head: number; relation: string }[] };
      };
      const { heads } = config.text_attention;
      return ['subject', 'object', 'modifier', 'preposition', 'antecedent'].map((wanted) => {
        const { layer, head } = heads.find(({ relation }) => relation === wanted) ?? assert.fail(wanted);
        return `${layer}.${head}`;
      });
    };
    const [subject, object, modifier, preposition, antecedent] = taught('masked-lm-small');
    for (const clause of [
      `head ${subject} looks from a verb to its subject`,
      `${object} to its object`,
      `${modifier} from a determiner or adjective to its noun`,
      `${preposition} from a preposition to its object`,
      `${antecedent} from a pronoun to its antecedent`,
      `(${taught('masked-lm-medium')
        .join(', ')
        .replace(/, ([^,]+)$/u, ' and $1')} in \`masked-lm-medium\`)`,
    ])
      assert.ok(line.includes(clause), clause);
  });
});
