import { readdirSync, readFileSync } from 'node:fs';
import type { Tensor } from 'onnxruntime-node';
import { floats, ints } from '../onnx/session.ts';

/** A tensor as make/export.py writes it: base64 of its bytes. */
export interface Packed {
  readonly dims: readonly number[];
  readonly data: string;
}

/** What make/export.py writes beside a model: its inputs, and what torch computes from them. */
export interface Answer {
  readonly inputs: Readonly<Record<string, Packed & { readonly type: string }>>;
  readonly result: Packed;
  readonly attention: Readonly<Record<string, readonly Packed[]>>;
}

const folder = new URL('../../fixtures/graphs/families/', import.meta.url);
const fusedFolder = new URL('../../fixtures/graphs/fused/', import.meta.url);

/** The small models of published architectures. */
export function familyNames(): readonly string[] {
  return namesIn(folder);
}

function namesIn(place: URL): readonly string[] {
  return readdirSync(place)
    .filter((name) => name.endsWith('.onnx'))
    .map((name) => name.slice(0, -5));
}

/** The bytes of a family's model. */
export function modelOf(name: string): Uint8Array {
  return readFileSync(new URL(`${name}.onnx`, folder));
}

/** What torch computes of a family. */
export function answerOf(name: string): Answer {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Answer;
}

/** What torch computes of one attention, for every head: `[1, heads, tokens, …]`. */
export interface BlockAnswer {
  readonly q: Packed;
  readonly k: Packed;
  readonly v: Packed;
  readonly scores: Packed;
  /** What each head hands over after the output projection. */
  readonly heads: Packed;
}

/** A model with operators that compute a whole attention, and what torch computes of its blocks. */
export interface FusedFamily {
  readonly model: Uint8Array;
  readonly answer: Pick<Answer, 'inputs' | 'attention'> & { readonly blocks: readonly BlockAnswer[] };
}

/** The small models in such operators (make/fused_families.py). */
export function fusedFamilyNames(): readonly string[] {
  return namesIn(fusedFolder);
}

/** One of them. */
export function fusedFamily(name: string): FusedFamily {
  const answer = JSON.parse(readFileSync(new URL(`${name}.json`, fusedFolder), 'utf8')) as FusedFamily['answer'];
  return { model: readFileSync(new URL(`${name}.onnx`, fusedFolder)), answer };
}

/** The numbers of a packed tensor of 32-bit floats. */
export function unpack(packed: Packed): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(packed.data, 'base64')).buffer);
}

/** The inputs of an answer that a session asks for. Throws for one that it does not have. */
export function feedsOf(
  { inputs }: Pick<Answer, 'inputs'>,
  names: readonly string[],
): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    names.map((name) => {
      const input = inputs[name];
      if (input === undefined) throw new Error(`The answer has no input ${name}.`);
      return [name, feed(input)];
    }),
  );
}

function feed({ type, dims, data }: Packed & { readonly type: string }): Tensor {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return type === 'int64'
    ? ints(Array.from(new BigInt64Array(bytes.buffer), Number), dims)
    : floats(new Float32Array(bytes.buffer), dims);
}
