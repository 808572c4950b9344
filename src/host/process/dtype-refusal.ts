import { reasonOf } from '../../core/errors/reason.ts';

/** Whether something was refused because a model is not there in the wanted number format. */
export function isAboutDtype(thrown: unknown): boolean {
  const reason = reasonOf(thrown);
  return reason.code === 'argument-invalid' && reason.argument === 'dtype';
}
