import * as v from 'valibot';
import { runCauses, type Reason } from '../core/errors/reason.ts';

function reason<const C extends Reason['code'], const F extends readonly string[]>(code: C, ...fields: F) {
  const entries = Object.fromEntries(fields.map((field) => [field, v.string()])) as Record<
    F[number],
    ReturnType<typeof v.string>
  >;
  return v.object({ code: v.literal(code), ...entries });
}

/** The schema of a {@link Reason} that came over a border. */
export const reasonSchema: v.GenericSchema<unknown, Reason> = v.variant('code', [
  reason('text-empty'),
  reason('pair-missing'),
  reason('text-too-short', 'detail'),
  reason('argument-invalid', 'argument', 'detail'),
  reason('model-not-found', 'model'),
  reason('model-file-missing', 'model', 'file'),
  reason('model-file-invalid', 'model', 'file', 'detail'),
  reason('model-unsupported', 'model', 'detail'),
  reason('tokenizer-unsupported', 'model', 'component'),
  reason('attention-not-found', 'model', 'detail'),
  reason('memory-too-small', 'model', 'needed', 'budget', 'fits'),
  v.object({ ...reason('run-failed', 'model', 'detail').entries, cause: v.exactOptional(v.picklist(runCauses)) }),
  reason('length-fixed', 'model', 'input', 'length', 'tokens'),
  reason('operator-missing', 'model', 'file', 'detail'),
  reason('analysis-gone'),
  reason('engine-missing', 'detail'),
  reason('engine-died', 'detail'),
  reason('cancelled'),
  reason('message-invalid', 'detail'),
  reason('file-failed', 'file', 'detail'),
  reason('export-too-large', 'max'),
  reason('panel-needed'),
  reason('picture-failed', 'detail'),
  reason('model-not-downloaded', 'model'),
  reason('model-damaged', 'model'),
  reason('offline', 'model'),
  reason('hub-unreachable', 'host', 'detail'),
  reason('hub-not-found', 'host', 'wanted'),
  reason('hub-gated', 'host', 'model'),
  reason('hub-busy', 'host', 'wait'),
  reason('hub-refused', 'host', 'status'),
  reason('hub-invalid', 'host', 'detail'),
  reason('hub-unsuitable', 'model', 'detail'),
  reason('download-corrupt', 'model', 'file', 'detail'),
  reason('download-interrupted', 'model', 'file', 'detail'),
  reason('disk-full', 'folder', 'needed', 'free'),
  reason('model-locked', 'model', 'by'),
  reason('link-invalid', 'detail'),
  reason('link-impossible', 'detail'),
  reason('link-lost', 'file', 'detail'),
  reason('link-changed', 'file'),
  reason('budget-exceeded', 'model', 'component', 'detail'),
  reason('unexpected', 'detail'),
]);
