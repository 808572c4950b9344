import { visibleLine } from '../../core/text/foreign.ts';

/** Markdown (with HTML) that was made by {@link markdown}: nothing in it but our own templates is markup. */
export class Markdown {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Markdown from a template of ours. Every value in it is text, and is shown as it reads whatever it holds, unless it is
 * {@link Markdown} itself.
 */
export function markdown(template: TemplateStringsArray, ...values: readonly (string | number | Markdown)[]): Markdown {
  const texts = values.map((value) => (value instanceof Markdown ? value.text : escaped(String(value))));
  return new Markdown(template.map((part, at) => `${part}${texts[at] ?? ''}`).join(''));
}

/** Pieces with something of ours between them. */
export function joined(parts: readonly Markdown[], between: string): Markdown {
  return new Markdown(parts.map(({ text }) => text).join(between));
}

/** A link that runs a command of ours. */
export function commandLink(label: string | Markdown, command: string, values: readonly unknown[]): Markdown {
  const address = encodeURIComponent(JSON.stringify(values)).replace(
    /[!'()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return markdown`[${label}](${new Markdown(`command:${command}?${address}`)})`;
}

/**
 * Text as Markdown that reads the same: one visible line, every character that Markdown or HTML could take for its own
 * as a reference.
 */
export function escaped(text: string): string {
  // VS Code's Markdown makes links of addresses, too: those with www have no other sign that gives them away.
  return visibleLine(text).replace(
    /(?<=www)\.|[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d ⏎␣⇥·,.…]/giu,
    (sign) => `&#${sign.codePointAt(0) ?? 0};`,
  );
}
