import assert from 'node:assert/strict';

/** A reader of RFC 4180 of its own: records of fields. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gu;
  for (let match = fields.exec(text); match && match.index < text.length; match = fields.exec(text)) {
    records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') records.push([]);
  }
  assert.deepEqual(records.pop(), [], 'the last record ends too');
  return records;
}
