import * as vscode from 'vscode';

/** The section of all settings. */
export const section = 'textAttention';

/** The settings as they are now; whatever has the wrong type or size falls back to its default. */
export const settings = {
  /** The id of a built-in model or the folder of another. */
  get model(): string {
    const value = read('model');
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : 'masked-lm-small';
  },
  get hovers(): boolean {
    return read('hover.enabled') !== false;
  },
  /** How many words a hover lists on either side. */
  get hoverCount(): number {
    return Math.round(between(read('hover.count'), 1, 20, 5));
  },
  get marks(): boolean {
    return read('marks.enabled') !== false;
  },
  /** Milliseconds that the model process may be idle; 0 minutes means for ever. */
  get idle(): number {
    const minutes = between(read('engine.idleMinutes'), 0, 24 * 60, 10);
    return minutes === 0 ? Infinity : minutes * 60_000;
  },
};

function read(name: string): unknown {
  return vscode.workspace.getConfiguration(section).get<unknown>(name);
}

function between(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}
