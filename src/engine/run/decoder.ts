import { AttentionError } from '../../core/errors/reason.ts';
import { roleRanges, type Message } from '../../core/text/chat.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import { renderedChat } from '../model/chat-template.ts';
import { tokenLimit } from '../model/limits.ts';
import { nextExpectation } from '../predict/expectation.ts';
import { rowCount, rowOf } from '../predict/logits.ts';
import { nextPrediction, readRows } from '../predict/next.ts';
import { extended } from './extended.ts';
import type { Continuation } from '../../core/run/run-spec.ts';
import { refuse, sequenceOf, type Analyse } from './family.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { analyseOneGraph, checkLength } from './one-graph.ts';
import { withReplaced, refuseTarget } from './replaced.ts';
import { writeOn } from './write-on.ts';
import { words } from '../../core/words/words.ts';

/**
 * GPT and its kin on a given text, which they may continue first: all tokens at once and nothing in the cache, so that
 * every token looks at itself and what stands before it.
 */
export const analyseDecoder: Analyse = async (model, texts, work, watch) => {
  refuseTarget(texts.edits);
  refuse(texts, 'pair', words().details.run.decoderPair);
  refuse(texts, 'target', words().details.run.decoderTarget);
  const { tokenizer } = model;
  const read = texts.chat ? await chatSequence(model, texts.text, texts.chat, work) : textSequence(model, texts.text);
  const given = withReplaced(tokenizer, read, texts.edits, 'source');
  const { sequence, notes, edge } = texts.continue
    ? await continued(model, given, texts.continue, work)
    : { sequence: given, notes: [], edge: null };
  const ids = sequence.tokens.map((token) => token.id);
  return analyseOneGraph(model, sequence, work, {
    family: 'decoder',
    expected: 'causal',
    // What follows the last token is a prediction: nothing is written there, unless the model ended its text.
    rows: { tokens: 'read', edge },
    predict: (outputs) => {
      const last = given.tokens.length;
      const { logits } = outputs;
      // A graph may give the logits of the last token alone.
      const row = (token: number): Float32Array | null =>
        logits && rowCount(logits) === ids.length ? rowOf(logits, token - 1) : null;
      watch?.(nextExpectation(tokenizer, 0, ids.slice(0, last), row));
      const next = nextPrediction(tokenizer, 0, ids, readRows(outputs['logits'], ids));
      return { predictions: next ? [next] : [], notes };
    },
  });
};

function textSequence({ tokenizer, folder, network }: LoadedModel, text: string): Sequence {
  return sequenceOf(tokenizer.encode(text, { maxTokens: tokenLimit(folder, network.main) }), text);
}

/** A conversation as the model's template writes it, special tokens included. */
async function chatSequence(
  { tokenizer, folder, network }: LoadedModel,
  text: string,
  chat: readonly Message[],
  work: Work,
): Promise<Sequence> {
  if (text !== '')
    throw new AttentionError({
      code: 'argument-invalid',
      argument: 'chat',
      detail: words().details.run.chatAndText,
    });
  const rendered = await renderedChat(folder, chat, work.signal);
  const encoding = tokenizer.encode(rendered.text, {
    addSpecialTokens: false,
    maxTokens: tokenLimit(folder, network.main),
  });
  return { ...sequenceOf(encoding, rendered.text), roles: roleRanges(rendered, encoding.tokens) };
}

async function continued(
  model: LoadedModel,
  given: Sequence,
  continuation: Continuation,
  work: Work,
): Promise<{ readonly sequence: Sequence; readonly notes: readonly string[]; readonly edge: string | null }> {
  const limit = tokenLimit(model.folder, model.network.main);
  const written = continuation.written?.slice(0, Math.max(0, limit - given.tokens.length)) ?? [];
  const before = given.tokens.length + written.length;
  const tokens = Math.min(continuation.tokens, limit - before);
  if (written.length + tokens < 1) return { sequence: given, notes: [words().notes.notContinued(limit)], edge: null };
  checkLength(model, before + tokens);
  const { ids, end: token } = await writeOn(
    model,
    given.tokens.map((token) => token.id),
    { ...continuation, written, tokens },
    work,
  );
  const end = token !== null ? 'ended' : tokens < continuation.tokens ? { limit } : null;
  return {
    sequence: ids.length > 0 ? extended(model.tokenizer, given, ids) : given,
    notes: [words().notes.continued(ids.length, continuation.sampling, end)],
    edge: token === null ? null : model.tokenizer.tokenText(token),
  };
}
