import { packedScripts } from '../characters/scripts.ts';
import type { Span } from '../span.ts';

/** Script of a space and of unassigned characters: it goes with whatever stands beside it. */
const anyScript = 0;
const { firsts, scripts } = unpacked(packedScripts);

/**
 * UnicodeScripts: splits where the script changes; kana count as Han. What comes before the first character with a
 * script is dropped.
 */
export function scriptRuns(span: Span): Span[] {
  const text = span.text;
  const runs: Span[] = [];
  let start = 0;
  let last = anyScript;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const script = scriptOf(codePoint);
    if (script !== anyScript && last !== script) {
      if (last !== anyScript) runs.push(span.slice(start, at));
      start = at;
      last = script;
    }
    at += codePoint > 0xffff ? 2 : 1;
  }
  if (last !== anyScript) runs.push(span.slice(start, text.length));
  return runs;
}

function scriptOf(codePoint: number): number {
  let low = 0;
  let high = firsts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((firsts[middle] ?? 0) <= codePoint) low = middle;
    else high = middle;
  }
  return scripts[low] ?? anyScript;
}

function unpacked(packed: string): { firsts: readonly number[]; scripts: readonly number[] } {
  const firsts: number[] = [];
  const scripts: number[] = [];
  let next = 0;
  for (const item of packed.split(' ')) {
    const [length = '0', script = '0'] = item.split('.');
    firsts.push(next);
    scripts.push(parseInt(script, 36));
    next += parseInt(length, 36);
  }
  return { firsts, scripts };
}
