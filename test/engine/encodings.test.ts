import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { lineOf, sentenceOf } from '../../src/core/errors/sentence.ts';
import { inert } from '../../src/host/window/inert.ts';
import { bundle } from './support/engine-process.ts';
import { analyse, fixture, fixtureModels, idsOf, mapNamed, reasonFor, root } from './support/models.ts';

const text = 'the hungry cat ate';
const folder = mkdtempSync(join(tmpdir(), 'encodings-'));
after(() => rmSync(folder, { recursive: true }));

const encodings: Readonly<Record<string, (content: string) => Buffer>> = {
  'UTF-8 with a byte order mark': (content) => Buffer.from(`\ufeff${content}`),
  'UTF-16, little-endian': (content) => Buffer.from(`\ufeff${content}`, 'utf16le'),
  'UTF-16, big-endian': (content) => Buffer.from(`\ufeff${content}`, 'utf16le').swap16(),
};

/** A copy of a tiny model with its description written by `write`. */
function rewritten(
  from: string,
  write: (content: string) => Buffer,
  files = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'],
): string {
  const model = mkdtempSync(join(folder, 'model-'));
  cpSync(fixture(from), model, { recursive: true });
  for (const file of files.map((name) => join(model, name)).filter((path) => existsSync(path)))
    writeFileSync(file, write(readFileSync(file, 'utf8')));
  return model;
}

describe('a model whose files are written in another encoding', () => {
  for (const [name, write] of Object.entries(encodings)) {
    for (const from of ['tiny-encoder', 'tiny-decoder', 'tiny-encoder-decoder']) {
      it(`${name}, ${from}: the same tokens and the same attention`, async () => {
        const [plain, other] = [
          await analyse({ model: fixture(from), text }),
          await analyse({ model: rewritten(from, write), text }),
        ];
        assert.deepEqual(
          other.sequences.map((_, at) => idsOf(other, at)),
          plain.sequences.map((_, at) => idsOf(plain, at)),
        );
        for (const { name: map, weights } of plain.maps) assert.deepEqual(mapNamed(other, map).weights, weights);
      });
    }
  }

  it('is refused by the file and the byte when its bytes are no text', async () => {
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) {
      const model = rewritten(
        'tiny-encoder',
        (content) =>
          Buffer.concat([
            Buffer.from(content.trimEnd().slice(0, -1)),
            Buffer.from(',"x":"'),
            Buffer.of(0xe9),
            Buffer.from('"}'),
          ]),
        [file],
      );
      const reason = await reasonFor({ model, text });
      assert.equal(reason.code, 'model-file-invalid');
      assert.match(
        sentenceOf(reason).what,
        new RegExp(`${file.replace('.', '\\.')} .* not valid UTF-8 \\(byte 0xE9 at position \\d+\\)`),
      );
    }
  });

  it('is read as the shared one is: config.json begins with a byte order mark', async (context) => {
    const model = join(root, '..', 'shared', 'data', 'odd', 'config-with-bom');
    if (!existsSync(model)) return context.skip('../shared/data/odd/config-with-bom is not on this machine');
    assert.deepEqual(mapNamed(await analyse({ model, text }), 'attention').shape.slice(0, 1), [2]);
  });
});

describe('a description whose words hold terminal escapes', () => {
  const model = join(root, '..', 'shared', 'data', 'odd', 'config-with-escapes');

  it(
    'reaches the terminal as visible, harmless text: the shared one',
    { skip: existsSync(model) ? false : '../shared/data/odd/config-with-escapes is not on this machine' },
    () => {
      const { stdout, stderr } = spawnSync(process.execPath, [bundle('cli.cjs'), '--model', model, text], {
        encoding: 'utf8',
      });
      assert.notEqual(stdout + stderr, '');
      // Line breaks are ours; every other control is not.
      assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n]/u);
    },
  );
});

it('a pattern that reads [text](command:…) is refused in words that VS Code takes for no link: the shared one', async (context) => {
  const model = join(root, '..', 'shared', 'data', 'odd', 'regex-that-is-a-link');
  if (!existsSync(model)) return context.skip('../shared/data/odd/regex-that-is-a-link is not on this machine');
  const line = lineOf(await reasonFor({ model, text }));
  assert.match(line, /\]\(command:/, 'the sentence quotes it');
  assert.doesNotMatch(inert(line), /\]\(/);
});

describe('the command line', () => {
  const cli = (args: readonly string[], input?: Buffer) =>
    spawnSync(process.execPath, [bundle('cli.cjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels },
      ...(input === undefined ? {} : { input }),
    });

  it('reads a text and a conversation in any of these encodings, without the mark', () => {
    for (const write of Object.values(encodings)) {
      const { stdout, stderr } = cli(['--model', 'tiny-encoder', '--format', 'json', '-'], write(`${text}\n`));
      assert.equal(stderr, '');
      assert.equal(JSON.parse(stdout).sequences[0].text, text);
    }
    const { stdout } = cli(['--model', 'tiny-encoder', '--format', 'json', `\ufeff${text}`]);
    assert.equal(JSON.parse(stdout).sequences[0].text, text);
  });

  it('names the byte that is no text', () => {
    const { status, stderr } = cli(['--model', 'tiny-encoder', '-'], Buffer.from([0x61, 0x20, 0xff]));
    assert.equal(status, 1);
    assert.match(stderr, /^Standard input: not valid UTF-8 \(byte 0xFF at position 2\)\. /);
    const chat = join(folder, 'chat.json');
    writeFileSync(
      chat,
      Buffer.concat([Buffer.from('[{"role": "user", "content": "'), Buffer.of(0xc3, 0x28), Buffer.from('"}]')]),
    );
    assert.match(
      cli(['--model', 'tiny-encoder', '--chat', chat]).stderr,
      /not valid UTF-8 \(byte 0xC3 at position 30\)/,
    );
  });
});
