import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AttentionError } from '../../src/core/errors/reason.ts';
import type { ProbeResult } from '../../src/core/probe/evidence.ts';
import type { GrammarRole, MeasuredRole } from '../../src/core/probe/roles.ts';
import { headOf } from '../../src/core/attention/map.ts';
import { similarityOf } from '../../src/core/probe/similarity.ts';
import { parseProbeSentences } from '../../src/core/probe/sentences.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { readHandedOver } from '../../src/engine/run/handed-over.ts';
import { probeHeads } from '../../src/engine/run/probe.ts';
import { Probes } from '../../src/engine/service/probes.ts';
import { causalFigures, maskedFigures, type Link } from './support/figures.ts';
import { builtInModels, fixtureModels, noWork, root } from './support/models.ts';

const file = join(root, 'media', 'probe', 'english.tsv');
const sentences = parseProbeSentences(readFileSync(file, 'utf8'));
const few = sentences.slice(0, 12);
const folder = mkdtempSync(join(tmpdir(), 'text-attention-probe-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function probed(model: string, models = builtInModels, chosen = sentences): Promise<ProbeResult> {
  const analyser = new Analyser({ models, store: join(folder, 'no-store') }, () => undefined);
  try {
    return await probeHeads(analyser, { model }, chosen, noWork);
  } finally {
    await analyser.dispose();
  }
}

/** The heads that were given a role, as `layer.head`. */
function headsOf({ heads }: ProbeResult, role: MeasuredRole): string[] {
  return heads.flatMap((layer, at) =>
    layer.flatMap((roles, head) => (roles.some(({ name }) => name === role) ? [`${at}.${head}`] : [])),
  );
}

const roleOfKind: Readonly<Record<string, GrammarRole>> = {
  subject: 'verb-to-subject',
  object: 'verb-to-object',
  determiner: 'determiner-to-noun',
  adjective: 'adjective-to-noun',
  preposition: 'preposition-to-object',
  auxiliary: 'auxiliary-to-verb',
  antecedent: 'pronoun-to-antecedent',
};

/** The head of each kind of link by the figures, where it finds more than a position does, neighbours or not. */
function expected(grammar: Readonly<Record<string, Link>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(roleOfKind).map(([kind, role]): [string, string[]] => {
      const found = grammar[kind];
      const knows = found && found.share > found.offsetShare && (found.farShare ?? 0) > (found.farOffsetShare ?? 0);
      return [role, knows ? [`${found.layer}.${found.head}`] : []];
    }),
  );
}

test('masked-lm-medium: heads are given the roles that they were taught here, or began with', async () => {
  const result = await probed('masked-lm-medium');
  const { grammar, untaught = {} } = maskedFigures('masked-lm-medium');
  const headOfLink = (kind: string): string => `${untaught[kind]?.layer}.${untaught[kind]?.head}`;
  const taught = expected(grammar);
  assert.deepEqual(headsOf(result, 'verb-to-object'), taught['verb-to-object']);
  assert.deepEqual(headsOf(result, 'determiner-to-noun'), taught['determiner-to-noun']);
  const [adjective = assert.fail()] = taught['adjective-to-noun'] ?? [];
  assert.ok(headsOf(result, 'adjective-to-noun').includes(adjective));
  assert.deepEqual(headsOf(result, 'preposition-to-object'), taught['preposition-to-object']);
  assert.deepEqual(headsOf(result, 'verb-to-subject'), [...(taught['verb-to-subject'] ?? []), headOfLink('subject')]);
  assert.deepEqual(headsOf(result, 'pronoun-to-antecedent'), [
    ...(taught['pronoun-to-antecedent'] ?? []),
    headOfLink('antecedent'),
  ]);
  // It finds the partners of all links to the next noun, and is known for none of them.
  for (const kind of ['determiner', 'adjective', 'preposition', 'object'])
    assert.deepEqual(headsOf(result, 'next-noun'), [headOfLink(kind)], kind);
});

