import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AnalysisView, TextAttentionApi } from '../../src/host/api.ts';
import { AnalysisSource } from '../../src/host/analysis/analysis-source.ts';
import { EngineClient } from '../../src/host/process/engine-client.ts';
import { LiveAnalysis } from '../../src/host/analysis/live-analysis.ts';
import { marksOf } from '../../src/host/editor/mark-spans.ts';
import { PanelView } from '../../src/host/analysis/panel-view.ts';
import { TrackedTexts, rangeOf } from '../../src/host/analysis/tracked-texts.ts';
import { SceneSource } from '../../src/host/editor/scene-source.ts';
import type { Scene } from '../../src/core/scene/scene.ts';
import {
  expectedTokens,
  expectedWord,
  hardFile,
  hardModels,
  hardText,
  lineEnds,
  readable,
  type Expected,
} from '../fixtures/hard/text.ts';
import { activeApi, editorOn, extension, plain, reset, rawHover, showAttention } from './support.ts';

const quiet = { debug: (): void => {}, info: (): void => {}, warn: (): void => {}, error: (): void => {} };

describe('The exact characters in the editor', () => {
  let api: TextAttentionApi;
  let other: EngineClient;
  let places: TrackedTexts;
  before(async () => {
    api = await activeApi();
    other = new EngineClient({
      file: join(extension().extensionPath, 'dist', 'engine.cjs'),
      idle: () => Infinity,
      grace: 1000,
      log: quiet,
    });
    places = new TrackedTexts();
  });
  after(async () => {
    await model(undefined);
    other.dispose();
    places.dispose();
  });
  afterEach(reset);

  for (const name of hardModels) {
    for (const [ends, eol] of Object.entries(lineEnds)) {
      const text = hardText(eol);
      const content = hardFile(eol);
      const start = content.indexOf(text);
      const shown = async (): Promise<Shown> => {
        const folder = join(extension().extensionPath, 'test', 'fixtures', 'models', name);
        await model(folder);
        const { document } = await editorOn(content, text);
        assert.equal(document.eol, ends === 'LF' ? vscode.EndOfLine.LF : vscode.EndOfLine.CRLF);
        const analysis = await showAttention(api);
        const tokens = await expectedTokens(folder, text);
        assert.deepEqual(
          analysis.info.sequences[0]?.tokens.map((token) => [token.start, token.end]),
          tokens.map((token) => [token.start, token.end]),
        );
        assert.ok(
          text.split('').every((unit, at) => /\s|\u200d|\u0301/u.test(unit) || expectedWord(tokens, at)),
          'the library leaves out no character that can be seen',
        );
        return { document, analysis, tokens };
      };

      it(`${name}, ${ends}: a hover at every character names its word, and stands on it`, async () => {
        const { document, tokens } = await shown();
        for (let at = 0; at < text.length; at++) {
          // A line break of two units is one place for VS Code.
          const offset = text.startsWith('\r\n', at - 1) ? at - 1 : at;
          const word = expectedWord(tokens, offset);
          const hover = await rawHover(document.uri, placeIn(content, start + at));
          const where = `${at} ${JSON.stringify(text.slice(at, at + 2))}`;
          if (!word) assert.equal(hover, null, where);
          else {
            assert.deepEqual(hover?.range, rangeIn(content, start, word), where);
            const head = /<b><code>(.*?)<\/code>/u.exec(hover?.text ?? '')?.[1] ?? '';
            assert.equal(plain(head), readable(text.slice(word.start, word.end)), where);
          }
        }
      });

      it(`${name}, ${ends}: whatever is in focus, marks stand on the tokens’ characters`, async () => {
        const { document, analysis, tokens } = await shown();
        const source = new AnalysisSource(other);
        const scenes = new SceneSource(source, new PanelView());
        const live = await twin(source, document, start, analysis);
        const ranges = new Map(
          tokens.filter(isSeen).map((token) => [`${token.start} ${token.end}`, rangeIn(content, start, token)]),
        );
        for (const side of ['query', 'key'] as const) {
          for (const [index, token] of tokens.entries()) {
            const selection = { ...analysis.selection, token: { side, index } };
            const scene = await scenes.of(live, selection);
            assert.ok(scene);
            const { focus: focused, marks } = marksOf(live, scene);
            assert.deepEqual(
              focused && rangeOf(document, focused),
              isSeen(token) ? rangeIn(content, start, token) : null,
            );
            assert.deepEqual(
              marks.map((mark) => rangeOf(document, mark)),
              [...ranges.values()],
            );
            const sum = marks.reduce((total, mark) => total + mark.weight, 0);
            assert.ok(Math.abs(sum - total(scene, side, index, tokens)) < 1e-5, 'pieces of one character add up');
          }
        }
      });
    }
  }

  /**
   * The analysis once more, in a process that the extension knows nothing of, with the parts that marks are made of.
   */
  const twin = async (
    source: AnalysisSource,
    document: vscode.TextDocument,
    start: number,
    { end }: AnalysisView,
  ): Promise<LiveAnalysis> => {
    const model = vscode.workspace.getConfiguration('textAttention').get<string>('model', '');
    const place = places.track(document, { start, end });
    const { id, info } = await source.analyse({ model, text: place.range.text }, {});
    return new LiveAnalysis(id, model, { text: place }, info);
  };
});

interface Shown {
  readonly document: vscode.TextDocument;
  readonly analysis: AnalysisView;
  readonly tokens: readonly Expected[];
}

async function model(folder: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('textAttention').update('model', folder, vscode.ConfigurationTarget.Global);
}

function isSeen({ start, end }: Expected): boolean {
  return end > start;
}

/** What a token gives to (or gets from) all tokens that have characters. */
function total(
  { spoken: weights, map }: Scene,
  side: 'query' | 'key',
  index: number,
  tokens: readonly Expected[],
): number {
  const [, , queries, keys] = map.shape;
  assert.equal(queries, keys);
  return tokens.reduce(
    (sum, token, at) =>
      sum + (isSeen(token) ? (weights[side === 'query' ? index * keys + at : at * keys + index] ?? NaN) : 0),
    0,
  );
}

/** An offset of a file as the editor counts it, worked out from the file's own characters. */
function placeIn(content: string, offset: number): vscode.Position {
  const before = content.slice(0, offset).split(/\r?\n/u);
  const line = before.at(-1) ?? '';
  return new vscode.Position(before.length - 1, line.endsWith('\r') ? line.length - 1 : line.length);
}

function rangeIn(content: string, base: number, { start, end }: { start: number; end: number }): vscode.Range {
  return new vscode.Range(placeIn(content, base + start), placeIn(content, base + end));
}
