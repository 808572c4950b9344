import { listText } from './grammar.ts';

/** What switching heads off does to a prediction. */
export const effects = {
  /** Where the prediction is made; tokens are in quotation marks. */
  place: {
    masked: (token: string) => `in place of ${token}`,
    hidden: (token: string) => `with ${token} masked for this`,
    next: (token: string) => `after ${token}`,
    written: (token: string) => `when ${token} is written`,
    tag: (token: string) => `the label of ${token}`,
    label: 'the label of the text',
  },
  heading: (place: string, watched: string) => `Effect of every head on ${watched}, ${place}`,
  measure: 'Effect of every head',
  measureMeaning:
    'Switch off each head in turn, and each feed-forward part, and compare the prediction at the token in focus, or ' +
    'where the model predicts by itself. It takes a run for each.',
  noPrediction: 'This model predicts neither tokens nor one of several labels, so there is nothing to compare.',
  measuring: 'Running without each head',
  runs: (done: number, total: number) => `${done} of ${total} runs`,
  cancelMeaning: 'Stop measuring.',
  largest: (part: string, kl: string) => `${part} (${kl} nats)`,
  most: (parts: readonly string[]) => `Largest: ${listText(parts)}.`,
  part: 'part',
  /** Of a feed-forward part, in its tile, under it, and in full. */
  short: 'FF',
  shortOf: (layer: number) => `FF ${layer}`,
  feedForwardOf: (layer: number) => `Feed-forward part of layer ${layer}`,
  feedForward: (layer: number) => `feed-forward ${layer}`,
  ofMap: (map: string, part: string) => `${map} ${part}`,
  kl: 'KL, nats',
  before: 'before',
  after: 'after',
  top: 'most probable then',
  likeliest: 'Most probable',
  notFound: 'not found',
  /** Below every table of effects. */
  caution:
    'Each part is switched off alone: what it hands over is 0. This tests what the prediction needs, here. Other ' +
    'parts can ' +
    'make up for a missing one, and effects do not add up.',
  /** One part in a sentence; `moves` compares the two numbers as they are written. */
  sentence: (
    part: string,
    watched: string,
    [before, after]: readonly [string, string],
    moves: 'falls' | 'rises' | 'stays',
    kl: string,
    top: string | null,
  ) =>
    `Without ${part} the probability of ${watched} ` +
    `${moves === 'stays' ? `stays at ${before}` : `${moves} from ${before} to ${after}`} (KL ${kl})` +
    (top === null ? '.' : `; ${top} is then the most probable.`),
  head: (place: string) => `head ${place}`,
  nats: (nats: string) => `${nats} nats`,
};
