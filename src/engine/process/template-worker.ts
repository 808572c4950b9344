import { Template } from '@huggingface/jinja';
import { renderChat, type Message } from '../../core/text/chat.ts';
import { messageOf } from '../files/json-file.ts';
import { endWithParent } from './parent-watch.ts';
import type { TemplateAnswer, TemplateMessage, TemplateTask } from './template-process.ts';

/** Characters that a conversation may become beside its own. */
const maxGrowth = 1_000_000;

/** The process in which a chat template runs renders what it is told, and answers. */
function answer({ source, messages, tokens }: TemplateTask): TemplateAnswer {
  let template: Template;
  try {
    template = new Template(source);
  } catch (thrown) {
    return { state: 'unreadable', why: wordsOf(thrown) };
  }
  const longest = maxGrowth + 4 * messages.reduce((sum, { content }) => sum + content.length, 0);
  const render = (given: readonly Message[], prompt: boolean): string =>
    template.render({ messages: given.map((message) => ({ ...message })), add_generation_prompt: prompt, ...tokens });
  try {
    const chat = renderChat(messages, render);
    return chat.text.length > longest
      ? { state: 'exceeded', why: `it makes ${chat.text.length} characters of the conversation` }
      : { state: 'rendered', chat };
  } catch (thrown) {
    return thrown instanceof RangeError
      ? { state: 'exceeded', why: wordsOf(thrown) }
      : { state: 'refused', why: wordsOf(thrown) };
  }
}

/** An engine's own words about its stack and its strings, said as what the template does. */
function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof RangeError)) return messageOf(thrown);
  return /call stack/i.test(thrown.message)
    ? 'it is nested, or calls itself, without end'
    : 'it makes texts or lists that are too long';
}

endWithParent();
process.once('message', (task: TemplateTask) => {
  const post = (message: TemplateMessage): void => void process.send?.(message);
  post({ state: 'begins' });
  post(answer(task));
});
