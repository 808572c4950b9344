import { registerHooks } from 'node:module';

/**
 * What files of the host that show nothing by themselves use of VS Code: its translations. A test imports this file
 * first and the files of the host with `await import`, which then get this file as `vscode`.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: import.meta.url, shortCircuit: true } : next(specifier, context),
});

type Value = string | number | boolean;
type Bundle = Readonly<Record<string, string | { readonly message: string }>>;

interface Message {
  readonly message: string;
  readonly args?: readonly Value[];
  readonly comment: readonly string[];
}

let spoken: Bundle = {};

/** Sets the bundle that messages are looked up in; an empty one speaks English. */
export function speak(bundle: Bundle): void {
  spoken = bundle;
}

/** `vscode.l10n`, as far as the host uses it. */
export const l10n = {
  t(wanted: string | Message, ...values: readonly Value[]): string {
    const { message, args, comment } =
      typeof wanted === 'string' ? { message: wanted, args: values, comment: [] } : wanted;
    const found = spoken[comment.length === 0 ? message : `${message}/${comment.join('')}`] ?? message;
    const text = typeof found === 'string' ? found : found.message;
    return text.replace(/\{(\d+)\}/gu, (whole, at: string) => String(args?.[Number(at)] ?? whole));
  },
};
