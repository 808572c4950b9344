import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttentionError } from '../../../src/core/errors/reason.ts';
import { sentenceOf } from '../../../src/core/errors/sentence.ts';
import { isMissingOperator, running, runtimeMessage } from '../../../src/engine/backend/runtime-message.ts';

/** What a person is told when a run ends with a message. */
async function told(message: string): Promise<{ what: string; next: string }> {
  try {
    await running('m', () => Promise.reject(new Error(message)));
  } catch (thrown) {
    if (thrown instanceof AttentionError) return sentenceOf(thrown.reason);
  }
  throw new Error('nothing was thrown');
}

const size =
  'Got invalid dimensions for input: input_ids for the following indices\n index: 1 Got: 9 Expected: 16\n' +
  ' Please fix either the inputs/outputs or the model.';

test('what onnxruntime says loses its codes and source files, and keeps the words that help', () => {
  const run =
    "Non-zero status code returned while running Gather node. Name:'/Gather_5' Status Message: " +
    'gather.h:115 operator() indices element out of data bounds, idx=4000.';
  assert.equal(runtimeMessage(new Error(run)), 'Gather node “/Gather_5”: indices element out of data bounds, idx=4000');
  const path =
    'External data path validation failed for initializer: w. Error: ' +
    'tensorprotoutils.cc:461 ValidateExternalDataPathFromDir External data path does not exist: ' +
    '"/m/model.onnx_data"';
  assert.equal(
    runtimeMessage(new Error(path)),
    'External data path validation failed for initializer: w. External data path does not exist: "/m/model.onnx_data"',
  );
  assert.equal(
    runtimeMessage(new Error('[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Load model failed.')),
    'Load model failed',
  );
});

test('the second line of a message is kept, and what helps nobody is not', () => {
  assert.equal(
    runtimeMessage(new Error(size)),
    'Got invalid dimensions for input: input_ids for the following indices index: 1 Got: 9 Expected: 16',
  );
  assert.equal(
    runtimeMessage(new Error('first line\n\n  second line.\nStacktrace:\n#1 0x00 in there')),
    'first line second line',
  );
  assert.equal(runtimeMessage('x'.repeat(1000)).length, 301);
});

const cases: readonly { message: string; next: RegExp; not?: RegExp }[] = [
  {
    message: size,
    next: /^The graph does not fit the other files of the model: choose another export/,
    not: /shorter/,
  },
  {
    message: 'Unexpected input data type. Actual: (tensor(int32)) , expected: (tensor(int64))',
    next: /another export/,
    not: /shorter/,
  },
  {
    message: '[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : std::bad_alloc',
    next: /^Select a shorter text, or choose a smaller model/,
  },
  {
    message:
      '[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Non-zero status code returned while running Gather node. ' +
      "Name:'/g' Status Message: indices element out of data bounds, " +
      'idx=4000 must be within the inclusive range [-20,19]',
    next: /outside the tables of this graph: the tokenizer may belong to another model/,
  },
  { message: 'something else', next: /^Try another text\. If that also fails/, not: /shorter/ },
];

for (const { message, next, not } of cases) {
  test(`the advice fits the cause: ${message.slice(0, 60).replaceAll('\n', ' ')}`, async () => {
    const sentence = await told(message);
    assert.match(sentence.next, next);
    if (not) assert.doesNotMatch(sentence.next, not);
  });
}

test('numbers that overflow point to another number format', () => {
  assert.match(
    sentenceOf({ code: 'run-failed', model: 'm', detail: 'row 1 holds no numbers', cause: 'numbers' }, 'terminal').next,
    /--dtype/,
  );
});

test('an operator that cannot be run here is told from a damaged file', () => {
  assert.ok(
    isMissingOperator(
      new Error(
        "[ONNXRuntimeError] : 9 : NOT_IMPLEMENTED : Could not find an implementation for Odd(1) node with name ''",
      ),
    ),
  );
  assert.ok(!isMissingOperator(new Error('Protobuf parsing failed.')));
});
