import { itemAt } from '../item-at.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { words } from '../words/words.ts';
import { dotOf, softmaxOf } from './by-hand.ts';
import type { FactName } from './expression.ts';
import { headPlaceOf, wordPlaceOf, type HeadPlace, type WordPlace } from './fields.ts';
import type { LessonFocus } from './picture.ts';
import { LessonError, mapIndex } from './places.ts';
import { candidatesAt, probabilityOf, writtenText } from './predicted.ts';
import { Row, type LessonModels, type RunNumbers } from './row.ts';
import type { Sentences } from './sentences.ts';
import { foundIn } from './found.ts';

/** What an expression comes to. */
export type Value = number | string;

/** What a fact is asked of: a run and the place in it that is meant where none is written. */
export interface Subject extends LessonFocus {
  readonly run: RunSpec;
}

/** Where an expression stands: what its facts are of. */
export interface Scope {
  readonly models: LessonModels;
  /** The fence of a name, or the nearest one; null where there is none. */
  subject(fence: string | null): Subject | null;
  sentences(fence: string | null): Sentences | null;
}

/** A fact with its arguments as they are written. */
export interface AskedFact {
  readonly name: FactName;
  readonly args: readonly string[];
  readonly fence: string | null;
}

/** The value of a fact. Rejects with LessonError where it means nothing, and with an AttentionError. */
export async function factOf(fact: AskedFact, scope: Scope): Promise<Value> {
  switch (fact.name) {
    case 'softmax':
    case 'dot':
    case 'exp':
    case 'sqrt':
      return numberFact(fact);
    case 'found':
    case 'cases': {
      const sentences = scope.sentences(fact.fence);
      if (!sentences) throw new LessonError(words().lesson.noFence(fact.fence));
      if (fact.name === 'cases') return sentences.sentences.length;
      return (await foundIn(sentences, scope.models)).filter(({ found }) => found).length;
    }
    default: {
      const subject = scope.subject(fact.fence);
      if (!subject) throw new LessonError(words().lesson.noFence(fact.fence));
      return runFact(fact, await scope.models.run(subject.run), subject);
    }
  }
}

async function runFact(fact: AskedFact, numbers: RunNumbers, subject: Subject): Promise<Value> {
  const { info } = numbers;
  const { args } = fact;
  switch (fact.name) {
    case 'prediction':
      return itemAt(candidatesAt(info, wordOf(fact, 0)), 0).text.trim();
    case 'probability':
      return probabilityOf(info, unquoted(required(fact, 0)), wordOf(fact, 1));
    case 'kl':
      if (!info.change) throw new LessonError(words().lesson.noChange);
      return info.change.kl;
    case 'written':
      return writtenText(info);
    case 'tokens':
      return info.sequences[args[0] === 'target' ? 1 : 0]?.tokens.length ?? 0;
    case 'layers':
      return shapeOf(numbers, fact)[0];
    case 'heads':
      return shapeOf(numbers, fact)[1];
    case 'shape': {
      const [layers, heads, queries, keys] = shapeOf(numbers, fact);
      return `${layers} × [1, ${heads}, ${queries}, ${keys}]`;
    }
    default:
      return rowFact(fact, numbers, placesOf(fact, subject));
  }
}

/** The head, query and key that a fact means: those that are written, or else those of its fence. */
interface Places {
  readonly head: HeadPlace | null;
  readonly query: WordPlace | null;
  readonly key: WordPlace | null;
}

function placesOf(fact: AskedFact, { head, token, key }: Subject): Places {
  const [first] = fact.args;
  const own = first === undefined ? null : headPlaceOf(first);
  if (first !== undefined && !own) throw form(fact);
  return {
    head: own ?? head,
    query: wordOf(fact, 1) ?? token,
    key: wordOf(fact, 2) ?? key,
  };
}

async function rowFact(fact: AskedFact, numbers: RunNumbers, { head, query, key }: Places): Promise<Value> {
  const row = await Row.of(numbers, head, query);
  switch (fact.name) {
    case 'strongest':
      return itemAt(row.ranking, 0).word.label;
    case 'second':
      return itemAt(row.ranking, 1).word.label;
    case 'entropy':
      return row.entropy;
    case 'weight':
      return row.weight(row.key(key));
    case 'rank': {
      const own = row.weight(row.key(key));
      return 1 + row.ranking.filter(({ weight }) => weight > own).length;
    }
    case 'score':
    case 'product':
    case 'scale':
      return scoreFact(fact.name, row, key, numbers);
    default:
      throw form(fact);
  }
}

async function scoreFact(
  name: 'score' | 'product' | 'scale',
  row: Row,
  place: WordPlace | null,
  numbers: RunNumbers,
): Promise<number> {
  const says = words().lesson;
  const { at: map, layer, head } = row.place;
  if (head === null) throw new LessonError(says.needs(says.needsHead));
  const key = row.key(place).first;
  const told = await numbers.explain({ map, layer, head, query: row.query.first, key });
  if (name === 'score') return itemAt(new Float32Array(told.scores), key);
  if (told.kind !== 'dot-product') throw new LessonError(says.noScore);
  if (name === 'scale') return told.scale;
  return dotOf([...new Float32Array(told.q)], [...new Float32Array(told.k)]);
}

function shapeOf({ info }: RunNumbers, { args: [name] }: AskedFact): readonly [number, number, number, number] {
  const map = info.maps[mapIndex(info, name ?? null)];
  if (!map)
    throw new LessonError(
      words().lesson.noMap(
        name ?? '',
        info.maps.map((each) => each.name),
      ),
    );
  return map.shape;
}

function numberFact(fact: AskedFact): number {
  const { name, args } = fact;
  const split = args.indexOf(name === 'softmax' ? 'of' : 'with');
  const numbers = (from: number, to?: number): number[] => args.slice(from, to).map((text) => numberOf(fact, text));
  if (name === 'exp' || name === 'sqrt') {
    const [number, ...more] = numbers(0);
    if (number === undefined || more.length > 0) throw form(fact);
    return name === 'exp' ? Math.exp(number) : Math.sqrt(number);
  }
  if (split < 1) throw form(fact);
  const [row, other] = [numbers(0, split), numbers(split + 1)];
  if (name === 'dot') {
    if (row.length !== other.length) throw form(fact);
    return dotOf(row, other);
  }
  const at = row.findIndex((score) => score === other[0]);
  if (at < 0 || other.length !== 1) throw form(fact);
  return itemAt(softmaxOf(row), at);
}

function numberOf(fact: AskedFact, text: string): number {
  const number = Number(text.replace('−', '-'));
  if (text === '' || !Number.isFinite(number)) throw form(fact);
  return number;
}

function wordOf({ args }: AskedFact, at: number): WordPlace | null {
  const text = args[at];
  return text === undefined ? null : wordPlaceOf(text);
}

function required(fact: AskedFact, at: number): string {
  const text = fact.args[at];
  if (text === undefined) throw form(fact);
  return text;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/su, '$1');
}

function form({ name }: AskedFact): LessonError {
  const says = words().lesson;
  return new LessonError(says.form(says.forms[name]));
}
