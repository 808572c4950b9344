import type { PaperId } from '../../glossary/papers.ts';
import type { TermId } from '../../glossary/terms.ts';
import { attentionTerms } from './glossary/attention.ts';
import type { TermWords } from './glossary/entry.ts';
import { findingTerms } from './glossary/findings.ts';
import { modelTerms } from './glossary/model.ts';

/** A paragraph of a page, and the papers that it rests on. */
interface PageParagraph {
  readonly text: string;
  readonly papers: readonly PaperId[];
}

const terms: Readonly<Record<TermId, TermWords>> = { ...modelTerms, ...attentionTerms, ...findingTerms };

const limits: readonly PageParagraph[] = [
  {
    text:
      'An attention weight is exact: it is the number by which the model multiplies the value of a token in one ' +
      'head. ' +
      'It says where that head reads. It does not say what is read there, nor what becomes of it.',
    papers: ['vaswani'],
  },
  {
    text:
      'Weights are one factor of two. A large weight on a short value moves little; many heads put their weight on ' +
      '[SEP] or on the first token and move almost nothing. The length of weight × value shows it.',
    papers: ['clark', 'kobayashi', 'xiao'],
  },
  {
    text:
      'Above the first layer a token’s vector is already a mixture of other tokens, carried along by the residual ' +
      'stream. A link to ‘cat’ in layer 4 is a link to what the model has made of that place by then.',
    papers: ['abnar', 'elhage'],
  },
  {
    text:
      'Against reading weights as explanations: in recurrent classifiers they agreed only weakly with gradients ' +
      'and with ' +
      'leaving words out, and other weights could be found that gave nearly the same prediction; removing the words ' +
      'with the largest weights often changed no decision; and a model can be trained to hide what it uses.',
    papers: ['jain', 'serrano', 'pruthi'],
  },
  {
    text:
      'Against that: weights that were found for one prediction at a time are not another model. Models can be ' +
      'trained to ' +
      'have other weights, but these then help a simple test model less than the original ones, where attention ' +
      'is useful ' +
      'at all. Whether an explanation is plausible to a reader and whether it is faithful to the model are two ' +
      'questions.',
    papers: ['wiegreffe', 'jacovi'],
  },
  {
    text:
      'For “which words does this prediction depend on?” there are better measures than weights: gradients, ' +
      'leaving words ' +
      'out, and replacing them. Here: replace or mask a token, and compare the predictions.',
    papers: ['bastings', 'bibal'],
  },
  {
    text:
      'For “what does this head do?” switch it off. The effect of every head on a prediction is measured by ' +
      'running the ' +
      'model once for each head. It tests this text and this position. In trained translation models and BERT ' +
      'most heads can be ' +
      'removed one at a time with little loss; other parts can make up for a missing one.',
    papers: ['michel', 'voita', 'mcgrath'],
  },
];

/** The glossary, and the pages that belong to it. */
export const glossary = {
  terms,
  title: 'Glossary of attention',
  /** Above the terms. */
  intro: 'The terms of Text Attention, each with its formula and the papers to read.',
  papers: 'Papers',
  related: 'See also',
  more: 'More',
  moreMeaning: (term: string) => `Open the glossary at “${term}”.`,
  alsoCalled: (forms: readonly string[]) => `Also: ${forms.join(', ')}`,
  /** A paper in a list, before its title. */
  paper: (authors: string, year: number) => `${authors} (${year}). `,
  /** In the text: `Clark et al. 2019`. */
  cited: (authors: string, year: number) => `${authors} ${year}`,
  limits: {
    title: 'What attention can and cannot tell',
    link: 'What attention can and cannot tell',
    linkMeaning: 'Open a page with what is known, and the papers.',
    paragraphs: limits,
  },
  /** In a terminal. */
  none: (term: string) => `“${term}” is not a term of the glossary; without a term it lists all`,
};
