import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { Answers } from './answers.ts';
import { lensesOf, lessonWith, lines, press, putCursor } from './lesson-support.ts';
import { activeApi, reset, sentence, until } from './support.ts';

describe('A lesson', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  it('has a line above each fence; the first runs its text and shows view, layer, head and tokens', async () => {
    const { document } = await lessonWith(lines);
    const lenses = await lensesOf(document.uri);
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [6, '$(play) Show ate → cat'],
        [6, '$(symbol-operator) Arithmetic'],
        [6, '$(comment) On My Own Sentence…'],
        [14, '$(edit) Answer'],
        [14, '$(lightbulb) Hint'],
        [14, '$(comment) On My Own Sentence…'],
        [14, '$(checklist) 0 of 2 answered'],
        [24, '$(edit) Answer'],
        [24, '$(checklist) 0 of 2 answered'],
        [38, '$(run-all) Run on 2 sentences'],
        [44, '$(play) Show it: Head'],
        [44, '$(comment) On My Own Sentence…'],
      ],
    );
    await press(lenses, /Show ate → cat/u);
    const { current } = api;
    assert.ok(current);
    assert.equal(document.getText().slice(current.start, current.end), sentence);
    assert.equal(current.info.model.id, 'masked-lm-small');
    const tokens = current.info.sequences[0]?.tokens.map(({ text }) => text) ?? [];
    const [ate, cat] = [tokens.indexOf('ate'), tokens.indexOf('cat')];
    assert.deepEqual(current.selection, {
      map: 0,
      layer: 4,
      heads: [1],
      head: 1,
      token: { side: 'query', index: ate, cell: cat },
    });
    assert.equal(api.view?.view, 'matrix');
    await press(lenses, /Arithmetic/u);
    assert.equal(api.view.view, 'arithmetic');
  });

  it('runs what a fence edits or lets the model write, and tells two runs of one text apart', async () => {
    const fence = (...more: readonly string[]): readonly string[] => [
      '```attention',
      'model: causal-lm-small',
      'text: The captain looked at the sea, and the',
      'head: 1.0',
      ...more,
      '```',
      'In [1.1](#head=1.1).',
      '# Next',
    ];
    const plain = fence('continue: 2');
    const editor = await lessonWith([...plain, ...fence('edit: off 1.0')]);
    const lenses = await lensesOf(editor.document.uri);
    const at = (line: number): readonly vscode.CodeLens[] => lenses.filter(({ range }) => range.start.line === line);
    await press(at(0), /Show it/u);
    assert.deepEqual([api.current?.info.edits, api.current?.selection.head], [undefined, 0]);
    const { generatedFrom = 0, tokens = [] } = api.current?.info.sequences[0] ?? {};
    assert.equal(tokens.length - generatedFrom, 2);
    await press(at(plain.length), /Show it/u);
    assert.deepEqual(api.current?.info.edits, [{ kind: 'off', layer: 1, head: 0 }]);
    assert.ok(api.current.info.change);
    putCursor(editor, 6, '1.1');
    await until(api, () => api.current?.info.edits === undefined && api.current?.selection.head === 1);
  });

  it('what is not right in a file is underlined with what is expected, and results by hand follow typing', async () => {
    const editor = await lessonWith(lines);
    const { document } = editor;
    const problems = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Text Attention');
    assert.deepEqual(
      problems.map(({ range, message }) => [document.getText(range), /“hed” is not known/u.test(message)]),
      [['hed: 1', true]],
    );
    const hints = async (): Promise<readonly string[]> => {
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        all,
      );
      return found.map(({ label }) => (typeof label === 'string' ? label : ''));
    };
    assert.match((await hints())[1] ?? '', /^q·k 2, score 1, weight 0\.73$/u);
    await editor.edit((edit) => edit.replace(document.lineAt(lines.indexOf('key a: 1 1')).range, 'key a: 3 1'));
    assert.match((await hints())[1] ?? '', /^q·k 4, score 2, weight 0\.88$/u);
  });

  it('the cursor in a word shows it in the panel; another passage is left alone while nothing of it is shown', async () => {
    const editor = await lessonWith(lines);
    putCursor(editor, 4, 'cat');
    await press(await lensesOf(editor.document.uri), /Show ate → cat/u);
    putCursor(editor, 4, '4.0');
    await until(api, () => api.current?.selection.head === 0);
    assert.deepEqual([api.current?.selection.layer, api.current?.selection.heads], [4, [0]]);
    putCursor(editor, 4, 'the link');
    await until(api, () => api.current?.selection.head === 1);
    putCursor(editor, 4, '[cat');
    await until(api, () => api.current?.selection.token?.cell === undefined);
    assert.equal(api.current?.selection.token?.index, 2);
  });

  it('a chapter that is open already stays where the reader is in it', async () => {
    const open = async (): Promise<vscode.TextEditor> => {
      await vscode.commands.executeCommand('textAttention.openLesson', '02-query-key-value.md');
      return vscode.window.activeTextEditor ?? assert.fail('no editor is active');
    };
    const editor = await open();
    const place = new vscode.Position(40, 3);
    editor.selection = new vscode.Selection(place, place);
    const again = await open();
    assert.equal(again.document, editor.document);
    assert.deepEqual(again.selection.active, place);
  });

  it('a word for a part of the formula opens the arithmetic and is marked while that part is pointed at', async () => {
    const fence = ['```attention', `text: ${sentence}`, 'head: 4.1', 'token: ate', 'key: cat', '```'];
    const editor = await lessonWith([...fence, 'The [query](#symbol=query) and the rest.']);
    await press(await lensesOf(editor.document.uri), /Show ate → cat/u);
    putCursor(editor, 6, 'query');
    await until(api, () => api.view?.view === 'arithmetic' && api.symbol === 'query');
    putCursor(editor, 6, 'rest');
    await until(api, () => api.symbol === null);
  });

  it('a question is answered by the live model, right or wrong, with the reason; progress is kept and forgotten', async () => {
    const { document } = await lessonWith(lines);
    await vscode.commands.executeCommand('textAttention.resetLesson');
    const answers = new Answers(
      { to: /Which word/u, with: 'fish' },
      { to: /Not “fish”/u, with: 'Show It' },
      { to: /Which word/u, with: 'fish' },
      { to: /Not “fish”/u, with: 'Answer Again' },
      { to: /Which word/u, with: 'cat' },
      { to: /Right: “cat”/u, with: 'Next Question' },
      { to: /animal/u, with: 'Answer' },
      { to: /Which word/u, with: null },
      { to: /What is the weight/u, with: '0,67' },
    );
    try {
      const answer = async (at: number): Promise<void> => {
        const lenses = await lensesOf(document.uri);
        await press(
          lenses.filter(({ range }) => range.start.line === at),
          /Answer/u,
        );
      };
      await answer(14);
      const [first] = answers.seen(/Not “fish”/u);
      assert.match(first?.text ?? '', /^Not “fish”: it is “cat”\. Its weight is (0\.\d\d|>0\.99)\./u);
      assert.deepEqual(first?.offered, ['Show It', 'Answer Again']);
      assert.ok(api.current, 'what the question is about is shown');
      assert.equal(api.current.selection.head, 1);
      await answer(14);
      assert.match(answers.seen(/Right/u)[0]?.text ?? '', /^Right: “cat”\./u);
      assert.equal(vscode.window.activeTextEditor?.selection.active.line, 24, 'the next question is in sight');
      await press(await lensesOf(document.uri), /Hint/u);
      assert.equal(answers.seen(/It is an animal\./u).length, 1);
      await answer(24);
      const last = answers.seen(/Right/u)[1];
      assert.match(last?.text ?? '', /^Right: 0\.67\. It is 0\.67\./u);
      assert.deepEqual(last?.offered, [], 'all are answered, and there is no picture of numbers alone');
      const states = async (): Promise<readonly string[]> =>
        (await lensesOf(document.uri)).map(({ command }) => command?.title ?? '');
      assert.equal((await states()).filter((title) => title.includes('2 of 2 answered')).length, 2);
      await vscode.commands.executeCommand('textAttention.resetLesson');
      assert.equal((await states()).filter((title) => title.includes('0 of 2 answered')).length, 2);
    } finally {
      answers.dispose();
    }
  });

  it('a reason that cannot be computed leaves the answer as it is, and says what is missing', async () => {
    const question = ['```question', 'ask: Which one?', `text: ${sentence}`, 'head: 4.1', 'token: ate'];
    const { document } = await lessonWith([...question, 'answer: strongest', 'reason: It has {weight}.', '```']);
    const answers = new Answers({ to: /Which one/u, with: 'cat' });
    try {
      await press(await lensesOf(document.uri), /Answer/u);
      assert.equal(answers.seen(/^Right/u)[0]?.text, 'Right: “cat”. This needs a key token.');
      const titles = (await lensesOf(document.uri)).map(({ command }) => command?.title ?? '');
      assert.ok(titles.some((title) => title.includes('1 of 1 answered')));
    } finally {
      answers.dispose();
    }
  });

  it('a sentence of the reader’s own takes the place of the text, or is asked about without it', async () => {
    const { document } = await lessonWith(lines);
    const own = 'The dog ate the bird.';
    const answers = new Answers(
      { to: /^On My Own Sentence/u, with: own },
      { to: /^Head 4\.1 on your own sentence/u, with: own },
      { to: /^Head 4\.1 on your own sentence/u, with: 'ate' },
      { to: /^Head 4\.1 on your own sentence/u, with: 'bird' },
      { to: /dog/u, with: 'Another Sentence' },
      { to: /^Head 4\.1 on your own sentence/u, with: null },
    );
    try {
      await press(await lensesOf(document.uri), /On My Own/u);
      assert.equal(document.lineAt(7).text, `text: ${own}`);
      assert.ok(api.current);
      assert.equal(api.current.info.sequences[0]?.text, own);
      assert.deepEqual([api.current.selection.layer, api.current.selection.head], [4, 1]);
      assert.equal(api.current.selection.token, null, '‘cat’ is not in it');
      const lenses = await lensesOf(document.uri);
      await press(
        lenses.filter(({ range }) => range.start.line === 14),
        /On My Own/u,
      );
      const [told] = answers.seen(/^Not “bird”/u);
      assert.match(told?.text ?? '', /^Not “bird”: it is “dog”\. The weight of ‘dog’ is (0\.\d\d|>0\.99)\.$/u);
      assert.equal(answers.seen(/^Head 4\.1 on your own sentence/u).length, 4);
      assert.equal(document.lineAt(7).text, `text: ${own}`);
    } finally {
      answers.dispose();
    }
  });

  it('runs many sentences and says in how many a head finds the right word', async () => {
    const { document } = await lessonWith(lines);
    const answers = new Answers({ to: /finds it/u, with: null });
    try {
      await press(await lensesOf(document.uri), /Run on 2/u);
      const [asked] = answers.seen(/finds it/u);
      assert.equal(asked?.text, 'Head 4.1 finds it in 1 of 2 sentences');
      assert.equal(asked.offered.filter((row) => row.startsWith('$(pass)')).length, 1);
    } finally {
      answers.dispose();
    }
  });
});
