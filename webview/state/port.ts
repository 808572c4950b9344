import type { Port } from '../../src/protocol/contract.ts';

/** What VS Code gives a webview to talk to its host with. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** The channel to the host: messages out through VS Code's API, messages in through the window. */
export function portOf(api: VsCodeApi, from: Window): Port {
  return {
    post: (message) => api.postMessage(message),
    listen: (listener) => {
      const hear = (event: MessageEvent<unknown>): void => listener(event.data);
      from.addEventListener('message', hear);
      return () => from.removeEventListener('message', hear);
    },
  };
}
