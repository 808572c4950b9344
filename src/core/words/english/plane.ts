import { shareText } from '../../attention/number-words.ts';
import type { RoleFamily } from '../../probe/role-families.ts';
import type { Plane } from '../../probe/similarity.ts';
import { countText } from './grammar.ts';

const families: Readonly<Record<RoleFamily, string>> = {
  grammar: 'grammar',
  position: 'position',
  repetition: 'repetition',
  special: 'special tokens',
  pair: 'other text',
  broad: 'broad',
  none: 'no role',
};

/** The map of all heads. */
export const plane = {
  /** The charts of the layer view. */
  chart: 'Chart',
  charts: {
    measure: { name: 'Scale', says: 'Every head as a dot on a scale.' },
    similarity: {
      name: 'Map',
      says: 'Every head as a dot on a map: near each other where their weights are similar on English test sentences.',
    },
  },
  name: 'Map of all heads: near each other where their weights are similar',
  heading: 'all heads by the similarity of their weights',
  picture: (model: string) => `Attention of ${model}, map of all heads`,
  caption: ({ shown, sentences }: NonNullable<Plane>) =>
    `Distances: Jensen–Shannon, on ${countText(sentences, 'English sentence')}. Two dimensions show ` +
    `${shareText(shown)} of the squared distances; the axes have no meaning of their own.`,
  scale: (distance: string) => `distance ${distance}`,
  families,
  family: (name: string, heads: number) => `${name} ${heads}`,
  familiesMeaning: 'Shapes and colours: what the first role of a head is about.',
  nearest: (heads: string) => `nearest: ${heads}`,
  columns: { place: 'Place', nearest: 'Nearest heads' },
  notMeasured: 'The heads of this model are not measured yet',
  notMeasuredAdvice:
    'The map compares their weights on English test sentences that ship with the extension. ' +
    'Roles are measured in the ' +
    'same run.',
  measure: 'Measure what heads do',
  measureMeaning: 'Runs the model on the test sentences; the result is kept.',
  otherAttention:
    'Heads are compared on single texts. This attention reads from one text to another, or while it writes.',
};
