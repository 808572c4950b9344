import { openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kinds, type KindName } from './classes.ts';
import { runCases } from './run.ts';

/**
 * Runs cases of one kind in this process: `--kind graphs --seed 1 --from 0 --count 100 [--progress FILE]`. The file
 * holds the number of the case in work, so that whoever started this knows it when the process does not come back. Ends
 * with 1 after a failure.
 */
const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { kind: text, seed: text, from: text, count: text, progress: text } });
const kind = Object.keys(kinds).find((name): name is KindName => name === values.kind);
if (kind === undefined) throw new Error(`--kind is one of ${Object.keys(kinds).join(', ')}`);

const progress = values.progress === undefined ? null : openSync(values.progress, 'w');
const begins = (number: number): void => {
  if (progress !== null) writeSync(progress, String(number).padEnd(12), 0);
};
const tally = runCases(kind, Number(values.seed), Number(values.from ?? 0), Number(values.count ?? 1), begins);
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ ...tally, megabytes }));
if (tally.failures.length > 0) process.exitCode = 1;
