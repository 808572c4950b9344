import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { modelTypesFile, modelTypesText } from '../../../scripts/model-types.ts';

test('the list of model types is that of the installed library (else: node scripts/model-types.ts)', async () => {
  assert.equal(readFileSync(modelTypesFile, 'utf8'), await modelTypesText());
});
