import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedFolder } from '../../../src/host/models/typed-folder.ts';

test('an absolute path that is typed where a model is chosen is a folder, other words are not', () => {
  assert.equal(typedFolder('/data/models/bert-toy'), '/data/models/bert-toy');
  assert.equal(typedFolder(' "/data/my models/bert-toy/" '), '/data/my models/bert-toy');
  assert.equal(typedFolder('C:\\models\\bert'), 'C:\\models\\bert');
  assert.equal(typedFolder('\\\\server\\share\\bert'), '\\\\server\\share\\bert');
  for (const other of ['', '/', 'C:\\', 'bert', 'Xenova/bert-base-uncased', './bert', 'https://huggingface.co/a/b'])
    assert.equal(typedFolder(other), null, other);
});
