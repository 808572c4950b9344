import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entryOf, termNamed, termsIn } from '../../../src/core/glossary/entry.ts';
import { entryBlocks, glossaryPage, limitsPage } from '../../../src/core/glossary/page.ts';
import { papers } from '../../../src/core/glossary/papers.ts';
import { plainText } from '../../../src/core/glossary/plain.ts';
import { termFacts, termIds } from '../../../src/core/glossary/terms.ts';
import { pageMarkdown } from '../../../src/host/glossary/page-markdown.ts';
import { glossary } from '../../../src/core/words/english/glossary.ts';

/** Words of the field: a text that uses one uses a term that has an entry, or is of one. */
const jargon =
  /\b(?:soft ?max|logits?|entrop\w+|embeddings?|unembedding|residual stream\w*|heads?|quer(?:y|ies)|tokens?|vocabular\w+|ablat\w+|masks?|masked|encoders?|decoders?|alignments?|sinks?|induction|baselines?|faithful\w*|divergences?|perplexity|saliency|rollout|circuits?|logprobs?|activations?|neurons?)\b/giu;

/** A page of VS Code’s Markdown preview gives its headings these ids (`githubSlugify` in its sources). */
function slugOf(heading: string): string {
  return encodeURI(
    heading
      .trim()
      .toLowerCase()
      .replace(/\s+/g, '-')
      .replace(/[\][!/'"#$%&()*+,./:;<=>?@\\^{|}~`。，、；：？！…—·]/g, '')
      .replace(/^-+/, '')
      .replace(/-+$/, ''),
  );
}

/** Markdown as it reads. */
function read(markdown: string): string {
  return markdown.replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('the glossary', () => {
  it('defines every term in one short sentence, and says more', () => {
    for (const id of termIds) {
      const { name, short, more, related } = entryOf(id);
      assert.match(short, /^\p{Lu}[^]*\.$/u, id);
      assert.ok(short.length <= 125, `${id}: ${short.length} characters are many for a tooltip`);
      assert.ok(more.length >= 40 && more.endsWith('.'), id);
      assert.equal(name, name.trim());
      assert.ok(!related.includes(id) && new Set(related).size === related.length, id);
    }
  });

  it('gives every form to one term, and finds a term by any of them', () => {
    const forms = termIds.flatMap((id) =>
      [id, glossary.terms[id].name, ...glossary.terms[id].forms].map((form) => [form, id] as const),
    );
    for (const [form, id] of forms) assert.equal(termNamed(` ${form.toUpperCase()}  `), id, form);
    assert.equal(termNamed('dot-product  attention'), 'dot-attention');
    assert.equal(termNamed('nothing'), null);
    assert.equal(termNamed(''), null);
  });

  it('uses no term of the field that it does not define', () => {
    const texts = [
      ...termIds.flatMap((id) => [entryOf(id).short, entryOf(id).more].map((text) => ({ text, about: id }))),
      ...glossary.limits.paragraphs.map(({ text }) => ({ text, about: 'limits' })),
    ];
    const undefinedIn = texts.flatMap(({ text, about }) =>
      [...text.matchAll(jargon)].flatMap(([word]) => {
        const isTerm = termsIn(word).some((piece) => typeof piece === 'object');
        return isTerm ? [] : [`${about}: ${word}`];
      }),
    );
    assert.deepEqual(undefinedIn, []);
  });

  it('marks terms where they are named first, the longest name, whole words, not the term itself', () => {
    assert.deepEqual(termsIn('Attention weights of heads: a head, Weights, subheads.', 'softmax'), [
      { term: 'attention-weight', text: 'Attention weights' },
      ' of ',
      { term: 'head', text: 'heads' },
      ': a head, Weights, subheads.',
    ]);
    assert.deepEqual(termsIn('A causal mask is a mask.', 'causal-mask'), [
      'A causal mask is a ',
      { term: 'mask', text: 'mask' },
      '.',
    ]);
  });

  it('leads from every term to others, and to every term from others', () => {
    const reached = new Set(termIds.flatMap((id) => termFacts[id].related));
    const fromTexts = new Set(
      termIds.flatMap((id) =>
        termsIn(`${entryOf(id).short} ${entryOf(id).more}`, id).flatMap((piece) =>
          typeof piece === 'object' ? [piece.term] : [],
        ),
      ),
    );
    for (const id of termIds) {
      assert.ok(termFacts[id].related.length > 0, id);
      assert.ok(reached.has(id) || fromTexts.has(id), `nothing leads to ${id}`);
    }
  });

  it('cites every paper that it has', () => {
    const cited = new Set([
      ...termIds.flatMap((id) => termFacts[id].papers),
      ...glossary.limits.paragraphs.flatMap((one) => one.papers),
    ]);
    assert.deepEqual([...cited].sort(), Object.keys(papers).sort());
    for (const { year, url } of Object.values(papers)) {
      assert.ok(year >= 1948 && year <= 2026);
      assert.match(url, /^https:\/\/(?:aclanthology\.org|arxiv\.org\/abs|doi\.org|transformer-circuits\.pub)\//);
    }
  });
});

describe('pages of the glossary', () => {
  it('have every link lead to a heading, as the preview names it', () => {
    const markdown = pageMarkdown(glossaryPage());
    const headings = [...markdown.matchAll(/^## (.+)$/gmu)].map(([, text = '']) => slugOf(read(text)));
    assert.equal(headings.length, termIds.length);
    assert.equal(new Set(headings).size, headings.length);
    const links = [...markdown.matchAll(/\]\(#([^)]+)\)/gu)].map(([, to = '']) => to);
    assert.ok(links.length > 4 * termIds.length);
    for (const link of links) assert.ok(headings.includes(link), link);
  });

  it('have their terms by the alphabet, and nothing of a text is markup', () => {
    const names = glossaryPage().flatMap((block) => (block.kind === 'heading' ? [block.text.toLowerCase()] : []));
    assert.deepEqual(
      names,
      [...names].sort((a, b) => a.localeCompare(b)),
    );
    const markdown = pageMarkdown(limitsPage());
    assert.match(markdown, /^# What attention can and cannot tell\n/u);
    assert.match(read(markdown), /\(\[Jain & Wallace 2019\]\(https:\/\/aclanthology\.org\/N19-1357\); /u);
    assert.doesNotMatch(markdown.replace(/\]\([^)]*\)/gu, ''), /[*_`<>](?!\*)(?<!\*\*.)\[/u);
  });

  it('are lines of at most 80 columns in a terminal, but for addresses', () => {
    for (const text of [plainText(glossaryPage()), plainText(limitsPage())])
      for (const line of text.split('\n')) assert.ok(line.length <= 80 || /^ *https:\S+$/u.test(line), line);
    assert.equal(
      plainText(entryBlocks(entryOf('kl-divergence')))
        .split('\n\n')
        .slice(0, 3)
        .join('|'),
      'KL divergence|How different two predictions are, in nats: 0 if they are equal; it has no upper\nbound.|  KL(p ‖ q) = Σ p (ln p − ln q)',
    );
  });
});