test('masked-lm-small: the heads that were taught a link are given its role, and no others', async () => {
  const result = await probed('masked-lm-small');
  const found = Object.values(roleOfKind).map((role) => [role, headsOf(result, role)]);
  assert.deepEqual(Object.fromEntries(found), expected(maskedFigures('masked-lm-small').grammar));
  const { roles } = maskedFigures('masked-lm-small');
  for (const role of ['previous', 'next'] as const) {
    const { layer, head, score } = roles[role] ?? assert.fail();
    assert.deepEqual(headsOf(result, role), [`${layer}.${head}`]);
    const evidence = result.heads[layer]?.[head]?.find(({ name }) => name === role);
    assert.ok(Math.abs((evidence?.score ?? NaN) - score) < 0.05);
  }
  assert.deepEqual(headsOf(result, 'next-noun'), ['1.2']);
});

test('causal-lm-small: its subject head and its induction heads are named', async () => {
  const result = await probed('causal-lm-small');
  const { grammar, induction, previous } = causalFigures('causal-lm-small');
  assert.deepEqual(headsOf(result, 'verb-to-subject'), expected(grammar)['verb-to-subject']);
  assert.ok(headsOf(result, 'induction').includes(`${induction.layer}.${induction.head}`));
  const evidence = result.heads[induction.layer]?.[induction.head]?.find(({ name }) => name === 'induction');
  assert.ok(Math.abs((evidence?.score ?? NaN) - induction.score) < 0.05);
  assert.deepEqual(headsOf(result, 'previous'), [`${previous.layer}.${previous.head}`]);
  assert.ok(!result.asked.some(({ name }) => name === 'determiner-to-noun'));
  const [example, ...more] = evidence?.examples ?? [];
  assert.ok(example && more.length === 2);
  // A sentence that comes twice: from a word in the second to the one after it in the first.
  const { text, query, key } = example;
  const half = (text.length - 1) / 2;
  assert.equal(text.slice(0, half), text.slice(half + 1));
  assert.ok(query.start > half && key.end <= half && text.slice(0, key.start).trimEnd().endsWith(wordIn(text, query)));
  // The two induction heads of layer 1 are the nearest of all to each other.
  const of = similarityOf(result.similarity ?? assert.fail(), induction.layer, induction.head, 4);
  const nearest = of.similar[0] ?? assert.fail();
  assert.ok(headsOf(result, 'induction').includes(`${nearest.layer}.${nearest.head}`));
});

test('what a head hands over is what explaining its weights says', async () => {
  const text = few[0]?.text ?? '';
  const analyser = new Analyser({ models: builtInModels, store: join(folder, 'no-store') }, () => undefined);
  const run = { model: 'causal-lm-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const [map] = analysis.maps;
  assert.ok(map);
  const step = { ids: (analysis.sequences[0]?.tokens ?? []).map(({ id }) => id) };
  const layers = await analyser.withModel(run, noWork, async ({ network, ...model }) => {
    assert.ok(network.family !== 'recurrent');
    const reason = { code: 'block-unreadable', model: 'causal-lm-small', detail: 'a test' } as const;
    const unreadable = { ...network, readBlock: () => Promise.reject(new AttentionError(reason)) };
    const nothing = await readHandedOver({ ...model, network: unreadable }, map, step, noWork);
    assert.deepEqual(nothing, [null, null, null, null]);
    return readHandedOver({ ...model, network }, map, step, noWork);
  });
  for (const [layer, head, query, key] of [
    [0, 1, 5, 3],
    [2, 3, 8, 0],
  ] as const) {
    const { output } = await analyser.explain(run, analysis, { map: 0, layer, head, query, key }, noWork);
    const { outputs, values } = layers[layer]?.[head] ?? assert.fail();
    const weight = headOf(map, layer, head)[query * map.shape[3] + key] ?? NaN;
    assert.ok(Math.abs((outputs[query] ?? NaN) - (output?.norm ?? NaN)) < 1e-4 * (output?.norm ?? NaN));
    assert.ok(Math.abs(weight * (values[key] ?? NaN) - (output?.keyNorm ?? NaN)) < 1e-4 * (output?.keyNorm ?? NaN));
  }
  await analyser.dispose();
});

function wordIn(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end).trim();
}

