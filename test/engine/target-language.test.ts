import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { analyse, fixture, idsOf, oddModel } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'target-language-'));
after(() => rmSync(folder, { recursive: true }));

const [opening, end, the, cat, hungry, english, french, romanian] = [4, 5, 6, 7, 10, 16, 17, 18];

/** A kind of model with language codes: what its tokenizer puts around a source, and what its files say of a target. */
interface Kind {
  readonly name: string;
  /** Names of special tokens; A is the text. */
  readonly template: readonly string[];
  readonly codes?: readonly [string, string, string];
  readonly tokenizer?: object;
  readonly generation: object;
  /** What is given of the target “the hungry cat”. */
  readonly given: readonly number[];
  /** Another target than “the hungry cat”. */
  readonly target?: string;
}

const nllb = ['eng_Latn', 'fra_Latn', 'ron_Latn'] as const;
const text = [the, hungry, cat] as const;
const kinds: readonly Kind[] = [
  {
    name: 'NLLB, the code behind',
    template: ['A', '</s>', 'eng_Latn'],
    codes: nllb,
    generation: { decoder_start_token_id: end, forced_bos_token_id: french },
    given: [end, french, ...text],
  },
  {
    name: 'NLLB, the code in front',
    template: ['eng_Latn', 'A', '</s>'],
    codes: nllb,
    generation: { decoder_start_token_id: end, forced_bos_token_id: french },
    given: [end, french, ...text],
  },
  {
    name: 'NLLB whose tokenizer alone names the target',
    template: ['eng_Latn', 'A', '</s>'],
    codes: nllb,
    tokenizer: { src_lang: 'eng_Latn', tgt_lang: 'ron_Latn' },
    generation: { decoder_start_token_id: end },
    given: [end, romanian, ...text],
  },
  {
    name: 'NLLB that names no target',
    template: ['eng_Latn', 'A', '</s>'],
    codes: nllb,
    generation: { decoder_start_token_id: end },
    given: [end, ...text],
  },
  {
    name: 'a forced token beats the tokenizer',
    template: ['eng_Latn', 'A', '</s>'],
    codes: nllb,
    tokenizer: { tgt_lang: 'ron_Latn' },
    generation: { decoder_start_token_id: end, forced_bos_token_id: [french] },
    given: [end, french, ...text],
  },
  {
    name: 'M2M100',
    template: ['__en__', 'A', '</s>'],
    codes: ['__en__', '__fr__', '__ro__'],
    tokenizer: { src_lang: 'en', tgt_lang: 'fr' },
    generation: { decoder_start_token_id: [end] },
    given: [end, french, ...text],
  },
  {
    name: 'mBART-50',
    template: ['en_XX', 'A', '</s>'],
    codes: ['en_XX', 'fr_XX', 'ro_RO'],
    generation: { decoder_start_token_id: end, forced_bos_token_id: romanian },
    given: [end, romanian, ...text],
  },
  {
    name: 'mBART that starts with the code',
    template: ['A', '</s>', 'en_XX'],
    codes: ['en_XX', 'fr_XX', 'ro_RO'],
    tokenizer: { tgt_lang: 'ro_RO' },
    generation: { decoder_start_token_id: romanian },
    given: [romanian, ...text],
  },
  {
    name: 'the code is in the text already',
    template: ['A', '</s>', 'eng_Latn'],
    codes: nllb,
    generation: { decoder_start_token_id: end, forced_bos_token_id: french },
    target: 'fra_Latn the cat',
    given: [end, french, the, cat],
  },
  {
    name: 'the end is in the text already',
    template: ['A', '</s>', 'eng_Latn'],
    codes: nllb,
    generation: { decoder_start_token_id: end, forced_bos_token_id: french },
    target: 'the cat </s>',
    given: [end, french, the, cat],
  },
  {
    name: 'BART with its forced sign',
    template: ['<s>', 'A', '</s>'],
    generation: { decoder_start_token_id: end, forced_bos_token_id: opening },
    given: [end, opening, ...text],
  },
  {
    name: 'BART that only its tokenizer describes',
    template: ['<s>', 'A', '</s>'],
    generation: { decoder_start_token_id: end },
    given: [end, opening, ...text],
  },
  {
    name: 'BERT to BERT, which starts with the sign',
    template: ['[CLS]', 'A', '[SEP]'],
    generation: { decoder_start_token_id: 2, eos_token_id: 3 },
    given: [2, ...text],
  },
  {
    name: 'T5, Marian, Pegasus',
    template: ['A', '</s>'],
    generation: { decoder_start_token_id: 0 },
    given: [0, ...text],
  },
  {
    name: 'a start token that only config.json knows as its first',
    template: ['A', '</s>'],
    generation: { bos_token_id: 4, decoder_start_token_id: null },
    given: [4, ...text],
  },
];

