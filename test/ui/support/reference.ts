import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { weightText } from '../../../src/core/attention/number-words.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const limit = 60_000;

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly special: boolean;
}

interface Written {
  readonly sequences: readonly { readonly text: string; readonly tokens: readonly Token[] }[];
  readonly maps: readonly { readonly shape: readonly [number, number, number, number]; readonly weights: string }[];
}

/** A word and a weight as a hover writes them. */
export interface Row {
  readonly word: string;
  readonly weight: string;
}

/** What the command line says about a text: the numbers that everything in the window must agree with. */
export class Reference {
  readonly tokens: readonly Token[];
  /** The tokens as views write them: their characters in the text, or their names where they have none. */
  readonly labels: readonly string[];
  readonly layers: number;
  readonly heads: number;
  readonly #weights: Float32Array;
  readonly #words: readonly { readonly label: string; readonly tokens: readonly number[] }[];

  private constructor({ sequences, maps }: Written) {
    const [sequence] = sequences;
    const [map] = maps;
    if (!sequence || !map) throw new Error('The command line wrote no attention.');
    this.tokens = sequence.tokens;
    this.labels = sequence.tokens.map(({ special, start, end, text }) =>
      special ? text : sequence.text.slice(start, end),
    );
    [this.layers, this.heads] = map.shape;
    this.#weights = new Float32Array(new Uint8Array(Buffer.from(map.weights, 'base64')).buffer);
    this.#words = wordsIn(sequence.text, sequence.tokens);
  }

  /** Runs the command line, with the built-in model unless another is named. */
  static async of(text: string, model?: string): Promise<Reference> {
    const command = [
      join(root, 'dist', 'cli.cjs'),
      '--format',
      'json',
      ...(model === undefined ? [] : ['--model', model]),
      text,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: limit, maxBuffer: 1 << 28 });
    return new Reference(JSON.parse(stdout) as Written);
  }

  /** The strongest `count` words that `word` looks at, under the mean of `heads` of a layer. */
  looksAt(word: string, layer: number, heads: readonly number[], count = 5): Row[] {
    const own = this.#tokensOf(word);
    return this.#ranked(count, (other) => this.between(own, other, layer, heads));
  }

  /** The strongest `count` words that look at `word`, under the mean of `heads` of a layer. */
  isLookedAtBy(word: string, layer: number, heads: readonly number[], count = 5): Row[] {
    const own = this.#tokensOf(word);
    return this.#ranked(count, (other) => this.between(other, own, layer, heads));
  }

  #tokensOf(label: string): readonly number[] {
    const word = this.#words.find((one) => one.label === label);
    if (!word) throw new Error(`“${label}” is no word of the text.`);
    return word.tokens;
  }

  #ranked(count: number, weigh: (tokens: readonly number[]) => number): Row[] {
    return this.#words
      .map(({ label, tokens }) => ({ word: label, weight: weigh(tokens) }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, count)
      .filter(({ weight }) => weight >= 0.005)
      .map(({ word, weight }) => ({ word, weight: weightText(weight) }));
  }

  /** Mean over the pieces that look and over the heads, of the sum over the pieces that are looked at. */
  between(from: readonly number[], to: readonly number[], layer: number, heads: readonly number[]): number {
    const count = this.tokens.length;
    let sum = 0;
    for (const head of heads) {
      for (const query of from) {
        for (const key of to) sum += this.#weights[((layer * this.heads + head) * count + query) * count + key] ?? 0;
      }
    }
    return sum / (from.length * heads.length);
  }
}

/** The words of a text, as letters that touch each other or one other sign, with the tokens inside each. */
function wordsIn(text: string, tokens: readonly Token[]): { label: string; tokens: number[] }[] {
  const written = [...text.matchAll(/\p{L}+|[^\p{L}\s]/gu)].map(({ 0: label, index }) => ({
    label,
    tokens: tokens.flatMap((token, at) =>
      !token.special && token.start >= index && token.end <= index + label.length ? [at] : [],
    ),
  }));
  const special = tokens.flatMap((token, at) => (token.special ? [{ label: token.text, tokens: [at] }] : []));
  return [...written, ...special];
}
