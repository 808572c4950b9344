import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalysisInfo } from '../../../src/core/attention/analysis.ts';
import type { Explanation } from '../../../src/core/block/explanation.ts';
import { readChapter, type FenceOf } from '../../../src/core/lesson/chapter.ts';
import { checkChapter } from '../../../src/core/lesson/check.ts';
import { evaluate, scopeAt, scopeOf, valueText } from '../../../src/core/lesson/evaluate.ts';
import { asksModel, readExpression } from '../../../src/core/lesson/expression.ts';
import type { LessonModels } from '../../../src/core/lesson/row.ts';

const texts = ['[CLS]', 'the', 'cat', 'ate', 'the', 'fi', 'sh', '[SEP]'];
const starts = [0, 0, 4, 8, 12, 16, 18, 0];
const info = {
  model: { id: 'toy', family: 'encoder', layers: 2, heads: 1 },
  sequences: [
    {
      text: 'the cat ate the fish',
      tokens: texts.map((text, id) => ({
        id,
        text,
        start: starts[id] ?? 0,
        end: text.startsWith('[') ? 0 : (starts[id] ?? 0) + text.length,
        special: text.startsWith('['),
        word: text.startsWith('[') ? null : id === 6 ? 5 : id,
        segment: 0,
      })),
    },
  ],
  maps: [{ name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [2, 1, 8, 8] }],
  predictions: [
    { kind: 'masked', sequence: 0, places: [{ token: 2, candidates: [{ id: 1, text: 'dog', probability: 0.25 }] }] },
  ],
  timing: { load: 0, run: 0 },
  notes: [],
} as unknown as AnalysisInfo;

/** Row 3 (‘ate’): the separator takes most, then ‘cat’, then ‘fish’ by its two pieces. */
const row = [0.05, 0.05, 0.2, 0.05, 0.05, 0.1, 0.05, 0.45];
const explained = {
  kind: 'dot-product',
  scale: 0.5,
  scores: Float32Array.from(row, (weight) => Math.log(weight)).buffer,
  q: Float32Array.of(1, 2).buffer,
  k: Float32Array.of(3, -1).buffer,
} as unknown as Explanation;

let runs = 0;
const models: LessonModels = {
  run: () => {
    runs += 1;
    return Promise.resolve({
      info,
      layer: (_map, layer) =>
        Promise.resolve(Float32Array.from({ length: 64 }, (_, at) => (layer === 1 ? (row[at % 8] ?? 0) : 1 / 8))),
      explain: () => Promise.resolve(explained),
    });
  },
};

const file = [
  '```attention',
  'name: fence',
  'text: the cat ate the fish',
  'head: 1.0',
  'token: ate',
  'key: cat',
  '```',
  'Prose.',
  '<!-- holds:',
  'weight = 0.20',
  'weight = 0.2',
  'weight 1.0 ate fish = 0.15',
  'weight 1.0 ate [SEP] = 45%',
  'weight 1.0 ate 5 = 0.10',
  'weight 1.0 ATE the#2 = 0.05',
  'weight 1.0 ate cat > weight 1.0 ate fish',
  'weight 1.0 ate cat - weight 1.0 ate fish = 0.05',
  'strongest = cat',
  'second 1.0 ate = fish',
  'rank 1.0 ate fish = 2',
  'rank 1.0 ate the = 3',
  'score = -1.61',
  'product = 1',
  'product * scale = 0.5',
  'scale = 0.5',
  `entropy = ${row.reduce((sum, p) => sum - p * Math.log(p), 0).toFixed(4)}`,
  'entropy 0.0 ate = 2.0794',
  'prediction = dog',
  'probability dog cat = 0.25',
  'tokens = 8',
  'layers + heads = 3',
  'shape = "2 × [1, 1, 8, 8]"',
  'weight in fence = 0.2',
  `softmax 2 1 0 of 1 = ${(Math.E / (Math.E ** 2 + Math.E + 1)).toFixed(3)}`,
  'dot 1 0 2 with 3 1 -1 = 1',
  'exp 1 = 2.718',
  'sqrt 32 / ( 1 + 1 ) = 2.83',
  '2 + 3 * 4 - 6 / 3 = 12',
  '-->',
].join('\n');

test('every statement of a chapter is evaluated on the numbers of its fence', async () => {
  const chapter = readChapter(file);
  assert.deepEqual(chapter.problems, []);
  assert.equal(chapter.statements.length, 29);
  const checked = await checkChapter(chapter, models);
  assert.deepEqual(
    checked.filter(({ holds }) => !holds).map(({ says }) => says),
    [],
  );
});

