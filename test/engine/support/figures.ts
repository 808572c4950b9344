import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { root } from './models.ts';

/** A held-out sentence of the translation task; `links[t]` are the source words that target word t renders. */
const sentence = v.object({ source: v.string(), target: v.string(), links: v.array(v.array(v.number())) });
export type LinkedSentence = v.InferOutput<typeof sentence>;

const translation = v.object({
  heldOut: v.number(),
  exact: v.number(),
  alignmentErrorRate: v.number(),
  head: v.optional(v.tuple([v.number(), v.number()])),
  sampleExact: v.number(),
  sampleAlignmentErrorRate: v.number(),
  sample: v.array(sentence),
});

/** What was measured of a model of the translation task when it was made. Throws when it does not fit. */
export function translationFigures(model: string): v.InferOutput<typeof translation> {
  return v.parse(translation, read(model));
}

/**
 * Och and Ney's alignment error rate (2003): `looks[n][t]` is the source word that target word t looks at most,
 * `links[n][t]` its true ones. One link is a sure one, several are possible ones; words without any are left out.
 */
export function alignmentErrorRate(
  looks: readonly (readonly number[])[],
  links: readonly (readonly (readonly number[])[])[],
): number {
  let [sure, hits, sureHits, total] = [0, 0, 0, 0];
  links.forEach((sentenceLinks, n) =>
    sentenceLinks.forEach((true_, t) => {
      if (true_.length === 0) return;
      const hit = true_.includes(looks[n]?.[t] ?? -1) ? 1 : 0;
      const isSure = true_.length === 1 ? 1 : 0;
      total += 1;
      sure += isSure;
      hits += hit;
      sureHits += isSure * hit;
    }),
  );
  return 1 - (sureHits + hits) / (total + sure);
}

const head = v.object({ layer: v.number(), head: v.number(), score: v.number() });

/**
 * One kind of link on held-out sentences: the share of words whose strongest word in the head is the one they are
 * linked to.
 */
const link = v.object({
  pairs: v.number(),
  /** What looking always so many words away finds at best. */
  offsetShare: v.number(),
  layer: v.number(),
  head: v.number(),
  share: v.number(),
  /** The same of pairs that are not neighbours, where there are any. */
  far: v.optional(v.number()),
  farOffsetShare: v.optional(v.number()),
  farShare: v.optional(v.number()),
});

export type Link = v.InferOutput<typeof link>;

const grammar = {
  grammar: v.record(v.string(), link),
  /**
   * Sentences with links `[kind, from, to]` between places of words, and for each kind `[rows in which its head is
   * right, rows]`.
   */
  labelled: v.array(v.object({ text: v.string(), links: v.array(v.tuple([v.string(), v.number(), v.number()])) })),
  labelledRight: v.record(v.string(), v.tuple([v.number(), v.number()])),
};
export type GrammarFigures = Pick<v.InferOutput<typeof causal>, keyof typeof grammar>;

const masked = v.object({
  accuracy: v.number(),
  accuracyMaskOnly: v.number(),
  topTen: v.array(v.string()),
  sampleRight: v.number(),
  sample: v.array(v.object({ text: v.string(), masked: v.string(), word: v.string() })),
  roles: v.record(v.string(), head),
  /** What heads find that were not taught, as `grammar` and `labelledRight` have it of the others. */
  untaught: v.optional(v.record(v.string(), link)),
  untaughtRight: v.optional(v.record(v.string(), v.tuple([v.number(), v.number()]))),
  ...grammar,
});

/** What was measured of a masked language model when it was made. Throws when it does not fit. */
export function maskedFigures(model: string): v.InferOutput<typeof masked> {
  return v.parse(masked, read(model));
}

const causal = v.object({
  perplexity: v.number(),
  trigram: v.number(),
  induction: head,
  previous: head,
  text: v.string(),
  textPerplexity: v.number(),
  repeated: v.string(),
  repeatedInduction: v.number(),
  ...grammar,
});

/** What was measured of the causal language model when it was made. Throws when it does not fit. */
export function causalFigures(model: string): v.InferOutput<typeof causal> {
  return v.parse(causal, read(model));
}

function read(model: string): unknown {
  return JSON.parse(readFileSync(join(root, 'training', 'figures', `${model}.json`), 'utf8'));
}
