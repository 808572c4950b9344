import { bytesOf } from '../characters/bytes.ts';
import { clusterEnd, mayCluster } from '../characters/clusters.ts';
import type { JsonObject } from '../json.ts';
import { Rewriter, type Span } from '../span.ts';
import { readCharsmap, type Charsmap } from './charsmap.ts';

/** Longer grapheme clusters (in UTF-8) are looked up character by character only. */
const longestCluster = 5;

/**
 * Precompiled: SentencePiece's normalization rules. As in the original library a short grapheme cluster is replaced as
 * a whole by the rule for its shortest beginning, otherwise each of its characters by its own rule.
 */
export function precompiled(part: JsonObject): (span: Span) => Span {
  const charsmap = readCharsmap(part);
  const single = remembered(charsmap);
  return (span) => {
    const text = span.text;
    const clusters = mayCluster(text);
    const rules = new Replacements(span);
    for (let at = 0; at < text.length;) {
      const codePoint = text.codePointAt(at) ?? 0;
      const next = at + (codePoint > 0xffff ? 2 : 1);
      const end = clusters ? clusterEnd(text, at) : next;
      const cluster = end > next ? shortBytes(text, at, end) : undefined;
      const whole = cluster === undefined ? undefined : charsmap(cluster);
      if (whole !== undefined) {
        rules.replace(at, end, whole);
        at = end;
        continue;
      }
      for (let inner = at; inner < end;) {
        const character = text.codePointAt(inner) ?? 0;
        const after = inner + (character > 0xffff ? 2 : 1);
        const rule = single(character);
        if (rule !== null) rules.replace(inner, after, rule);
        inner = after;
      }
      at = end;
    }
    return rules.done();
  };
}

function remembered(charsmap: Charsmap): (codePoint: number) => string | null {
  const known = new Map<number, string | null>();
  return (codePoint) => {
    let rule = known.get(codePoint);
    if (rule === undefined) {
      rule = charsmap(bytesOf(codePoint)) ?? null;
      known.set(codePoint, rule);
    }
    return rule;
  };
}

/** The UTF-8 bytes of a cluster, undefined when there are too many. */
function shortBytes(text: string, start: number, end: number): readonly number[] | undefined {
  if (end - start > longestCluster) return undefined;
  const bytes = Array.from(text.slice(start, end), (character) => bytesOf(character.codePointAt(0) ?? 0)).flat();
  return bytes.length > longestCluster ? undefined : bytes;
}

/** Writes replacements from left to right; what lies between them is copied. */
class Replacements {
  readonly #span: Span;
  #rewriter: Rewriter | undefined;
  #done = 0;
  /** The last inserted character, held back: when removals follow it stands for the first of the removed characters. */
  #held: { readonly character: string; change: number } | undefined;

  constructor(span: Span) {
    this.#span = span;
  }

  replace(start: number, end: number, by: string): void {
    const rewriter = (this.#rewriter ??= new Rewriter(this.#span));
    const removed = Array.from(this.#span.text.slice(start, end)).length;
    const written = Array.from(by);
    if (this.#held !== undefined && start === this.#done && written.length === 0) {
      this.#held.change -= removed;
      this.#done = end;
      return;
    }
    this.#release();
    rewriter.copyTo(start);
    for (const [at, character] of written.entries()) {
      const last = at === written.length - 1;
      if (at >= removed && last) this.#held = { character, change: 1 };
      else rewriter.write(character, at >= removed ? 1 : last ? written.length - removed : 0);
    }
    if (written.length === 0) rewriter.skip(removed);
    this.#done = end;
  }

  done(): Span {
    if (this.#rewriter === undefined) return this.#span;
    this.#release();
    this.#rewriter.copyTo(this.#span.text.length);
    return this.#rewriter.done();
  }

  #release(): void {
    if (this.#held !== undefined) this.#rewriter?.write(this.#held.character, this.#held.change);
    this.#held = undefined;
  }
}
