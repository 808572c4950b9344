import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimeMessage } from '../../../src/engine/runtime-message.ts';

test('what onnxruntime says loses its codes and source files, and keeps the words that help', () => {
  const run = 'Non-zero status code returned while running Gather node. Name:\'/Gather_5\' Status Message: gather.h:115 operator() indices element out of data bounds, idx=4000.';
  assert.equal(runtimeMessage(new Error(run)), 'Gather node “/Gather_5”: indices element out of data bounds, idx=4000');
  const path = 'External data path validation failed for initializer: w. Error: tensorprotoutils.cc:461 ValidateExternalDataPathFromDir External data path does not exist: "/m/model.onnx_data"';
  assert.equal(runtimeMessage(new Error(path)), 'External data path validation failed for initializer: w. External data path does not exist: "/m/model.onnx_data"');
  assert.equal(runtimeMessage(new Error('[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Load model failed.')), 'Load model failed');
});

test('a message is one line of a length that fits a sentence', () => {
  assert.equal(runtimeMessage('first\nsecond'), 'first');
  assert.equal(runtimeMessage('x'.repeat(1000)).length, 301);
});
