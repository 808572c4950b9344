import { visibleLine } from '../../core/text/foreign.ts';

/**
 * The most characters that VS Code shows of a notification; what is longer loses its end, where the next step stands.
 */
const maxMessage = 950;

/**
 * A line for any place of VS Code that reads markup in plain strings: notifications, progress, prompts and validations
 * make `[text](command:…)` a link that runs a command, labels and the status bar make `$(name)` an icon. A space
 * between the signs leaves both to be read as they are. Everything else is as {@link visibleLine} makes it.
 */
export function inert(text: string, max = maxMessage): string {
  return visibleLine(text, max).replaceAll('](', '] (').replaceAll('$(', '$ (');
}

/** Lines of ours, each inert, for places that show several: the detail of a modal message, a tooltip. */
export function inertLines(lines: readonly string[]): string {
  return lines.map((line) => inert(line)).join('\n');
}

/** A row of a picker in words; the icon is ours, everything else may come from elsewhere. */
export interface RowWords {
  readonly icon?: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** The row as VS Code takes it. */
export function inertRow<T extends RowWords>(row: T): T {
  const { icon, label, description, detail } = row;
  return {
    ...row,
    label: icon === undefined ? inert(label) : `$(${icon}) ${inert(label)}`,
    ...(description === undefined ? {} : { description: inert(description) }),
    ...(detail === undefined ? {} : { detail: inert(detail) }),
  };
}
