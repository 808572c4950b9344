import * as vscode from 'vscode';
import { dtypes, type Dtype } from '../../core/catalogue/dtype.ts';
import type { HubRequest } from '../../protocol/hub.ts';

/** The section of all settings. */
export const section = 'textAttention';

/** The settings as they are now; whatever has the wrong type or size falls back to its default. */
export const settings = {
  /** The name of a built-in model, the hub id of a downloaded one or the folder of another. */
  get model(): string {
    return filled(read('model')) ?? 'masked-lm-small';
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
  /** Bytes of memory that a model may take; null leaves it to the model process. */
  get memory(): number | null {
    const gigabytes = between(read('memory'), 0, 1e6, 0);
    return gigabytes === 0 ? null : Math.round(gigabytes * 1e9);
  },
  /** The number format that is wanted where a model has several; undefined takes the best. */
  get dtype(): Dtype | undefined {
    const value = read('dtype');
    return dtypes.find((dtype) => dtype === value);
  },
  /** The address that models come from; null for the usual one. */
  get hubHost(): string | null {
    return filled(read('hub.host')) ?? null;
  },
  get offline(): boolean {
    return read('hub.offline') === true;
  },
  /** The proxy that the editor is set to; null leaves it to the variables HTTPS_PROXY and HTTP_PROXY. */
  get proxy(): HubRequest['proxy'] {
    const http = vscode.workspace.getConfiguration('http');
    const noProxy = http.get<unknown>('noProxy');
    const hosts = Array.isArray(noProxy) ? noProxy.filter((host) => typeof host === 'string') : [];
    const url = filled(http.get<unknown>('proxy'));
    const authorization = filled(http.get<unknown>('proxyAuthorization'));
    return url === undefined && hosts.length === 0 ? null : { url, authorization, noProxy: hosts };
  },
};

/** Changes a setting where it is already set, so that the change is not hidden behind a nearer one. */
export async function changeSetting(name: 'model' | 'dtype', value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const nearer = configuration.inspect(name)?.workspaceValue !== undefined;
  await configuration.update(
    name,
    value,
    nearer ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}

function read(name: string): unknown {
  return vscode.workspace.getConfiguration(section).get<unknown>(name);
}

function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function between(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}
