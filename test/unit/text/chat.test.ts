import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderChat, roleRanges, type Message, type Render } from '../../../src/core/text/chat.ts';
import type { Token } from '../../../src/core/text/token.ts';

const messages: Message[] = [
  { role: 'system', content: 'Be short.' },
  { role: 'user', content: 'user' },
  { role: 'assistant', content: ' Yes. ' },
  { role: 'user', content: 'Why?' },
];
const plain: Render = (all, prompt) =>
  all.map(({ role, content }) => `<${role}>${content.trim()}</${role}>\n`).join('') + (prompt ? '<assistant>' : '');

/** One token for every character. */
function characters(text: string): Token[] {
  return Array.from(text, (character, at) => ({
    id: at,
    text: character,
    start: at,
    end: at + 1,
    special: false,
    word: at,
    segment: 0,
  }));
}

function pieces(render: Render, all: readonly Message[]) {
  const chat = renderChat(all, render);
  return roleRanges(chat, characters(chat.text)).map(({ role, first, end, content }) => [
    role,
    chat.text.slice(first, end),
    content && chat.text.slice(content.start, content.end),
  ]);
}

test('every message has its tokens, what the template wrote around it included, and its own characters', () => {
  assert.deepEqual(pieces(plain, messages), [
    ['system', '<system>Be short.</system>\n', 'Be short.'],
    ['user', '<user>user</user>\n', 'user'],
    ['assistant', '<assistant>Yes.</assistant>\n', 'Yes.'],
    ['user', '<user>Why?</user>\n', 'Why?'],
    ['assistant', '<assistant>', null],
  ]);
});

test('after the model’s own message it is not asked for another', () => {
  assert.deepEqual(pieces(plain, messages.slice(0, 3)).at(-1), ['assistant', '<assistant>Yes.</assistant>\n', 'Yes.']);
});

test('a template that joins the system’s message to the user’s and refuses it alone', () => {
  const joined: Render = (all, prompt) => {
    const [first, second, ...rest] = all;
    if (!first || !second) throw new Error('A user must speak first');
    return `[INST] <<SYS>>${first.content}<</SYS>> ${second.content} [/INST]` + plain(rest, prompt);
  };
  const [system, user] = pieces(joined, messages);
  assert.deepEqual(system, ['system', '[INST] <<SYS>>Be short.', 'Be short.']);
  assert.deepEqual(user, ['user', '<</SYS>> user [/INST]', 'user']);
});

test('a template that changes a content still says whose tokens they are', () => {
  const loud: Render = (all, prompt) =>
    plain(
      all.map((message) => ({ ...message, content: message.content.replace('Be short.', 'BE SHORT') })),
      prompt,
    );
  assert.deepEqual(pieces(loud, messages.slice(0, 2)), [
    ['system', '<system>BE SHORT</system>\n', null],
    ['user', '<user>user</user>\n', 'user'],
    ['assistant', '<assistant>', null],
  ]);
});

test('what a template throws is thrown', () => {
  assert.throws(
    () =>
      renderChat(messages, () => {
        throw new Error('No system');
      }),
    /No system/,
  );
});

test('a long conversation is rendered as often as it has kinds of turns, and every token has its message', () => {
  const long = Array.from({ length: 2000 }, (_, at): Message => ({
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: `word ${at}`,
  }));
  let renders = 0;
  const counted: Render = (...given) => {
    renders += 1;
    return plain(...given);
  };
  const found = pieces(counted, long);
  assert.deepEqual(
    found,
    long.map(({ role, content }) => [role, `<${role}>${content}</${role}>\n`, content]),
  );
  assert.ok(renders < 10, `${renders} times`);
});

test('messages that a template leaves out have no characters', () => {
  const last: Render = (all) =>
    all
      .slice(-1)
      .map(({ content }) => `<${content}>`)
      .join('');
  assert.deepEqual(
    renderChat(messages, last).turns.map(({ content, end }) => [content?.start ?? null, end]),
    [
      [null, 0],
      [null, 0],
      [null, 0],
      [1, 6],
    ],
  );
});
