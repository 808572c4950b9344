import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { sizeOf } from '../../core/catalogue/size.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { issueText } from '../../core/schema.ts';
import { decodeText } from './decode-text.ts';
import { impostorOf, telling } from './impostor.ts';
import { jsonCost, maxDescriptionBytes, maxTokenizerBytes } from './json-cost.ts';
import { fileSize } from './read-file.ts';
import { words } from '../../core/words/words.ts';

/** A file of a model folder, named the way a person knows it. */
export interface NamedFile {
  readonly model: string;
  readonly folder: string;
  readonly file: string;
}

/**
 * Reads and checks a JSON file of a model, which must hold an object. Throws `model-file-missing` when it is not there
 * and `model-file-invalid` when it cannot be read, is no JSON or does not fit the schema.
 */
export async function readJson<T>(named: NamedFile, schema: v.GenericSchema<unknown, T>): Promise<T> {
  return parsedJson(await readText(named), named, schema);
}

/** The text of such a file, parsed and checked. Throws `model-file-invalid`. */
export function parsedJson<T>(text: string, named: Omit<NamedFile, 'folder'>, schema: v.GenericSchema<unknown, T>): T {
  const value = parse(text, named);
  if (Array.isArray(value)) throw invalid(named, words().details.files.list);
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw invalid(named, issueWords(parsed.issues[0]));
}

/** What a schema finds, in words: the field, and what is wrong with it. */
export function issueWords(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? words().details.files.whole}: ${issueText(issue)}`;
}

/** The same for a file that may be left out: null when it is not there. */
export async function readOptionalJson<T>(named: NamedFile, schema: v.GenericSchema<unknown, T>): Promise<T | null> {
  return optional(readJson(named, schema));
}

/**
 * The text of a file that may be left out: null when it is not there. Throws `model-file-invalid` when it cannot be
 * read.
 */
export async function readOptionalText(named: NamedFile): Promise<string | null> {
  return optional(readText(named));
}

async function optional<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (thrown) {
    if (thrown instanceof AttentionError && thrown.reason.code === 'model-file-missing') return null;
    throw thrown;
  }
}

/** A file of a model that cannot be used, and why (no full stop). */
export function invalid({ model, file }: Omit<NamedFile, 'folder'>, detail: string, cause?: unknown): AttentionError {
  return new AttentionError({ code: 'model-file-invalid', model, file, detail }, { cause });
}

async function readText(named: NamedFile): Promise<string> {
  const { model, folder, file } = named;
  const most = file === 'tokenizer.json' ? maxTokenizerBytes : maxDescriptionBytes;
  try {
    if ((await fileSize(join(folder, file))) > most) throw invalid(named, words().details.files.large(sizeOf(most)));
    return decodeText(await readFile(join(folder, file)));
  } catch (thrown) {
    if (thrown instanceof AttentionError) throw thrown;
    if (isNotFound(thrown)) throw new AttentionError({ code: 'model-file-missing', model, file }, { cause: thrown });
    throw invalid(named, messageOf(thrown), thrown);
  }
}

function parse(text: string, named: Omit<NamedFile, 'folder'>): unknown {
  const cost = jsonCost(text);
  if (cost !== null) throw invalid(named, cost);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw invalid(
      named,
      impostorOf(Buffer.from(text.slice(0, telling)), 'text') ?? words().details.files.notJson(messageOf(thrown)),
      thrown,
    );
  }
}

/** Whether a file system call failed because there is no such file or folder. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');
}

/** The first line of what was thrown, short enough for a sentence and without its full stop. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const [line = ''] = message.trim().split('\n');
  return (line.length > 300 ? `${line.slice(0, 300)}…` : line).replace(/\.$/, '');
}
