import { Template } from '@huggingface/jinja';
import { renderChat, type Message } from '../../core/text/chat.ts';
import { messageOf } from '../files/json-file.ts';
import { endWithParent } from './parent-watch.ts';
import type { TemplateAnswer, TemplateLimit, TemplateMessage, TemplateTask } from './template-process.ts';

/** Characters that a conversation may become beside its own. */
const maxGrowth = 1_000_000;

/** The process in which a chat template runs renders what it is told, and answers. */
function answer({ source, messages, tokens }: TemplateTask): TemplateAnswer {
  let template: Template;
  try {
    template = new Template(source);
  } catch (thrown) {
    return thrown instanceof RangeError
      ? { state: 'unreadable', limit: limitOf(thrown) }
      : { state: 'unreadable', why: messageOf(thrown) };
  }
  const longest = maxGrowth + 4 * messages.reduce((sum, { content }) => sum + content.length, 0);
  const render = (given: readonly Message[], prompt: boolean): string =>
    template.render({ messages: given.map((message) => ({ ...message })), add_generation_prompt: prompt, ...tokens });
  try {
    const chat = renderChat(messages, render);
    return chat.text.length > longest ? { state: 'exceeded', limit: 'text' } : { state: 'rendered', chat };
  } catch (thrown) {
    return thrown instanceof RangeError
      ? { state: 'exceeded', limit: limitOf(thrown) }
      : { state: 'refused', why: messageOf(thrown) };
  }
}

/** What the JavaScript engine says of its stack and its strings, as a limit of the template. */
function limitOf({ message }: RangeError): TemplateLimit {
  return /call stack/i.test(message) ? 'recursion' : 'size';
}

endWithParent();
process.once('message', (task: TemplateTask) => {
  const post = (message: TemplateMessage): void => void process.send?.(message);
  post({ state: 'begins' });
  post(answer(task));
});
