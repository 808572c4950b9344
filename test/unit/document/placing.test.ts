import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placedAfter, placedBefore, placedSpan, readOffset } from '../../../src/core/document/placing.ts';
import { framedTexts, placedIn } from '../../../src/core/run/framing.ts';
import { renderChat, roleRanges } from '../../../src/core/text/chat.ts';
import type { Token } from '../../../src/core/text/token.ts';

const text = 'system: Be short.\n\nuser: Hi there\n\nassistant:';
const written = (start: number): Token[] => [
  { id: 0, text: '', start, end: start + 1, special: false, word: 0, segment: 0 },
];

/** What a model reads of the chat, and where. */
function read(form: (content: string) => string) {
  const { chat } = framedTexts(text, { as: 'chat' });
  assert.ok(chat);
  const rendered = renderChat(chat, (messages, prompt) => {
    const all = messages.map(({ role, content }) => `<${role}>${form(content)}</${role}>`).join('');
    return prompt ? `${all}<assistant>` : all;
  });
  const tokens = Array.from(rendered.text, (_, at) => written(at)).flat();
  const roles = roleRanges(rendered, tokens);
  return { rendered: rendered.text, placed: placedIn(text, { as: 'chat' }, { roles }), roles };
}

describe('where what a model reads stands in a document', () => {
  it('every character of a turn is found in both directions, and the template’s own nowhere', () => {
    const { rendered, placed } = read((content) => content);
    for (let at = 0; at < rendered.length; at++) {
      const span = placedSpan(placed, { start: at, end: at + 1 });
      const isSaid = rendered[at] === text[span?.start ?? -1];
      if (span) {
        assert.ok(isSaid);
        assert.equal(readOffset(placed, span.start), at);
      }
    }
    const found = Array.from(text, (_, at) => readOffset(placed, at)).filter((at) => at !== null);
    assert.equal(found.length, 'Be short.Hi there'.length);
    assert.equal(readOffset(placed, text.indexOf('user')), null, 'a mark is no part of what is said');
  });

  it('a token of the template and a turn stands for its part of the turn', () => {
    const { rendered, placed } = read((content) => ` ${content}`);
    const at = rendered.indexOf(' Hi');
    assert.deepEqual(placedSpan(placed, { start: at, end: at + 3 }), {
      start: text.indexOf('Hi'),
      end: text.indexOf('Hi') + 2,
    });
  });

  it('a turn that the template changed stands nowhere, and the next one in its own place', () => {
    const { placed } = read((content) => content.replace('Be short.', 'BE SHORT'));
    assert.deepEqual(
      placed.map(({ at }) => at),
      [text.indexOf('Hi')],
    );
  });

  it('messages are counted where one has no token of its own', () => {
    const roles = [
      { role: 'user', message: 1, first: 0, end: 1, content: { start: 3, end: 11 } },
      { role: 'assistant', first: 1, end: 2, content: null },
    ];
    assert.deepEqual(placedIn(text, { as: 'chat' }, { roles }), [{ start: 3, end: 11, at: text.indexOf('Hi') }]);
  });

  it('what was read and what was not are stretches of the text', () => {
    const { rendered, placed } = read((content) => content);
    const cut = rendered.indexOf(' there');
    const pieces = (spans: readonly { start: number; end: number }[]): string[] =>
      spans.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(pieces(placedBefore(placed, cut)), ['Be short.', 'Hi']);
    assert.deepEqual(pieces(placedAfter(placed, cut)), [' there']);
    assert.deepEqual(pieces(placedBefore(placed, Infinity)), ['Be short.', 'Hi there']);
  });

  it('a task’s words come before the text, a question is a text of its own', () => {
    const task = { as: 'task', prefix: 'summarize: ' } as const;
    assert.deepEqual(framedTexts('The cat.', task), { text: 'summarize: The cat.' });
    assert.deepEqual(placedSpan(placedIn('The cat.', task, undefined), { start: 11, end: 14 }), { start: 0, end: 3 });
    assert.deepEqual(framedTexts('The cat.', { as: 'context', question: 'Who?' }), { text: 'Who?', pair: 'The cat.' });
    const plain = placedIn('The cat.', undefined, undefined);
    assert.deepEqual(plain, [{ start: 0, end: 8, at: 0 }]);
    assert.equal(placedSpan(plain, { start: 4, end: 4 }), null, 'a token without characters stands nowhere');
    assert.throws(() => framedTexts('The cat.', { as: 'chat' }), { reason: { code: 'chat-missing' } });
  });
});
