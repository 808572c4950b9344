/**
 * The part of AbortController that core and protocol use. Every place they run in (Node, the browser) has the real one;
 * declaring it here keeps both of their type libraries out of the rooms.
 */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
