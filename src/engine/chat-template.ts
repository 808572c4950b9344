import { Template } from '@huggingface/jinja';
import * as v from 'valibot';
import { AttentionError } from '../core/errors/reason.ts';
import type { Render } from '../core/text/chat.ts';
import { invalid, messageOf, readOptionalText } from './json-file.ts';
import type { ModelFolder } from './models.ts';

/** Where newer models keep their template; older ones have it in the tokenizer's description. */
const ownFile = 'chat_template.jinja';
const oldFile = 'tokenizer_config.json';

const named = v.array(v.object({ name: v.string(), template: v.string() }));
const templateSchema = v.union([v.string(), named]);

/** Special tokens that a template may write. */
const specialTokens = ['bos_token', 'eos_token', 'unk_token', 'sep_token', 'pad_token', 'cls_token', 'mask_token'] as const;

/**
 * The chat template of a model, as a function that renders conversations; that throws `argument-invalid` with the template's
 * own words when it refuses one. Throws `argument-invalid` when the model has no template, `model-file-invalid` when it is none.
 *
 * Templates are programs (Jinja) that come with the model: they see nothing but the conversation, but they run in this process,
 * so one without an end is ended with the process when the run is cancelled.
 */
export async function chatTemplate(folder: ModelFolder): Promise<Render> {
  const own = await readOptionalText({ model: folder.id, folder: folder.folder, file: ownFile });
  const source = own ?? describedTemplate(folder);
  if (source === null) throw refused(`the model “${folder.id}” has no chat template; choose one that was made for conversations`);
  const template = parsed(folder, own === null ? oldFile : ownFile, source);
  const tokens = tokensOf(folder);
  return (messages, prompt) => {
    try {
      return template.render({ messages: messages.map((message) => ({ ...message })), add_generation_prompt: prompt, ...tokens });
    } catch (thrown) {
      throw refused(`the chat template of “${folder.id}” refuses this conversation (${messageOf(thrown)})`, thrown);
    }
  };
}

function describedTemplate({ id, tokenizerConfig }: ModelFolder): string | null {
  const described = tokenizerConfig?.['chat_template'];
  if (described === undefined || described === null) return null;
  const result = v.safeParse(templateSchema, described);
  if (!result.success) throw invalid({ model: id, file: oldFile }, 'its chat_template is no text');
  if (typeof result.output === 'string') return result.output;
  return (result.output.find(({ name }) => name === 'default') ?? result.output[0])?.template ?? null;
}

function parsed({ id }: ModelFolder, file: string, source: string): Template {
  try {
    return new Template(source);
  } catch (thrown) {
    throw invalid({ model: id, file }, `its chat template is not understood (${messageOf(thrown)})`, thrown);
  }
}

/** The special tokens that the tokenizer's description names, each a text or an object with its content. */
function tokensOf({ tokenizerConfig }: ModelFolder): Record<string, string> {
  const entries = specialTokens.flatMap((name): [string, string][] => {
    const value: unknown = tokenizerConfig?.[name];
    const content = typeof value === 'object' && value !== null && 'content' in value ? value.content : value;
    return typeof content === 'string' ? [[name, content]] : [];
  });
  return Object.fromEntries(entries);
}

function refused(detail: string, cause?: unknown): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument: 'chat', detail }, { cause });
}
