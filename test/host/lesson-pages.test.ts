import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Answers } from './answers.ts';
import { lessonWith, lines } from './lesson-support.ts';
import { activeApi, reset } from './support.ts';

/** Resolves when the extension has asked for previews to be made anew. */
function refreshOfPreviews(): Promise<void> {
  const commands = vscode.commands as { executeCommand: (id: string, ...values: unknown[]) => Thenable<unknown> };
  const usual = commands.executeCommand;
  return new Promise((resolve) => {
    commands.executeCommand = (id, ...values) => {
      if (id !== 'markdown.preview.refresh') return usual.call(vscode.commands, id, ...values);
      commands.executeCommand = usual;
      resolve();
      return Promise.resolve();
    };
  });
}

/** A picture of one point. */
const point = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('Pages of a lesson', () => {
  before(activeApi);
  afterEach(reset);

  it('is live in the Markdown preview: pictures, their text with weights, numbers, and a line while a model runs', async () => {
    const { document } = await lessonWith(lines);
    const refreshed = refreshOfPreviews();
    const render = (): Thenable<string> => vscode.commands.executeCommand<string>('markdown.api.render', document);
    assert.match(await render(), /Running masked-lm-small…/u);
    await refreshed;
    const html = await render();
    assert.equal(html.match(/<svg/gu)?.length, 2);
    assert.match(html, /<span title="ate → cat: (?:0\.9\d+|>0\.9+)" style="background-color:[^"]+">cat<\/span>/u);
    assert.match(html, /<code>key a: 1 1<\/code><\/td><td>q·k = 2 ·/u);
    assert.match(html, /What is the weight of the score 2\?/u);
    assert.match(html, /2 sentences: run them in the editor\./u);
    assert.doesNotMatch(html, /strongest/u, 'the answer is not given away');
    const plain = await vscode.commands.executeCommand<string>('markdown.api.render', '```ts\nconst a = 1;\n```');
    assert.match(plain, /<code[^>]*class="[^"]*language-ts/u, 'other fences are as they were');
  });

  it('exports as one page that needs nothing else: pictures, answers, and analyses that answer hovers', async () => {
    const { document } = await lessonWith(lines);
    const place = vscode.Uri.joinPath(document.uri, '..', 'chapter.html');
    const answers = new Answers({ to: /^Exported/u, with: null });
    try {
      await vscode.commands.executeCommand('textAttention.exportChapter', place);
      assert.equal(answers.seen(/^Exported chapter\.html/u).length, 1);
    } finally {
      answers.dispose();
    }
    const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(place));
    assert.ok(page.length < 2_000_000, `${page.length} characters`);
    assert.match(page, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'unsafe-inline'; img-src data:/u);
    assert.equal(page.match(/<iframe sandbox="allow-scripts"/gu)?.length, 2);
    assert.match(page, /<summary>Answer<\/summary><p>cat\. Its weight is/u);
    assert.match(page, /The head finds the word in 1 of 2 sentences\./u);
    assert.match(page, /The cat and the link of 4\.0\./u, 'words that only the editor shows are plain');
    const loaded = [...page.matchAll(/(?:src|href|url\()\s*=?\s*["'(]?https?:[^"' )]*/gu)].map(([found]) => found);
    assert.deepEqual(loaded, [], 'nothing is fetched');
  });

  it('carries the pictures beside and below it, no others, and what the terms of the glossary mean', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const write = (name: string, bytes: Uint8Array): Thenable<void> =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, name), bytes);
    const words = new TextEncoder();
    await write('outside.png', point);
    await write('own/figures/a point.png', point);
    await write('own/drawing.svg', words.encode('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'));
    await write('own/notes.png', words.encode('no picture'));
    const pictures = [
      '![a point](figures/a%20point.png)',
      '![a drawing](./drawing.svg)',
      '![outside](../outside.png)',
      `![anywhere](${folder.uri.path}/outside.png)`,
      '![far](https://example.org/far.png)',
      '![notes](notes.png)',
    ];
    const terms = 'Its [head](#term=head) has a [query](#term=query), and the [head](#term=head) a [x](#term=what).';
    const { document } = await lessonWith(['# Own', terms, ...pictures, '```by-hand', 'score a: 1', '```'], 'own');
    const place = vscode.Uri.joinPath(document.uri, '..', 'own.html');
    const answers = new Answers({ to: /^Exported/u, with: null });
    try {
      await vscode.commands.executeCommand('textAttention.exportChapter', place);
    } finally {
      answers.dispose();
    }
    const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(place));
    assert.deepEqual(
      [...page.matchAll(/<img src="(data:[^;]+;base64,.{8})/gu)].map(([, data]) => data),
      ['data:image/png;base64,iVBORw0K', 'data:image/svg+xml;base64,PHN2ZyB4'],
    );
    assert.deepEqual(
      [...page.matchAll(/<em>Picture left out: ([^<]*)<\/em>/gu)].map(([, alt]) => alt),
      ['outside', 'anywhere', 'far', 'notes'],
    );
    assert.doesNotMatch(page, /outside\.png|example\.org/u);
    assert.match(page, /<a href="#text-attention-term-query" title="[^"]{20,}"[^>]*>query<\/a>/u);
    assert.deepEqual(
      [...page.matchAll(/<dt id="text-attention-term-([^"]+)">/gu)].map(([, term]) => term),
      ['head', 'query'],
    );
    const problems = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Text Attention');
    assert.deepEqual(
      problems.map(({ range }) => document.getText(range)),
      ['[x](#term=what)'],
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const opened = links.find(({ target }) => target?.toString(true).includes('openGlossary?["query"]'));
    assert.equal(opened && document.getText(opened.range), 'query');
  });
});
