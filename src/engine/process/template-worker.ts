import { Template } from '@huggingface/jinja';
import { renderChat, type Message, type Render } from '../../core/text/chat.ts';
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
  const renderAs =
    (form: ContentForm): Render =>
    (given, prompt) =>
      template.render({ messages: given.map(form), add_generation_prompt: prompt, ...tokens });
  try {
    const form = !writes(renderAs(asString), messages) && writes(renderAs(asParts), messages) ? asParts : asString;
    const chat = renderChat(messages, renderAs(form));
    return chat.text.length > longest ? { state: 'exceeded', limit: 'text' } : { state: 'rendered', chat };
  } catch (thrown) {
    return thrown instanceof RangeError
      ? { state: 'exceeded', limit: limitOf(thrown) }
      : { state: 'refused', why: messageOf(thrown) };
  }
}

/** How a template is given the content of a message. */
type ContentForm = (message: Message) => object;

const asString: ContentForm = (message) => ({ ...message });
/** Templates of models that also take images read a list of parts, and some of them nothing else. */
const asParts: ContentForm = ({ role, content }) => ({ role, content: [{ type: 'text', text: content }] });

/** Whether every content comes through. */
function writes(render: Render, messages: readonly Message[]): boolean {
  try {
    const text = render(messages, true);
    return messages.every(({ content }) => text.includes(content.trim()));
  } catch (thrown) {
    // What exceeds a limit does so in any form.
    if (thrown instanceof RangeError) throw thrown;
    return false;
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
