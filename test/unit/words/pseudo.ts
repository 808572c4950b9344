import type { Words } from '../../../src/core/words/words.ts';

/**
 * A language that shows where words come from: every string of a table, and whatever its functions give, stands in ⟦ ⟧.
 * What is on the screen outside of them was never asked of the table.
 */
export function pseudo(table: Words): Words {
  return { ...(marked(table) as Words), tag: table.tag };
}

/** What of a text stands outside of every ⟦ ⟧, which may stand in each other. */
export function outside(text: string): string {
  let depth = 0;
  let rest = '';
  for (const character of text) {
    if (character === '⟦') depth++;
    else if (character === '⟧') depth--;
    else if (depth === 0) rest += character;
  }
  return rest;
}

function marked(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : `⟦${value}⟧`;
  if (typeof value === 'function')
    return (...args: unknown[]) => marked((value as (...all: unknown[]) => unknown)(...args));
  if (Array.isArray(value)) return value.map(marked);
  // What is neither text nor a plain object of the table is an element that stands between pieces of text.
  if (typeof value !== 'object' || value === null || '_$litType$' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one)]));
}
