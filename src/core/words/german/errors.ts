import type { Words } from '../words.ts';
import { exportErrors } from './errors/export.ts';
import { modelErrors } from './errors/model.ts';
import { runErrors } from './errors/run.ts';
import { storeErrors } from './errors/store.ts';

/** Was zu jedem Grund gesagt wird. */
export const errors: Words['errors'] = { ...runErrors, ...modelErrors, ...exportErrors, ...storeErrors };

/** Was eine JavaScript-Maschine von ihren eigenen Grenzen sagt. */
export const limits: Words['limits'] = {
  stack: 'etwas darin ist zu tief verschachtelt',
  memory: 'es ist nicht genug Speicher da',
  array: 'etwas darin ist zu groß',
  string: 'der Text, den es macht, ist zu lang',
};

/** Warum ein Prozess endete. */
export const processEnd: Words['processEnd'] = {
  failed: (detail) => `er hatte einen unerwarteten Fehler (${detail})`,
  outOfMemory: 'ihm ging der Speicher aus',
  killed: (signal) => `er wurde beendet (Signal ${signal}), was das System tut, wenn der Speicher ausgeht`,
  crashed: (signal) => `er stürzte ab (Signal ${signal})`,
  signalled: (signal) => `das Signal ${signal} beendete ihn`,
  exited: (code, error) => `er endete mit Code ${code ?? 'unbekannt'}${error === '' ? '' : ` (${error})`}`,
};
