import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChapter } from '../src/core/lesson/chapter.ts';
import { escape } from '../src/core/picture/svg.ts';

/**
 * Makes the pictures of the walkthrough in media/walkthrough, of the models that ship: `node scripts/walkthrough.ts`
 * (after a build). Run it again when a model or a view has changed.
 */

const root = join(import.meta.dirname, '..');
const folder = join(root, 'media', 'walkthrough');
const sentence = 'The cat that was hungry ate the fish.';
const head = ['--layer', '4', '--head', '1'];

/** Each picture by its name: what the command line is asked for, and the part of its height that is shown. */
const pictures: Readonly<Record<string, { readonly args: readonly string[]; readonly height?: number }>> = {
  show: { args: [...head, '--format', 'svg', sentence], height: 376 },
  focus: { args: [...head, '--format', 'svg-matrix', sentence] },
  heads: { args: ['--format', 'svg-model', sentence] },
  arithmetic: { args: ['explain', ...head, '--query', '6', '--key', '2', '--format', 'svg', sentence], height: 312 },
  models: { args: ['--model', 'recurrent-general', '--format', 'svg-matrix', 'the girl will not see it .'] },
};

/** White paper becomes the surface of a dark theme, and hues stay what they are. */
const dark = 'style="filter:invert(0.88) hue-rotate(180deg)"';

function drawn(args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'dist', 'cli.cjs'), ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The upper part of a picture. */
function cut(svg: string, height: number | undefined): string {
  if (height === undefined) return svg;
  return svg.replace(/height="\d+" viewBox="0 0 (\d+) \d+"/u, `height="${height}" viewBox="0 0 $1 ${height}"`);
}

/** A passage of a lesson as the editor shows it: what is written, and what follows it. */
function passage(): string {
  const lines = [
    '```by-hand',
    'query ate: 1.0 2.0',
    'key cat: 2.0 1.5',
    'key that: 0.5 0.5',
    'key fish: -1.0 0.5',
    '```',
  ];
  const [fence] = readChapter(lines.join('\n')).fences;
  const results = fence?.kind === 'by-hand' ? fence.byHand.results : [];
  const texts = lines.map((text, line) => {
    const y = 34 + 24 * line;
    const result = results.find((one) => one.line === line)?.text ?? '';
    return (
      `<text x="20" y="${y}" fill="#1f1f1f">${escape(text)}</text>` +
      (result === ''
        ? ''
        : `<text x="${40 + 8 * text.length}" y="${y}" fill="#5e5e5e" font-size="12">${escape(result)}</text>`)
    );
  });
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="180" viewBox="0 0 640 180" role="img">' +
    '<rect width="100%" height="100%" fill="#ffffff"/>' +
    `<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" xml:space="preserve">${texts.join('')}</g></svg>\n`
  );
}

mkdirSync(folder, { recursive: true });
const all = [
  ...Object.entries(pictures).map(([name, { args, height }]) => [name, cut(drawn(args), height)] as const),
  ['lesson', passage()] as const,
];
for (const [name, svg] of all) {
  writeFileSync(join(folder, `${name}-light.svg`), svg);
  writeFileSync(join(folder, `${name}-dark.svg`), svg.replace('<svg ', `<svg ${dark} `));
}
