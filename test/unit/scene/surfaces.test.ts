import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { exactText, shareText, weightText } from '../../../src/core/attention/number-words.ts';
import { firstSelection, type Selection, type TokenFocus } from '../../../src/core/attention/selection.ts';
import { firstView, type ViewOptions } from '../../../src/core/attention/view.ts';
import { rampStep, weightRamp } from '../../../src/core/color/weight-ramp.ts';
import { hexOf } from '../../../src/core/color/srgb.ts';
import { exportOf } from '../../../src/core/export/export-of.ts';
import { paper } from '../../../src/core/picture/paper.ts';
import { focusOfSelection } from '../../../src/core/scene/focus.ts';
import { otherSide } from '../../../src/core/scene/links.ts';
import { isForcedRow, isSeen } from '../../../src/core/scene/sight.ts';
import { linkLists, minShown } from '../../../src/core/scene/word-links.ts';
import { marksOf } from '../../../src/host/editor/mark-spans.ts';
import { tableTwin } from '../../../webview/controls/table-twin.ts';
import { partnerList } from '../../../webview/inspector/links.ts';
import type { Picture } from '../../../webview/state/frame.ts';
import { announcement, focusSentence } from '../../../webview/words/focus.ts';
import { summaryLine } from '../../../webview/words/summary.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { expectedWeights } from './expected.ts';
import { combinations, hostOf, panelOf } from './sides.ts';

/** What a template of the panel writes, all strings in their order. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return typeof value === 'object' && value !== null && 'values' in value ? stringsIn(value.values) : [];
}

/** The weights among strings, as they are written: with so many digits, as a power of ten or as a bound. */
function weightsIn(strings: readonly string[], digits: number): string[] {
  const written = new RegExp(`^(?:[<>]?\\d\\.\\d{${digits}}|\\d·10⁻.+)$`, 'u');
  return strings.filter((text) => written.test(text));
}

/** As a weight is written, or its neighbours by what float32 rounds away. */
function writings(weight: number, textOf: (weight: number) => string): string[] {
  return [weight, weight - 1e-6, weight + 1e-6].map(textOf);
}

function assertWritten(
  found: readonly string[],
  weights: readonly number[],
  textOf: (weight: number) => string,
  where: string,
): void {
  assert.equal(found.length, weights.length, `${where}: ${found.join(' ')} for ${weights.join(' ')}`);
  for (const [at, weight] of weights.entries()) {
    const text = found[at] ?? assert.fail();
    assert.ok(writings(weight, textOf).includes(text), `${where}: ${text} for ${weight}`);
  }
}

function strongestFirst(weights: readonly number[]): number[] {
  return weights.filter((weight) => weight > 0).sort((a, b) => b - a);
}

/** A row (of a query) or a column (of a key) by the definition; without rows that have no choice where they are `free`. */
function expectedPartners(picture: Picture, expected: readonly number[], { side, index }: TokenFocus, free: boolean) {
  const keys = picture.sides.key.length;
  if (side === 'query') return expected.slice(index * keys, (index + 1) * keys);
  return picture.sides.query.map((_, row) =>
    free && isForcedRow(picture, row) ? 0 : (expected[row * keys + index] ?? NaN),
  );
}

/** What a file shows of a selection. */
function fileOf(
  format: 'table' | 'svg-matrix',
  analysis: Analysis,
  selection: Selection,
  options: ViewOptions,
): string {
  const page = (): never => assert.fail('a page is not asked for');
  const state = { ...firstView, options };
  return [...exportOf(format, analysis, focusOfSelection(selection, true), page, state)].join('');
}

