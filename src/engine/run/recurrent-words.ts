import type { Scoring } from '../../core/attention/map.ts';
import type { RecurrentConfig, RecurrentKind } from '../config/recurrent-config.ts';

const bahdanau = 'Bahdanau, Cho and Bengio 2015';
const luong = 'Luong, Pham and Manning 2015';

/** How each kind computes its scores: `s` is the decoder's state, `h` what the encoder made of a source word. */
const scores: Readonly<Record<Scoring, string>> = {
  additive: 'v·tanh(W s + U h), where s is the decoder’s state before the word',
  dot: 's·h, where s is the decoder’s state at the word',
  general: 's·W h, where s is the decoder’s state at the word',
  concat: 'v·tanh(W s + U h), where s is the decoder’s state at the word',
};

/** How a kind scores; the local ones score as `general` does. */
export function scoringOf(kind: RecurrentKind): Scoring {
  switch (kind) {
    case 'bahdanau':
      return 'additive';
    case 'local-m':
    case 'local-p':
      return 'general';
    default:
      return kind;
  }
}

/** The kind of attention and its formula, in sentences. */
export function kindNotes({ kind, local }: RecurrentConfig): string[] {
  const name = kind === 'bahdanau' ? `Additive attention (${bahdanau})` : `Attention of the kind ${kind} (${luong})`;
  const score = `the score of a source word is ${scores[scoringOf(kind)]} and h is what the encoder made of the source word`;
  if (!local) return [`${name}: ${score}. The softmax goes over all source words.`];
  const reach = `The softmax goes over the source words at most ${local.halfWidth} from the centre.`;
  if (local.sigma === null) {
    return [
      `${name}: ${score}. ${reach}`,
      'The centre is the place of the target word itself, or the last source word where there is none.',
    ];
  }
  return [
    `${name}: ${score}. ${reach}`,
    'The centre is predicted: S·sigmoid(v·tanh(W s)), where S counts the source words.',
    `The weights are then multiplied by a Gaussian around the centre (sigma ${local.sigma}) and not made to sum ` +
      'to 1 again: rows sum to at most 1.',
  ];
}
