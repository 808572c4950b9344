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
    assert.match(html, /<code>key a: 1 1<\/code><\/td><td>q·k = 2\.00/u);
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
});
