import { reasonOf } from '../../core/errors/reason.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import type { Texts } from './texts.ts';

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
  return `The ${part === 'pair' ? 'second text' : 'target'} was left out: ${why}.`;
}
