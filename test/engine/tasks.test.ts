import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { placedSpan } from '../../src/core/document/placing.ts';
import { answerIn } from '../../src/core/prediction/span.ts';
import { framedTexts, placedIn } from '../../src/core/run/framing.ts';
import { taskModels } from '../../src/engine/store/tasks.ts';
import { analyse, builtInModels, fixture, places } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'tasks-'));
after(() => rmSync(folder, { recursive: true }));

/** A tiny encoder-decoder that says how it is told to summarise. */
function summariser(description: unknown): string {
  const model = join(folder, 'summariser');
  cpSync(fixture('tiny-encoder-decoder'), model, { recursive: true });
  const path = join(model, 'config.json');
  const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...(config as object), task_specific_params: description }));
  return model;
}

test('models of this machine are told by what they do', async () => {
  const shipped = await taskModels({ ...places, models: builtInModels }, 'masked-lm-small');
  assert.equal(shipped.length, 7);
  assert.ok(shipped.every(({ tasks }) => tasks.every(({ kind }) => kind === 'translation')));
  const tiny = await taskModels(places, fixture('tiny-answerer'));
  const named = (model: string): string[] | undefined =>
    tiny.find((one) => one.model === model)?.tasks.map(({ kind }) => kind);
  assert.deepEqual(named('tiny-answerer'), ['question']);
  assert.deepEqual(named(fixture('tiny-answerer')), ['question'], 'a folder by its path');
  assert.deepEqual(named('tiny-encoder-decoder'), ['translation']);
  assert.equal(named('tiny-decoder'), undefined);
});

test('the words of a task are read from the description of a model, which may say anything', async () => {
  const model = summariser({ summarization: { prefix: 'the dog: ', num_beams: 4 } });
  const [own] = await taskModels(places, model);
  assert.deepEqual(own, { model, tasks: [{ kind: 'summary', prefix: 'the dog: ', languages: null }] });
  for (const odd of [3, ['a'], { summarization: { prefix: 3 } }, { summarization: { prefix: 'x'.repeat(1000) } }]) {
    const [first] = await taskModels(places, summariser(odd));
    assert.deepEqual(
      first?.tasks.map(({ kind }) => kind),
      ['translation'],
      'what it is by its type',
    );
  }
});

test('a text after the words of a task keeps its characters', async () => {
  const framing = { as: 'task', prefix: 'the dog , ' } as const;
  const text = 'a hungry cat';
  const { sequences, maps } = await analyse({ model: fixture('tiny-encoder-decoder'), ...framedTexts(text, framing) });
  const [source] = sequences;
  assert.ok(source);
  assert.equal(source.text, 'the dog , a hungry cat');
  const placed = placedIn(text, framing, source);
  const own = source.tokens.flatMap((token) => {
    const span = placedSpan(placed, token);
    return span ? [text.slice(span.start, span.end)] : [];
  });
  assert.deepEqual(own, ['a', 'hungry', 'cat']);
  assert.ok(maps.some(({ kind }) => kind === 'cross'));
});

test('a question about a text has its answer in the text', async () => {
  const framing = { as: 'context', question: 'was the cat hungry' } as const;
  const text = 'The dog ate a fish.';
  const { sequences, predictions } = await analyse({
    model: fixture('tiny-answerer'),
    ...framedTexts(text, framing),
  });
  const [sequence] = sequences;
  assert.deepEqual([sequence?.text, sequence?.pair], ['was the cat hungry', text]);
  const span = predictions?.find(({ kind }) => kind === 'span');
  assert.ok(span?.kind === 'span');
  assert.equal(span.starts.length, sequence?.tokens.length);
  const [best] = span.answers;
  assert.ok(best);
  assert.ok(Math.abs((span.starts[best.first] ?? 0) * (span.ends[best.last] ?? 0) - best.probability) < 1e-9);
  assert.deepEqual(answerIn(predictions)?.answer ?? null, best.probability >= span.none ? best : null);
});