/** Writes a model of that kind beside the others. */
function modelOf({ template, codes, tokenizer, generation }: Kind, place: number): string {
  const model = join(folder, String(place));
  cpSync(fixture('tiny-encoder-decoder'), model, { recursive: true });
  const read = (file: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(model, file), 'utf8')) as Record<string, unknown>;
  const write = (file: string, value: object): void => writeFileSync(join(model, file), JSON.stringify(value));
  const file = read('tokenizer.json') as {
    added_tokens: { id: number; content: string }[];
    post_processor: { special_tokens: Record<string, object> };
    model: { vocab: Record<string, number> };
  };
  const { vocab } = file.model;
  codes?.forEach((code, at) => {
    const id = english + at;
    for (const [word, known] of Object.entries(vocab)) if (known === id) Reflect.deleteProperty(vocab, word);
    vocab[code] = id;
    file.added_tokens.push({ ...file.added_tokens[0], id, content: code });
    file.post_processor.special_tokens[code] = { id: code, ids: [id], tokens: [code] };
  });
  const single = template.map((name) =>
    name === 'A' ? { Sequence: { id: 'A', type_id: 0 } } : { SpecialToken: { id: name, type_id: 0 } },
  );
  write('tokenizer.json', { ...file, post_processor: { ...file.post_processor, single } });
  write('tokenizer_config.json', { ...read('tokenizer_config.json'), ...tokenizer });
  write('generation_config.json', { ...read('generation_config.json'), ...generation });
  return model;
}

for (const [place, kind] of kinds.entries()) {
  test(`a given target: ${kind.name}`, async () => {
    const model = modelOf(kind, place);
    const target = kind.target ?? 'the hungry cat';
    const analysis = await analyse({ model, text: 'the cat ate', target });
    assert.deepEqual(idsOf(analysis, 1), kind.given);
    const [source, written] = analysis.sequences;
    const own = written?.tokens.filter((token) => token.end > token.start) ?? [];
    assert.equal(own[0]?.start, 0, 'the first word keeps its characters');
    assert.equal(source?.tokens.length, kind.template.length - 1 + 3, 'the source keeps all of its own');
    const longer = await analyse({ model, text: 'the cat ate', target, continue: { tokens: 3 } });
    assert.deepEqual(
      idsOf(longer, 1).slice(0, kind.given.length),
      kind.given,
      'a target that is continued begins alike',
    );
    assert.ok(
      longer.sequences[1]?.generatedFrom === undefined || longer.sequences[1].generatedFrom === kind.given.length,
    );
  });
}

test('the model’s own target begins with the forced token, as a given one does', async (context) => {
  const model = oddModel('target-language', context);
  if (model === null) return;
  const own = await analyse({ model, text: 'the cat ate' });
  assert.deepEqual(idsOf(own, 1).slice(0, 2), [5, 18]);
  const given = await analyse({ model, text: 'the cat ate', target: 'the hungry cat' });
  assert.deepEqual(
    idsOf(given, 1),
    [5, 18, 6, 10, 7],
    'start token, forced first token, text, without the template’s own specials',
  );
});