for (const [kind, name, map] of [
  ['BERT-like', 'pieces', 0],
  ['pair', 'pair', 0],
  ['decoder', 'causal', 0],
  ['cross', 'cross', 2],
] as const) {
  test(`${kind}: table twin, inspector, sentences, voice, editor and hover say the numbers of the definition`, async () => {
    const analysis = analyses[name]();
    const [panel, host] = [panelOf(analysis), hostOf(analysis)];
    const first = firstSelection(analysis);
    const compared = { twin: 0, voice: 0, marks: 0, hovers: 0 };
    for (const options of combinations(analysis))
      for (const side of ['query', 'key'] as const) {
        const token: TokenFocus = { side, index: options.step ?? 3 };
        const selection: Selection = { ...first, map, layer: 1, token, heads: [0, 2, 3], head: null };
        const where = `${JSON.stringify(options)} ${side}`;
        const picture = panel(selection, options);
        host.show(options);
        const scene = await host.scenes.of(host.live, selection);
        const own = picture?.selection.token;
        if (!picture || !scene || !own) continue;
        const expected = expectedWeights(analysis, selection, options);
        const whole = expectedPartners(picture, expected, own, false);
        const free = expectedPartners(picture, expected, own, true);

        compared.twin++;
        const inText = whole.flatMap((weight, at) => (weight > 0 ? [{ weight, at }] : []));
        assert.ok(inText.length <= 30, 'the table is not cut');
        const twin = stringsIn(tableTwin(picture, own));
        assertWritten(
          weightsIn(twin, 4),
          inText.map(({ weight }) => weight),
          exactText,
          `twin ${where}`,
        );
        const listed = stringsIn(partnerList(picture, own, Float32Array.from(whole), paper, () => undefined));
        assertWritten(weightsIn(listed, 2), strongestFirst(whole).slice(0, 5), weightText, `inspector ${where}`);

        const [most] = strongestFirst(free);
        const isForced = side === 'query' && isForcedRow(picture, own.index);
        if (most !== undefined && !isForced) {
          compared.voice++;
          const focus = { token: own, cell: null, locked: false };
          const [line, sentence, voice] = [
            summaryLine(picture, focus),
            focusSentence(picture, focus),
            announcement(picture, focus),
          ];
          const says = (text: string, weights: string[]): void =>
            assert.ok(
              weights.some((weight) => text.includes(weight)),
              `${where}: “${text}” for ${most}`,
            );
          says(line, writings(most, weightText));
          says(sentence, writings(most, weightText));
          if (most >= minShown)
            says(
              voice,
              writings(most, shareText).map((text) => text.replace(/^[<>]/u, '')),
            );
        }

        const { marks } = marksOf(host.live, scene);
        for (const { start, end, weight } of marks) {
          compared.marks++;
          const partner = scene.sides[otherSide(own.side)].findIndex((unit) => {
            const sequence = own.side === 'query' ? scene.source.map.keys : scene.source.map.queries;
            const from = host.live.spanOf(sequence, unit.first);
            return from?.start === start && (host.live.spanOf(sequence, unit.end - 1)?.end ?? NaN) <= end;
          });
          assert.ok(Math.abs(weight - (whole[partner] ?? NaN)) < 1e-6, `mark at ${start} ${where}`);
        }

        const list = linkLists(scene, token, 99).find((one) => one.side === side);
        if (!list || list.why !== undefined) continue;
        compared.hovers++;
        const shown = strongestFirst(free).filter((weight) => weight >= minShown);
        const told = list.links.map(({ weight }) => weightText(weight));
        assertWritten(told, shown, weightText, `hover ${where}`);
      }
    for (const [surface, count] of Object.entries(compared)) assert.ok(count > 100, `${surface}: ${count}`);
  });

  test(`${kind}: pictures in files and the table of a terminal show the numbers of the definition`, () => {
    const analysis = analyses[name]();
    const panel = panelOf(analysis);
    const selection: Selection = { ...firstSelection(analysis), map, layer: 1, heads: [0, 2, 3], head: null };
    const ramp = weightRamp(paper.colorOfAll(selection.heads), paper.surface).map(hexOf);
    let compared = 0;
    for (const options of combinations(analysis)) {
      // Files have no token in focus, to which alone a direction applies.
      const picture = options.direction === 'both' ? panel(selection, options) : null;
      if (!picture) continue;
      const where = JSON.stringify(options);
      const expected = expectedWeights(analysis, selection, options);
      const keys = picture.sides.key.length;
      const rows = picture.sides.query.flatMap((_, row) =>
        isSeen(picture, row, 0) || picture.map.kind !== 'causal' ? [row] : [],
      );
      const cells = rows.flatMap((row) =>
        picture.sides.key.flatMap((_, key) => (isSeen(picture, row, key) ? [expected[row * keys + key] ?? NaN] : [])),
      );
      const drawn = /<g>((?:<rect [^>]*fill="#[0-9a-f]{6}"\/>)+)<\/g>/u.exec(
        fileOf('svg-matrix', analysis, selection, options),
      );
      const fills = [...(drawn?.[1] ?? '').matchAll(/fill="(#[0-9a-f]{6})"/gu)].map(([, fill]) => fill);
      assert.equal(fills.length, cells.length, where);
      for (const [at, weight] of cells.entries()) {
        const levels = [weight, weight - 1e-6, weight + 1e-6].map(rampStep);
        assert.ok(
          levels.some((level) => ramp[level] === fills[at]),
          `${where}: ${fills[at]} for ${weight}`,
        );
      }

      const [, ...lines] = (fileOf('table', analysis, selection, options).split('\n\n')[1] ?? '').trimEnd().split('\n');
      const told = picture.sides.query.flatMap((_, row) =>
        picture.step === null || picture.step === row ? [row] : [],
      );
      assert.equal(lines.length, told.length, where);
      for (const [at, row] of told.entries()) {
        if (isForcedRow(picture, row)) continue;
        compared++;
        const [, ...links] = (lines[at] ?? '').split(/ {2,}/u).filter((cell) => cell !== '');
        const weights = weightsIn(
          links.map((link) => link.split(' ').at(-1) ?? ''),
          2,
        );
        assertWritten(
          weights,
          strongestFirst(expected.slice(row * keys, (row + 1) * keys)).slice(0, 5),
          weightText,
          where,
        );
      }
    }
    assert.ok(compared > 300, `${compared} rows`);
  });
}
