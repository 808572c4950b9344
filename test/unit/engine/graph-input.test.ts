import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateShape } from '../../../src/engine/feeds/empty-cache.ts';
import {
  cacheKey,
  fixedSizes,
  graphInputs,
  type GraphInput,
  type InputRole,
} from '../../../src/engine/feeds/graph-input.ts';

function input(name: string, dims: GraphInput['dims'] = ['batch_size', 2, 'past', 4]): GraphInput {
  const session = { inputMetadata: [{ name, isTensor: true, type: 'float32', shape: dims }] };
  const [found] = graphInputs(session as unknown as Parameters<typeof graphInputs>[0], new Set());
  assert.ok(found);
  return found;
}

const roles: Readonly<Record<string, InputRole>> = {
  'past_key_values.0.key': 'past',
  'past_key_values.11.value': 'past',
  'past_key_values.0.decoder.key': 'past',
  'past_key_values.3.key_value': 'past',
  past_key_0: 'past',
  past_0: 'past',
  'past_conv.0': 'state',
  'past_conv.2.query': 'state',
  'past_ssm.1': 'state',
  'past_recurrent.7': 'state',
  'past_compressor.3.kv': 'state',
  'past_indexer.3.gate': 'state',
  'past_key_values.4.conv_state': 'state',
  'past_key_values.4.shift_state': 'state',
  past_sequence_length: 'past-length',
  past_key_values_length: 'other',
  num_logits_to_keep: 'kept-logits',
  pixel_values: 'other',
};

for (const [name, role] of Object.entries(roles))
  test(`${name} is ${role}`, () => {
    assert.equal(input(name).role, role);
  });

test('a name of many digits is read at once', () => {
  assert.equal(input(`past_${'1'.repeat(5000)}!`).role, 'state');
});

test('a state is as large as the graph declares, and empty where it grows', () => {
  const { dims } = input('past_ssm.0', ['batch_size', 4, 'd_state', 'grows', '']);
  assert.deepEqual(stateShape({ dims }, { d_state: 6 }, 2), [2, 4, 6, 0, 0]);
});

test('what a layer keeps goes from its output to its input, and a graph that keeps something back has no cache', () => {
  assert.equal(cacheKey('present_conv.3'), cacheKey('past_conv.3'));
  assert.equal(cacheKey('present.3.conv_state'), cacheKey('past_key_values.3.conv_state'));
  assert.notEqual(cacheKey('present_conv.3'), cacheKey('past_ssm.3'));
  const inputs = [
    input('input_ids', ['batch', 'tokens']),
    input('past_key_values.0.key'),
    input('past_conv.1', [1, 2]),
  ];
  assert.equal(fixedSizes(inputs, ['logits', 'present.0.key', 'present_conv.1']).cached, true);
  assert.equal(fixedSizes(inputs, ['logits', 'present.0.key']).cached, false);
});
