import { floats } from '../../core/block/numbers.ts';
import { byPlace } from '../../core/block/part-name.ts';
import type { LogitParts } from '../../core/block/score-parts.ts';
import { linearParts } from '../../core/block/stream-parts.ts';
import type { LogitStep } from '../../core/block/logit-head.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { itemAt } from '../../core/item-at.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { namedToken } from '../model/named-token.ts';
import { stepOf, type Explained } from './cell-run.ts';
import { StreamParts } from './stream.ts';

/** The logit that is asked for: a token of the vocabulary, after a token of the text. */
export interface LogitAsk {
  readonly token: number;
  readonly position: number;
}

const logitsOutput = 'logits';

/** What a number after the unembedding becomes, of the vocabulary's size or of one number. */
type After = (step: Exclude<LogitStep, { kind: 'tanh' }>) => number;

/**
 * Takes a logit apart by what wrote the residual stream. Throws `argument-invalid`, `block-unreadable` where the logits
 * are no linear map of the stream, `cancelled`, and what a run throws.
 */
export async function partsOfLogit(
  model: LoadedModel,
  of: Explained,
  { token, position }: LogitAsk,
  work: Work,
): Promise<LogitParts> {
  const map = of.analysis.maps.find(({ name }) => name === 'decoder') ?? itemAt(of.analysis.maps, 0);
  const count = map.shape[2];
  const says = words().details.analysis;
  if (position >= count)
    throw new AttentionError({
      code: 'argument-invalid',
      argument: 'position',
      detail: says.position(position, count),
    });
  const stream = new StreamParts(model, of, 'head', work);
  try {
    const tap = stream.tapOf(map);
    const graph = stream.graph(tap);
    const step = await stepOf(model, of, map, position, work);
    const { feeds, extent } = await graph.feed(step);
    const { head, reader } = await graph.reader.head(logitsOutput, feeds);
    const row = position - extent.past;
    const run = await reader.run(feeds, [row]);
    const parts = await reader.parts(run, stream.extras(tap, step, [position]));
    const product = run.numbers.of(head.projection.product);
    const size = product.dims.at(-1) ?? 0;
    if (token >= size)
      throw new AttentionError({ code: 'argument-invalid', argument: 'token', detail: says.logit(token, size) });
    const logits = await linearParts([...parts.values()], { kind: 'logit-bias' }, async (values) => {
      const all = await reader.linear(head.projection, values, 1);
      return Float64Array.of(itemAt(all, token));
    });
    const after: After = ({ tensor }) => {
      const { data } = run.numbers.of(tensor);
      return itemAt(data, data.length === 1 ? 0 : token);
    };
    const steps = linearSteps(head.steps, after);
    const named = [...logits.values()].map(({ name, values }) => ({ name, value: itemAt(values, 0) * steps.factor }));
    if (steps.offset !== 0) named.push({ name: { kind: 'logit-bias' }, value: steps.offset });
    named.sort((a, b) => byPlace(a.name, b.name));
    const logit = itemAt(product.data, row * size + token) * steps.factor + steps.offset;
    const sum = named.reduce((total, { value }) => total + value, 0);
    return {
      token,
      position,
      parts: named.map(({ name }) => name),
      values: floats(named.map(({ value }) => value)),
      logit: steps.cap === null ? logit : logit * steps.cap,
      softcap: steps.cap === null ? null : { cap: steps.cap, logit: steps.cap * Math.tanh(logit) },
      difference: Math.abs(sum - logit) / Math.max(1, Math.abs(logit)),
    };
  } finally {
    await stream.dispose();
  }
}

/** The steps after the unembedding as one factor and one number that is added, up to a soft cap and its factor. */
function linearSteps(
  steps: readonly LogitStep[],
  after: After,
): { readonly factor: number; readonly offset: number; readonly cap: number | null } {
  let [factor, offset, cap] = [1, 0, null as number | null];
  for (const step of steps) {
    if (step.kind === 'tanh') cap = 1;
    else if (step.kind === 'bias') offset += after(step);
    else {
      const by = step.inverse ? 1 / after(step) : after(step);
      if (cap !== null) cap *= by;
      else [factor, offset] = [factor * by, offset * by];
    }
  }
  return { factor, offset, cap };
}

/** The id of a token by its name, see {@link namedToken}. Throws `argument-invalid`. */
export function logitToken({ tokenizer }: LoadedModel, name: string): number {
  const id = namedToken(tokenizer, name);
  if (id !== null) return id;
  throw new AttentionError({
    code: 'argument-invalid',
    argument: 'token',
    detail: words().details.analysis.token(name),
  });
}