test('models with random weights are given no role, but that attention may be spread', async () => {
  for (const model of ['tiny-encoder', 'tiny-decoder', 'tiny-encoder-decoder']) {
    const result = await probed(model, fixtureModels);
    assert.ok(result.asked.length > 0, model);
    const roles = result.heads.flat(2).filter(({ name }) => name !== 'broad');
    assert.deepEqual(
      roles.map(({ name }) => name),
      [],
      model,
    );
    assert.deepEqual(result.unread, []);
    assert.ok(result.similarity && result.similarity.sentences === 32);
  }
});

test('of an encoder-decoder the encoder is measured, and a recurrent network is refused', async () => {
  assert.equal((await probed('translation-small', builtInModels, few)).map, 'encoder');
  await assert.rejects(probed('recurrent-dot'), (thrown) => {
    assert.ok(thrown instanceof AttentionError && thrown.reason.code === 'model-unsupported');
    assert.match(thrown.reason.detail, /recurrent networks/);
    return true;
  });
});

test('a measurement tells how far it is, and stops between two sentences when it is cancelled', async () => {
  const analyser = new Analyser({ models: fixtureModels, store: folder }, () => undefined);
  const stop = new AbortController();
  const told: (number | undefined)[] = [];
  const report = ({ done }: { done?: number | undefined }): void => {
    told.push(done);
    if (done === 3) stop.abort();
  };
  const work = { signal: stop.signal, report };
  await assert.rejects(
    probeHeads(analyser, { model: 'tiny-encoder' }, sentences, work),
    (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'cancelled',
  );
  assert.deepEqual(told, [0, 1, 2, 3]);
  await analyser.dispose();
});

test('a text is analysed between two sentences of a measurement', async () => {
  const analyser = new Analyser({ models: fixtureModels, store: folder }, () => undefined);
  const ended: string[] = [];
  let analysing: Promise<unknown> = Promise.resolve();
  const report = ({ done }: { done?: number | undefined }): void => {
    if (done !== 1) return;
    const run = { model: 'tiny-decoder', text: 'The cat sat' };
    analysing = analyser.analyse(run, noWork).then(() => ended.push('analysis'));
  };
  const measuring = probeHeads(analyser, { model: 'tiny-encoder' }, few, { ...noWork, report });
  await measuring.then(() => ended.push('probe'));
  await analysing;
  assert.deepEqual(ended, ['analysis', 'probe']);
  await analyser.dispose();
});

test('a measurement is kept for other processes, until the model changes or the file is damaged', async () => {
  const models = join(folder, 'models');
  const store = join(folder, 'store');
  mkdirSync(models);
  cpSync(join(fixtureModels, 'tiny-encoder'), join(models, 'tiny-encoder'), { recursive: true });
  const choice = { model: 'tiny-encoder' };
  const short = join(folder, 'short.tsv');
  writeFileSync(short, readFileSync(file, 'utf8').split('\n').slice(0, 40).join('\n'));
  let runs = 0;
  const work = {
    ...noWork,
    report: () => {
      runs += 1;
    },
  };
  const opened: Analyser[] = [];
  const another = (): Probes => {
    const analyser = new Analyser({ models, store }, () => undefined);
    opened.push(analyser);
    return new Probes(analyser, { store, sentences: short });
  };
  assert.equal(await another().known(choice), null);
  const [first, second] = await Promise.all([another().of(choice, work), another().of(choice, work)]);
  assert.deepEqual(first, second);
  const [kept, ...others] = readdirSync(join(store, '.probes'));
  assert.deepEqual(others, []);
  const measured = runs;
  assert.deepEqual(await another().known(choice), first);
  assert.deepEqual(await another().of(choice, work), first);
  assert.equal(runs, measured);
  const path = join(store, '.probes', kept ?? assert.fail());
  const whole = readFileSync(path, 'utf8');
  for (const damage of ['', whole.slice(0, whole.length / 2), '[]', whole.replace('"score":', '"score":7')]) {
    writeFileSync(path, damage);
    assert.equal(await another().known(choice), null, damage.slice(0, 40));
  }
  assert.deepEqual(await another().of(choice, work), first);
  assert.equal(readFileSync(path, 'utf8'), whole);
  utimesSync(join(models, 'tiny-encoder', 'config.json'), new Date(0), new Date(0));
  assert.equal(await another().known(choice), null);
  for (const analyser of opened) await analyser.dispose();
});
