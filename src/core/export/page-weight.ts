import type { Analysis } from '../attention/analysis.ts';
import { termText } from '../attention/number-words.ts';
import { itemAt } from '../item-at.ts';
import { escape } from '../picture/svg.ts';
import { contentOf, plainChoice } from '../views/arithmetic/content.ts';
import { weightNames } from '../views/arithmetic/names.ts';
import { arithmeticSvgOf, type ToldWeight } from '../views/arithmetic/paper.ts';
import { formulaTexts } from '../views/arithmetic/readout.ts';
import { partsContent } from '../views/parts/content.ts';
import { partsSvgOf } from '../views/parts/paper.ts';
import { words } from '../words/words.ts';

/**
 * The weight that was in focus when a page was made, as HTML: the pictures of how it is computed and of why its score is
 * what it is, whose symbols, components and cells say what they are under the mouse, and the same as text.
 */
export function* weightSections(analysis: Analysis, { cell, told, parts }: ToldWeight): Generator<string> {
  const says = words();
  const names = weightNames(itemAt(analysis.maps, cell.map), analysis.sequences, cell);
  const content = contentOf(told, names, plainChoice);
  yield section(says.arithmetic.how, arithmeticSvgOf(analysis, { cell, told }), [
    ...formulaTexts(content),
    ...content.sentences,
    ...content.output,
    ...content.check.map(({ name, value }) => says.arithmetic.named(name, value)),
  ]);
  if (!parts) return;
  const { sentences, largest, check } = partsContent(parts, names);
  yield section(says.scoreParts.why, partsSvgOf(analysis, { cell, told: parts }), [
    ...sentences,
    ...largest.map(({ value, query, key }) =>
      says.scoreParts.readout(termText(value), says.scoreParts.meeting(query.says, key.says)),
    ),
    ...check.map(({ name, value }) => says.scoreParts.readout(name, value)),
  ]);
}

function section(name: string, svg: string, lines: readonly string[]): string {
  const text = lines.map((line) => `<p>${escape(line)}</p>`).join('');
  return (
    `<section class="weight"><h2>${escape(name)}</h2><div class="sheet" tabindex="0" role="group" ` +
    `aria-label="${escape(name)}">${svg}</div><div class="unseen">${text}</div></section>\n`
  );
}
