import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { renderedChat } from '../../src/engine/model/chat-template.ts';
import { findModel } from '../../src/engine/store/models.ts';
import { fixture, noWork, oddModel, places, reasonFor } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'templates-'));
after(() => rmSync(folder, { recursive: true }));
const chat = [{ role: 'user', content: 'a hungry cat' }];

/** A tiny decoder with a chat template. */
function talking(name: string, template: string): string {
  const model = join(folder, name);
  cpSync(fixture('tiny-decoder'), model, { recursive: true });
  const path = join(model, 'tokenizer_config.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), chat_template: template }));
  return model;
}

async function refusal(model: string, signal: AbortSignal = noWork.signal): Promise<string> {
  try {
    await renderedChat(await findModel(model, places), chat, signal);
  } catch (thrown) {
    assert.ok(thrown instanceof AttentionError, String(thrown));
    return thrown.reason.code === 'cancelled' ? 'cancelled' : sentenceOf(thrown.reason).what;
  }
  return 'it was rendered';
}

const loops = '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}x';
const stopped =
  /^The chat template of the model “.*” was stopped: it (does not come to an end|takes more than 128 MB of memory|makes)/;

for (const [name, template, form] of [
  ['loops', loops, stopped],
  ['a-list-of-a-thousand-million', '{% for a in range(1000000000) %}{{ a }}{% endfor %}', stopped],
  [
    'a-text-that-doubles',
    `{% set ns = namespace(x='aaaaaaaa') %}{% for a in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}`,
    stopped,
  ],
  [
    'a-list-that-doubles',
    '{% set ns = namespace(x=[1]) %}{% for a in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}',
    stopped,
  ],
  ['an-output-of-megabytes', `{% for a in range(300000) %}{{ 'aaaaaaaaaa' }}{% endfor %}`, stopped],
  [
    'a-macro-that-calls-itself',
    '{% macro f(x) %}{{ x(x) }}{% endmacro %}{{ f(f) }}',
    /is nested, or calls itself, without end|does not come to an end/,
  ],
  [
    'brackets-without-end',
    `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`,
    /(is nested, or calls itself, without end|is not valid)/,
  ],
] as const) {
  test(`a template with ${name.replaceAll('-', ' ')} is stopped and told, and the process goes on`, async () => {
    assert.match(await refusal(talking(name, template)), form);
  });
}

const byParts =
  `{% for message in messages %}<{{ message['role'] }}>{% for part in message['content'] %}` +
  `{% if part['type'] == 'text' %}{{ part['text'] }}{% endif %}{% endfor %}</>{% endfor %}`;

test('a template of a model that also takes images is given the parts of a content, from the file of the processor, too', async () => {
  const model = talking('parts', byParts);
  const expected = {
    text: '<user>a hungry cat</>',
    turns: [{ role: 'user', message: 0, end: 21, content: { start: 6, end: 18 } }],
  };
  const rendered = async () => renderedChat(await findModel(model, places), chat, noWork.signal);
  assert.deepEqual(await rendered(), expected);
  cpSync(join(fixture('tiny-decoder'), 'tokenizer_config.json'), join(model, 'tokenizer_config.json'));
  writeFileSync(join(model, 'chat_template.json'), JSON.stringify({ chat_template: byParts }));
  assert.deepEqual(await rendered(), expected);
  writeFileSync(join(model, 'chat_template.json'), JSON.stringify({ chat_template: '{{' }));
  assert.match(await refusal(model), /chat_template\.json/);
});

test('a template without end is cancelled at once', async () => {
  const control = new AbortController();
  const refused = refusal(talking('cancelled', loops), control.signal);
  setImmediate(() => control.abort());
  assert.equal(await refused, 'cancelled');
});

test('odd/template-without-end is told', async (context) => {
  const model = oddModel('template-without-end', context);
  if (model === null) return;
  const reason = await reasonFor({ model, text: '', chat });
  assert.match(sentenceOf(reason).what, stopped);
});
