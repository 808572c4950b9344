import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { analyse, fixture, reasonFor } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'chat-'));
after(() => rmSync(folder, { recursive: true }));
const template = `{%- for message in messages -%}
{%- if message.role == 'system' and not loop.first -%}{{ raise_exception('the system speaks first') }}{%- endif -%}
{{ bos_token }}{{ message.role }}, {{ message.content | trim }}{{ eos_token }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ bos_token }}assistant,{%- endif -%}`;
const chat = [
  { role: 'system', content: 'the dog ate' },
  { role: 'user', content: ' a hungry cat ' },
];

/** A tiny decoder with a template in its tokenizer's description. */
function talking(name: string, description: Record<string, unknown> = { chat_template: template }): string {
  const model = join(folder, name);
  cpSync(fixture('tiny-decoder'), model, { recursive: true });
  const path = join(model, 'tokenizer_config.json');
  writeFileSync(
    path,
    JSON.stringify({
      ...JSON.parse(readFileSync(path, 'utf8')),
      bos_token: '<s>',
      eos_token: { content: '</s>' },
      ...description,
    }),
  );
  return model;
}

test('a conversation is written by the model’s template; every token knows whose message it belongs to', async () => {
  const {
    sequences: [sequence],
  } = await analyse({ model: talking('plain'), text: '', chat });
  assert.ok(sequence);
  const { text, tokens, roles = [] } = sequence;
  assert.equal(text, '<s>system, the dog ate</s><s>user, a hungry cat</s><s>assistant,');
  assert.deepEqual(
    roles.map(({ role, first, end }) => [
      role,
      tokens
        .slice(first, end)
        .map((token) => text.slice(token.start, token.end))
        .join(' '),
    ]),
    [
      ['system', '<s> system , the dog ate </s>'],
      ['user', '<s> user , a hungry cat </s>'],
      ['assistant', '<s> assistant ,'],
    ],
  );
  assert.deepEqual(
    roles.map(({ content }) => content && text.slice(content.start, content.end)),
    ['the dog ate', 'a hungry cat', null],
  );
  assert.equal(roles.at(-1)?.end, tokens.length);
});

test('the answer that the model writes is the assistant’s', async () => {
  const {
    sequences: [sequence],
  } = await analyse({ model: talking('answering'), text: '', chat, continue: { tokens: 3 } });
  assert.ok(sequence);
  const last = sequence.roles?.at(-1);
  assert.equal(last?.role, 'assistant');
  assert.equal(last.end, sequence.tokens.length);
  assert.equal(
    sequence.text.slice(last.content?.start, last.content?.end),
    sequence.text.slice('<s>system, the dog ate</s><s>user, a hungry cat</s><s>assistant,'.length),
  );
});

test('a template may stand in a file of its own, or be one of several', async () => {
  const own = talking('own', {});
  writeFileSync(join(own, 'chat_template.jinja'), template);
  const several = talking('several', {
    chat_template: [
      { name: 'tools', template: 'x' },
      { name: 'default', template },
    ],
  });
  for (const model of [own, several]) {
    const {
      sequences: [sequence],
    } = await analyse({ model, text: '', chat });
    assert.match(sequence?.text ?? '', /^<s>system, the dog ate<\/s>/);
  }
});

test('what cannot be rendered is said in a sentence', async () => {
  const cases: [Parameters<typeof reasonFor>[0], RegExp][] = [
    [{ model: 'tiny-decoder', text: '', chat }, /^chat: the model “tiny-decoder” has no chat template/],
    [
      { model: talking('strict'), text: '', chat: [...chat].reverse() },
      /^chat: the chat template of “.*strict” refuses this conversation \(the system speaks first\)\.$/,
    ],
    [
      { model: talking('broken', { chat_template: '{% for %}' }), text: '', chat },
      /^The file tokenizer_config\.json of .* its chat template is not understood/,
    ],
    [
      { model: talking('odd', { chat_template: 3 }), text: '', chat },
      /^The file tokenizer_config\.json of .* its chat_template is no text/,
    ],
    [{ model: talking('both'), text: 'the cat', chat }, /stands in place of a text/],
    [{ model: 'tiny-encoder', text: '', chat }, /^chat: encoder-only models take no conversation/],
    [{ model: 'tiny-encoder-decoder', text: '', chat }, /^chat: encoder-decoder models take no conversation/],
  ];
  for (const [request, says] of cases) assert.match(sentenceOf(await reasonFor(request)).what, says);
});
