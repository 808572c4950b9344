import { l10n } from 'vscode';
import { reasonOf } from '../../core/errors/reason.ts';
import type { Edit } from '../../core/run/edits.ts';
import { framedTexts, type Framing } from '../../core/run/framing.ts';
import { keyOf } from '../../core/run/cache.ts';
import type { Continuation, RunSpec } from '../../core/run/run-spec.ts';
import type { TrackedText } from './tracked-texts.ts';

/**
 * The texts of one analysis: where the text stands, and with some models a second one: the other text of a pair, or the
 * target that a decoder is given. A target may also have been typed; it then stands in no document.
 */
export interface Texts {
  readonly text: TrackedText;
  readonly pair?: TrackedText | undefined;
  readonly target?: TrackedText | string | undefined;
  /** How the model is given the text, where not as it is. */
  readonly framing?: Framing | undefined;
  /** How the model is to write on after them. */
  readonly continuation?: Continuation | undefined;
}

/** A text of an analysis in a document, and which of the analysis' tokens it holds. */
export interface TextPart {
  readonly place: TrackedText;
  readonly sequence: number;
  readonly segment: 0 | 1;
}

/** Which of an analysis' sequences a target is. */
const targetSequence = 1;

/** The texts that stand in documents. */
export function partsOf({ text, framing, pair, target }: Texts): readonly TextPart[] {
  return [
    // After a question, which stands in no document.
    { place: text, sequence: 0, segment: framing?.as === 'context' ? 1 : 0 },
    ...(pair ? [{ place: pair, sequence: 0, segment: 1 } as const] : []),
    ...(target !== undefined && typeof target !== 'string'
      ? [{ place: target, sequence: targetSequence, segment: 0 } as const]
      : []),
  ];
}

/** A run of a model on the texts, under edits. Throws `chat-missing` where they are to be a chat and are none. */
export function runOf(
  model: string,
  { text, framing, pair, target, continuation }: Texts,
  edits: readonly Edit[] = [],
): RunSpec {
  return {
    model,
    ...framedTexts(text.range.text, framing),
    ...(pair ? { pair: pair.range.text } : {}),
    ...(target === undefined ? {} : { target: typeof target === 'string' ? target : target.range.text }),
    ...(continuation ? { continue: continuation } : {}),
    ...(edits.length > 0 ? { edits: [...edits] } : {}),
  };
}

/** Whether two analyses are of the same kind of texts, beginning at the same places. */
export function sameTexts(a: Texts, b: Texts): boolean {
  return (
    samePlace(a.text, b.text) &&
    sameFraming(a.framing, b.framing) &&
    samePlace(a.pair, b.pair) &&
    (typeof a.target === 'string' || typeof b.target === 'string'
      ? a.target === b.target
      : samePlace(a.target, b.target))
  );
}

function sameFraming(a: Framing | undefined, b: Framing | undefined): boolean {
  return keyOf(a ?? null) === keyOf(b ?? null);
}

function samePlace(a: TrackedText | undefined, b: TrackedText | undefined): boolean {
  return a?.uri.toString() === b?.uri.toString() && a?.range.start === b?.range.start;
}

/** What some models take beside a text. */
const extras = ['pair', 'target'] as const;

/** A part of a run that the model does not take, and why. */
export interface LeftOut {
  readonly part: (typeof extras)[number];
  readonly why: string;
}

/** The part that a model refused, if it can be asked again without it; null for every other failure. */
export function refusedPart(thrown: unknown, run: RunSpec): LeftOut | null {
  const reason = reasonOf(thrown);
  if (reason.code !== 'argument-invalid') return null;
  const part = extras.find((name) => name === reason.argument && run[name] !== undefined);
  return part ? { part, why: reason.detail } : null;
}

/** Texts, or a run of them, without the parts that a model does not take. */
export function without<T extends Partial<Record<LeftOut['part'], unknown>> & (Texts | RunSpec)>(
  all: T,
  leftOut: readonly LeftOut[],
): T {
  return leftOut.reduce((rest, { part }) => ({ ...rest, [part]: undefined }), all);
}

/** What is told of a part that was left out. */
export function leftOutWords({ part, why }: LeftOut): string {
  return part === 'pair'
    ? l10n.t('The second text was left out: {0}.', why)
    : l10n.t('The target was left out: {0}.', why);
}
