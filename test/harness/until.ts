import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two looks: looking without a rest would take a core from what is waited for. */
const rest = 20;

/**
 * Repeats a check until it holds; rejects with a sentence naming what was waited for when `limit` milliseconds have
 * passed.
 */
export async function until(what: string, check: () => Promise<boolean>, limit: number): Promise<void> {
  const deadline = Date.now() + limit;
  for (;;) {
    if (await check()) return;
    if (Date.now() > deadline) throw new Error(`Waited ${limit / 1000} s in vain until ${what}.`);
    await setTimeout(rest);
  }
}

/** Whether what is waited for comes to be, or its time passes first. */
export function comes(wait: Promise<unknown>): Promise<boolean> {
  return wait.then(
    () => true,
    () => false,
  );
}
