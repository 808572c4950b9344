import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { after, describe, it } from 'node:test';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { analyse, fixture, reasonFor } from './support/models.ts';

const text = 'the cat ate';
const folder = mkdtempSync(join(tmpdir(), 'local-'));
const home = process.env['HOME'];
after(() => {
  if (home === undefined) delete process.env['HOME'];
  else process.env['HOME'] = home;
  rmSync(folder, { recursive: true });
});

function copy(name: string, change: (model: string) => void = () => undefined): string {
  const model = join(folder, name);
  cpSync(fixture('tiny-encoder'), model, { recursive: true });
  change(model);
  return model;
}

const runs = async (model: string): Promise<void> =>
  assert.equal((await analyse({ model, text })).maps.length, 1, model);

describe('a model on this machine', () => {
  it('is named by its folder in every way that a person writes it', async () => {
    const model = copy('usual');
    for (const path of [model, `${model}${sep}`, join(model, 'onnx'), join(model, 'onnx', 'model.onnx')])
      await runs(path);
    if (process.platform === 'win32') return;
    process.env['HOME'] = folder;
    await runs('~/usual');
    await runs('~/usual/onnx/model.onnx');
  });

  it('has its graph in the root, beside an empty onnx folder, one without graphs, or none', async () => {
    const up = (model: string): void => renameSync(join(model, 'onnx', 'model.onnx'), join(model, 'model.onnx'));
    await runs(
      copy('empty', (model) => {
        up(model);
        rmSync(join(model, 'onnx'), { recursive: true });
        mkdirSync(join(model, 'onnx'));
      }),
    );
    await runs(
      copy('other', (model) => {
        up(model);
        rmSync(join(model, 'onnx'), { recursive: true });
        mkdirSync(join(model, 'onnx'));
        writeFileSync(join(model, 'onnx', 'notes.txt'), '');
      }),
    );
    const root = copy('root', (model) => {
      up(model);
      rmSync(join(model, 'onnx'), { recursive: true });
    });
    await runs(root);
    await runs(join(root, 'model.onnx'));
  });

  it('has a graph of one number format alone, or that of the file that is named', async () => {
    for (const name of ['model_quantized.onnx', 'model_q4.onnx', 'model_fp16.onnx']) {
      const model = copy(name, (at) => renameSync(join(at, 'onnx', 'model.onnx'), join(at, 'onnx', name)));
      await runs(model);
      await runs(join(model, 'onnx', name));
    }
    const both = copy('both', (at) => writeFileSync(join(at, 'onnx', 'model_quantized.onnx'), '<html>'));
    await runs(both);
    assert.match(
      sentenceOf(await reasonFor({ model: join(both, 'onnx', 'model_quantized.onnx'), text })).what,
      /model_quantized\.onnx .* a web page/,
    );
  });

  it('whose files are not what they should be is told what they are', async () => {
    const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
    const cases: [string, string, RegExp][] = [
      ['onnx/model.onnx', lfs, /onnx\/model\.onnx .* Git LFS pointer.*git lfs pull/],
      ['tokenizer.json', lfs, /tokenizer\.json .* Git LFS pointer/],
      ['onnx/model.onnx', '<!doctype html><title>x</title>', /onnx\/model\.onnx .* a web page/],
      ['config.json', '\n<html lang="en">', /config\.json .* a web page/],
      ['onnx/model.onnx', '{"error":"Repository not found"}', /onnx\/model\.onnx .* JSON, not a graph/],
      ['onnx/model.onnx', 'PK\u0003\u0004rest', /an archive/],
      ['onnx/model.onnx', '', /onnx\/model\.onnx .* is empty/],
      ['config.json', '', /config\.json .* is empty/],
      ['onnx/model.onnx', '../.git/annex/objects/x', /git-annex/],
    ];
    for (const [at, [file, content, says]] of cases.entries()) {
      const model = copy(`odd-${at}`, (place) => writeFileSync(join(place, file), content));
      assert.match(sentenceOf(await reasonFor({ model, text })).what, says);
    }
    const cut = copy('cut', (model) => truncateSync(join(model, 'onnx', 'model.onnx'), 3000));
    assert.equal((await reasonFor({ model: cut, text })).code, 'model-file-invalid');
  });

  it(
    'whose files are pipes, devices or folders is refused by their names, and nothing waits for them',
    { skip: process.platform === 'win32' },
    async () => {
      const odd: [string, (path: string) => void][] = [
        [
          'pipe',
          (path) => {
            execFileSync('mkfifo', [path]);
          },
        ],
        [
          'device',
          (path) => {
            symlinkSync('/dev/zero', path);
          },
        ],
        [
          'folder',
          (path) => {
            mkdirSync(path);
          },
        ],
      ];
      for (const [kind, make] of odd) {
        for (const [of, file] of [
          ['tiny-encoder', 'config.json'],
          ['tiny-encoder', 'tokenizer.json'],
          ['tiny-encoder', 'onnx/model.onnx'],
          ['tiny-external', 'onnx/model.onnx_data'],
        ] as const) {
          const model = join(folder, `${kind}-${file.replace('/', '-')}`);
          cpSync(fixture(of), model, { recursive: true });
          rmSync(join(model, file));
          make(join(model, file));
          assert.match(
            sentenceOf(await reasonFor({ model, text })).what,
            new RegExp(`${file.replaceAll('.', '\\.')} .* cannot be read: it is not a file`),
          );
        }
      }
    },
  );

  it('without tokenizer.json is told what makes it from what is there', async () => {
    const model = copy('vocabulary', (at) => {
      rmSync(join(at, 'tokenizer.json'));
      writeFileSync(join(at, 'vocab.txt'), 'the\n');
    });
    assert.match(
      sentenceOf(await reasonFor({ model, text })).what,
      /has no file tokenizer\.json \(there is vocab\.txt: .*save_pretrained/,
    );
  });
});
