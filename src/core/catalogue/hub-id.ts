import { AttentionError } from '../errors/reason.ts';
import { words } from '../words/words.ts';

/** A model of the hub at one revision (branch, tag or commit). */
export interface HubModel {
  /** `organisation/name`. */
  readonly id: string;
  readonly revision: string;
}

const part = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9_])?$/;
const revisionForm = /^(?:refs\/(?:pr|convert)\/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9_])?$/;
/** Endings that the store gives to its own files beside a revision's folder. */
const ownEndings = /\.(part|lock)$/i;
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Reads `organisation/name`, optionally with `@revision` (else `main`), by the hub's own rules for names. Throws
 * `argument-invalid`.
 */
export function parseHubId(text: string): HubModel {
  const [id = '', revision = 'main', ...more] = text.trim().split('@');
  const parts = id.split('/');
  const named = parts.length === 2 && parts.every((name) => name.length <= 96 && isName(name));
  if (!named || more.length > 0) throw refused(text, words().details.hub.id);
  if (!isRevision(revision)) throw refused(text, words().details.hub.revision(revision));
  return { id, revision };
}

/** The same, with null for whatever is not the name of a model. */
export function hubIdOf(text: string): HubModel | null {
  try {
    return parseHubId(text);
  } catch {
    return null;
  }
}

/** The revision as one part of an address or of a path. */
export function revisionPart(revision: string): string {
  return encodeURIComponent(revision);
}

/** `organisation/name`, with `@revision` where it is not the usual one. */
export function nameOf({ id, revision }: HubModel): string {
  return revision === 'main' ? id : `${id}@${revision}`;
}

function isName(name: string): boolean {
  return part.test(name) && !/--|\.\./.test(name) && !/\.git$/i.test(name) && !devices.test(name);
}

function isRevision(revision: string): boolean {
  return (
    revision.length <= 100 &&
    revisionForm.test(revision) &&
    !revision.includes('..') &&
    !ownEndings.test(revision) &&
    !devices.test(revision)
  );
}

function refused(text: string, detail: string): AttentionError {
  return new AttentionError({
    code: 'argument-invalid',
    argument: words().details.hub.model(text.slice(0, 200)),
    detail,
  });
}
