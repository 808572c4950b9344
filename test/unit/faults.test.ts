import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const rows = readFileSync(join(root, 'test', 'FAULTS.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '))
  .slice(1);

describe('the table of faults', () => {
  it('has a fault, a sentence and a test in every row', () => {
    for (const row of rows) {
      assert.equal(row.length, 3, row.join(' | '));
      assert.match(
        row[2] ?? '',
        /^`test\/\S+\.test\.ts`: \S/,
        `${row[0]}: the last column reads: path in backticks, a colon, the title`,
      );
    }
  });

  it('names tests that exist', () => {
    for (const [fault = '', , test = ''] of rows) {
      const [, file = '', title = ''] = /^`(\S+)`: (.+)$/.exec(test) ?? [];
      assert.ok(existsSync(join(root, file)), `${fault}: there is no ${file}`);
      // Titles stand in the source as string literals, where a quotation mark may be escaped.
      const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
      assert.ok(source.includes(title.trim()), `${fault}: ${file} has no test called “${title}”`);
    }
  });

  it('tells no fault twice', () => {
    const faults = rows.map(([fault]) => fault);
    assert.deepEqual(
      faults.filter((fault, at) => faults.indexOf(fault) !== at),
      [],
    );
  });
});