/** Statements that do not hold, and what is said of them. */
const failing: readonly (readonly [statement: string, says: RegExp])[] = [
  ['weight = 0.21', /does not hold: weight = 0.21 \(it is 0.20, not 0.21\)/],
  ['weight = 0.205', /does not hold/],
  ['weight != 0.2', /does not hold/],
  ['strongest = fish', /it is cat, not fish/],
  ['weight 1.0 ate dog = 1', /“dog” is not a word of “the cat ate the fish”/],
  ['weight 1.0 ate the#3 = 1', /“the#3” is not a word/],
  ['weight 1.0 ate 8 = 1', /no token 8; there are 8 tokens, from 0/],
  ['weight 2.0 = 1', /no layer 2; it has 0 and 1/],
  ['weight 1.1 = 1', /no head 1; it has 1 head, from 0/],
  ['weight cross/1.0 = 1', /no map “cross”; it has attention/],
  ['weight in nowhere = 1', /no fence called “nowhere”/],
  ['weight cat ate = 1', /Write weight HEAD QUERY KEY/],
  ['softmax 2 1 of 3 = 1', /Write softmax/],
  ['found = 1', /no fence that this could ask about/],
  ['strongest < 1', /“cat” is not a number/],
  ['probability cow cat = 1', /“cow” is not among/],
  ['kl = 0', /Nothing is edited/],
  ['written = x', /Nothing was written/],
];

for (const [statement, says] of failing) {
  test(`“${statement}” does not hold, and why`, async () => {
    const text = file.replace(/<!--[^]*-->/u, `<!-- holds: ${statement} -->`);
    const [checked] = await checkChapter(readChapter(text), models);
    assert.equal(checked?.holds, false);
    assert.match(checked.says, says);
    assert.equal(checked.statement.says?.text, 'Prose.');
  });
}

test('sentences count those in which the strongest word is the right one', async () => {
  const lines = ['ate > cat', 'ate > fish', 'cat > cat'].map((pair) => `sentence: ${pair} | the cat ate the fish`);
  const text = ['```sentences', 'head: 1.0', ...lines, '```', '<!-- holds: found = 2 -->', '<!-- holds: cases = 3 -->'];
  const checked = await checkChapter(readChapter(text.join('\n')), models);
  assert.deepEqual(
    checked.map(({ holds }) => holds),
    [true, true],
  );
});

test('a question without a text asks the fence above, and numbers alone ask no model', async () => {
  const text = `${file}\n\`\`\`question\nask: Which?\ntoken: cat\nanswer: strongest\nreason: {strongest}: {weight} and {1 / 3}\n\`\`\``;
  const chapter = readChapter(text);
  const { question, first } = chapter.fences.at(-1) as FenceOf<'question'>;
  const scope = scopeOf(question, scopeAt(chapter, first, models));
  const parts = await Promise.all(
    question.reason.map(async (part) => (typeof part === 'string' ? part : valueText(await evaluate(part, scope)))),
  );
  assert.equal(parts.join(''), 'cat: 0.20 and 0.33');
  const before = runs;
  const read = readExpression('softmax 1 1 of 1');
  assert.ok('value' in read);
  assert.equal(await evaluate(read.value, scope), 0.5);
  assert.equal(asksModel(read.value), false);
  assert.equal(runs, before);
});

test('numbers by hand follow: products, scores, weights, and what is handed over', () => {
  const text = [
    '```by-hand',
    'query q: 1 2',
    'key a: 2 1',
    'key b: −1 .5',
    'value a: 1 0',
    'value b: 0 10',
    'divide: 2',
    '```',
  ];
  const [fence] = readChapter(text.join('\n')).fences as readonly [FenceOf<'by-hand'>];
  const [a, b] = [Math.exp(2), Math.exp(0)];
  assert.deepEqual(
    fence.byHand.results.map(({ line, text: says }) => [line, says]),
    [
      [1, `÷ 2 · Σ e^score = ${(a + b).toFixed(2)}`],
      [2, `q·k = 4 · score 2 · e^score ${a.toFixed(2)} · weight ${(a / (a + b)).toFixed(2)}`],
      [3, `q·k = 0 · score 0 · e^score 1 · weight ${(b / (a + b)).toFixed(2)}`],
      [4, `× weight = [${(a / (a + b)).toFixed(2)}, 0]`],
      [
        5,
        `× weight = [0, ${((10 * b) / (a + b)).toFixed(2)}] · output [${(a / (a + b)).toFixed(2)}, ${((10 * b) / (a + b)).toFixed(2)}]`,
      ],
    ],
  );
  const scores = readChapter(['```by-hand', 'score a: 2', 'score b: 0', '```'].join('\n'));
  const [only] = scores.fences as readonly [FenceOf<'by-hand'>];
  assert.equal(only.byHand.results[0]?.text, `e^score 7.39 · weight ${(a / (a + b)).toFixed(2)}`);
});
