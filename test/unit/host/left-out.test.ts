import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AttentionError, type Reason } from '../../../src/core/errors/reason.ts';
import type { EngineClient } from '../../../src/host/process/engine-client.ts';
import '../support/vscode.ts';

const { AnalysisSource } = await import('../../../src/host/analysis/analysis-source.ts');
const { leftOutWords } = await import('../../../src/host/analysis/texts.ts');

/** A model process that refuses some parts of a question, and keeps what it was asked. */
function engine(refused: Readonly<Record<string, string>>): { client: EngineClient; asked: Record<string, unknown>[] } {
  const asked: Record<string, unknown>[] = [];
  const ask = async (_: string, question: Record<string, unknown>): Promise<unknown> => {
    asked.push(question);
    for (const [argument, detail] of Object.entries(refused)) {
      if (question[argument] !== undefined) throw new AttentionError({ code: 'argument-invalid', argument, detail });
    }
    return { maps: [] };
  };
  return { client: { ask } as unknown as EngineClient, asked };
}

const options = { signal: new AbortController().signal, onProgress: () => undefined };
const question = { model: 'm', text: 'a', pair: 'b', target: 'c' };

describe('What a model does not take', () => {
  it('is left out, one part after the other, and told', async () => {
    const { client, asked } = engine({
      target: 'encoder-only models take no target',
      pair: 'decoder-only models take one text',
    });
    const { leftOut } = await new AnalysisSource(client).analyse(question, options);
    assert.deepEqual(leftOut.map(leftOutWords), [
      'The target was left out: encoder-only models take no target.',
      'The second text was left out: decoder-only models take one text.',
    ]);
    assert.deepEqual(
      Object.keys(asked.at(-1) ?? {})
        .filter((name) => asked.at(-1)?.[name] !== undefined)
        .sort(),
      ['analysis', 'model', 'text'],
    );
  });

  it('is asked for whole where all of it is taken', async () => {
    const { client, asked } = engine({});
    assert.deepEqual((await new AnalysisSource(client).analyse(question, options)).leftOut, []);
    assert.equal(asked.length, 1);
  });

  it('is left out beside a number format that the model does not have', async () => {
    const { client, asked } = engine({ dtype: 'there is no q4', target: 'none' });
    const { leftOut } = await new AnalysisSource(client, () => 'q4').analyse(question, options);
    assert.deepEqual(
      leftOut.map(({ part }) => part),
      ['target'],
    );
    assert.equal(asked.at(-1)?.['pair'], 'b');
  });

  it('is no way round any other refusal', async () => {
    for (const reason of [
      { code: 'argument-invalid', argument: 'text', detail: 'x' },
      { code: 'run-failed', model: 'm', detail: 'x' },
    ] satisfies Reason[]) {
      const client = { ask: () => Promise.reject(new AttentionError(reason)) } as unknown as EngineClient;
      await assert.rejects(new AnalysisSource(client).analyse(question, options), { reason });
    }
  });
});
