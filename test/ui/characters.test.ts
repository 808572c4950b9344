import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { comes, until } from '../harness/until.ts';
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
import { boxesOf, coverTheSame, marksIn, stretchesOf, type MarkKind } from './support/marks.ts';
import { PanelView } from './support/panel.ts';
import { Reference } from './support/reference.ts';
import { session } from './support/session.ts';

const models = join(import.meta.dirname, '..', 'fixtures', 'models');

/** Characters whose tokens are put in focus, and on which the mouse rests. */
const chosen = {
  'tiny-word-piece': { focused: ['ï', 'م'], rested: ['ﬁ', 'ح'] },
  'tiny-byte-level': { focused: ['😀', 'e\u0301'], rested: ['👧', 'e\u0301'] },
  'tiny-unigram': { focused: ['ﬁ', '日'], rested: ['İ', '日'] },
} as const satisfies Record<(typeof hardModels)[number], object>;

/** A weight that the editor shows: half a step of sixteen. */
const minMarked = 1 / 32;

const settingsFile = join('.vscode', 'settings.json');
const kinds: readonly MarkKind[] = ['analysed', 'focus', 'weights'];

describe('The exact characters in the workbench', () => {
  const now = session({
    [settingsFile]: settingsFor(hardModels[0]),
    ...Object.fromEntries(Object.entries(lineEnds).map(([ends, eol]) => [fileOf(ends), hardFile(eol)])),
  });

  it('opens a file of either line ending', async () => {
    for (const ends of Object.keys(lineEnds)) await now().workbench.open(fileOf(ends));
  });

  for (const name of hardModels) {
    const model = join(models, name);

    for (const [ends, eol] of Object.entries(lineEnds)) {
      const file = fileOf(ends);
      const content = hardFile(eol);
      const text = hardText(eol);
      const base = content.indexOf(text);
      const stretches = ({ start, end }: { start: number; end: number }) =>
        stretchesOf(content, { start: base + start, end: base + end });

      it(`${name}, ${ends}: marks cover the characters of the tokens, and no others`, async () => {
        const { workbench, folder } = now();
        const panel = new PanelView(workbench);
        const editor = workbench.editor(file);
        const [tokens, reference] = await Promise.all([expectedTokens(model, text), Reference.of(text, model)]);
        const analysed = panel
          .footer()
          .filter({ hasText: name })
          .filter({ hasText: `${tokens.length} tokens` });
        await writeFile(join(folder, settingsFile), settingsFor(name));
        await workbench.bring(file);
        // VS Code learns of a setting that is written to a file when its watcher comes round.
        await until(
          `${name} reads the text`,
          async () => {
            await selectText(file);
            await workbench.run('Attention: Show Attention');
            return comes(analysed.waitFor({ timeout: 5000 }));
          },
          60_000,
        );
        await panel.everyHead(0);
        for (const character of chosen[name].focused) {
          const index = tokenAt(tokens, text.indexOf(character));
          const token = tokens[index];
          assert.ok(token, character);
          const heavy = tokens.filter((other) => weightOn(reference, tokens, index, other) >= minMarked);
          // Read before the marks are drawn: they must not move the characters either.
          const expected = {
            analysed: await boxesOf(editor, content, stretches({ start: 0, end: text.length })),
            focus: await boxesOf(editor, content, stretches(token)),
            weights: await boxesOf(editor, content, heavy.flatMap(stretches)),
          };
          for (const kind of kinds) assert.ok(expected[kind].length > 0, `${kind} of ${character} can be seen`);
          await panel.word(index).click();
          let drawn = await marksIn(editor);
          const agree = async (): Promise<boolean> => {
            drawn = await marksIn(editor);
            return kinds.every((kind) => coverTheSame(drawn[kind], expected[kind]));
          };
          await until(`marks for ${character}`, agree, 10_000).catch(() =>
            assert.deepEqual(drawn, expected, character),
          );
        }
      });

      it(`${name}, ${ends}: the mouse over a character shows its word`, async () => {
        const { workbench } = now();
        const tokens = await expectedTokens(model, text);
        for (const character of chosen[name].rested) {
          const start = text.indexOf(character);
          const word = expectedWord(tokens, start);
          assert.ok(word, character);
          const place = async (): Promise<{ x: number; y: number }> => {
            const [box] = await boxesOf(
              workbench.editor(file),
              content,
              stretches({ start, end: start + character.length }),
            );
            assert.ok(box, character);
            return { x: (box.left + box.right) / 2, y: box.middle };
          };
          const head = `${readable(text.slice(word.start, word.end))} · layer 0`;
          const shown = await workbench.hoverAt(place, head);
          assert.ok(shown.startsWith(head), `${character}: ${shown}`);
        }
        await workbench.picture(`characters-${name}-${ends}`);
      });
    }
  }

  it('can be read in a dark theme', async () => {
    const { workbench } = now();
    await workbench.wear('dark');
    await new PanelView(workbench).themed('vscode-dark');
    await workbench.picture('characters-dark');
  });

  /** Selects the text from its first character to its last, over the line break, by the keyboard. */
  const selectText = async (file: string): Promise<void> => {
    const { workbench } = now();
    await workbench.select(file, 'Naïve');
    for (const key of ['ArrowLeft', 'Shift+ArrowDown', 'Shift+End']) await workbench.page.keyboard.press(key);
  };
});

function fileOf(ends: string): string {
  return `${ends}.txt`;
}

/** Settings of the folder: the model, and an editor that covers no text and draws blanks as blanks. */
function settingsFor(name: string): string {
  return JSON.stringify({
    'textAttention.model': join(models, name),
    'editor.minimap.enabled': false,
    'editor.renderWhitespace': 'none',
  });
}

/** The first of the tokens on a character. */
function tokenAt(tokens: readonly Expected[], offset: number): number {
  return tokens.findIndex(({ start, end }) => start <= offset && offset < end);
}

/**
 * What a token gives to all tokens that stand on the same characters as another, under the mean of the heads of layer
 * 0.
 */
function weightOn(reference: Reference, tokens: readonly Expected[], from: number, { start, end }: Expected): number {
  const same = tokens.flatMap((token, at) => (token.start === start && token.end === end ? [at] : []));
  return reference.between(
    [from],
    same,
    0,
    Array.from({ length: reference.heads }, (_, head) => head),
  );
}
