import type { Entry, Results } from './results.ts';

const begin = '<!-- Figures of bench/results.json, written by npm run bench -- --readme -->';
const end = '<!-- End of the figures -->';

/** What README says of a figure, and what it is compared with. */
const quoted: readonly (readonly [name: string, measured: string, against: string])[] = [
  ['model-view-512', 'Showing all heads of 512 tokens', 'the same of 64 tokens'],
  ['model-view-64-lines', 'Showing all heads of 64 tokens', 'one SVG line for each weight'],
  ['head-view-64-lines', 'Showing a layer of 64 tokens in the head view', 'one SVG line for each weight'],
  ['hover-heads-512', 'Hover in the head view, 512 tokens', 'showing that view'],
  ['hover-matrix-512', 'Hover in the matrix, 512 tokens', 'showing that view'],
  ['attention-16', 'Forward pass with all attention, 16 tokens', 'the pass alone'],
  ['attention-128', 'Forward pass with all attention, 128 tokens', 'the pass alone'],
  ['attention-512', 'Forward pass with all attention, 512 tokens', 'the pass alone'],
  ['engine-memory-512', 'Memory of the model process, 512 tokens', 'bytes of model and attention'],
  ['offsets-bert-base-uncased', 'Tokens with exact offsets (BERT)', 'ids alone, by transformers.js'],
  ['offsets-gpt2', 'Tokens with exact offsets (GPT-2)', 'ids alone, by transformers.js'],
  ['json-export-file', 'JSON export', 'npz export'],
];

/** README with the table of figures that a run gives. Throws when the marks of the table are not there. */
export function withBenchmarks(readme: string, results: Results): string {
  return readme.replace(tableIn(readme), () => `${begin}\n\n${tableOf(results)}\n\n${end}`);
}

/** The part of README that is written from the results, its marks included. */
export function tableIn(readme: string): string {
  const [start, stop] = [readme.indexOf(begin), readme.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`README.md has no table between “${begin}” and “${end}”.`);
  return readme.slice(start, stop + end.length);
}

function tableOf({ entries }: Results): string {
  const rows = quoted.flatMap(([name, measured, against]) => {
    const entry = entries.find((one) => one.name === name);
    return entry ? [`| ${measured} | ${against} | ${ratioText(entry)} | ${limitText(entry)} |`] : [];
  });
  return ['| measured | against | ratio | limit |', '|---|---|---|---|', ...rows].join('\n');
}

function ratioText({ ratio, better }: Entry): string {
  if (ratio === undefined) return '';
  return better === 'lower' ? `${ratio.toFixed(2)} ×` : `${ratio.toFixed(0)} × as fast`;
}

function limitText({ limit, better }: Entry): string {
  return limit === undefined ? '' : `${better === 'lower' ? 'at most' : 'at least'} ${limit} ×`;
}
